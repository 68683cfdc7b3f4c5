package pipeline

import (
	"math"

	"locatematch/matchers"
)

// matchUnit units are one match: expected matches are counted in integers, so that they add up to the same in any order (I8).
const matchUnit = 1 << 20

// coverage says what exactly each set of rules proposes. Rules are bits.
type coverage map[uint64]cover

// cover counts pairs and, in units, the matches expected among them.
type cover struct{ pairs, matches int64 }

func (c cover) plus(o cover) cover {
	return cover{pairs: c.pairs + o.pairs, matches: c.matches + o.matches}
}

func (c cover) expected() float64 { return float64(c.matches) / matchUnit }

// add counts one pair that exactly these rules propose.
func (c coverage) add(rules uint64, matches int64) {
	c[rules] = c[rules].plus(cover{pairs: 1, matches: matches})
}

// merge takes another worker's counts over.
func (c coverage) merge(o coverage) {
	for rules, n := range o {
		c[rules] = c[rules].plus(n)
	}
}

// by gives what any of the rules proposes.
func (c coverage) by(rules uint64) (sum cover) {
	for set, n := range c {
		if set&rules != 0 {
			sum = sum.plus(n)
		}
	}
	return sum
}

// only gives what one rule proposes and no other does.
func (c coverage) only(rule uint64) cover { return c[rule] }

// expected appends the chance that each of a record's pairs is its match, in units. The pairs compete: a record is of one
// person at most, so the odds of all its pairs share one certainty, and a block of a hundred faint coincidences never adds
// up to more than one match. Weights are before competition.
func expected(dst []int64, pairs []matchers.Proposal) []int64 {
	total := 1.0
	for _, p := range pairs {
		total += math.Exp2(matchers.Bits(p.Weight))
	}
	for _, p := range pairs {
		share := float64(math.Exp2(matchers.Bits(p.Weight)) / total)
		dst = append(dst, int64(math.RoundToEven(float64(share*matchUnit))))
	}
	return dst
}
