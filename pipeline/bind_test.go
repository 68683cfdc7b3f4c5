package pipeline

import (
	"os"
	"path/filepath"
	"strings"
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

// TestBind_Zip4 joins the four digits behind a ZIP that a layout keeps in a field of their own, each repeat's to its own, and
// only where both are the supplier's: what we sent and got back is no evidence.
func TestBind_Zip4(t *testing.T) {
	spec := matchers.BuiltInSpec()
	at := spec.Field("zip")
	for name, want := range map[string]string{"ndnh-w4": "zip zip4", "example-fidm": "zip zip4", "example-ncoalink": "zip zip4"} {
		layout, err := sources.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := bindExtract(spec, layout); err != nil || zipColumns(layout, b.fields[at]) != want {
			t.Errorf("%s: %s, %v; want %s", name, zipColumns(layout, b.fields[at]), err, want)
		}
	}
	path := filepath.Join(t.TempDir(), "l.yaml")
	page := `{name: l, title: T, source: other, status: published, edition: "1", origin: here, format: csv, encoding: utf-8, records: {data: {fields: [
		{name: zip, role: ROLE}, {name: zip4}, {name: zip.2, column: z2}, {name: zip4.2, column: p2, role: echo}, {name: zip.3, column: z3}, {name: zip4.3, column: p3}]}}}`
	for role, want := range map[string][]string{"own": {"zip zip4", "zip.2", "zip.3 zip4.3"}, "echo": {"", "zip.2", "zip.3 zip4.3"}} {
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(page, "ROLE", role)), 0o600); err != nil {
			t.Fatal(err)
		}
		layout, err := sources.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		for repeat := range want {
			b := newBinding(layout)
			o, err := b.origin(layout, spec.Fields[at], sources.Own, repeat+1)
			if err != nil || zipColumns(layout, o) != want[repeat] {
				t.Errorf("zip %s, repeat %d: %q, %v; want %q", role, repeat+1, zipColumns(layout, o), err, want[repeat])
			}
		}
	}
}

// zipColumns names the columns that a ZIP is taken from.
func zipColumns(l *sources.Layout, o origin) string {
	var names []string
	for _, c := range o.columns {
		names = append(names, l.Columns()[c].Key())
	}
	if o.plus4 > 0 {
		names = append(names, l.Columns()[o.plus4-1].Key())
	}
	return strings.Join(names, " ")
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
