package matchers

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"locatematch/matchers/text"
)

var update = flag.Bool("update", false, "write the golden pages again")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", name, got)
	}
}

func TestBuiltInSpecIsValidAndFitsItsModel(t *testing.T) {
	spec := BuiltInSpec()
	if err := spec.Validate(); err != nil {
		t.Fatal(err)
	}
	m := BuiltInModel(spec)
	if err := m.Check(spec); err != nil {
		t.Fatal(err)
	}
	if m.Classes != 3 {
		t.Errorf("the built-in spec compares addresses, but its model has %d classes", m.Classes)
	}
}

// Every fault comes back at once, with the nearest name.
func TestValidateNamesEveryFault(t *testing.T) {
	spec := &Spec{
		Fields: Fields{
			{Name: "given", Kind: text.Given, Group: "a"}, {Name: "family", Kind: text.Family, Group: "b"},
			{Name: "born", Kind: text.Date}, {Name: "born", Kind: text.Date}, {Name: "ssn", Kind: text.SSN},
			{Name: "bad.name", Kind: text.Text}, {Name: "kindless"}, {Name: "address", Kind: text.Address},
		},
		Comparisons: []Comparison{
			{Name: "given", Fields: []string{"givn"}, Kind: "given_name"},
			{Name: "given", Fields: []string{"family"}, Kind: "familyname"},
			{Name: "crossed", Fields: []string{"given", "family"}, Kind: "crossed_names"},
			{Name: "born", Fields: []string{"ssn"}, Kind: "date", Frequency: true},
			{Name: "pair", Fields: []string{"born", "ssn"}, Kind: "exact"},
			{Name: "text", Fields: []string{"family"}, Kind: "text", Thresholds: []float64{.8, .9, 1.5}},
			{Name: "ssn", Fields: []string{"ssn"}, Kind: "ssn", Thresholds: []float64{1}},
			{Name: "digits", Fields: []string{"ssn"}, Kind: "digits", Thresholds: []float64{1, 7}},
			{Fields: []string{"address"}, Kind: "exact"},
		},
		Blocking: [][]string{
			{"ssn"}, {"ssn"}, {"born.yeer"}, {"family.year"}, {"famly", "max:0"}, {"max:7"}, {"ssn.prefix"}, {"ssn=family"}, {"address.street"}, {""},
		},
		Cap: -1,
	}
	err := spec.Validate()
	if err == nil {
		t.Fatal("no fault was found")
	}
	golden(t, "validate.txt", err.Error()+"\n")
}

func TestLimits(t *testing.T) {
	spec := &Spec{Fields: Fields{{Name: "a", Kind: text.Exact}}}
	for i := range 65 {
		spec.Comparisons = append(spec.Comparisons, Comparison{Name: strings.Repeat("x", i+1), Fields: []string{"a"}, Kind: "exact"})
		spec.Blocking = append(spec.Blocking, slices.Repeat([]string{"a"}, i+1))
	}
	page := spec.Validate().Error()
	for _, want := range []string{"65 comparisons, must be 1 to 16", "65 blocking rules, must be 1 to 64"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not among the faults:\n%s", want, page)
		}
	}
}

// The digest is of the meaning: defaults written out do not change it, anything that can change a pair does.
func TestDigest(t *testing.T) {
	base := BuiltInSpec().Digest()
	spelled := BuiltInSpec()
	spelled.Cap = DefaultCap
	spelled.Fields[0].Group = "key"
	if spelled.Digest() != base {
		t.Error("writing out defaults changed the digest")
	}
	changes := map[string]func(*Spec){
		"cap":        func(s *Spec) { s.Cap = 7 },
		"rule":       func(s *Spec) { s.Blocking[0] = []string{"ssn", "max:51"} },
		"order":      func(s *Spec) { s.Blocking[0], s.Blocking[1] = s.Blocking[1], s.Blocking[0] },
		"frequency":  func(s *Spec) { s.Comparisons[3].Frequency = false },
		"hold":       func(s *Spec) { s.Comparisons[0].Hold = false },
		"group":      func(s *Spec) { s.Fields[12].Group = "addresses" },
		"comparison": func(s *Spec) { s.Comparisons = s.Comparisons[1:] },
	}
	seen := map[string]string{base: "the built-in spec"}
	for name, change := range changes {
		s := BuiltInSpec()
		change(s)
		if other, same := seen[s.Digest()]; same {
			t.Errorf("changing the %s gives the digest of %s", name, other)
		}
		seen[s.Digest()] = name
	}
}

// Fields come as a list or, for short, as a map from name to kind; a spec survives its own JSON.
func TestFieldsInShort(t *testing.T) {
	const page = `{"fields": {"ssn": "digits", "born": "date", "given": "name", "family": "name"},
		"comparisons": [{"name": "given", "fields": ["given"], "kind": "given_name", "frequency": true},
			{"name": "crossed", "fields": ["given", "family"], "kind": "crossed_names"}],
		"blocking": [["ssn"], ["family", "born.year"], ["given.nickname", "family.sound"]]}`
	var spec, again Spec
	if err := json.Unmarshal([]byte(page), &spec); err != nil {
		t.Fatal(err)
	}
	if err := spec.Validate(); err != nil {
		t.Fatal(err)
	}
	if spec.Fields[0].Name != "born" || spec.Fields[3].Kind != text.Digits {
		t.Errorf("fields are %v, want them in the order of their names", spec.Fields)
	}
	if groups := spec.Groups(); len(groups) != 3 || groups[1].Name != "given" && groups[1].Name != "family" || len(groups[1].Fields) != 2 {
		t.Errorf("given and family are compared together and must share a group: %v", groups)
	}
	long, err := json.Marshal(spec)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(long, &again); err != nil || again.Digest() != spec.Digest() {
		t.Errorf("the spec does not survive JSON (%v): %s", err, long)
	}
	if err := json.Unmarshal([]byte(`{"fields": {"born": "dat"}}`), &spec); err == nil || !strings.Contains(err.Error(), `did you mean "date"`) {
		t.Errorf("a misspelt kind gives %v", err)
	}
}
