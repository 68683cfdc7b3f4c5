package leads

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// Two addresses are a slip apart either way round, or neither; never an address from itself; and never where street, unit or ZIP code differ.
func TestSlipApart_IsSymmetric(t *testing.T) {
	key := rapid.Custom(func(t *rapid.T) string {
		return fmt.Sprint(rapid.IntRange(1, 1300).Draw(t, "number"), " ", rapid.SampledFrom([]string{"OAK ST", "OAK ST 4", "PO BOX"}).Draw(t, "street"),
			"|", rapid.SampledFrom([]string{"78701", "74103"}).Draw(t, "zip"))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := key.Draw(t, "one"), key.Draw(t, "other")
		if slipApart(a, a) || slipApart(a, b) != slipApart(b, a) {
			t.Fatalf("%q and %q: %v, the other way %v", a, b, slipApart(a, b), slipApart(b, a))
		}
		var numberA, numberB int
		var restA, restB string
		if _, err := fmt.Sscanf(a, "%d", &numberA); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Sscanf(b, "%d", &numberB); err != nil {
			t.Fatal(err)
		}
		restA, restB = a[len(strconv.Itoa(numberA)):], b[len(strconv.Itoa(numberB)):]
		if slipApart(a, b) && (restA != restB || numberA < 10 || numberB < 10) {
			t.Fatalf("%q and %q are a slip apart", a, b)
		}
	})
}

// A slip is another digit, one too few, one too many, or two in each other's place.
func TestSlipApart_Slips(t *testing.T) {
	for other, want := range map[string]bool{
		"1292 OAK ST|78701": true, "128 OAK ST|78701": true, "12820 OAK ST|78701": true, "1228 OAK ST|78701": true, "1291 OAK ST|78701": false,
		"1282 OAK ST|78701": false, "1292 OAK ST 4|78701": false, "1292 OAK ST|78702": false, "129B OAK ST|78701": false, "OAK ST|78701": false,
	} {
		if got := slipApart("1282 OAK ST|78701", other); got != want {
			t.Errorf("%q: %v, want %v", other, got, want)
		}
	}
}

// However many addresses a slip apart a person has, one that two sources report, or the post office does, is offered, and so is one of which
// nobody has the other number.
func TestMisspelt_HoldsBackWhatOneSourceSaysAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := &Subject{ID: "S-1"}
		a := &Assessor{AsOf: tonight, Rules: policy.BuiltIn(), Known: &agency.Knowledge{}}
		var all []Lead
		for i := range rapid.IntRange(1, 4).Draw(t, "addresses") {
			l := Lead{Kind: KindAddress, Address: &Address{}, Identity: rapid.SampledFrom(Ladder).Draw(t, "identity")}
			l.Sources = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"employment", "financial", "postal"}), 1, 3, func(s string) string { return s }).Draw(t, "sources")
			slices.Sort(l.Sources)
			l.reports = []reported{{link: &Link{Sighting: &Sighting{}}, fact: &fact{kind: KindAddress, key: fmt.Sprint(1280+i, " OAK ST|78701")}}}
			all = append(all, l)
		}
		vouched := 0
		for i := range all {
			if all[i].vouched() {
				vouched++
			}
		}
		for i := range all {
			l := &all[i]
			alone := len(l.Sources) == 1 && l.Sources[0] != "postal"
			if got, want := a.misspelt(s, l, all) != "", alone && vouched > 0; got != want {
				t.Fatalf("%v of %v, %d vouched for: held back %v, want %v", l.Sources, l.Identity, vouched, got, want)
			}
		}
	})
}
