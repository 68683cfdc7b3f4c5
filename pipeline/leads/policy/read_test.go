package policy

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"locatematch/pipeline/golden"
	"locatematch/pipeline/leads/agency"
)

// Every page of testdata/faults.txtar is a layer with something wrong in it, and what its author is told.
func TestRead_FaultsNameTheirPlace(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/faults.txtar")
	if err != nil {
		t.Fatal(err)
	}
	out := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, " says") {
			continue
		}
		err := over(BuiltIn(), f.Name, f.Data)
		if err == nil {
			t.Errorf("%s is taken for a good layer", f.Name)
			continue
		}
		out.Files = append(out.Files, f, txtar.File{Name: f.Name + " says", Data: []byte(err.Error() + "\n")})
	}
	golden.Check(t, "testdata/faults.txtar", string(txtar.Format(out)))
}

// over reads a layer over a policy, as Load does.
func over(p *Policy, name string, text []byte) error { return p.copy().read(name, text) }

func layered(t *testing.T, texts ...string) *Policy {
	t.Helper()
	p := BuiltIn().copy()
	for _, text := range texts {
		if err := p.read("layer.yaml", []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	p.settle()
	return p
}

// A review says who has checked a rule, and nothing else: the rule stays its layer's own. Who changes it has not had it checked.
func TestRead_AReviewIsOfOneText(t *testing.T) {
	state := "layer: state\nmay_do:\n  - {id: may.levy.age, checked_by: A. Analyst, checked_on: 2026-11-02}\n"
	p := layered(t, state)
	if r := p.find("may.levy.age").shown; r.Layer != "federal" || r.Reviewed() != "reviewed by A. Analyst on 2026-11-02" {
		t.Errorf("%+v", r)
	}
	p = layered(t, state, "layer: county\nmay_do:\n  - {id: may.levy.age, not_below: {days_past_due: 60}, words: Too new., citation: our own choice}\n")
	if r := p.find("may.levy.age").shown; r.Layer != "county" || r.Reviewed() != "not reviewed" {
		t.Errorf("%+v", r)
	}
}

// A layer's conflict with another is shown with the rules, and which of the two wins.
func TestRules_ShowConflictsBetweenLayers(t *testing.T) {
	p := layered(t, `layer: state
purpose:
  - {id: purpose.our-fathers, participants: [PF], sources: [postal], statuses: [open], decide: allow, words: We look., citation: our own choice}
`, `layer: county
purpose:
  - {id: purpose.no-post, sources: [postal], decide: deny, words: We do not use the post., citation: our own choice}
`)
	want := map[string]string{
		"purpose.our-fathers": "gives way to purpose.no-post (county) where both fit",
		"purpose.no-post":     "wins over purpose.locate (federal) where both fit",
	}
	for _, r := range p.Rules() {
		if w, ok := want[r.ID]; ok && !strings.Contains(r.Conflict, w) {
			t.Errorf("%s: %q, want %q", r.ID, r.Conflict, w)
		}
	}
	c := agency.Case{Function: agency.Paternity}
	if r, ok := p.Purpose("postal", agency.Putative, agency.Open, c); ok || r.ID != "purpose.no-post" {
		t.Errorf("%v by %s", ok, r.ID)
	}
}

// One override switches custodial parents on, and a rule that is switched off decides nothing and is still shown.
func TestRead_SwitchingOnAndOff(t *testing.T) {
	p := layered(t, `layer: state
purpose:
  - {id: purpose.custodial, decide: allow, sources: [postal], statuses: [open], words: We look for both parents., citation: our own choice}
may_do:
  - {id: may.levy.benefits, off: true, words: Our banks guard benefits.}
`)
	if r, ok := p.Purpose("postal", agency.Custodial, agency.Open, agency.Case{}); !ok || r.Layer != "state" {
		t.Errorf("%v by %+v", ok, r)
	}
	if m := p.May(account(func(s *Situation) { s.Account.Benefits = "yes" })); m.Step != ReviewForLevy {
		t.Errorf("%s held by %v", m.Step, m.HeldBy)
	}
	shown := 0
	for _, r := range p.Rules() {
		if r.ID == "may.levy.benefits" && (r.Off || r.OverriddenBy == "state") {
			shown++
		}
	}
	if shown != 2 {
		t.Errorf("the rule that is off is shown %d times, want it and what it replaced", shown)
	}
}

// Every federal rule that counts stands on a golden page.
func TestGolden_ShowsEveryRule(t *testing.T) {
	var pages strings.Builder
	for _, name := range []string{"purpose", "may_do", "clocks", "cautions", "limits"} {
		page, err := os.ReadFile("testdata/" + name + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		pages.Write(page)
	}
	for _, r := range BuiltIn().Rules() {
		switch r.Group {
		case "purpose", "may_do", "clocks", "cautions", "freshness", "suppress":
			if !strings.Contains(pages.String(), r.ID+": ") {
				t.Errorf("%s is on no golden page", r.ID)
			}
		}
	}
}

// The built-in layer claims no review, and cites something for every rule.
func TestBuiltIn_ClaimsNoReview(t *testing.T) {
	for _, r := range BuiltIn().Rules() {
		if r.Reviewed() != "not reviewed" || r.Citation == "" || r.Layer != "federal" {
			t.Errorf("%+v", r)
		}
	}
}

// The page for analysts names every condition, measure and key; and its examples are layers that load.
func TestPolicyPage_IsWhole(t *testing.T) {
	page, err := os.ReadFile("POLICY.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	for _, name := range append(append(conditionNames(false), measureNames()...), kindNames...) {
		if !strings.Contains(text, "`"+name+"`") {
			t.Errorf("POLICY.md does not name %s", name)
		}
	}
	for i := range keys {
		if name := "`" + keys[i].name; !strings.Contains(text, name+"`") && !strings.Contains(text, name+": ") {
			t.Errorf("POLICY.md does not name the key %s", keys[i].name)
		}
	}
	blocks := strings.Split(text, "```yaml\n")
	if len(blocks) < 3 {
		t.Fatal("POLICY.md has no examples")
	}
	for _, b := range blocks[1:] {
		example, _, _ := strings.Cut(b, "```")
		if strings.HasPrefix(example, "layer:") {
			if err := over(BuiltIn(), "POLICY.md", []byte(example)); err != nil {
				t.Errorf("%v", err)
			}
		}
	}
}

// FuzzLayer: whatever a file holds, it is refused with words or is a layer under which nothing is offered that must not be.
func FuzzLayer(f *testing.F) {
	for _, path := range []string{"testdata/layers/florida.yaml", "testdata/layers/ohio-county.yaml", "testdata/layers/unconfirmed.yaml"} {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte("layer: state\nmay_do:\n  - {id: may.levy, needs: [ssn_agrees], words: Any., citation: none}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p := BuiltIn().copy()
		if err := p.read("layer.yaml", text); err != nil {
			if err.Error() == "" {
				t.Fatal("refused without a word")
			}
			return
		}
		p.settle()
		if m := p.May(account(func(s *Situation) { s.AddressAgrees = false })); m.Step == ReviewForLevy {
			t.Fatalf("a levy without the address, by %s", m.Rule.ID)
		}
		if m := p.May(hire(func(s *Situation) { s.Case.Order = false })); m.Step == ReviewForWithholding {
			t.Fatalf("a withholding without an order, by %s", m.Rule.ID)
		}
		if r, ok := p.Purpose("employment", agency.Child, agency.Open, hire().Case); ok {
			t.Fatalf("a child is looked for, by %s", r.ID)
		}
		if len(p.Digest()) != 64 || len(p.Rules()) < len(BuiltIn().Rules()) {
			t.Fatal("a layer takes rules away")
		}
	})
}

// Check goes on after a file with faults, so that an author hears of all of them at once, each with its file.
func TestCheck_NamesTheFaultsOfEveryFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	state := write("state.yaml", "layer: state\nmay_do:\n  - {id: may.levy.age, colour: red}\n")
	county := write("county.yaml", "layer: county\nqueue:\n  - {id: queue.per-officer, limit: none}\n")
	good := write("good.yaml", "layer: county\ncalendar: {closed: [2026-11-27]}\n")
	_, err := Check([]string{state, county, good, filepath.Join(dir, "absent.yaml")})
	for _, words := range []string{"state.yaml: [3:", "county.yaml: [3:", "absent.yaml"} {
		if err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%v does not say %q", err, words)
		}
	}
	if err != nil && strings.Contains(err.Error(), "good.yaml") {
		t.Errorf("%v finds a fault in a good layer", err)
	}
	one, err := Check([]string{good})
	if err != nil {
		t.Fatal(err)
	}
	if other, _ := Load([]string{good}); one.Digest() != other.Digest() {
		t.Error("what is checked is another policy than what is loaded")
	}
}
