package leads

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestTitleWords_ReducedOnce: what is kept of a title says the same on every later night as on the first.
func TestTitleWords_ReducedOnce(t *testing.T) {
	words := []string{"JOHN", "Q", "PUBLIC", "of", "and", "&", "Estate"}
	for _, m := range titleMarks {
		words = append(words, m.words)
	}
	rapid.Check(t, func(t *rapid.T) {
		title := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 6).Draw(t, "words"), " ")
		once := TitleWords(title)
		if twice := TitleWords(once); twice != once {
			t.Fatalf("%q says %q, and that says %q", title, once, twice)
		}
	})
}
