package matchers

import (
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers/text"
)

// Law: a described column knows the codes that its dictionary knows, of short values and of long ones.
func TestColumn_CodeOfIsFind(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := column{dictionary: newDictionary(4)}
		words := rapid.SliceOfN(rapid.StringMatching(`[AB ]{1,20}`), 1, 40).Draw(t, "words")
		for _, w := range words[:rapid.IntRange(0, len(words)).Draw(t, "known")] {
			c.intern(hashValue([]byte(w)), []byte(w))
		}
		c.describe(text.Family, false)
		for _, w := range words {
			hash, std := hashValue([]byte(w)), []byte(w)
			if got, want := c.codeOf(hash, std), c.find(hash, std); got != want {
				t.Fatalf("%q: code %d, want %d", w, got, want)
			}
		}
	})
}
