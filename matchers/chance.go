package matchers

// statedHits is how many random pairs the closed form of a level counts as: where a sample should have shown the level
// this often, sample and closed form weigh the same; where it should have shown it a thousand times, the sample decides.
const statedHits = 10

// solveChance estimates u from the random pairs: u = (a - lambda m) / (1 - lambda), where a is the share of pairs at the
// level and lambda m that of matches among them. Instead of the product, each pair counts as far as it is a stranger's, by
// all of its comparisons: in a small file, where one random pair in some hundreds is a match, the difference of two
// small numbers would be noise. Household members are taken out in the same way.
func (tr *trainer) solveChance() {
	var seen [MaxComparisons][MaxLevels + 1]float64
	for _, n := range tr.t.Random {
		odds, sum := tr.em.likelihoods(tr.allComparisons(), n.Pattern, n.Label, tr.shares[n.Source].classes())
		part := float64(n.Pairs) * odds[classStranger] / sum
		for i := range tr.kinds {
			seen[i][n.Pattern.Level(i)] += part
		}
	}
	tr.random = seen
	for i, last := range tr.em.levels {
		tr.settleChance(i, last, &seen[i])
	}
}

// settleChance draws what was seen towards the closed form, and floors it: below the floor of its kind one equal value
// would decide by itself (an SSN's u of 1e-9 is true of chance, but not of borrowed and mistyped numbers).
func (tr *trainer) settleChance(i, last int, seen *[MaxLevels + 1]float64) {
	u, stated := &tr.em.p[classStranger][i], &tr.em.stated[classStranger][i]
	pairs := 0.0
	for l := 0; l <= last; l++ {
		if tr.em.counts(i, l) {
			pairs += seen[l]
		}
	}
	if tr.kinds[i].sparse {
		last++ // it has no level for the rest
	}
	left := 1.0
	for l := 1; l < last; l++ {
		u[l] = (seen[l] + statedHits) / (pairs + statedHits/stated[l])
		u[l] = max(u[l], min(tr.kinds[i].floor, stated[l]))
		left -= u[l]
	}
	if tr.kinds[i].sparse {
		u[0] = left
		return
	}
	u[last] = max(left, 1e-3)
}

// allComparisons of the spec, by index.
func (tr *trainer) allComparisons() []int {
	all := make([]int, len(tr.kinds))
	for i := range all {
		all[i] = i
	}
	return all
}
