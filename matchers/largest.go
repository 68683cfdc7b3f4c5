package matchers

import (
	"cmp"
	"slices"
)

// LargestBlocks gives the keys of a rule that most subjects share, capped ones among them, the greatest first, equals by the
// first subject that has them. Each call makes the rule's keys of the whole caseload: it is for reports.
func (c *Caseload) LargestBlocks(rule, most int) []Block {
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
	var blocks []Block
	for _, s := range list[:min(most, len(list))] {
		blocks = append(blocks, Block{Subjects: s.subjects, Capped: s.subjects > plan.cap, Key: maker.describe(entry{key: s.key, subject: s.first})})
	}
	return blocks
}
