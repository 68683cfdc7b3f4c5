package matchers

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"locatematch/matchers/text"
)

// Limits of a spec. A Pattern is sixteen nibbles, and the rules that a row passes are a bitset of 64.
const (
	MaxComparisons = 16
	MaxRules       = 64
	MaxParts       = 64   // different fields and transforms in the rules' elements
	MaxLevels      = 15   // levels a comparison: a nibble without 0, which says "no evidence"
	DefaultCap     = 5000 // subjects per blocking key; above it the key says nothing about anybody
)

// Field is one column of the comparison: a canonical or an agency's own field name and how its values are standardised.
type Field struct {
	Name string    `yaml:"name" json:"name"`
	Kind text.Kind `yaml:"kind" json:"kind"`
	// Group is the value set the field belongs to: an alias brings a given and a family name, an earlier address a street
	// and a ZIP, and they are chosen together. Empty: the group of the fields it is compared with, else its own name.
	Group string `yaml:"group,omitempty" json:"group,omitempty"`
}

// Comparison compares one or two fields of one group and yields a level: 1 is the best, 0 is no evidence.
type Comparison struct {
	Name   string   `yaml:"name" json:"name"`
	Fields []string `yaml:"fields" json:"fields"`
	// Kind names the comparison's levels: exact, name, text, given_name, family_name, crossed_names, middle_name, suffix,
	// date, ssn, digits, number, address, phone, email, sex, key.
	Kind string `yaml:"kind" json:"kind"`
	// Frequency weighs an exact agreement by how common the value is, in the population where the model has it, else on the
	// caseload (names and places only).
	Frequency bool `yaml:"frequency,omitempty" json:"frequency,omitempty"`
	// Thresholds of the fuzzy levels, best first: Jaro-Winkler for name and text (default .92, .85), digits that differ for
	// digits (default 1, 2), greatest absolute difference for number (default 1).
	Thresholds []float64 `yaml:"thresholds,omitempty" json:"thresholds,omitempty"`
	// Hold keeps a pair whose best level is reached, at any weight, marked Held: an SSN that agrees under another name
	// goes to a specialist and is never dropped.
	Hold bool `yaml:"hold,omitempty" json:"hold,omitempty"`
}

// Spec is what people write: the fields, how they are compared, and which pairs are compared at all.
type Spec struct {
	Name        string       `yaml:"name,omitempty" json:"name,omitempty"`
	Fields      Fields       `yaml:"fields" json:"fields"`
	Comparisons []Comparison `yaml:"comparisons" json:"comparisons"`
	// Blocking rules: a pair is compared when every element of some rule agrees. An element is "field",
	// "field.transform" or "a=b" (the record's a against the subject's b, each with or without a transform); see ParseElement.
	// "max:N" limits the rule's subjects per key below Cap: for rules that only help where the key is rare.
	Blocking [][]string `yaml:"blocking" json:"blocking"`
	// Cap is the most subjects that one blocking key may propose; a key above it is dropped. It counts the caseload side
	// alone, so that no number of strangers can push a subject out. 0 means DefaultCap.
	Cap int `yaml:"cap,omitempty" json:"cap,omitempty"`
}

// Digest is the SHA-256 of the spec's meaning in lower-case hex. It is the same for any spelling of the same spec
// (defaults written out or left away), and differs when anything that can change a pattern or a pair differs.
func (s *Spec) Digest() string {
	canonical := *s
	canonical.Cap = s.cap()
	canonical.Fields = append(Fields(nil), s.Fields...)
	groups := s.groupNames()
	for i := range canonical.Fields {
		canonical.Fields[i].Group = groups[i]
	}
	canonical.Comparisons = append([]Comparison(nil), s.Comparisons...)
	for i := range canonical.Comparisons {
		c := &canonical.Comparisons[i]
		if k := comparisonKinds[c.Kind]; k != nil && len(c.Thresholds) == 0 {
			c.Thresholds = k.thresholds
		}
	}
	page, err := json.Marshal(canonical)
	if err != nil {
		page = []byte(err.Error()) // not reached: the struct holds only strings, numbers and lists of them
	}
	sum := sha256.Sum256(page)
	return hex.EncodeToString(sum[:])
}

func (s *Spec) cap() int {
	if s.Cap == 0 {
		return DefaultCap
	}
	return s.Cap
}

// Field gives the index of a field by its name, -1 when the spec has none.
func (s *Spec) Field(name string) int {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

// Group is a set of fields whose values on the subject's side come and are chosen together.
type Group struct {
	Name   string
	Fields []int // indexes into Spec.Fields, ascending
}

// Groups lists the value groups in the order of their first field. Builder.Set takes their names.
func (s *Spec) Groups() []Group {
	var groups []Group
	at := map[string]int{}
	for i, name := range s.groupNames() {
		g, seen := at[name]
		if !seen {
			g = len(groups)
			at[name] = g
			groups = append(groups, Group{Name: name})
		}
		groups[g].Fields = append(groups[g].Fields, i)
	}
	return groups
}

// groupNames settles the group of every field: the one written; else the group of a field it is compared with; else its
// own name. Fields compared together must be chosen together, or the pattern would mix two aliases.
func (s *Spec) groupNames() []string {
	names := make([]string, len(s.Fields))
	for i := range s.Fields {
		names[i] = s.Fields[i].Group
	}
	for range s.Comparisons { // each round can settle one more comparison's fields
		for _, c := range s.Comparisons {
			s.shareGroup(names, c.Fields)
		}
	}
	for i := range names {
		if names[i] == "" {
			names[i] = s.Fields[i].Name
		}
	}
	return names
}

func (s *Spec) shareGroup(names []string, fields []string) {
	if len(fields) < 2 {
		return
	}
	shared := ""
	for _, name := range fields {
		if i := s.Field(name); i >= 0 && shared == "" {
			shared = names[i]
		}
	}
	for _, name := range fields {
		i := s.Field(name)
		if i < 0 {
			continue
		}
		if shared == "" {
			shared = s.Fields[i].Name
		}
		if names[i] == "" {
			names[i] = shared
		}
	}
}
