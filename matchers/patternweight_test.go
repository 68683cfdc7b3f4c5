package matchers

import "testing"

// TestOfPattern_IsTheWeightWithoutFrequencies: where no comparison weighs frequencies, a pair's weight before competition is its
// pattern's, but for the price of choosing among value sets.
func TestOfPattern_IsTheWeightWithoutFrequencies(t *testing.T) {
	spec := BuiltInSpec()
	for i := range spec.Comparisons {
		spec.Comparisons[i].Frequency = false
	}
	people := newTown(1)
	subjects := people.caseload(60)
	c := build(t, spec, subjects)
	s := NewScorer(c, BuiltInModel(spec), .05)
	m := NewMatcher(c, s)
	seen := 0
	for _, record := range people.records(spec, subjects, 80) {
		for _, p := range m.Match(record, Options{KeepAll: true}) {
			e := m.Explain(record, p.Subject)
			var choice int32
			for _, part := range e.Parts {
				if part.Comparison == "" {
					choice += part.S
				}
			}
			if choice != 0 {
				continue
			}
			seen++
			if got, want := s.OfPattern(p.Pattern), e.Total-e.Competition; got != want {
				t.Fatalf("pattern %v weighs %d, the pair %d", p.Pattern, got, want)
			}
		}
	}
	if seen == 0 {
		t.Fatal("no pair: the test says nothing")
	}
}
