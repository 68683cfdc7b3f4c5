package pipeline

import (
	"testing"

	"locatematch/matchers"
	"locatematch/sources"
)

// TestBind_EchoNeverScores: of a file that answers our own inquiry, only the supplier's own fields and our pass-back are
// bound; the SSN and names it repeats to us are not (domain: own, echo, key).
func TestBind_EchoNeverScores(t *testing.T) {
	spec := matchers.BuiltInSpec()
	layout, err := sources.Load("scra-result")
	if err != nil {
		t.Fatal(err)
	}
	b, err := bindExtract(spec, layout)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range spec.Fields {
		if bound := b.fields[i].bound(); bound != (f.Name == "key") {
			t.Errorf("scra-result: field %s bound %v; only the key may be", f.Name, bound)
		}
	}
}

// TestBind_Caseload binds every field of the built-in spec, and the repeats of names, numbers, addresses and phones.
func TestBind_Caseload(t *testing.T) {
	spec := matchers.BuiltInSpec()
	layout, err := sources.Load("caseload")
	if err != nil {
		t.Fatal(err)
	}
	sets, err := bindCaseload(spec, layout)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"names": 3, "ssn": 3, "addresses": 3, "phone": 2, "email": 1, "born": 1, "key": 1}
	for group, n := range want {
		bound := 0
		for _, b := range sets[group] {
			for _, o := range b.fields {
				if o.bound() {
					bound++
					break
				}
			}
		}
		if bound != n {
			t.Errorf("group %s: %d repeats bound, want %d", group, bound, n)
		}
	}
}

// TestBind_SpecFieldWithoutColumn is a fault of the config, named.
func TestBind_SpecFieldWithoutColumn(t *testing.T) {
	spec := &matchers.Spec{Fields: matchers.Fields{{Name: "shoe_size"}}}
	layout, err := sources.Load("caseload")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bindCaseload(spec, layout); err == nil {
		t.Error("a spec field that the caseload has no column for passed")
	}
}

func TestFact_Dollars(t *testing.T) {
	for cents, want := range map[string]string{"5": "0.05", "123": "1.23", "-7": "-0.07", "310000": "3100.00"} {
		if got := dollars(cents); got != want {
			t.Errorf("%s cents are %s dollars, want %s", cents, got, want)
		}
	}
}
