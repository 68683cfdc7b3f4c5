package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/leads/trial"
	"locatematch/pipeline/report"
	"locatematch/sources/synth"
)

// anyLayer is a state layer that changes a few of the built-in rules, or none. It allows no source that they do not; denies says
// whether it may deny one.
func anyLayer(t *rapid.T, denies bool) string {
	text := "layer: state\n"
	add := func(group, rule string) {
		if rapid.Bool().Draw(t, group) {
			text += group + ":\n  - {" + rule + ", words: Ours., citation: our own choice}\n"
		}
	}
	number := func(what string, most int) int { return rapid.IntRange(1, most).Draw(t, what) }
	add("may_do", fmt.Sprintf("id: may.levy.arrears, at_least: {arrears: %d.00}", number("arrears", 9000)))
	add("suppress", fmt.Sprintf("id: suppress.small-balance, below: {balance: %d.00}", number("balance", 3000)))
	add("freshness", fmt.Sprintf("id: freshness.address, half_life: %d, greatest_age: %d", number("half-life", 200), number("age", 500)))
	add("clocks", fmt.Sprintf("id: clock.withholding, business_days: %d", number("days", 9)))
	add("queue", fmt.Sprintf("id: queue.per-officer, limit: %d", number("limit", 4)))
	add("cautions", "id: caution.benefits_unknown, obliges: Ask first.")
	if denies && rapid.Bool().Draw(t, "purpose") {
		text += "purpose:\n  - {id: purpose.state, decide: deny, sources: [" +
			rapid.SampledFrom([]string{"postal", "employment", "financial"}).Draw(t, "source") + "], functions: [enforcement], words: Not here., citation: ours}\n"
	}
	return text
}

// someNights are synthetic nights, each in a folder of its own; the later ones of a stretch go on from those before.
func someNights(t *testing.T) (configs [][]string) {
	t.Helper()
	dir := t.TempDir()
	for seed := uint64(1); seed <= 2; seed++ {
		one := filepath.Join(dir, fmt.Sprint("night", seed))
		if _, err := synth.Night(context.Background(), synth.Options{Out: one, Seed: seed, Subjects: 300, Strangers: 600}); err != nil {
			t.Fatal(err)
		}
		configs = append(configs, []string{filepath.Join(one, "night.yaml")})
	}
	stretch := filepath.Join(dir, "stretch")
	if _, err := synth.Nights(context.Background(), synth.NightsOptions{Options: synth.Options{Out: stretch, Seed: 3, Subjects: 200, Strangers: 400}, Nights: 5}); err != nil {
		t.Fatal(err)
	}
	var nights []string
	for n := 1; n <= 5; n++ {
		nights = append(nights, filepath.Join(stretch, fmt.Sprintf("night-%02d", n), "night.yaml"))
	}
	return append(configs, nights)
}

// runUnder runs nights in order under layers, into a folder; the last night may have layers of its own.
func runUnder(t *testing.T, nights []string, dir string, layers, last string) (over Overrides, m string) {
	for i, config := range nights {
		at := layers
		if i == len(nights)-1 {
			at = last
		}
		over = Overrides{Out: filepath.Join(dir, "runs"), State: filepath.Join(dir, "state"), Policy: []string{at}}
		p, err := Load(config, over)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Run(context.Background(), p, Options{Workers: 1})
		if err != nil {
			t.Fatal(err)
		}
		m = r.Manifest.Run
	}
	return over, m
}

// The same policy gives no change at all, on first and later nights, with and without a cap. And what another policy is said to make
// of a night is what a run of that night under it makes: the same leads, the same rows of queues in the same places, and withdrawn
// what loses its only lawful source, told on earlier nights or on this one. Two things stand on no page of a published night, and are
// said in words instead. A lead that rests on fewer sources has no new sentence and status. And a lead of an earlier night that loses
// one source of several is told again by the run: the trial names it, but cannot tell what it says, nor whether a liability comes
// beside it. The retention of the layers is the same: with another, other rows would be matched again.
func TestLaw_TryingAPolicyIsRunningIt(t *testing.T) {
	nights := someNights(t)
	root, changed, withdrawn, retold := t.TempDir(), 0, 0, 0
	for n := range 12 { // each takes a second
		dir := filepath.Join(root, fmt.Sprint(n))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		layers := []string{filepath.Join(dir, "one.yaml"), filepath.Join(dir, "other.yaml")}
		for i, path := range layers {
			layer := rapid.Custom(func(t *rapid.T) string { return anyLayer(t, i == 1) }) // what was denied is not published
			if err := os.WriteFile(path, []byte(layer.Example(24+2*n+i)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		of := nights[n%len(nights)]
		config := of[len(of)-1]
		over, run := runUnder(t, of, filepath.Join(dir, "was"), layers[0], layers[0])
		same := tryOn(t, config, over, run, layers[0], layers[0])
		if len(same.Changes) > 0 || len(same.Rules) > 0 || len(same.Untold) > 0 {
			t.Fatalf("under its own policy the night changes: %+v, %+v, %v", same.Counts, same.Rules, same.Untold)
		}
		changed += len(tryOn(t, config, over, run, layers[0], layers[1]).Changes)
		made := madeUnder(t, config, over, run, layers[0], layers[1])
		trueOver, trueRun := runUnder(t, of, filepath.Join(dir, "is"), layers[0], layers[1])
		w := Workspace{Runs: trueOver.Out, State: trueOver.State}
		published, err := leads.ReadLeads(filepath.Join(w.run(trueRun), leadsFile))
		if err != nil {
			t.Fatal(err)
		}
		places, err := queue.ReadIndex(filepath.Join(w.run(trueRun), queue.IndexFile))
		if err != nil {
			t.Fatal(err)
		}
		fewer := map[string]bool{} // their sentence and status are said not to be made anew
		for _, d := range made.NotAllowed {
			fewer[d.LeadID] = true
		}
		sameLeads(t, published, made, fewer)
		withdrawn, retold = withdrawn+withdrawnFor(made), retold+len(made.Retold)
		if len(fewer) == 0 && !slices.Equal(places, made.Places) {
			t.Fatalf("queued %v\nsaid   %v", places, made.Places)
		}
	}
	if changed < 100 || withdrawn == 0 || retold == 0 {
		t.Errorf("%d changes, %d leads withdrawn and %d told again on less: the layers try nothing", changed, withdrawn, retold)
	}
}

// withdrawnFor counts what a night withdraws for want of a purpose.
func withdrawnFor(n *trial.Night) (leads int) {
	for _, d := range n.NotAllowed {
		if d.Withdrawn {
			leads++
		}
	}
	return leads
}

func sameLeads(t *testing.T, published []leads.Lead, made *trial.Night, fewer map[string]bool) {
	again, unsaid, of := map[string]*leads.Lead{}, map[string]bool{}, map[string]bool{}
	for i := range made.Leads {
		again[made.Leads[i].LeadID] = &made.Leads[i]
	}
	for _, id := range made.Retold {
		unsaid[id] = true
	}
	for i := range published {
		if l := &published[i]; unsaid[l.LeadID] {
			of[l.SubjectID] = true
		}
	}
	for i := range published {
		l := &published[i]
		m := again[l.LeadID]
		delete(again, l.LeadID)
		if m == nil && (unsaid[l.LeadID] || l.Kind == leads.KindLiability && of[l.SubjectID]) {
			delete(unsaid, l.LeadID)
			continue
		}
		if m == nil {
			t.Fatalf("%s %s is published and not told", l.LeadID, l.Kind)
		}
		if fewer[l.LeadID] {
			m.StatusReason, m.IdentityReasons = l.StatusReason, l.IdentityReasons
		}
		if !leads.SameAssessment(l, m) {
			t.Fatalf("%s is %+v\nsaid %+v", l.LeadID, *l, m.Alone())
		}
	}
	for id := range again {
		t.Fatalf("%s is told and not published", id)
	}
	for id := range unsaid {
		t.Fatalf("%s is said to be told again and is not", id)
	}
}

// What a night cannot tell of another retention stands on the page.
func TestTryPolicy_SaysWhatRetentionHides(t *testing.T) {
	trying := &policyTrial{manifest: &report.Manifest{}}
	trying.limits(&trial.Result{Rules: []trial.Differ{{ID: "retention.postal"}}})
	if len(trying.untold) != 1 || !strings.Contains(trying.untold[0], "matched again the rows of earlier nights that the run's policy kept") {
		t.Errorf("%q", trying.untold)
	}
}

// loadTrial makes a trial ready as TryPolicy does; own is the layer of the run.
func loadTrial(t *testing.T, config string, over Overrides, run, own string) *policyTrial {
	m, err := Workspace{Runs: over.Out, State: over.State}.manifest(run)
	if err != nil {
		t.Fatal(err)
	}
	over.AsOf, over.Policy = m.AsOf, []string{own}
	p, err := Load(config, over)
	if err != nil {
		t.Fatal(err)
	}
	trial := &policyTrial{plan: p, manifest: m}
	if err := trial.load(context.Background(), p.Policy); err != nil {
		t.Fatal(err)
	}
	return trial
}

func tryOn(t *testing.T, config string, over Overrides, run, own, tried string) *trial.Result {
	p, err := LoadPolicy([]string{tried})
	if err != nil {
		t.Fatal(err)
	}
	r, err := loadTrial(t, config, over, run, own).compare(p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func madeUnder(t *testing.T, config string, over Overrides, run, own, tried string) *trial.Night {
	p, err := policy.Load([]string{tried})
	if err != nil {
		t.Fatal(err)
	}
	return loadTrial(t, config, over, run, own).under(p, nil)
}

// Files that are not those of the run are named, and nothing is told.
func TestTryPolicy_NamesOtherFiles(t *testing.T) {
	dir := t.TempDir()
	if _, err := synth.Night(context.Background(), synth.Options{Out: dir, Seed: 1, Subjects: 60, Strangers: 60}); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "night.yaml")
	p, err := Load(config, Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), p, Options{Workers: 1}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"caseload.csv", "in/levies.csv"} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.WriteString("\n")
		_ = f.Close()
	}
	_, err = TryPolicy(context.Background(), config, Overrides{}, "current", nil)
	for _, words := range []string{"agency.levies: levies.csv is not what the run read", "caseload: caseload.csv is not what the run read"} {
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%v does not say %q", err, words)
		}
	}
}
