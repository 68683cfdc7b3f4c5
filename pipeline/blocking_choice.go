package pipeline

import "math/bits"

// choice is a set of rules chosen within a budget of pairs, in the order of choosing.
type choice struct {
	rules []int
	set   uint64
	sum   cover // of all of them
}

// A rule must add half a match, and one in ten thousand of all, to be worth its place: less could not be told from chance, and
// each rule is asked about every row. asking is the part of a record's price that one question is: a Bloom filter's line
// beside the comparison of a pair.
const (
	leastGain  = matchUnit / 2
	leastShare = 10_000
	asking     = 8
)

// chooser picks rules by what is known of every set of them: weighted maximum coverage under a budget.
type chooser struct {
	covers coverage
	alone  []cover // by rule
	budget int64
	probe  int64 // pairs that cost as much as asking a rule about every record
	least  int64 // units that a rule must add
}

func newChooser(covers coverage, rules int, budget, records int64) *chooser {
	c := &chooser{covers: covers, budget: budget, probe: records / asking, alone: make([]cover, rules)}
	c.least = max(leastGain, covers.by(everyRule).matches/leastShare)
	for set, n := range covers {
		for rest := set; rest != 0; rest &= rest - 1 {
			r := bits.TrailingZeros64(rest)
			c.alone[r] = c.alone[r].plus(n)
		}
	}
	return c
}

// best gives the best of two greedy choices and the best rule alone. One prices a rule by the pairs that it adds, and the asking;
// it is nearly always the better. The other prices it by its own pairs, as if no pair were proposed twice, and makes the
// classic guarantee hold: at least (1 - 1/e)/2, 31 %, of the matches that any set finds whose rules' own pairs add up
// to no more than the budget (Khuller, Moss and Naor, The budgeted maximum coverage problem, 1999), less what the
// dropped rules took, each under one in ten thousand. No set that is chosen proposes more than the budget.
func (c *chooser) best() choice {
	best := c.single()
	for _, shared := range []bool{true, false} {
		if found := c.polished(c.greedy(choice{}, shared)); found.sum.matches > best.sum.matches {
			best = found
		}
	}
	return best
}

// single is the one rule within the budget that finds most.
func (c *chooser) single() (best choice) {
	for r, n := range c.alone {
		if n.pairs <= c.budget && n.matches >= c.least && n.matches > best.sum.matches {
			best = choice{rules: []int{r}, set: 1 << r, sum: n}
		}
	}
	return best
}

// greedy adds, one after another, the rule with the most new matches for its price, while the budget lasts. shared prices a
// rule by its new pairs, else by its own.
func (c *chooser) greedy(from choice, shared bool) choice {
	spent := int64(0)
	for {
		gains := c.gains(from.set)
		next := -1
		for r, gain := range gains {
			if from.set>>r&1 == 1 || !c.fits(r, gain, from.sum.pairs, spent, shared) {
				continue
			}
			if next < 0 || better(gain.matches, c.price(r, gains, shared), gains[next].matches, c.price(next, gains, shared)) {
				next = r
			}
		}
		if next < 0 {
			return from
		}
		spent += c.alone[next].pairs
		from.rules, from.set, from.sum = append(from.rules, next), from.set|1<<next, from.sum.plus(gains[next])
	}
}

func (c *chooser) price(r int, gains []cover, shared bool) int64 {
	if shared {
		return gains[r].pairs + c.probe
	}
	return c.alone[r].pairs
}

// fits reports whether a rule is within what is left of the budget, and adds something.
func (c *chooser) fits(r int, gain cover, pairs, spent int64, shared bool) bool {
	if shared {
		return gain.matches >= c.least && pairs+gain.pairs <= c.budget
	}
	return gain.matches > 0 && spent+c.alone[r].pairs <= c.budget
}

// better reports whether a/p is above b/q, without rounding.
func better(a, p, b, q int64) bool {
	high1, low1 := bits.Mul64(uint64(a), uint64(max(q, 1)))
	high2, low2 := bits.Mul64(uint64(b), uint64(max(p, 1)))
	return high1 > high2 || high1 == high2 && low1 > low2
}

// gains gives what each rule would add to a set.
func (c *chooser) gains(set uint64) []cover {
	gains := make([]cover, len(c.alone))
	for rules, n := range c.covers {
		if rules&set != 0 {
			continue
		}
		for rest := rules; rest != 0; rest &= rest - 1 {
			r := bits.TrailingZeros64(rest)
			gains[r] = gains[r].plus(n)
		}
	}
	return gains
}

// polished drops rules that later ones made needless and spends what that frees, while matches grow.
func (c *chooser) polished(from choice) choice {
	for {
		next := c.greedy(c.dropped(from), true)
		if next.sum.matches <= from.sum.matches {
			return c.dropped(next)
		}
		from = next
	}
}

// dropped takes rules away, the least missed first, while what goes is less than a rule must add.
func (c *chooser) dropped(from choice) choice {
	for len(from.rules) > 0 {
		least, lost := -1, cover{matches: c.least}
		for i, r := range from.rules {
			if n := c.lost(from.set, r); n.matches < lost.matches || least >= 0 && n.matches == lost.matches && n.pairs > lost.pairs {
				least, lost = i, n
			}
		}
		if least < 0 {
			return from
		}
		from.set &^= 1 << from.rules[least]
		from.rules = append(append([]int(nil), from.rules[:least]...), from.rules[least+1:]...)
		from.sum = cover{pairs: from.sum.pairs - lost.pairs, matches: from.sum.matches - lost.matches}
	}
	return from
}

// lost is what a set finds by one of its rules alone.
func (c *chooser) lost(set uint64, r int) (sum cover) {
	for rules, n := range c.covers {
		if rules&set == 1<<r {
			sum = sum.plus(n)
		}
	}
	return sum
}
