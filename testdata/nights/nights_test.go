package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// binary builds the command as a user would have it.
func binary(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "locatematch")
	if out, err := exec.Command("go", "build", "-o", path, "locatematch/cmd/locatematch").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// Three nights from the first file to the table: leads by status, as many facts offered by today's practice as by us, more true
// ones among ours, and nothing that should not be.
func TestThreeNights(t *testing.T) {
	o := &options{binary: binary(t), work: filepath.Join(t.TempDir(), "work"), nights: 3, subjects: 500, strangers: 5_000, seed: 1,
		worked: 3, wrong: 0.03, unsure: 0.10, facts: filepath.Join(t.TempDir(), "facts.csv"), progress: io.Discard}
	r, err := run(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Faults.err(); err != nil {
		t.Errorf("%v: %+v", err, r.Faults)
	}
	if len(r.Lines) != 3 || r.Lines[0].Leads["new"] == 0 || r.EventToLead.Facts == 0 {
		t.Errorf("%+v", r)
	}
	if r.Ours.Offered == 0 || r.Practice.Offered != r.Ours.Offered {
		t.Errorf("we offered %d facts, today's practice %d: want as many", r.Ours.Offered, r.Practice.Offered)
	}
	if sum := r.BySure["strong"].Offered + r.BySure["likely"].Offered + r.BySure["check first"].Offered; sum != r.Ours.Offered {
		t.Errorf("%d facts offered, by how sure they are %d", r.Ours.Offered, sum)
	}
	if r.Ours.New <= r.Practice.New {
		t.Errorf("%d true facts, today's practice %d: want more", r.Ours.New, r.Practice.New)
	}
	way, err := verdicts(o.facts)
	if err != nil || way["locatematch"] != r.Ours || way["practice"] != r.Practice || way["left"].Offered != r.Lines[2].Left {
		t.Errorf("%v: facts.csv has %+v; counted were %+v and %+v, and %d are left", err, way, r.Ours, r.Practice, r.Lines[2].Left)
	}
	var page, document bytes.Buffer
	if err := show(&page, o, r); err != nil || strings.Count(page.String(), "\n| ") < 8 {
		t.Errorf("%v\n%s", err, page.String())
	}
	o.asJSON = true
	if err := show(&document, o, r); err != nil || !json.Valid(document.Bytes()) {
		t.Errorf("%v\n%s", err, document.String())
	}
}

// verdicts counts what a detail says, by way.
func verdicts(path string) (map[string]share, error) {
	way := map[string]share{}
	return way, eachRow(path, func(v map[string]string) {
		s := way[v["way"]]
		s.Offered++
		*map[string]*int{"new": &s.New, "again": &s.Again, "ended": &s.Ended, "past": &s.Past, "wrong": &s.Wrong}[v["verdict"]]++
		way[v["way"]] = s
	})
}

// small is a truth of one person who changed jobs on the second day, and one who is protected from then on.
func small() *truth {
	t := &truth{days: []string{"2026-11-23", "2026-11-24", "2026-11-25"}, byKey: map[[3]string][]*fact{}, people: map[string]someone{
		"1": {opens: 1}, "2": {opens: 1, protectsFrom: 2}, "3": {shield: true, opens: 1},
	}, desks: map[string]string{}}
	for _, f := range []fact{
		{id: "old", subject: "1", kind: "employer", key: "111111111", began: "2026-01-05", ended: "2026-11-24", night: 1},
		{id: "new", subject: "1", kind: "employer", key: "222222222", began: "2026-11-24", night: 2},
		{id: "known", subject: "1", kind: "employer", key: "333333333", began: "2026-11-02", night: 1, known: "verified"},
	} {
		t.facts = append(t.facts, f)
		t.byKey[[3]string{f.subject, f.kind, f.key}] = []*fact{&f}
	}
	return t
}

func employer(id, subject, ein string, status leads.Status, hired string) leads.Lead {
	return leads.Lead{LeadID: id, SubjectID: subject, Kind: leads.KindEmployer, Employer: &leads.Employer{EIN: ein}, Identity: leads.Strong,
		Status: status, Evidence: []leads.Evidence{{Source: "employment", EventDate: leads.ParseDate(hired)}}}
}

// question is an identity conflict: it states no fact.
func question(id string) leads.Lead {
	return leads.Lead{LeadID: id, SubjectID: "1", Kind: leads.KindConflict, Identity: leads.CheckFirst, Status: leads.New,
		Evidence: []leads.Evidence{{Source: "employment", EventDate: leads.ParseDate("2026-01-05")}}}
}

// An offer is true and new, true again, past, or somebody else's; where it is told that it has ended, and it has, it is no past fact.
func TestTally(t *testing.T) {
	tally := newTally(small())
	offer := func(night int, ein string) share {
		return tally.add(night, []item{{subject: "1", kind: "employer", key: ein}})
	}
	for _, c := range []struct {
		night int
		ein   string
		want  share
	}{
		{1, "111111111", share{Offered: 1, New: 1}},
		{1, "111111111", share{Offered: 1, Again: 1}},
		{2, "111111111", share{Offered: 1, Past: 1}},
		{1, "222222222", share{Offered: 1, Wrong: 1}}, // before it began
		{2, "222222222", share{Offered: 1, New: 1}},
		{2, "333333333", share{Offered: 1, Again: 1}},
		{2, "444444444", share{Offered: 1, Wrong: 1}},
	} {
		if got := offer(c.night, c.ein); got != c.want {
			t.Errorf("night %d, %s: %+v, want %+v", c.night, c.ein, got, c.want)
		}
	}
	for ein, want := range map[string]share{"111111111": {Offered: 1, Ended: 1}, "222222222": {Offered: 1, Again: 1}, "444444444": {Offered: 1, Wrong: 1}} {
		if got := tally.add(2, []item{{subject: "1", kind: "employer", key: ein, ended: true}}); got != want {
			t.Errorf("%s, told as ended: %+v, want %+v", ein, got, want)
		}
	}
	if found := tally.found(3); found != 2 {
		t.Errorf("%d facts found, want both that are to be found", found)
	}
}

// The checks see what they are for.
func TestChecks(t *testing.T) {
	first := employer("L-1", "1", "111111111", leads.New, "2026-01-05")
	again := employer("L-1", "1", "111111111", leads.Changed, "2026-01-05")
	later := employer("L-1", "1", "111111111", leads.Changed, "2026-01-06")
	unsure, surer := first, employer("L-1", "1", "111111111", leads.Changed, "2026-01-05")
	unsure.Identity = leads.CheckFirst
	rescored := surer
	surer.Evidence = []leads.Evidence{{Source: "employment", File: "another", EventDate: leads.ParseDate("2026-01-05")}}
	silent := employer("L-1", "1", "111111111", leads.Repeated, "2026-01-06")
	for _, c := range []struct {
		name   string
		nights [][]leads.Lead
		queued [][]leads.Lead
		want   faults
	}{
		{"offered once, then silent", [][]leads.Lead{{first}, {first}}, [][]leads.Lead{{first}, nil}, faults{}},
		{"offered twice", [][]leads.Lead{{first}, {again}}, [][]leads.Lead{{first}, {again}}, faults{Twice: 1}},
		{"offered twice from a queue that waited", [][]leads.Lead{{first}, nil}, [][]leads.Lead{{first}, {first}}, faults{Twice: 1}},
		{"offered again with another date", [][]leads.Lead{{first}, {later}}, [][]leads.Lead{{first}, {later}}, faults{}},
		{"offered again by a record surer of the person", [][]leads.Lead{{unsure}, {surer}}, [][]leads.Lead{{unsure}, {surer}}, faults{}},
		{"offered again for a better score", [][]leads.Lead{{unsure}, {rescored}}, [][]leads.Lead{{unsure}, {rescored}}, faults{Twice: 1}},
		{"another date withheld", [][]leads.Lead{{first}, {silent}}, [][]leads.Lead{{first}, nil}, faults{Withheld: 1}},
		{"a protected person's", [][]leads.Lead{nil, {employer("L-2", "2", "555555555", leads.New, "2026-11-01")}}, [][]leads.Lead{nil, nil}, faults{Protected: 1}},
		{"two questions about one person", [][]leads.Lead{{question("L-5")}, {question("L-6")}}, [][]leads.Lead{{question("L-5")}, {question("L-6")}}, faults{}},
		{"a shield's", [][]leads.Lead{{employer("L-3", "3", "555555555", leads.New, "2026-11-01")}}, [][]leads.Lead{nil}, faults{Protected: 1}},
	} {
		checks := newChecks(small())
		for i, all := range c.nights {
			checks.night(i+1, all, itemsOf(c.queued[i]))
		}
		got := checks.faults
		got.Examples = nil
		if got.Twice != c.want.Twice || got.Withheld != c.want.Withheld || got.Protected != c.want.Protected {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// What a source may not be used for is neither to be found nor offered by today's practice.
func TestPermits(t *testing.T) {
	truth := small()
	owes := agency.Case{Participant: agency.Noncustodial, Status: agency.Open, Function: agency.Enforcement, Order: true, Arrears: 50_000, PastDueSince: 20260101}
	paid, closed := owes, owes
	paid.Arrears, paid.PastDueSince, closed.Status = 0, 0, agency.Closed
	truth.may = &permits{policy: policy.BuiltIn(), nights: []map[string][]agency.Case{{"1": {owes}, "2": {paid}, "3": {closed}}}}
	for _, c := range []struct {
		subject, source string
		want            bool
	}{
		{"1", "financial", true}, {"2", "financial", false}, {"2", "employment", true}, {"3", "employment", false}, {"nobody", "postal", false},
	} {
		if got := truth.may.allow(c.subject, c.source, 1); got != c.want {
			t.Errorf("%s of person %s: %v, want %v", c.source, c.subject, got, c.want)
		}
	}
}

// A desk is worked the surest first, of these what holds before what may, tonight's before older; what was withdrawn or is protected by now
// is gone.
func TestTray(t *testing.T) {
	unsure := employer("L-unsure", "1", "111111111", leads.New, "2026-01-05")
	unsure.Identity = leads.CheckFirst
	sure, gone := employer("L-sure", "1", "222222222", leads.New, "2026-11-24"), employer("L-gone", "1", "333333333", leads.New, "2026-11-02")
	hidden := employer("L-hidden", "2", "444444444", leads.New, "2026-11-02")
	tray := newTray(small())
	tray.put(1, nil, itemsOf([]leads.Lead{unsure, gone, hidden}))
	gone.Status = "withdrawn"
	fading := employer("L-fading", "1", "555555555", leads.New, "2026-11-24")
	fading.Standing = leads.NotKnown
	tray.put(2, itemsOf([]leads.Lead{gone}), itemsOf([]leads.Lead{fading, sure}))
	work := tray.take(3)
	if len(work) != 3 || work[0].leadID != "L-sure" || work[1].leadID != "L-fading" || work[2].leadID != "L-unsure" || len(tray.items) != 0 {
		t.Errorf("looked at %v; left %v", work, tray.items)
	}
}

// Verdicts err at the stated rates, and always the same ones.
func TestOfficersErrAtTheStatedRates(t *testing.T) {
	o := newOfficers(&options{seed: 5, wrong: 0.03, unsure: 0.10}, small())
	counts := map[string]int{}
	for i := range 20_000 {
		q := item{leadID: strings.Repeat("x", i%97) + string(rune('a'+i%26)) + strings.Repeat("y", i/97), subject: "1", kind: "employer", key: "222222222"}
		row := o.verdict(2, q)
		if again := o.verdict(2, q); again[2] != row[2] {
			t.Fatalf("%v, then %v", row, again)
		}
		counts[row[2]]++
	}
	if n := counts["cannot tell"]; n < 1_850 || n > 2_150 {
		t.Errorf("%d of 20000 verdicts are \"cannot tell\", want about 2000", n)
	}
	if n := counts["different person"]; n < 450 || n > 630 {
		t.Errorf("%d of 20000 verdicts are wrong, want about 540", n)
	}
}

// Business nights are counted from the first, forwards and backwards, weekends left out.
func TestNightOf(t *testing.T) {
	truth := small()
	for date, want := range map[string]int{
		"2026-11-23": 1, "2026-11-24": 2, "2026-11-27": 5, "2026-11-28": 5, "2026-11-30": 6, "2026-11-22": 1, "2026-11-20": 0, "2026-11-13": -5,
	} {
		if got := truth.nightOf(date); got != want {
			t.Errorf("%s is night %d, want %d", date, got, want)
		}
	}
}

func TestWaits(t *testing.T) {
	if got := waitsOf([]int{9, 1, 2, 3, 4, 5, 6, 7, 8, 10}); got != (waits{10, 5, 9}) {
		t.Errorf("%+v", got)
	}
	if got := waitsOf(nil); got != (waits{}) {
		t.Errorf("%+v", got)
	}
}
