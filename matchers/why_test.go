package matchers

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// For any spec, caseload and record, Why and the index agree on which rules propose a pair, and a rule that does not is
// blamed on something.
func TestWhyAgreesWithTheIndex(t *testing.T) {
	seen := map[RuleOutcome]int{}
	rapid.Check(t, func(t *rapid.T) {
		d := anyNight(t)
		m := NewMatcher(d.c, d.scorer)
		subject := uint32(rapid.IntRange(0, d.c.Subjects()-1).Draw(t, "subject"))
		for _, record := range d.records {
			rules := m.Explain(record, subject).Rules
			for _, v := range m.Why(record, subject) {
				seen[v.Outcome]++
				if (v.Outcome == Proposes) != (rules>>v.Rule&1 == 1) {
					t.Fatalf("rule %d: outcome %d, the index's rules are %b", v.Rule, v.Outcome, rules)
				}
				if (v.Outcome == Proposes) != (len(v.Elements) == 0) {
					t.Fatalf("rule %d: outcome %d blames %q", v.Rule, v.Outcome, v.Elements)
				}
			}
		}
	})
	for _, outcome := range []RuleOutcome{Proposes, RecordMissing, SubjectMissing, Differs} {
		if seen[outcome] == 0 {
			t.Errorf("outcome %d never came up: the test says little", outcome)
		}
	}
}

// Every reason for which a rule can miss a pair, by example.
func TestWhyByExample(t *testing.T) {
	spec := BuiltInSpec()
	spec.Blocking = [][]string{{"ssn"}, {"family.sound", "born"}, {"family", "given", "max:2"}, {"phone"}, {"zip"}}
	subjects := []subject{
		{{"ssn": "234-56-7891", "given": "ANN", "family": "RIVERS", "born": "1980-01-02", "phone": ""}, {"given": "JO", "family": "STONE"}},
		{{"given": "ANN", "family": "POOLE"}}, {{"given": "ANN", "family": "POOLE"}}, {{"given": "ANN", "family": "POOLE"}},
	}
	c := build(t, spec, subjects)
	m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05))
	check := func(what string, record row, subject uint32, rule int, outcome RuleOutcome, elements ...string) {
		t.Helper()
		got := m.Why(standard(spec, record), subject)[rule]
		if got.Outcome != outcome || !slices.Equal(got.Elements, elements) {
			t.Errorf("%s: %+v, want outcome %d and %q", what, got, outcome, elements)
		}
	}
	check("the number agrees", row{"ssn": "234567891"}, 0, 0, Proposes)
	check("the record has no number", row{"given": "ANN"}, 0, 0, RecordMissing, "ssn")
	check("one digit differs", row{"ssn": "234567892"}, 0, 0, Differs, "ssn")
	check("the birth date differs", row{"family": "RIVERS", "born": "1980-01-03"}, 0, 1, Differs, "born")
	check("both differ", row{"family": "STONEHAM", "born": "1980-01-03"}, 0, 1, Differs, "family.sound", "born")
	check("the subject has no telephone", row{"phone": "801-555-0123"}, 0, 3, SubjectMissing, "phone")
	check("one alias's given, the other's family name", row{"given": "JO", "family": "RIVERS"}, 0, 2, Apart, "family", "given")
	check("three share a key that two may", row{"given": "ANN", "family": "POOLE"}, 1, 2, Capped, "family", "given")
}

// A value comes back as it was frozen, from the set asked for.
func TestValueIsWhatWasFrozen(t *testing.T) {
	spec := BuiltInSpec()
	c := build(t, spec, []subject{{
		{"given": "ANN", "family": "RIVERS", "born": "1980-01-02", "phone": "801-555-0123", "ssn": "999999999"}, {"given": "JO", "family": "STONE"},
	}})
	want := standard(spec, row{"given": "JO", "born": "1980-01-02", "phone": "801-555-0123", "ssn": "999999999"})
	for name, set := range map[string]int{"given": 1, "born": 0, "phone": 0, "ssn": 0} {
		f := spec.Field(name)
		got := c.Value(0, f, set)
		if string(got.Std) != string(want[f].Std) || got.Num != want[f].Num || got.Validity != want[f].Validity {
			t.Errorf("%s: %+v, want %+v", name, got, want[f])
		}
	}
}
