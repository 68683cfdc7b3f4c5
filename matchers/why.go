package matchers

import (
	"slices"

	"locatematch/matchers/text"
)

// RuleOutcome says what one blocking rule makes of one pair.
type RuleOutcome uint8

// The outcomes. Where several reasons hold, the first in this order is given.
const (
	Proposes       RuleOutcome = iota
	RecordMissing              // the record lacks a value that the key needs
	SubjectMissing             // the subject lacks one
	Differs                    // both have a key, and an element of it differs
	Apart                      // every element agrees, but with different value sets: one alias's given, another's family name
	Capped                     // the keys agree, and more subjects share the key than the rule's cap allows
)

// RuleVerdict is one blocking rule's answer for one pair.
type RuleVerdict struct {
	Rule     int // index into Spec.Blocking
	Outcome  RuleOutcome
	Elements []string // those to blame, as the spec writes them; none where the rule proposes the pair
	Cap      int      // subjects that a key of the rule may have
}

// Why asks every blocking rule about the record and a subject, whether or not one proposes the pair. The subject's keys are
// made by the code that built the index, so the two cannot drift apart. It is for explanations: every call works out the key
// parts of the whole caseload's values.
func (m *Matcher) Why(values []Value, subject uint32) []RuleVerdict {
	w := witness{c: m.c, maker: newKeyMaker(m.c), parts: m.prober.allParts(values), subject: subject}
	verdicts := make([]RuleVerdict, len(m.c.plan.rules))
	for r := range verdicts {
		verdicts[r] = w.verdict(r)
	}
	return verdicts
}

// witness holds both sides' key parts for one pair.
type witness struct {
	c       *Caseload
	maker   *keyMaker
	parts   [][]uint64 // the record's, by part; several where the part is any word
	subject uint32
}

func (w *witness) verdict(r int) RuleVerdict {
	rule := &w.c.plan.rules[r]
	v := RuleVerdict{Rule: r, Cap: rule.cap}
	record, subject := w.recordKeys(rule.record), w.subjectKeys(rule)
	switch {
	case len(record) == 0:
		v.Outcome = RecordMissing
		v.Elements = w.blame(r, func(i int) bool { return len(w.parts[rule.record[i]]) == 0 })
	case len(subject) == 0 && len(w.lacking(r)) > 0:
		v.Outcome, v.Elements = SubjectMissing, w.lacking(r)
	case !meet(record, subject):
		v.Outcome, v.Elements = Differs, w.blame(r, func(i int) bool { return !meet(w.element(rule, i)) })
		if len(v.Elements) == 0 {
			v.Outcome, v.Elements = Apart, w.blame(r, func(int) bool { return true })
		}
	case !w.indexed(r, record):
		v.Outcome, v.Elements = Capped, w.blame(r, func(int) bool { return true })
	}
	return v
}

// lacking names the elements of which the subject has no value in any set.
func (w *witness) lacking(r int) []string {
	rule := &w.c.plan.rules[r]
	return w.blame(r, func(i int) bool {
		_, subject := w.element(rule, i)
		return len(subject) == 0
	})
}

// element gives both sides' keys of one element, as if it were a rule of its own.
func (w *witness) element(rule *rulePlan, i int) (record, subject []uint64) {
	alone := rulePlan{record: rule.record[i : i+1], subject: rule.subject[i : i+1]}
	return w.recordKeys(alone.record), w.subjectKeys(&alone)
}

// recordKeys makes every key of the record: several where a part has several words.
func (w *witness) recordKeys(parts []int) []uint64 {
	keys := []uint64{keySeed}
	for _, at := range parts {
		var longer []uint64
		for _, key := range keys {
			for _, part := range w.parts[at] {
				longer = append(longer, mix(key, part))
			}
		}
		keys = longer
	}
	for i := range keys {
		keys[i] = max(keys[i], 1)
	}
	return keys
}

func (w *witness) subjectKeys(rule *rulePlan) (keys []uint64) {
	for _, e := range w.maker.keysOf(rule, w.subject) {
		keys = append(keys, e.key)
	}
	return keys
}

// indexed reports whether the rule's index leads from one of the keys to the subject.
func (w *witness) indexed(r int, keys []uint64) bool {
	return slices.ContainsFunc(keys, func(key uint64) bool { return slices.Contains(w.c.rules[r].find(key), w.subject) })
}

// blame names the elements of a rule for which guilty holds, as the spec writes them.
func (w *witness) blame(r int, guilty func(i int) bool) (words []string) {
	i := 0
	for _, word := range w.c.plan.spec.Blocking[r] {
		if element, _ := ParseElement(word); element.Max > 0 {
			continue // a cap is no part of the key
		}
		if guilty(i) {
			words = append(words, word)
		}
		i++
	}
	return words
}

func meet(a, b []uint64) bool {
	return slices.ContainsFunc(a, func(key uint64) bool { return slices.Contains(b, key) })
}

// allParts works out every key part of a record that it has a value for, whatever the filters would say.
func (p *Prober) allParts(values []Value) [][]uint64 {
	p.all = true
	p.Ask(values)
	p.all = false
	parts := make([][]uint64, len(p.c.plan.parts))
	for i := range parts {
		switch {
		case !p.asked[i]:
		case p.c.plan.parts[i].several():
			parts[i] = slices.Clone(p.words[i][0])
		case p.hash[i][0] != 0:
			parts[i] = []uint64{p.hash[i][0]}
		}
	}
	return parts
}

// Sets is how many value sets a subject has in a field's group, at least one.
func (c *Caseload) Sets(subject uint32, field int) int {
	return c.table.sets(c.plan.fields[field].group, subject)
}

// Value gives what a subject has in one of its value sets, in standard form: sets count as in Part.Set. For explanations.
func (c *Caseload) Value(subject uint32, field, set int) Value {
	f := &c.plan.fields[field]
	v := Value{Validity: text.Validity(c.table.state(f, field, subject, set))}
	row := c.table.row(f.group, subject, set)
	if f.numeric {
		v.Num = f.stored(row)
	} else if code := row[f.word]; code != 0 {
		v.Std = c.columns[field].value(code)
	}
	return v
}
