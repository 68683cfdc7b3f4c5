package matchers

import (
	"maps"
	"testing"

	"pgregory.net/rapid"
)

// Law: a tally counts as a map does, whichever patterns drive others from their places and whenever its counts are asked for.
func TestPatternTally_CountsAsAMap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tally, want := newPatternTally(), map[patternKey]int64{}
		for range rapid.IntRange(0, 400).Draw(t, "pairs") {
			key := patternKey{
				source: rapid.IntRange(0, 2).Draw(t, "source"), rules: rapid.Uint64Range(0, 3).Draw(t, "rules"),
				pattern: Pattern(rapid.Uint64Range(0, 40).Draw(t, "pattern") * 0x1111), label: Label(rapid.IntRange(0, 2).Draw(t, "label")),
			}
			n := rapid.Int64Range(1, 3).Draw(t, "n")
			tally.add(key, n)
			want[key] += n
			if rapid.IntRange(0, 50).Draw(t, "asked") == 0 && !maps.Equal(tally.all(), want) {
				t.Fatalf("got %v, want %v", tally.all(), want)
			}
		}
		if got := tally.all(); !maps.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
