package sources

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestDatesAreThoseOfPackageTime: in every form, and for every day that a column can hold.
func TestDatesAreThoseOfPackageTime(t *testing.T) {
	forms := []string{"", "CCYYMMDD", "MMDDCCYY", "DDMMCCYY", "MM/DD/CCYY", "CCYYMM", "CCYY-MM", "MMCCYY", "CCYY", "YYMMDD", "MMDDYY", "CCYY-MM-DD"}
	same := func(fatal func(string, ...any), form string, days int32) {
		got := string(dateText(form)(nil, int64(days)))
		if want := time.Unix(int64(days)*86400, 0).UTC().Format(goLayout(form)); got != want {
			fatal("day %d in form %q: %s, want %s", days, form, got, want)
		}
	}
	for days := int32(-800_000); days < 3_000_000; days += 1 {
		same(t.Fatalf, forms[int(uint32(days)%uint32(len(forms)))], days)
	}
	rapid.Check(t, func(t *rapid.T) {
		same(t.Fatalf, rapid.SampledFrom(forms).Draw(t, "form"), rapid.Int32().Draw(t, "day"))
	})
}
