package text

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// The fast ways give what the slow ones give, or step aside.
func TestFastPaths_AgreeWithTheSlow(t *testing.T) {
	raw := rapid.SliceOfN(rapid.SampledFrom([]byte("abzABZ019 .'&-/\xc3\xa9")), 0, 14)
	plain, letters := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		b := raw.Draw(t, "raw")
		if fast, ok := appendPlain([]byte("x"), b, 12); ok {
			plain++
			if slow, alien := appendAny([]byte("x"), b, 12); alien || !bytes.Equal(fast, slow) {
				t.Fatalf("%q: %q, the slow way %q (%v)", b, fast, slow, alien)
			}
		}
		digits := rapid.SliceOfN(rapid.SampledFrom([]byte("0123456789/:")), 8, 9).Draw(t, "digits")
		if n, ok := bareDigits(digits); ok != allDigits(digits) || ok && n != number(digits) {
			t.Fatalf("%q is %d (%v)", digits, n, ok)
		}
		word := rapid.OneOf(
			rapid.SliceOfN(rapid.SampledFrom([]byte("abzABZ")), 4, 16),
			rapid.SliceOfN(rapid.SampledFrom([]byte("abzABZ@[`{ \x80\xe1")), 0, 18)).Draw(t, "word")
		if fast, ok := appendWord([]byte("x"), word); ok {
			letters++
			for _, k := range []Kind{Given, Middle, Family, Name, Text} {
				if slow, v := standardBytes(k, []byte("x"), word); v != Valid || !bytes.Equal(fast, slow) {
					t.Fatalf("%q: %q, the slow way as %v %q (%v)", word, fast, k, slow, v)
				}
			}
		}
		date := rapid.SliceOfN(rapid.SampledFrom([]byte("0129-")), 10, 10).Draw(t, "date")
		if num, ok := isoDate(date); ok {
			g, grouped := dateGroups(date)
			if slow, assembled := g.assemble(GuessDate); !grouped || !assembled || slow != num {
				t.Fatalf("%q is %d, by groups %d", date, num, slow)
			}
		}
	})
	if plain == 0 || letters == 0 {
		t.Error("no drawn text was plain: the test says nothing")
	}
	for word := range placeholders {
		if std, ok := appendWord(nil, []byte(word)); ok {
			t.Errorf("%q is a placeholder, and taken for the word %q", word, std)
		}
	}
	for num := range datePlaceholders {
		if num > lastOldPlaceholder && num < firstNewPlaceholder {
			t.Errorf("placeholder %d lies where none is looked for", num)
		}
	}
}
