package pipeline

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anyCoverage draws what sets of a few rules propose.
func anyCoverage(t *rapid.T, rules int) coverage {
	covers := coverage{}
	for range rapid.IntRange(1, 40).Draw(t, "sets") {
		set := rapid.Uint64Range(1, 1<<rules-1).Draw(t, "set")
		n := cover{pairs: rapid.Int64Range(1, 50).Draw(t, "pairs")}
		n.matches = rapid.Int64Range(0, n.pairs*matchUnit).Draw(t, "matches")
		covers[set] = covers[set].plus(n)
	}
	return covers
}

// The choice never proposes more than its budget, says exactly what its rules propose, holds no rule that finds next to nothing
// alone, and finds at least (1 - 1/e)/2 of what brute force finds within the budget where pairs are counted once a rule; and no
// more than brute force finds where they are counted once.
func TestChooser_KeepsItsGuaranteeAgainstBruteForce(t *testing.T) {
	chosen, optimal := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.IntRange(1, 7).Draw(t, "rules")
		covers := anyCoverage(t, rules)
		all := covers.by(everyRule)
		budget := rapid.Int64Range(1, all.pairs).Draw(t, "budget")
		c := newChooser(covers, rules, budget, rapid.Int64Range(0, 200).Draw(t, "records"))
		got := c.best()
		if sum := covers.by(got.set); sum != got.sum || sum.pairs > budget {
			t.Fatalf("rules %v say %+v, propose %+v within %d", got.rules, got.sum, sum, budget)
		}
		for _, r := range got.rules {
			if lost := c.lost(got.set, r); lost.matches < c.least {
				t.Fatalf("rule %d of %v finds %+v alone: it should have been dropped", r, got.rules, lost)
			}
		}
		byOwn, byUnion := bruteForce(c, rules)
		slack := c.least * int64(rules)
		if float64(got.sum.matches+slack) < .316*float64(byOwn) {
			t.Fatalf("found %d units, brute force %d within the budget", got.sum.matches, byOwn)
		}
		if got.sum.matches > byUnion {
			t.Fatalf("found %d units, brute force at most %d", got.sum.matches, byUnion)
		}
		chosen++
		if got.sum.matches+slack >= byUnion {
			optimal++
		}
	})
	if optimal*10 < chosen*8 {
		t.Errorf("%d of %d choices as good as brute force's: the greedy choice should nearly always be", optimal, chosen)
	}
}

// bruteForce gives the most that any set of rules finds: whose own pairs add up to no more than the budget, and whose pairs
// counted once do.
func bruteForce(c *chooser, rules int) (byOwn, byUnion int64) {
	for set := uint64(1); set < 1<<rules; set++ {
		own := int64(0)
		for r := range rules {
			if set>>r&1 == 1 {
				own += c.alone[r].pairs
			}
		}
		sum := c.covers.by(set)
		if own <= c.budget {
			byOwn = max(byOwn, sum.matches)
		}
		if sum.pairs <= c.budget {
			byUnion = max(byUnion, sum.matches)
		}
	}
	return byOwn, byUnion
}

// Where rules share no pair and ask the same price, greedy is best: the rules that find most, as many as the budget pays for.
func TestChooser_TakesTheBestOfEqualPrices(t *testing.T) {
	covers := coverage{}
	for r, matches := range []int64{3, 9, 1, 7, 5} {
		covers[1<<r] = cover{pairs: 10, matches: matches * matchUnit}
	}
	if got := newChooser(covers, 5, 35, 0).best(); !slices.Equal(got.rules, []int{1, 3, 4}) || got.sum != (cover{pairs: 30, matches: 21 * matchUnit}) {
		t.Errorf("chose %v: %+v", got.rules, got.sum)
	}
}

// A rule that two later ones make needless is dropped, and what it cost is spent on another.
func TestChooser_DropsWhatLaterRulesFindToo(t *testing.T) {
	covers := coverage{
		0b0011: {pairs: 4, matches: 4 * matchUnit},  // rule 0 finds all of this, half of it with 1, half with 2
		0b0101: {pairs: 4, matches: 4 * matchUnit},  //
		0b0001: {pairs: 9},                          // and much else
		0b0010: {pairs: 7, matches: 3 * matchUnit},  //
		0b0100: {pairs: 7, matches: 3 * matchUnit},  //
		0b1000: {pairs: 10, matches: 1 * matchUnit}, //
	}
	got := newChooser(covers, 4, 35, 0).best()
	if got.set != 0b1110 || got.sum.pairs != 32 {
		t.Errorf("chose %04b: %+v, want rules 1, 2 and 3", got.set, got.sum)
	}
}
