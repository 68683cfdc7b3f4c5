package matchers

import (
	"testing"

	"pgregory.net/rapid"
)

// TestAsked_TheWrongNumberThatWeSent: our caseload has another person's number for him, and the supplier, asked by it, answers about
// that person under our key. Key and number both agree, and neither says more than that somebody has this number: the answer is not
// accepted, whatever else it leaves out. His own answer is, by his name or his birth date.
func TestAsked_TheWrongNumberThatWeSent(t *testing.T) {
	he := row{"key": "K-100", "given": "LEOPOLD", "family": "WINTERBOTTOM", "born": "1951-02-03", "ssn": "321-54-6789", "address": "77 JUNIPER LN", "zip": "84111"}
	other := row{"given": "ROSALIND", "family": "HETHERINGTON", "born": "1979-11-26"}
	spec, c := householdNight(t, he, newTown(31).person(1))
	for _, share := range []float64{.05, .9} {
		m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), share))
		found := row{"key": "K-100", "ssn": "321-54-6789"}
		for _, x := range []struct {
			name     string
			says     row
			accepted bool
		}{
			{"another's name and birth date", other, false},
			{"another's name", row{"given": "ROSALIND", "family": "HETHERINGTON"}, false},
			{"another's family name", row{"family": "HETHERINGTON"}, false},
			{"another's birth date", row{"born": "1979-11-26"}, false},
			{"another's given name and our family name", row{"given": "ROSALIND", "family": "WINTERBOTTOM"}, false},
			{"nobody's name", row{}, false},
			{"his own name", row{"given": "LEOPOLD", "family": "WINTERBOTTOM"}, true},
			{"his own initial, family name and birth date", row{"given": "L", "family": "WINTERBOTTOM", "born": "1951-02-03"}, true},
			{"a new family name, his birth date", row{"given": "LEOPOLD", "family": "HETHERINGTON", "born": "1951-02-03"}, true},
		} {
			e := m.Explain(standard(spec, merged(found, x.says)), 100)
			if accepted := e.Total >= m.s.accept; accepted != x.accepted || e.Asked >= 0 {
				t.Errorf("share %v, %s: %.1f bits, of which the number took back %.1f", share, x.name, Bits(e.Total), Bits(e.Asked))
			}
		}
	}
}

// TestAsked_OnlyBesideTheKey: the number counts in full under no key, and so does one that is not what we asked by.
func TestAsked_OnlyBesideTheKey(t *testing.T) {
	he := row{"key": "K-100", "given": "LEOPOLD", "family": "WINTERBOTTOM", "born": "1951-02-03", "ssn": "321-54-6789"}
	spec, c := householdNight(t, he, newTown(31).person(1))
	m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05))
	for _, x := range []struct {
		name   string
		record row
		asked  bool
	}{
		{"the number under the key", row{"key": "K-100", "ssn": "321-54-6789"}, true},
		{"no key", row{"ssn": "321-54-6789"}, false},
		{"another's key", row{"key": "K-999", "ssn": "321-54-6789"}, false},
		{"a number that was found otherwise", row{"key": "K-100", "ssn": "321-54-6798"}, false},
		{"another number", row{"key": "K-100", "ssn": "432-65-7891"}, false},
		{"no number", row{"key": "K-100"}, false},
	} {
		if e := m.Explain(standard(spec, merged(he, merged(row{"key": "", "ssn": ""}, x.record))), 100); (e.Asked < 0) != x.asked {
			t.Errorf("%s: %.1f bits taken back", x.name, Bits(e.Asked))
		}
	}
}

// TestAsked_KeyAndNumberWeighAsTheKey: whatever the other comparisons say, a record under a subject's key weighs the same with our
// number and without one.
func TestAsked_KeyAndNumberWeighAsTheKey(t *testing.T) {
	spec := BuiltInSpec()
	c := build(t, spec, newTown(9).caseload(2000))
	model := BuiltInModel(spec)
	s := NewScorer(c, model, .05)
	key, number := model.comparison("key"), model.comparison("ssn")
	rapid.Check(t, func(t *rapid.T) {
		var pattern Pattern
		for i, comparison := range model.Comparisons {
			pattern = pattern.With(i, rapid.IntRange(0, len(comparison.Levels)).Draw(t, comparison.Name))
		}
		pattern = pattern.With(key, 1)
		silent := s.OfPattern(pattern.With(number, 0))
		for _, level := range []int{1, ssnLastFour} {
			if got := s.OfPattern(pattern.With(number, level)); got != silent {
				t.Fatalf("number at level %d: %d, without it %d", level, got, silent)
			}
		}
	})
}
