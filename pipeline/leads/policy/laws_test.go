package policy

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads/agency"
)

// day draws a date between 2020 and 2030 that exists.
func day(t *rapid.T, name string) int32 {
	return dayOf(timeOf(20200101).AddDate(0, 0, rapid.IntRange(0, 4000).Draw(t, name)))
}

// maybeDay draws a day, or none.
func maybeDay(t *rapid.T, name string) int32 {
	if rapid.Bool().Draw(t, name+" known") {
		return day(t, name)
	}
	return 0
}

// situation draws any situation, likely and unlikely ones alike.
func situation(t *rapid.T) Situation {
	flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
	one := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
	cents := func(name string) int64 {
		return rapid.SampledFrom([]int64{0, 1, 99_99, 100_00, 499_99, 500_00, 600_00, 25_000_00}).Draw(t, name)
	}
	s := Situation{
		AsOf: day(t, "as of"), Kind: rapid.SampledFrom(kindNames).Draw(t, "kind"),
		Sources:  rapid.SliceOfNDistinct(rapid.SampledFrom(sourceNames), 1, 3, rapid.ID[string]).Draw(t, "sources"),
		Identity: one("identity", "strong", "likely", "check first"), Standing: one("standing", "current", "likely current", "past", "contradicted", "not known"),
		SSNAgrees: flag("ssn agrees"), SSNConflicts: flag("ssn conflicts"), NameAgrees: flag("name agrees"), NameConflict: flag("name conflicts"),
		AddressAgrees: flag("address agrees"), BirthAgrees: flag("birth agrees"), NameAlone: flag("name alone"), SpokenAgainst: flag("spoken against"), LittleToGoBy: flag("little to go by"), TwoOfThree: flag("two of three"), KeyAlone: flag("key alone"), NumberUnverified: flag("number unverified"), LikelierAnother: flag("likelier another"), Event: maybeDay(t, "event"), Received: maybeDay(t, "received"),
		Case: agency.Case{
			Participant: agency.Participant(one("participant", "NP", "NP", "NP", "PF", "CP", "CH", "")),
			Status:      agency.Status(one("status", "open", "open", "closed", "")),
			Function:    agency.Function(one("function", "locate", "paternity", "establishment", "enforcement", "")),
			Order:       flag("order"), Monthly: cents("monthly"), Arrears: cents("arrears"), PastDueSince: maybeDay(t, "past due since"),
			LocateSince: maybeDay(t, "locate since"), Opened: maybeDay(t, "opened"), GoodCause: flag("good cause"), Bankrupt: flag("bankrupt"),
			Protected: flag("protected"), OtherState: one("other state", "", "OK"),
		},
		Cautions: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"military", "deceased", "minor", "trust", "incarcerated", "bankruptcy"}), 0, 2, rapid.ID[string]).Draw(t, "cautions"),
	}
	if flag("levied") {
		s.Levies = []agency.Levy{{On: maybeDay(t, "levy")}}
	}
	if flag("account") {
		b := cents("balance")
		s.Account = &Account{Balance: &b, Joint: flag("joint"), Trust: flag("trust"), Closed: flag("closed"), Benefits: one("benefits", "", "yes", "no")}
	}
	return s
}

// policies are those the laws are held for: the built-in one, and each example layer over it.
func policies(t testing.TB) []*Policy {
	t.Helper()
	all := []*Policy{BuiltIn()}
	paths, err := filepath.Glob("testdata/layers/*.yaml")
	if err != nil || len(paths) < 5 {
		t.Fatal(err, paths)
	}
	for _, path := range paths {
		p, err := Load([]string{path})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

func anyPolicy(t *rapid.T, all []*Policy) *Policy { return rapid.SampledFrom(all).Draw(t, "policy") }

// A levy review is never offered without SSN, name and address; a withholding review never without an order and an SSN.
func TestLaw_ReviewsNeedTheirEvidence(t *testing.T) {
	all := policies(t)
	rapid.Check(t, func(t *rapid.T) {
		s := situation(t)
		m := anyPolicy(t, all).May(s)
		if m.Step == ReviewForLevy && !(s.SSNAgrees && s.NameAgrees && s.AddressAgrees && !s.NameConflict && !s.SSNConflicts) {
			t.Fatalf("review for levy by %s", m.Rule.ID)
		}
		if m.Step == ReviewForWithholding && !(s.Case.Order && s.SSNAgrees) {
			t.Fatalf("review for withholding by %s", m.Rule.ID)
		}
		if m.Step != Nothing && (s.Case.Status == agency.Closed || s.Case.Participant == agency.Child) {
			t.Fatalf("%s in a closed case or about a child", m.Step)
		}
		if m.Rule.ID == "" || m.Words == "" {
			t.Fatalf("%q has no rule or no words", m.Step)
		}
	})
}

// The withholding clock runs only with an order and an SSN match, in an open case.
func TestLaw_NoWithholdingClockWithoutOrderAndSSN(t *testing.T) {
	all := policies(t)
	rapid.Check(t, func(t *rapid.T) {
		s := situation(t)
		for _, d := range anyPolicy(t, all).Due(s) {
			if strings.HasPrefix(d.Rule.ID, "clock.withholding") && !(s.Case.Order && s.SSNAgrees) {
				t.Fatalf("%s runs to %d", d.Rule.ID, d.On)
			}
			if s.Case.Status == agency.Closed {
				t.Fatalf("%s runs in a closed case", d.Rule.ID)
			}
		}
	})
}

// A further `unless` never lets an officer do more, in whatever rule it stands and whatever it names; nor does a further `needs`.
func TestLaw_MoreConditionsNeverRaiseAStep(t *testing.T) {
	all := policies(t)
	rapid.Check(t, func(t *rapid.T) {
		p, s := anyPolicy(t, all), situation(t)
		i := rapid.IntRange(0, len(p.rules)-1).Filter(func(i int) bool { return p.rules[i].allows != "" || p.rules[i].holds != "" }).Draw(t, "rule")
		c := &conditions[rapid.IntRange(0, len(conditions)-1).Draw(t, "condition")]
		stricter, more := p.copy(), *p.rules[i]
		if rapid.Bool().Draw(t, "unless") {
			more.unless = append(slices.Clone(more.unless), c)
		} else {
			more.needs = append(slices.Clone(more.needs), c)
		}
		stricter.put(&more)
		stricter.settle()
		if before, after := p.May(s), stricter.May(s); after.Step.Compare(before.Step) > 0 {
			t.Fatalf("%s with %s raises %q to %q", more.id, c.name, before.Step, after.Step)
		}
	})
}

// A layer that says nothing changes nothing.
func TestLaw_ASilentLayerChangesNothing(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for _, text := range []string{"layer: state\n", "layer: county\npurpose: []\ncalendar: {}\nmay_do:\n  - {id: may.levy}\n"} {
		path := filepath.Join(dir, strings.Fields(text)[1]+".yaml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	silent, err := Load(paths)
	if err != nil {
		t.Fatal(err)
	}
	if silent.Digest() != BuiltIn().Digest() || !reflect.DeepEqual(silent.Rules(), BuiltIn().Rules()) {
		t.Fatal("a silent layer changes the rules")
	}
	rapid.Check(t, func(t *rapid.T) {
		s := situation(t)
		if !reflect.DeepEqual(silent.May(s), BuiltIn().May(s)) || !reflect.DeepEqual(silent.Due(s), BuiltIn().Due(s)) {
			t.Fatal("a silent layer changes a decision")
		}
	})
}

// What is due in business days is due on one, and never earlier for what came later, whatever days the agency closes.
func TestLaw_BusinessDaysAreOpenAndMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := func(name string) []int32 {
			return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) int32 {
				return dayOf(timeOf(20261101).AddDate(0, 0, rapid.IntRange(0, 90).Draw(t, "offset")))
			}), 0, 30).Draw(t, name)
		}
		c := &calendar{}
		c.add(some("closed"), nil)
		c.add(nil, some("open"))
		from := timeOf(20261101).AddDate(0, 0, rapid.IntRange(0, 90).Draw(t, "received"))
		n := rapid.IntRange(1, 20).Draw(t, "n")
		first, ok := c.after(dayOf(from), n)
		if !ok || !c.business(first) || first <= dayOf(from) {
			t.Fatalf("due %d after %s", first, from)
		}
		if later, _ := c.after(dayOf(from.AddDate(0, 0, 1)), n); later < first {
			t.Fatalf("received a day later, due %d before %d", later, first)
		}
		if next, _ := c.after(dayOf(from), n+1); next <= first {
			t.Fatalf("%d business days end on %d, %d on %d", n, first, n+1, next)
		}
	})
}

// A clock of the law is no earlier for a lead that came later; a repeated one is never in the past.
func TestLaw_ClocksAreMonotone(t *testing.T) {
	all := policies(t)
	rapid.Check(t, func(t *rapid.T) {
		p, s := anyPolicy(t, all), situation(t)
		s.Received = day(t, "received")
		later := s
		later.Received = dayOf(timeOf(s.Received).AddDate(0, 0, rapid.IntRange(0, 60).Draw(t, "days later")))
		was := map[string]int32{}
		for _, d := range p.Due(s) {
			was[d.Rule.ID] = d.On
			if d.Rule.ID == "clock.repeat" && d.On < s.AsOf {
				t.Fatalf("repeat in the past: %d", d.On)
			}
		}
		for _, d := range p.Due(later) {
			if on, ran := was[d.Rule.ID]; ran && d.On < on {
				t.Fatalf("%s: received %d due %d, received %d due %d", d.Rule.ID, s.Received, on, later.Received, d.On)
			}
		}
	})
}

// A child, and anyone in a closed case, is never looked for; bank data only where support is past due, or, by a layer of the agency's
// own, where nothing is known.
func TestLaw_Purpose(t *testing.T) {
	all := policies(t)
	rapid.Check(t, func(t *rapid.T) {
		c := situation(t).Case
		source := rapid.SampledFrom(sourceNames).Draw(t, "source")
		r, ok := anyPolicy(t, all).Purpose(source, c.Participant, c.Status, c)
		if r.ID == "" || r.Words == "" {
			t.Fatal("no rule")
		}
		if ok && (c.Participant == agency.Child || c.Status == agency.Closed) {
			t.Fatalf("%s allows a child or a closed case", r.ID)
		}
		if ok && source == "financial" && (c.Participant != agency.Noncustodial || c.Arrears <= 0 && !factless(&c)) {
			t.Fatalf("%s allows bank data", r.ID)
		}
		if r, ok := BuiltIn().Purpose("financial", c.Participant, c.Status, c); ok && c.Arrears <= 0 {
			t.Fatalf("%s allows bank data on the caseload's word alone", r.ID)
		}
	})
}

// A month's clock keeps to the month that it comes to.
func TestAddMonths_KeepsToTheMonth(t *testing.T) {
	for _, c := range [][2]int32{{20251130, 20260228}, {20260115, 20260415}, {20261231, 20270331}, {20271130, 20280229}} {
		if got := addMonths(c[0], 3); got != c[1] {
			t.Errorf("three months after %d: %d, want %d", c[0], got, c[1])
		}
	}
}

// The federal holidays of 2026 and 2027 on which offices close, as they are kept: New Year's Day 2028 is a Saturday, and kept
// on the last Friday of 2027.
func TestCalendar_FederalHolidays(t *testing.T) {
	want := []int32{
		20260101, 20260119, 20260216, 20260525, 20260619, 20260703, 20260907, 20261012, 20261111, 20261126, 20261225,
		20270101, 20270118, 20270215, 20270531, 20270618, 20270705, 20270906, 20271011, 20271111, 20271125, 20271224, 20271231,
	}
	var got []int32
	for d := timeOf(20260101); d.Year() < 2028; d = d.AddDate(0, 0, 1) {
		if weekday := d.Weekday(); weekday != 0 && weekday != 6 && !BuiltIn().BusinessDay(dayOf(d)) {
			got = append(got, dayOf(d))
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("closed on\n%v, want\n%v", got, want)
	}
}
