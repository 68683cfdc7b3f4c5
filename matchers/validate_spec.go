package matchers

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Validate gives every fault of the spec at once, naming the field, comparison or rule, and the nearest known name where
// one was misspelt.
func (s *Spec) Validate() error {
	v := &specCheck{spec: s, crossed: map[string]bool{}}
	v.fields()
	v.comparisons()
	v.blocking()
	if s.Cap < 0 {
		v.fault("cap is %d, must be positive, or 0 for the default %d", s.Cap, DefaultCap)
	}
	return errors.Join(v.faults...)
}

type specCheck struct {
	spec    *Spec
	faults  []error
	crossed map[string]bool // groups that have one
}

func (v *specCheck) fault(format string, args ...any) {
	v.faults = append(v.faults, fmt.Errorf("spec: "+format, args...))
}

func (v *specCheck) fieldNames() []string {
	var names []string
	for _, f := range v.spec.Fields {
		names = append(names, f.Name)
	}
	sort.Strings(names)
	return names
}

func (v *specCheck) fields() {
	if len(v.spec.Fields) == 0 {
		v.fault("no fields")
	}
	seen := map[string]bool{}
	for i, f := range v.spec.Fields {
		switch {
		case f.Name == "":
			v.fault("field %d has no name", i+1)
		case strings.ContainsAny(f.Name, ".=: \t"):
			v.fault("field %q: a name holds no blank, '.', '=' or ':'", f.Name)
		case seen[f.Name]:
			v.fault("field %s is named twice", f.Name)
		}
		seen[f.Name] = true
		if f.Kind.String() == "unknown" {
			v.fault("field %s has no kind; known are %s", f.Name, strings.Join(fieldKindNames(), ", "))
		}
	}
}

func (v *specCheck) comparisons() {
	if n := len(v.spec.Comparisons); n == 0 || n > MaxComparisons {
		v.fault("%d comparisons, must be 1 to %d", n, MaxComparisons)
	}
	seen := map[string]bool{}
	for i := range v.spec.Comparisons {
		c := &v.spec.Comparisons[i]
		if c.Name == "" {
			v.fault("comparison %d has no name", i+1)
		} else if seen[c.Name] {
			v.fault("comparison %s is named twice", c.Name)
		}
		seen[c.Name] = true
		v.comparison(c)
	}
}

func (v *specCheck) comparison(c *Comparison) {
	k := comparisonKinds[c.Kind]
	if k == nil {
		v.fault("comparison %s: no kind named %q%s", c.Name, c.Kind, suggest(c.Kind, comparisonKindNames()))
	}
	groups := v.spec.groupNames()
	group := ""
	for place, name := range c.Fields {
		i := v.spec.Field(name)
		if i < 0 {
			v.fault("comparison %s: no field named %q%s", c.Name, name, suggest(name, v.fieldNames()))
			continue
		}
		if group == "" {
			group = groups[i]
		} else if groups[i] != group {
			v.fault("comparison %s: its fields lie in two groups, %s and %s; values of two groups are not chosen together", c.Name, group, groups[i])
		}
		if f := v.spec.Fields[i]; k != nil && place < 2 && (place == 0 || k.second != nil) && !k.allows(place, f.Kind) {
			v.fault("comparison %s: %s does not compare field %s of kind %s", c.Name, c.Kind, name, f.Kind)
		}
	}
	if k != nil {
		v.shape(c, k)
	}
	if c.Kind == "crossed_names" {
		if v.crossed[group] {
			v.fault("comparison %s: group %s has a crossed_names comparison already", c.Name, group)
		}
		v.crossed[group] = true
	}
}

func (v *specCheck) shape(c *Comparison, k *comparisonKind) {
	want, most := "1 field", 1
	if k.second != nil {
		want, most = "2 fields", 2
	}
	if k.optional {
		want = "1 or 2 fields"
	}
	if n := len(c.Fields); n > most || n < most && !(k.optional && n == 1) {
		v.fault("comparison %s: %s takes %s, not %d", c.Name, c.Kind, want, n)
	}
	if c.Frequency && !k.frequency {
		v.fault("comparison %s: %s has no frequency adjustment (names and places only)", c.Name, c.Kind)
	}
	if c.Frequency && len(c.Fields) > 0 {
		if i := v.spec.Field(c.Fields[0]); i >= 0 && v.spec.Fields[i].Kind.Numeric() {
			v.fault("comparison %s: frequency needs a field of text, %s is %s", c.Name, c.Fields[0], v.spec.Fields[i].Kind)
		}
	}
	v.thresholds(c, k)
}

func (v *specCheck) thresholds(c *Comparison, k *comparisonKind) {
	switch {
	case len(c.Thresholds) == 0:
		return
	case k.thresholds == nil:
		v.fault("comparison %s: %s takes no thresholds", c.Name, c.Kind)
		return
	case len(c.Thresholds) > MaxLevels-2:
		v.fault("comparison %s: %d thresholds, at most %d", c.Name, len(c.Thresholds), MaxLevels-2)
	}
	for i, t := range c.Thresholds {
		if k.falling && !(t > 0 && t < 1) {
			v.fault("comparison %s: threshold %g must lie between 0 and 1", c.Name, t)
		}
		if !k.falling && !(t > 0) {
			v.fault("comparison %s: threshold %g must be above 0", c.Name, t)
		}
		if k.id == kindDigits && (t != float64(int(t)) || t > 2) {
			v.fault("comparison %s: threshold %g must be 1 or 2 (digits that differ)", c.Name, t)
		}
		if i > 0 && (t >= c.Thresholds[i-1]) == k.falling {
			v.fault("comparison %s: threshold %g does not follow %g (best first)", c.Name, t, c.Thresholds[i-1])
		}
	}
}

func (v *specCheck) blocking() {
	if n := len(v.spec.Blocking); n == 0 || n > MaxRules {
		v.fault("%d blocking rules, must be 1 to %d", n, MaxRules)
	}
	for i, rule := range v.spec.Blocking {
		name := fmt.Sprintf("blocking rule %d [%s]", i+1, strings.Join(rule, ", "))
		if slices.ContainsFunc(v.spec.Blocking[:i], func(other []string) bool { return slices.Equal(other, rule) }) {
			v.fault("%s is written twice", name)
		}
		v.rule(name, rule)
	}
	v.countParts()
}

// countParts limits the different parts that the rules take of the values: they are a bitset too.
func (v *specCheck) countParts() {
	parts := map[Operand]bool{}
	for _, rule := range v.spec.Blocking {
		for _, word := range rule {
			if e, err := ParseElement(word); err == nil && e.Max == 0 {
				parts[e.Record], parts[e.Subject] = true, true
			}
		}
	}
	if len(parts) > MaxParts {
		v.fault("the blocking rules take %d different parts of the fields, at most %d", len(parts), MaxParts)
	}
}

func (v *specCheck) rule(name string, rule []string) {
	keys := 0
	for _, word := range rule {
		element, err := ParseElement(word)
		if element.Max > 0 {
			continue
		}
		keys++
		if err != nil {
			v.fault("%s: %w", name, err)
			continue
		}
		v.element(name, word, element)
	}
	if keys == 0 {
		v.fault("%s: names no field", name)
	}
}

func (v *specCheck) element(name, word string, e Element) {
	sides := []Operand{e.Record, e.Subject}
	if e.Record == e.Subject {
		sides = sides[:1]
	}
	for _, side := range sides {
		i := v.spec.Field(side.Field)
		if i < 0 {
			v.fault("%s: no field named %q%s", name, side.Field, suggest(side.Field, v.fieldNames()))
			return
		}
		if kind := v.spec.Fields[i].Kind; !side.Transform.takes(kind) {
			v.fault("%s: %s does not apply to field %s of kind %s", name, side.Transform, side.Field, kind)
		}
	}
	if e.Record != e.Subject {
		a, b := v.spec.Fields[v.spec.Field(e.Record.Field)].Kind, v.spec.Fields[v.spec.Field(e.Subject.Field)].Kind
		if a.Numeric() != b.Numeric() {
			v.fault("%s: %s sets a number against a text; they never agree", name, word)
		}
	}
}
