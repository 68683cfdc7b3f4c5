package matchers

import (
	"cmp"
	"slices"
)

// KeyBlock is one key of a blocking rule: how many subjects share it, and the values that one of them has it from.
type KeyBlock struct {
	Subjects int
	Capped   bool // more than the rule's cap: the key is in neither index nor filter
	Parts    []KeyValue
}

// KeyValue is the whole value of a field that an element of a rule takes its part from.
type KeyValue struct {
	Field string
	Value Value
}

// LargestBlocks gives the keys of a rule that most subjects share, capped ones among them, the greatest first, equals by the
// first subject that has them. Each call makes the rule's keys of the whole caseload: it is for reports.
func (c *Caseload) LargestBlocks(rule, most int) []KeyBlock {
	type sharers struct {
		key      uint64
		first    uint32
		last     uint32
		subjects int
	}
	maker, plan := newKeyMaker(c), &c.plan.rules[rule]
	at := map[uint64]int{}
	var list []sharers
	for subject := range uint32(c.subjects) {
		for _, e := range maker.keysOf(plan, subject) {
			i, known := at[e.key]
			if !known {
				i = len(list)
				at[e.key] = i
				list = append(list, sharers{key: e.key, first: subject})
			}
			if s := &list[i]; s.subjects == 0 || s.last != subject {
				s.last = subject
				s.subjects++
			}
		}
	}
	slices.SortFunc(list, func(a, b sharers) int {
		return cmp.Or(cmp.Compare(b.subjects, a.subjects), cmp.Compare(a.first, b.first), cmp.Compare(a.key, b.key))
	})
	var blocks []KeyBlock
	for _, s := range list[:min(most, len(list))] {
		blocks = append(blocks, KeyBlock{Subjects: s.subjects, Capped: s.subjects > plan.cap, Parts: maker.valuesOf(plan, s.first, s.key)})
	}
	return blocks
}

// valuesOf gives the values that make a key of a subject: of the value sets, one a group, whose key it is.
func (k *keyMaker) valuesOf(rule *rulePlan, subject uint32, key uint64) []KeyValue {
	for g := range k.chosen {
		k.chosen[g] = 0
	}
	k.settle(rule, subject, key, 0)
	var values []KeyValue
	for _, at := range rule.subject {
		field := k.c.plan.parts[at].field
		f := &k.c.plan.fields[field]
		values = append(values, KeyValue{Field: f.name, Value: k.c.Value(subject, field, k.chosen[f.group])})
	}
	return values
}

// settle tries the value sets of the rule's groups, from element i on, until they make the key.
func (k *keyMaker) settle(rule *rulePlan, subject uint32, key uint64, i int) bool {
	if i == len(rule.subject) {
		return k.makes(rule, subject, key)
	}
	group := k.c.plan.fields[k.c.plan.parts[rule.subject[i]].field].group
	before := k.chosen[group]
	for set := range k.c.table.sets(group, subject) {
		k.chosen[group] = set
		if k.settle(rule, subject, key, i+1) {
			return true
		}
	}
	k.chosen[group] = before
	return false
}

// makes reports whether the chosen sets make the key.
func (k *keyMaker) makes(rule *rulePlan, subject uint32, key uint64) bool {
	chosen := slices.Clone(k.chosen)
	k.rule, k.entries, k.subject = rule, k.entries[:0], subject
	k.emit(0, keySeed)
	copy(k.chosen, chosen)
	return slices.ContainsFunc(k.entries, func(e entry) bool { return e.key == key })
}
