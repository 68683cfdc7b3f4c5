package matchers

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"locatematch/matchers/text"
)

// plus4Spec is the built-in spec with everything else that can be asked of a ZIP.
func plus4Spec() *Spec {
	spec := BuiltInSpec()
	spec.Comparisons = append(spec.Comparisons,
		Comparison{Name: "zip", Fields: []string{"zip"}, Kind: "exact"},
		Comparison{Name: "zip digits", Fields: []string{"zip"}, Kind: "digits"})
	spec.Blocking = append(spec.Blocking, []string{"zip.prefix3", "born.year"}, []string{"zip.last2", "family.sound"}, []string{"zip.slip", "family"})
	return spec
}

// withoutKeys leaves out the values behind the largest blocks, which are shown as they are.
func withoutKeys(s Stats) Stats {
	for r := range s.Rules {
		s.Rules[r].Kept.Key, s.Rules[r].Capped.Key = nil, nil
	}
	return s
}

// The four digits behind a ZIP change nothing but one level of the address: keys, candidates, frequencies and every other
// comparison take the five digits.
func TestPlus4ChangesOneLevelOnly(t *testing.T) {
	spec, town := plus4Spec(), newTown(11)
	town.givens, town.families = town.givens[290:], town.families[2990:]
	var plain, longer []subject
	for _, s := range town.caseload(400) {
		p, l := row{}, row{}
		for k, v := range s[0] {
			p[k], l[k] = v, v
		}
		p["zip"] = p["zip"][:5]
		if l["zip"] = p["zip"]; town.IntN(2) == 0 {
			l["zip"] += fmt.Sprintf("-%04d", 1+town.IntN(3))
		}
		plain, longer = append(plain, subject{p}), append(longer, subject{l})
	}
	without, with := build(t, spec, plain), build(t, spec, longer)
	if a, b := withoutKeys(without.Stats()), withoutKeys(with.Stats()); !reflect.DeepEqual(a, b) {
		t.Errorf("the caseload's parts are\n%+v, with four digits behind\n%+v", a, b)
	}
	model := BuiltInModel(spec)
	if a, b := without.Resolve(model), with.Resolve(model); !reflect.DeepEqual(a, b) {
		t.Error("four digits behind the ZIPs change the closed form of u")
	}
	zip := spec.Field("zip")
	address := slices.IndexFunc(spec.Comparisons, func(c Comparison) bool { return c.Kind == "address" })
	a, b := NewMatcher(without, NewScorer(without, model, .05)), NewMatcher(with, NewScorer(with, model, .05))
	seen := [2]int{}
	for _, values := range town.records(spec, plain, 400) {
		var wanted, got []Candidate
		without.probe(values, &wanted)
		four := append([]Value(nil), values...)
		if four[zip].Num != 0 {
			four[zip].Num += uint64(town.IntN(4))
		}
		with.probe(four, &got)
		if !reflect.DeepEqual(wanted, got) {
			t.Fatalf("candidates %v, with four digits behind %v", wanted, got)
		}
		for _, c := range wanted {
			p, q := a.Compare(values, c.Subject), b.Compare(four, c.Subject)
			if q.Level(address) == addressPlus4 {
				seen[1]++
				q = q.With(address, addressZip)
			}
			if seen[0]++; p != q {
				t.Fatalf("pattern %v, with four digits behind %v", p, q)
			}
		}
	}
	if seen[1] == 0 || seen[1] == seen[0] {
		t.Errorf("%d of %d pairs share the four digits: the test says nothing", seen[1], seen[0])
	}
}

func (c *Caseload) probe(values []Value, into *[]Candidate) {
	p := NewProber(c)
	p.Ask(values)
	*into = p.Candidates(nil)
}

// One address, written with the four digits behind its ZIP and without, is one value set, and keeps them.
func TestPlus4MakesNoSecondSet(t *testing.T) {
	spec := BuiltInSpec()
	address, zip := spec.Field("address"), spec.Field("zip")
	for _, c := range []struct {
		zips []string
		want string
	}{
		{[]string{"84101", "84101-1234"}, "84101-1234"}, {[]string{"84101-1234", "84101"}, "84101-1234"}, {[]string{"84101-1234", "84101-4321"}, "84101-1234"},
		{[]string{"84101", "84102"}, "84101 84102"}, {[]string{"84101-1234", "", "84101"}, "84101-1234 "}, {[]string{"", "84101-1234"}, " 84101-1234"},
	} {
		var s subject
		for _, z := range c.zips {
			s = append(s, row{"address": "12 MAIN ST", "zip": z})
		}
		frozen := build(t, spec, []subject{s})
		got := ""
		for set := range frozen.table.sets(frozen.plan.fields[zip].group, 0) {
			v := frozen.Value(0, zip, set)
			if set > 0 {
				got += " "
			}
			if v.Num != 0 {
				got += string(text.AppendNumber(nil, text.Zip, v.Num))
			}
			if std := string(frozen.Value(0, address, set).Std); std != "12 MAIN ST" {
				t.Errorf("%q: set %d has the line %q", c.zips, set, std)
			}
		}
		if got != c.want {
			t.Errorf("%q make the sets %q, want %q", c.zips, got, c.want)
		}
	}
}
