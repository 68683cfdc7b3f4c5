package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
)

// twoKinds keeps one source's linked rows for long, and the other's for a day.
var twoKinds = keep("other", 1, false)

// state is what the next night will know, as text: history, sightings, what judgements are about and could be, and the files read, but
// for the names of runs. What was recalled is left out.
func (n *nightly) state(t testing.TB) string {
	w := n.plan(t, "").Workspace
	current, err := w.currentID()
	if err != nil {
		t.Fatal(err)
	}
	history, err := leads.LoadHistory(filepath.Join(w.state(current), historyFile))
	if err != nil {
		t.Fatal(err)
	}
	kept, err := loadShelf(filepath.Join(w.state(current), sightingsFile), filepath.Join(w.state(current), layoutsFile))
	if err != nil {
		t.Fatal(err)
	}
	ledger, err := LoadLedger(filepath.Join(w.state(current), ledgerFile))
	if err != nil {
		t.Fatal(err)
	}
	var text []string
	for r := range history.Rows() {
		text = append(text, fmt.Sprintf("%+v", r))
	}
	for r := range kept.each {
		text = append(text, fmt.Sprintf("%+v", r))
	}
	taken, memory := heldOf(t, w, current)
	for _, k := range memory {
		if !k.Recalled {
			text = append(text, fmt.Sprintf("known %+v", k))
		}
	}
	for _, said := range judgement.Standing(taken) {
		text = append(text, fmt.Sprintf("judged %+v", said))
	}
	for _, e := range ledger.bySum {
		if e.Recalled == "" {
			text = append(text, e.Extract+" "+e.Name+" "+e.SHA256)
		}
	}
	slices.Sort(text)
	return strings.Join(text, "\n")
}

// heldOf is what a run's state says of judgements, all of it: a test's nights are small.
func heldOf(t testing.TB, w Workspace, run string) (taken []judgement.Taken, memory judgement.Memory) {
	t.Helper()
	taken, err := w.takenBy(run)
	if err == nil {
		err = w.eachPublished(run, func(k *judgement.Known) { memory = append(memory, *k) })
	}
	if err != nil {
		t.Fatal(err)
	}
	return taken, memory
}

// judge says of leads that the live run told, and that stand, that they are about the same person.
func (n *nightly) judge(t testing.TB, told []leads.Lead, of func(*leads.Lead) bool) {
	t.Helper()
	w := n.plan(t, "").Workspace
	for i := range told {
		l := &told[i]
		if l.Status == leads.Withdrawn || len(l.Evidence) == 0 || !of(l) {
			continue
		}
		j := judgement.Judgement{LeadID: l.LeadID, PersonIs: judgement.SamePerson, Officer: "W1", Date: int32(20261100 + n.days)}
		if taken, err := w.JudgeOne(j); err != nil || len(taken.Rejects) > 0 {
			t.Fatalf("%s: %+v, %v", l.LeadID, taken, err)
		}
	}
}

func toldBy(t testing.TB, r *Result) []leads.Lead {
	t.Helper()
	told, err := leads.ReadLeads(filepath.Join(r.Dir, "leads.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return told
}

// among reports whether a lead is one of a list, and stands there.
func among(list []leads.Lead) func(*leads.Lead) bool {
	return func(l *leads.Lead) bool {
		return slices.ContainsFunc(list, func(o leads.Lead) bool { return o.LeadID == l.LeadID && o.Status != leads.Withdrawn })
	}
}

// recall takes back what a file of one night brought.
func (n *nightly) recall(t testing.TB, extract, run string) *RecallResult {
	n.days++
	plan := n.plan(t, fmt.Sprintf("2026-11-%02d", n.days))
	r, err := Recall(context.Background(), plan, Options{}, RecallOrder{Extract: extract, Run: run, Reason: "columns shifted"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRecall_AsIfItHadNeverCome: whatever a file held, whichever night it came and whatever came after, once it is recalled the
// state is that of nights without it: history, sightings, ledger, and what officers have judged or may judge. So are the leads that stand, and no lead is told by both a
// row that stands and one that is withdrawn.
func TestRecall_AsIfItHadNeverCome(t *testing.T) {
	everybody := make([]known, len(alike))
	for i := range everybody {
		everybody[i] = known{there: true, numbered: true}
	}
	rapid.Check(t, func(rt *rapid.T) {
		const nights = 3
		bad, extract := rapid.IntRange(1, nights).Draw(rt, "bad night"), rapid.SampledFrom([]string{"jobs", "cars"}).Draw(rt, "bad extract")
		with, without := newNightly(t, 1, twoKinds), newNightly(t, 1, twoKinds)
		told, never, ever := map[string]leads.Lead{}, map[string]leads.Lead{}, map[string]bool{}
		run, id := "", 0
		for night := 1; night <= nights; night++ {
			good, all := map[string]string{}, map[string]string{}
			for _, x := range []string{"jobs", "cars"} {
				rows := ""
				for range rapid.IntRange(0, 3).Draw(rt, "rows") {
					id++
					rows += anyRow(rt, id)
				}
				name := fmt.Sprintf("%s-%d.csv", x, night)
				if good[name] = jobsHeader + rows; rows == "" {
					delete(good, name)
				}
			}
			for name, text := range good {
				all[name] = text
			}
			if night == bad {
				all[extract+"-bad.csv"] = jobsHeader + anyRow(rt, 901) + anyRow(rt, 902) + anyRow(rt, 903)
				delete(all, fmt.Sprintf("%s-%d.csv", extract, night)) // what a run read of an extract is recalled together
				delete(good, fmt.Sprintf("%s-%d.csv", extract, night))
			}
			r := with.night(t, caseloadOf(everybody), all)
			overlay(t, told, r)
			unspoilt := without.night(t, caseloadOf(everybody), good)
			overlay(t, never, unspoilt)
			spoilt := toldBy(t, r)
			without.judge(t, toldBy(t, unspoilt), among(spoilt))
			for _, l := range toldBy(t, unspoilt) {
				ever[l.LeadID] = true
			}
			with.judge(t, spoilt, func(l *leads.Lead) bool { return among(toldBy(t, unspoilt))(l) || !ever[l.LeadID] })
			if night == bad {
				run = r.Manifest.Run
			}
		}
		r := with.recall(t, extract, run)
		overlay(t, told, r.Result)
		overlay(t, never, without.night(t, caseloadOf(everybody), nil))
		if got, want := with.state(t), without.state(t); got != want {
			rt.Fatalf("recalled:\n%s\nnever come:\n%s", got, want)
		}
		if got, want := namesOf(told), namesOf(never); got != want {
			rt.Fatalf("leads, recalled:\n%s\nnever come:\n%s", got, want)
		}
	})
}

func namesOf(m map[string]leads.Lead) string {
	var list []string
	for id := range m {
		list = append(list, id)
	}
	slices.Sort(list)
	return strings.Join(list, "\n")
}

// TestRecall_SaysWhoReceived: queues of earlier runs that held a lead concerned are named, and hold it no longer; and it can be
// asked for by run, once.
func TestRecall_SaysWhoReceived(t *testing.T) {
	n := newNightly(t, 1, twoKinds)
	n.write(t, "night.yaml", alikeConfig+"agency: {cases: {files: cases.csv}}\n")
	n.write(t, "cases.csv", casesHeader+"S0,C1,NP,open,locate,north,Ito"+strings.Repeat(",", 15)+"\n")
	first := n.night(t, caseloadOf([]known{{numbered: true}}), map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
	if first.Manifest.Queues.Rows != 2 {
		t.Fatalf("queues %+v; want an address and an employer", first.Manifest.Queues)
	}
	r := n.recall(t, "", first.Manifest.Run)
	if want := []Receipt{{first.Manifest.Run, "north", "Ito", 2}}; !slices.Equal(r.Receipts, want) {
		t.Errorf("received by %+v, want %+v", r.Receipts, want)
	}
	if q := r.Manifest.Queues; q.Rows != 0 || r.Manifest.Leads.Total != 2 {
		t.Errorf("queues %+v, leads %+v; want both withdrawn, none queued", q, r.Manifest.Leads)
	}
	for _, order := range []RecallOrder{{Run: first.Manifest.Run, Reason: "again"}, {Extract: "jobs", Reason: "again"}, {Extract: "jobs"}} {
		_, err := Recall(context.Background(), n.plan(t, fmt.Sprintf("2026-11-%02d", n.days)), Options{}, order)
		if !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrConfig) {
			t.Errorf("%+v: %v", order, err)
		}
	}
}

// TestRecall_LeavesTheNightsQueue: after a recall officers find what the night queued, without what the file had brought, under the
// recall's name as under the night's; places count on without a gap.
func TestRecall_LeavesTheNightsQueue(t *testing.T) {
	n := newNightly(t, 1, twoKinds)
	n.write(t, "night.yaml", alikeConfig+"agency: {cases: {files: cases.csv}}\n")
	n.write(t, "cases.csv", casesHeader+"S0,C1,NP,open,locate,north,Ito"+strings.Repeat(",", 15)+"\n")
	other := strings.NewReplacer("ACME FREIGHT", "ZENITH MILL", "Acme Freight", "Zenith Mill", "123456789", "987654321").Replace(bobsRow)
	first := n.night(t, caseloadOf([]known{{numbered: true}}), map[string]string{"jobs-1.csv": jobsHeader + bobsRow, "cars-1.csv": jobsHeader + other})
	w := n.plan(t, "").Workspace
	queued := func(run string) (headlines []string) {
		q, err := w.Queue(run, Desk{Officer: "Ito"})
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range q.Rows {
			if r.Rank != int32(i+1) || q.Places[i].Rank != r.Rank || q.Places[i].Alert != 1 {
				t.Errorf("%s: row %d has place %d, alert %d", run, i+1, r.Rank, q.Places[i].Alert)
			}
			headlines = append(headlines, r.Headline)
		}
		return headlines
	}
	before := queued(currentFile)
	r := n.recall(t, "jobs", first.Manifest.Run)
	gone := map[string]bool{}
	for _, l := range toldBy(t, r.Result) {
		if l.Status == leads.Withdrawn {
			gone[l.Display] = true
		}
	}
	want := slices.DeleteFunc(slices.Clone(before), func(h string) bool { return strings.Contains(h, "Acme Freight reported") })
	if len(gone) == 0 || len(want) == 0 || len(want) == len(before) {
		t.Fatalf("queued %q, withdrawn %v", before, gone)
	}
	for _, run := range []string{currentFile, first.Manifest.Run} {
		if got := queued(run); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", run, got, want)
		}
	}
	if later := n.night(t, caseloadOf([]known{{numbered: true}}), nil); later.Manifest.Queues.Rows != 0 || len(queued(currentFile)) != 0 {
		t.Error("the next night offers again what was offered")
	}
}

// TestRecall_JudgementsOfARecalledLead: what officers said of a lead that a recalled file alone had reported is no label, keeps nothing
// back, and does not come back with the corrected file that makes the lead anew; who said it stands in the history of the case.
func TestRecall_JudgementsOfARecalledLead(t *testing.T) {
	n := newNightly(t, 1, twoKinds)
	n.write(t, "night.yaml", alikeConfig+"agency: {cases: {files: cases.csv}}\n")
	n.write(t, "cases.csv", casesHeader+"S0,C1,NP,open,locate,north,Ito"+strings.Repeat(",", 15)+"\n")
	caseload := caseloadOf([]known{{numbered: true}})
	w := n.plan(t, "").Workspace
	first := n.night(t, caseload, map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
	if first.Manifest.Queues.Rows != 2 {
		t.Fatalf("queues %+v; want an address and an employer", first.Manifest.Queues)
	}
	told := toldBy(t, first)
	for _, l := range told {
		j := judgement.Judgement{LeadID: l.LeadID, PersonIs: judgement.DifferentPerson, FactIs: judgement.Stale, Officer: "W1", Date: 20261201}
		if _, err := w.JudgeOne(j); err != nil {
			t.Fatal(err)
		}
	}
	r := n.recall(t, "", first.Manifest.Run)
	taken, memory := heldOf(t, w, r.Manifest.Run)
	if len(taken) != len(told) || len(judgement.Standing(taken)) != 0 {
		t.Fatalf("judgements %+v: want each recalled", taken)
	}
	for _, l := range told {
		if _, known := memory.Find(l.LeadID); known {
			t.Error("a lead that was recalled can be judged")
		}
		said, err := w.JudgeOne(judgement.Judgement{LeadID: l.LeadID, FactIs: judgement.Good, Officer: "W1", Date: 20261202})
		if err != nil || len(said.Rejects) != 1 {
			t.Errorf("a judgement of a recalled lead: %+v, %v; want it refused", said, err)
		}
	}
	if accuracy, err := EvaluateJudgements(w); err != nil || accuracy.Rungs[0].Different+accuracy.Rungs[1].Different+accuracy.Rungs[2].Different != 0 {
		t.Errorf("accuracy %+v, %v", accuracy, err)
	}
	again := n.night(t, caseload, map[string]string{"jobs-1.csv": jobsHeader + strings.Replace(bobsRow, "r1,", "r2,", 1)})
	if q := again.Manifest.Queues; q.Rows != 2 {
		t.Errorf("queues %+v; want the address and the employer that the corrected file reports", q)
	}
	taken, _ = heldOf(t, w, again.Manifest.Run)
	if len(taken) != len(told) || len(judgement.Standing(taken)) != 0 {
		t.Errorf("judgements %+v: want none to come back", taken)
	}
}

// TestLabels_OfAFileNotOfAName: a supplier may use a file's name again; what was judged of the old file's lines says nothing of the new.
func TestLabels_OfAFileNotOfAName(t *testing.T) {
	n := newNightly(t, 1, twoKinds)
	n.write(t, "jobs-1.csv", jobsHeader+bobsRow)
	n.write(t, "caseload.csv", caseloadOf([]known{{numbered: true}}))
	night, err := loadNight(context.Background(), n.plan(t, "2026-11-01"))
	if err != nil {
		t.Fatal(err)
	}
	sum, _, err := digestFile(filepath.Join(n.dir, "jobs-1.csv"))
	if err != nil {
		t.Fatal(err)
	}
	held := night.filesByMark()
	for name, c := range map[string]struct {
		record judgement.Record
		other  bool
	}{
		"the file":                  {judgement.Record{Extract: "jobs", File: "jobs-1.csv", Mark: leads.FileMark(sum)}, false},
		"another file of that name": {judgement.Record{Extract: "jobs", File: "jobs-1.csv", Mark: 7}, true},
		"a file of another night":   {judgement.Record{Extract: "jobs", File: "jobs-0.csv", Mark: 7}, true},
	} {
		if held.other(c.record) != c.other {
			t.Errorf("%s: taken to be another: %v", name, !c.other)
		}
	}
}
