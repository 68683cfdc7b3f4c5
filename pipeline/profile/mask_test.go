package profile

import (
	"encoding/binary"
	"fmt"
	"math"
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"locatematch/sources"
)

// TestMask: what is shown of one value, masked and with names.
func TestMask(t *testing.T) {
	for _, c := range []struct{ field, form, raw, masked, open string }{
		{"ssn", "", "523-45-6789", "***-**-6789", "***-**-6789"},
		{"ssn", "", "12-3456789", "99-9999999", "99-9999999"}, // an employer's number
		{"ssn", "", "52345678X", "99999999A", "99999999A"},
		{"account", "", "441712345678", "********5678", "********5678"},
		{"account", "", "12345", "99999", "99999"}, // the last four would be most of it
		{"born", "CCYYMMDD", "19800229", "1980-**-**", "1980-**-**"},
		{"born", "CCYYMMDD", "19801340", "99999999", "99999999"},
		{"zip", "", "78701-1234", "787*******", "787*******"},
		{"given", "", "José", "AAAA", "José"},
		{"family", "", "O'BRIEN-LEE", "A'AAAAA-AAA", "O'BRIEN-LEE"},
		{"family", "", "523456789", "999999999", "999999999"}, // a number in the wrong field
		{"address_1", "", "123 OAK ST", "999 AAA AA", "123 OAK ST"},
		{"address_1", "", "PO BOX 523456789", "AA AAA 999999999", "AA AAA 999999999"},
		{"state", "", "TX", "TX", "TX"},
		{"sex", "", "F", "F", "F"},
		{"account_type", "", "04", "04", "04"},
		{"account_type", "", "LEE", "AAA", "AAA"}, // it may be a name
		{"mystery", "", "LEE", "AAA", "AAA"},
		{"mystery", "", "A\x1b[2J", "A?[9A", "A?[9A"}, // nothing that a terminal obeys
	} {
		j := judgeOf(sources.Column{Name: c.field, Form: c.form})
		if got := j.Mask([]byte(c.raw), false); got != c.masked {
			t.Errorf("%s, masked: %s, want %s", c.field, got, c.masked)
		}
		if got := j.Mask([]byte(c.raw), true); got != c.open {
			t.Errorf("%s, open: %s, want %s", c.field, got, c.open)
		}
	}
}

var fiveDigits = regexp.MustCompile(`[0-8][0-9]{4}`)

// TestMask_NoNumber: whatever stands in whatever field, five digits of it in a row are never shown.
func TestMask_NoNumber(t *testing.T) {
	var names []string
	for name := range kinds {
		names = append(names, name)
	}
	names = append(names, "mystery", "code_at_7", "number_at_8")
	rapid.Check(t, func(t *rapid.T) {
		j := judgeOf(sources.Column{Name: rapid.SampledFrom(names).Draw(t, "field")})
		raw := rapid.StringMatching(`[A-Z ]{0,6}[0-8]{5,12}[-A-Z ]{0,6}`).Draw(t, "value")
		if shown := j.Mask([]byte(raw), rapid.Bool().Draw(t, "open")); fiveDigits.MatchString(shown) {
			t.Fatalf("%s shows a number", j.Kind)
		}
	})
}

// TestDistinct: exact up to the bound, then within three standard errors (1.6 % each).
func TestDistinct(t *testing.T) {
	for _, n := range []int{0, 1, 4096, 4097, 10_000, 200_000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			var d distinct
			var value [8]byte
			for i := range n {
				binary.LittleEndian.PutUint64(value[:], uint64(i))
				d.add(value[:])
				d.add(value[:])
			}
			got, exact := d.count()
			if exact != (n <= exactDistinct) || exact && got != int64(n) || math.Abs(float64(got)-float64(n)) > 0.048*float64(n) {
				t.Errorf("%d, exact %v", got, exact)
			}
		})
	}
}
