package trial

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"locatematch/pipeline/golden"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/leads/queue"
)

const tonight = 20261121

// stateLayer changes one rule of each kind that a night can show.
const stateLayer = `layer: state
calendar: {closed: [2026-11-24]}
may_do:
  - {id: may.levy.arrears, at_least: {arrears: 600.01}, words: No more than $600 is past due., citation: state practice (Florida), checked_by: A. Analyst, checked_on: 2026-11-02}
  - {id: may.levy.age, off: true, words: We do not wait.}
suppress:
  - {id: suppress.small-balance, below: {balance: 200.00}, words: "The account holds less than {balance}.", citation: our own choice}
freshness:
  - {id: freshness.employer, half_life: 10, greatest_age: 60, words: "A new hire loses half its weight in {half_life}, and is too old after {greatest_age}.", citation: our own choice}
purpose:
  - {id: purpose.no-postal, decide: deny, sources: [postal], functions: [enforcement], words: The post office is not asked., citation: our own choice}
cautions:
  - {id: caution.benefits_unknown, obliges: Ask the bank first., words: It is not known whether benefits are paid in., citation: our own choice}
queue:
  - {id: queue.per-officer, limit: 2, words: "One officer gets {limit} leads a night at most.", citation: our own choice}
`

// layered is the built-in policy with a layer over it.
func layered(t *testing.T, text string) *policy.Policy {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := policy.Load([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var cases = &agency.Knowledge{Cases: map[string][]agency.Case{
	"S-1": {{ID: "C-7", Subject: "S-1", Participant: agency.Noncustodial, Function: agency.Enforcement, Office: "North", Officer: "W11",
		Order: true, Monthly: 250_00, Arrears: 550_00, PastDueSince: 20260101, Opened: 20200101}},
	"S-2": {{ID: "C-8", Subject: "S-2", Participant: agency.Noncustodial, Function: agency.Enforcement, Office: "North", Officer: "W11",
		Order: true, Monthly: 250_00, Arrears: 9_000_00, PastDueSince: 20261110, Opened: 20200101}},
}}

// agreeing is what every record of this night says of its person.
var agreeing = func() (a leads.Agreement) {
	for _, p := range []leads.Part{leads.PartSSN, leads.PartGiven, leads.PartFamily, leads.PartAddress} {
		a[p] = leads.Agree
	}
	return a
}()

func lead(id, subject string, kind leads.Kind, event int32, sources ...string) leads.Lead {
	l := leads.Lead{LeadID: "L-" + (id + strings.Repeat("a", 20))[:20], SubjectID: subject, Kind: kind, Identity: leads.Strong,
		IdentityReasons: []string{"SSN agrees", "name agrees", "address agrees"}, Status: leads.New, StatusReason: "not reported before",
		Sources: sources, FirstSeen: leads.DayOf(20261120), Summary: "A report."}
	for i, source := range sources {
		l.Evidence = append(l.Evidence, leads.Evidence{Source: source, Extract: source, File: source, Line: int64(i + 1), Received: leads.DayOf(tonight),
			EventDate: &leads.PartialDate{Date: leads.DayOf(event), Precision: leads.ByDay}, Confirms: "SSN, name and address"})
	}
	return l
}

func account(id, subject string, dollars int64) leads.Lead {
	l := lead(id, subject, leads.KindAccount, 20261101, "financial")
	l.Account = &leads.Account{InstitutionTIN: "751112223", Institution: "First Bank", Token: id[:4], Balance: &dollars, Status: "open"}
	l.Cautions = []leads.Caution{{Code: leads.CautionBenefitsAsk}}
	return l
}

func address(id, subject, line string, sources ...string) leads.Lead {
	l := lead(id, subject, leads.KindAddress, 20261109, sources...)
	l.Address = &leads.Address{Line: line, Form: "street", City: "AUSTIN", State: "TX", Zip: "78701"}
	return l
}

func employer(id, subject string, hired int32) leads.Lead {
	l := lead(id, subject, leads.KindEmployer, hired, "employment")
	l.Employer = &leads.Employer{EIN: "741234567", Name: "Acme Freight", HireDate: l.Evidence[0].EventDate}
	return l
}

// evening is a small night under a policy: two people, one officer.
func evening(p *policy.Policy) *Night {
	n := &Night{Policy: p}
	a := &leads.Assessor{AsOf: tonight, Rules: p, Known: cases}
	for _, subject := range []string{"S-1", "S-2"} {
		lawful := func(source string) bool {
			c := cases.CasesOf(subject)[0]
			_, may := p.Purpose(source, c.Participant, c.Status, c)
			return may
		}
		var restored []leads.Lead
		for _, l := range []leads.Lead{
			employer("hired", "S-1", 20261109), account("bank", "S-1", 3100), account("tiny", "S-1", 120), address("post", "S-1", "12 OAK ST", "postal"),
			account("other", "S-2", 900), address("both", "S-2", "9 PINE RD", "employment", "postal"), employer("longago", "S-2", 20260825),
		} {
			if l.SubjectID != subject {
				continue
			}
			again, left := leads.Restore(l, lawful, func(*leads.Evidence) leads.Record {
				return leads.Record{Agreement: agreeing, Accept: true, Margin: 9 << 16}
			})
			if left {
				restored = append(restored, again)
			}
			if len(again.Sources) < len(l.Sources) {
				c := cases.CasesOf(subject)[0]
				denied, _ := p.Purpose("postal", c.Participant, c.Status, c)
				was, _ := policy.BuiltIn().Purpose("postal", c.Participant, c.Status, c)
				n.NotAllowed = append(n.NotAllowed, NotAllowed{LeadID: l.LeadID, Sources: []string{"postal"}, Whole: !left, Rule: denied, Was: was})
			}
		}
		n.Leads = append(n.Leads, a.Reassess(&leads.Subject{ID: subject}, restored)...)
	}
	b := queue.NewBuilder(queue.Input{AsOf: tonight, Cases: cases.CasesOf, Rules: p, PerOfficer: p.Caps().PerOfficer, Specialist: p.Specialist()})
	b.Add(n.Leads, nil)
	q := b.Queues(nil)
	n.Places = q.Index
	for _, o := range q.Offices {
		n.Rows = append(n.Rows, o.Rows...)
	}
	n.Waiting = q.Waiting
	return n
}

// The page shows, for one layer that changes a rule of each kind, what it changes and by which rule, both ways.
func TestGolden_Page(t *testing.T) {
	state := layered(t, stateLayer)
	for name, r := range map[string]*Result{
		"adopted.txt": Compare(evening(policy.BuiltIn()), evening(state)), "dropped.txt": Compare(evening(state), evening(policy.BuiltIn())),
	} {
		r.Run = "2026-11-21-0123456789"
		r.From, r.To = strings.Repeat("a", 64), strings.Repeat("b", 64)
		r.Untold = []string{"Newly allowed: postal data for 2 people of the caseload."}
		page := r.Text(80, 1)
		for line := range strings.Lines(page) {
			if utf8.RuneCountInString(strings.TrimSpace(line)) > 80 {
				t.Errorf("%s: a line of more than 80 characters: %s", name, line)
			}
		}
		golden.Check(t, filepath.Join("testdata", name), page)
	}
}

// The same policy gives no change, and the page says so.
func TestLaw_TheSamePolicyChangesNothing(t *testing.T) {
	for _, p := range []*policy.Policy{policy.BuiltIn(), layered(t, stateLayer)} {
		r := Compare(evening(p), evening(p))
		if len(r.Changes)+len(r.Counts)+len(r.Rules) > 0 || !strings.Contains(r.Text(80, 10), "Nothing would change.") {
			t.Errorf("%+v", r)
		}
	}
}

// What one policy changes, the other changes back: as many changes of each kind of a lead that both tell, and of its opposite. The order of leads changes nothing.
func TestLaw_ChangesAreMirrored(t *testing.T) {
	state := layered(t, stateLayer)
	there, back := Compare(evening(policy.BuiltIn()), evening(state)), Compare(evening(state), evening(policy.BuiltIn()))
	count := func(r *Result, k Kind) int {
		if i := slices.IndexFunc(r.Counts, func(c Count) bool { return c.Kind == k }); i >= 0 {
			return r.Counts[i].Changes
		}
		return 0
	}
	for _, pair := range [][2]Kind{{StandingUp, StandingDown}, {StepUp, StepDown}, {Capped, RoomFound}, {DueEarlier, DueLater}, {PlaceUp, PlaceDown}, {CautionWords, CautionWords}} {
		if a, b := count(there, pair[0]), count(back, pair[1]); a != b {
			t.Errorf("%s %d, back %s %d", pair[0], a, pair[1], b)
		}
	}
	turned := evening(state)
	slices.Reverse(turned.Leads)
	a, _ := json.Marshal(there)
	b, _ := json.Marshal(Compare(evening(policy.BuiltIn()), turned))
	if string(a) != string(b) {
		t.Error("the order of leads changes the result")
	}
}

// A night whose policy is not at hand is told in the words that were published.
func TestCompare_WithoutTheOldPolicy(t *testing.T) {
	was := evening(policy.BuiltIn())
	was.Policy = nil
	for i := range was.Leads {
		was.Leads[i] = was.Leads[i].Alone()
	}
	r := Compare(was, evening(layered(t, stateLayer)))
	i := slices.IndexFunc(r.Changes, func(c Change) bool { return c.Kind == StepDown })
	if i < 0 || r.Changes[i].ToRule.ID != "may.levy.arrears" || r.Changes[i].FromRule.Words != "The SSN, the name and the address are the same." || len(r.Rules) != 0 {
		t.Errorf("%+v", r.Changes)
	}
	if page := r.Text(100, 1); !strings.Contains(page, "is not at hand") {
		t.Error(page)
	}
}

// A lead of an earlier night that no purpose allows any more is told once, by its rule. What both sides withdraw is no change, and a
// lead of the night that is withdrawn is told as any other that is not allowed.
func TestCompare_TellsWhatIsWithdrawn(t *testing.T) {
	withdrawn := func(id string) leads.Lead {
		return leads.Lead{LeadID: id, SubjectID: "S-1", Kind: leads.KindAddress, Status: leads.Withdrawn}
	}
	post := address("post", "S-1", "12 OAK ST", "postal")
	was := &Night{Leads: []leads.Lead{withdrawn("closed"), post}}
	denied := policy.Rule{ID: "purpose.nopost", Words: "Not here."}
	is := &Night{Leads: []leads.Lead{withdrawn("closed"), withdrawn(post.LeadID), withdrawn("earlier")}, NotAllowed: []NotAllowed{
		{LeadID: post.LeadID, Sources: []string{"postal"}, Whole: true, Rule: denied},
		{LeadID: "earlier", Sources: []string{"postal"}, Whole: true, Withdrawn: true, Rule: denied},
	}}
	got := Compare(was, is).Changes
	want := map[string][2]string{
		"earlier":   {"stands since an earlier night", "withdrawn: not allowed from postal"},
		post.LeadID: {"allowed", "not allowed from postal"},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for _, c := range got {
		if c.Kind != NoPurpose || want[c.LeadID] != [2]string{c.From, c.To} || c.ToRule.ID != denied.ID {
			t.Errorf("%+v", c)
		}
	}
}
