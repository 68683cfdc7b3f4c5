package text

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// A standard ZIP fits one word, and its parts are those that were written.
func TestZipKeepsItsParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		five := rapid.Uint64Range(1, 99998).Draw(t, "five")
		four := rapid.Uint64Range(0, 9999).Draw(t, "four")
		mark := rapid.SampledFrom([]string{"-", " ", ""}).Draw(t, "mark")
		_, num, v := Standardise(Zip, 0, nil, fmt.Appendf(nil, "%05d%s%04d", five, mark, four))
		if v != Valid || num != uint64(uint32(num)) {
			t.Fatalf("%d, %v", num, v)
		}
		if zip, plus4 := SplitZip(num); zip != 100000+five || plus4 != four {
			t.Fatalf("%05d and %04d came back as %d and %d", five, four, zip, plus4)
		}
		_, short, _ := Standardise(Zip, 0, nil, fmt.Appendf(nil, "%05d", five))
		if zip, plus4 := SplitZip(short); zip != 100000+five || plus4 != 0 {
			t.Fatalf("%05d alone came back as %d and %d", five, zip, plus4)
		}
	})
}

func TestAppendZip(t *testing.T) {
	for _, c := range []struct{ zip, plus4, want string }{
		{"12345", "6789", "12345-6789"}, {" 12345 ", " 0012 ", "12345-0012"}, {"2134", "1234", "02134-1234"}, {"12345", "0000", "12345"},
		{"12345", "", "12345"}, {"12345", "678", "12345"}, {"12345", "XXXX", "12345"}, {"12345", "----", "12345"}, {"12345", "67 9", "12345"},
		{"12345-6789", "1111", "12345-6789"}, {"123456789", "6789", "12345-6789"}, {"", "6789", "<missing>"}, {"N/A", "6789", "<placeholder>"}, {"00000", "0000", "<placeholder>"},
	} {
		if got := standard(Zip, 0, string(AppendZip(nil, []byte(c.zip), []byte(c.plus4)))); got != c.want {
			t.Errorf("%q and %q: %s, want %s", c.zip, c.plus4, got, c.want)
		}
	}
}

// What stands in the field of the four digits never makes a ZIP worse than it is alone.
func TestAppendZipNeverSpoilsTheZip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zip := rapid.OneOf(rapid.StringMatching(`[0-9]{1,9}`), rapid.StringMatching(`[0-9]{5}-[0-9]{0,4}`), rapid.SampledFrom([]string{"", "N/A", "UNKNOWN", "K1A 0B1", "00000"})).Draw(t, "zip")
		behind := drawRaw(t)
		_, alone, v := Standardise(Zip, 0, nil, []byte(zip))
		_, both, w := Standardise(Zip, 0, nil, AppendZip(nil, []byte(zip), behind))
		a, _ := SplitZip(alone)
		b, _ := SplitZip(both)
		if a != b || v != w {
			t.Fatalf("%q is %d, %v; with %q behind it %d, %v", zip, alone, v, behind, both, w)
		}
	})
}
