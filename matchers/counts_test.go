package matchers

import (
	"testing"

	"pgregory.net/rapid"
)

// Counting finds the pairs that matching finds, with the same patterns, each with every rule that proposes it; and counts
// of two workers add up to those of one.
func TestCountsAreMatchesPatterns(t *testing.T) {
	pairs := 0
	rapid.Check(t, func(t *rapid.T) {
		d := anyNight(t)
		m, one := NewMatcher(d.c, d.scorer), NewCounter(d.c)
		workers := []*Counter{NewCounter(d.c), NewCounter(d.c)}
		want := map[patternKey]int64{}
		for i, record := range d.records {
			for _, p := range m.Match(record, Options{KeepAll: true}) {
				want[patternKey{source: 1, rules: m.prober.proposes(p.Subject), pattern: p.Pattern}]++
				pairs++
			}
			if n := one.Record(1, record, nil, 0, nil); n != m.Pairs() {
				t.Fatalf("record %d: %d pairs, Match compares %d", i, n, m.Pairs())
			}
			workers[i%2].Record(1, record, nil, 0, nil)
		}
		workers[0].Add(workers[1])
		for name, got := range map[string][]PatternCount{"one worker": one.Blocked(), "two workers": workers[0].Blocked()} {
			if len(got) != len(want) {
				t.Fatalf("%s: %d patterns, want %d", name, len(got), len(want))
			}
			for _, n := range got {
				if n.Pairs != want[patternKey{n.Source, n.Rules, n.Pattern, Unlabelled}] {
					t.Fatalf("%s: %+v, want %d pairs", name, n, want[patternKey{n.Source, n.Rules, n.Pattern, Unlabelled}])
				}
			}
		}
	})
	if pairs < enough(1000) {
		t.Errorf("%d pairs: the test says little", pairs)
	}
}

// A record compared without having been asked about is compared by its own address, not by the last asked record's.
func TestCompareParsesItsOwnAddress(t *testing.T) {
	spec := BuiltInSpec()
	town := newTown(5)
	here, there := town.person(1), town.person(2)
	c := build(t, spec, []subject{{here}})
	m := NewMatcher(c, nil)
	m.prober.Ask(standard(spec, there))
	address := 9
	if level := m.Compare(standard(spec, here), 0).Level(address); spec.Comparisons[address].Kind != "address" || level != 1 {
		t.Errorf("address level %d of a record with the subject's own address, asked after another's", level)
	}
}
