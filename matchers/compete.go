package matchers

import (
	"cmp"
	"slices"
)

// claims are the scratch lists of one record's competition.
type claims struct {
	strong []Rival // subjects at or above the review weight, best first
	before []int32 // log2 of the sum of odds of the claims before each
	after  []int32 // and of those behind it
}

// compete lets the subjects that claim one record share it: weight -= log2(1 + sum of the others' odds). Only claims at
// or above the review weight count, so that early stop, which never loses one of those, cannot change a weight.
func (m *Matcher) compete() {
	c := &m.claims
	c.strong = c.strong[:0]
	for _, p := range m.scored {
		if p.Weight >= m.s.review {
			c.strong = append(c.strong, Rival{Subject: p.Subject, Weight: p.Weight})
		}
	}
	c.settle()
	for i := range m.scored {
		p := &m.scored[i]
		others, rival := c.against(p.Subject, p.Weight)
		p.Margin = p.Weight - max(rival, m.s.review)
		p.Weight -= LogSum(0, others)
	}
}

// settle sorts the claims and sums their odds from both ends: what is left out of a sum is left out exactly.
func (c *claims) settle() {
	slices.SortFunc(c.strong, func(a, b Rival) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Subject, b.Subject))
	})
	n := len(c.strong)
	c.before = append(c.before[:0], none)
	for i := range n {
		c.before = append(c.before, addOdds(c.before[i], c.strong[i].Weight))
	}
	c.after = slices.Grow(c.after[:0], n+1)[:n+1]
	c.after[n] = none
	for i := n - 1; i >= 0; i-- {
		c.after[i] = addOdds(c.after[i+1], c.strong[i].Weight)
	}
}

// against gives the odds of all claims but the subject's own, summed, and the best of them; none when there is no other.
func (c *claims) against(subject uint32, weight int32) (others, rival int32) {
	n := len(c.strong)
	at, mine := slices.BinarySearchFunc(c.strong, Rival{Subject: subject, Weight: weight}, func(a, b Rival) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Subject, b.Subject))
	})
	switch {
	case !mine && n == 0, mine && n == 1:
		return none, none
	case !mine:
		return c.before[n], c.strong[0].Weight
	case at == 0:
		return c.after[1], c.strong[1].Weight
	}
	return addOdds(c.before[at], c.after[at+1]), c.strong[0].Weight
}

func addOdds(a, b int32) int32 {
	switch {
	case a == none:
		return b
	case b == none:
		return a
	}
	return LogSum(a, b)
}
