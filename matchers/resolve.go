package matchers

import (
	"slices"

	"locatematch/matchers/text"
)

// The closed form of u trusts the counted frequencies as far as they go: a population at large stands in with the
// weight of this many subjects, so that a caseload of ten does not think that one name in three is SMITH.
const (
	agreementPrior = 1000 // subjects or rows, for the chance that two agree on any value
	valuePrior     = 100  // subjects or rows, for the frequency of one value
)

// fewest is the least number of subjects (of the population: rows) that share a value for its own frequency to count; rarer
// ones weigh 1/N. No value of fewer rows leaves training, for it could be told whose it is.
const fewest = 5

// smallest caseload or population that 1/N is taken from: in a smaller one a value seen nowhere else is not yet rare.
const smallest = 2000

// Resolve is the model with every u filled in: those of 0 by the closed form from the value frequencies: the population's where
// the model has them, else the caseload's.
func (c *Caseload) Resolve(m *Model) *Model {
	resolved := *m
	resolved.Comparisons = slices.Clone(m.Comparisons)
	for i := range resolved.Comparisons {
		levels := slices.Clone(resolved.Comparisons[i].Levels)
		c.resolve(m, i, levels)
		resolved.Comparisons[i].Levels = levels
	}
	return &resolved
}

func (c *Caseload) resolve(m *Model, comparison int, levels []Level) {
	p := &c.plan.comparisons[comparison]
	kind := comparisonKinds[c.plan.spec.Comparisons[comparison].Kind]
	if levels[0].U == 0 {
		levels[0].U = c.exactChance(m, comparison, kind)
	}
	if p.id == kindAddress && p.b >= 0 {
		c.resolveArea(p, levels)
	}
	last := len(levels) - 1
	for i := 1; i < last || kind.sparse && i == last; i++ {
		if levels[i].U == 0 {
			levels[i].U = fuzzyChance(&p.levels[i], levels[0].U)
		}
	}
	if levels[last].U > 0 {
		return
	}
	left := 1.0
	for _, level := range levels {
		left -= level.U
	}
	levels[last].U = max(left, 1e-3)
}

// fuzzyChance is a level's stated chance, or its ratio to the exact level's.
func fuzzyChance(level *kindLevel, exact float64) float64 {
	if level.u > 0 {
		return level.u
	}
	return min(.2, max(1e-9, level.ratio*exact))
}

// exactChance is the chance that a stranger agrees on the first level, from the counted values.
func (c *Caseload) exactChance(m *Model, comparison int, kind *comparisonKind) float64 {
	p := &c.plan.comparisons[comparison]
	first := &p.levels[0]
	switch {
	case p.id == kindKey: // unique: by chance one in N, times the share of answers under a wrong key
		return max(kind.floor, first.ratio/float64(max(c.subjects, 1)))
	case first.u > 0:
		return first.u
	case p.id == kindAddress || p.id == kindCrossed:
		return kind.typical
	}
	column := &c.columns[p.a]
	observed, holders := column.pairs, column.holders
	if m.shares(c.plan.spec.Comparisons[comparison].Name) != nil {
		var counts []uint32
		counts, holders = c.valueCounts(m, comparison)
		observed = c.meeting(comparison, counts, holders)
	}
	return max(kind.floor, shrink(observed, kind.typical, holders))
}

// shrink draws an observed chance towards a typical one, as if agreementPrior subjects or rows had shown that.
func shrink(observed, typical float64, holders int) float64 {
	n := float64(holders)
	return float64(n*observed+agreementPrior*typical) / (n + agreementPrior)
}

// Typical chances that two people of one agency's files share a ZIP, and its first three digits: a state of a few
// hundred ZIPs, unevenly filled.
const (
	typicalZip  = .002
	typicalArea = .03
)

// resolveArea fills in the two levels of an address comparison that five and three digits of a ZIP decide, less what the
// finer levels take.
func (c *Caseload) resolveArea(p *comparisonPlan, levels []Level) {
	if c.plan.fields[p.b].kind != text.Zip {
		return
	}
	column := &c.columns[p.b]
	zip := shrink(column.pairs, typicalZip, column.holders)
	area := shrink(column.areaPairs, typicalArea, column.holders)
	if level := &levels[addressZip-1]; level.U == 0 {
		level.U = min(.3, max(1e-5, zip-levels[addressDoor-1].U-levels[addressPlus4-1].U))
	}
	if level := &levels[addressArea-1]; level.U == 0 {
		level.U = min(.5, max(1e-4, area-zip))
	}
}

// valueChance is the chance that a stranger has the given value: its share of the population's rows or the caseload's subjects,
// drawn a little towards the typical; values of fewer than five count as unlisted, one in N.
func valueChance(count uint32, holders int, kind *comparisonKind) float64 {
	n := float64(holders)
	if count < fewest {
		return max(kind.floor, 1/max(n, smallest))
	}
	return max(kind.floor, float64(float64(count)+valuePrior*kind.typical)/(n+valuePrior))
}
