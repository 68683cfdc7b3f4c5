package matchers

import (
	"cmp"
	"slices"

	"locatematch/matchers/text"
)

// jointLevels is a dependence that is being fitted.
type jointLevels struct {
	i, j  int
	ratio [MaxLevels + 1][MaxLevels + 1]float64 // 1 where either has no evidence
	sums  [MaxLevels + 1][MaxLevels + 1]float64 // expected matches of one round, in the passes that see both
}

func newJointLevels(i, j int) *jointLevels {
	d := &jointLevels{i: i, j: j}
	for a := range d.ratio {
		for b := range d.ratio[a] {
			d.ratio[a][b] = 1
		}
	}
	return d
}

// depend finds the comparisons that go together among matches and fits them again with what they say together. The strongest
// come first, and none closes a circle. Left as if they were apart are:
//   - those of what a person is born with or called by (isOwn). Two that differ at once are another person's, not one person's two
//     changes: where a household is taken for matches (two classes), SSN and given name go together, and to weigh them as a pair
//     would make matches of its members (a synthetic night: F1 at p = .5 .905 in place of .927);
//   - those that go together among strangers too: agreement is then counted twice as well as difference, and to mend half of it
//     would only move the error. The report says so (warnAlike);
//   - weaker ones than sameThing. Tried from a correlation of .15 on, historical_50k as it is gained (ece_mid .082 to .050), but with
//     a twentieth of its subjects F1 at p = .5 fell from .961 to .881: what few matches say together is easily strangers' agreement;
//   - comparisons that speak only when they agree: their silence is no level.
func (tr *trainer) depend() {
	var trees forest
	for _, pair := range tr.alike() {
		if pair.match >= sameThing && pair.strangers < sameThing && tr.mayJoin(pair.i) && tr.mayJoin(pair.j) && trees.join(pair.i, pair.j) {
			tr.em.joint = append(tr.em.joint, newJointLevels(pair.i, pair.j))
		}
	}
	if len(tr.em.joint) > 0 {
		tr.em.passes = tr.passes()
		tr.solve()
	}
}

func (tr *trainer) mayJoin(comparison int) bool {
	p := &tr.c.plan.comparisons[comparison]
	return !tr.kinds[comparison].sparse && p.id != kindKey && !isOwn(tr.c.plan.fields[p.a].kind)
}

// isOwn reports whether values of a kind stay with a person: names, birth date, sex, SSN.
func isOwn(kind text.Kind) bool {
	switch kind {
	case text.Given, text.Middle, text.Family, text.Suffix, text.Name, text.Date, text.Sex, text.SSN:
		return true
	}
	return false
}

// isDrawnAlong reports whether a comparison goes together with one that a rule's fields take part in: in that rule's pairs it agrees
// more often than matches do (who is found by the ZIP has not moved). Where every rule uses the one or the other, there is nothing
// better, and they judge each other all the same.
func (tr *trainer) isDrawnAlong(rule, comparison int) bool {
	for _, d := range tr.em.joint {
		other := d.i
		switch comparison {
		case d.i:
			other = d.j
		case d.j:
		default:
			continue
		}
		if tr.isChosen(rule, other) && tr.isFreeOf(d) {
			return true
		}
	}
	return false
}

// isFreeOf reports whether some rule that proposed pairs uses neither comparison of a dependence.
func (tr *trainer) isFreeOf(d *jointLevels) bool {
	for rule := range tr.c.plan.rules {
		proposed := slices.ContainsFunc(tr.t.Blocked, func(n PatternCount) bool { return n.Rules>>rule&1 != 0 })
		if proposed && !tr.isChosen(rule, d.i) && !tr.isChosen(rule, d.j) {
			return true
		}
	}
	return false
}

// alikePair are two comparisons whose bits go together among matches or among strangers.
type alikePair struct {
	i, j             int
	match, strangers float64 // correlations
}

// alike lists the pairs of comparisons that go together, the strongest among matches first.
func (tr *trainer) alike() (list []alikePair) {
	matches := tr.moments(tr.t.Blocked, classMatch)
	strangers := tr.moments(tr.t.Random, classStranger)
	for i := range tr.kinds {
		for j := i + 1; j < len(tr.kinds); j++ {
			p := alikePair{i, j, matches[i][j].correlation(), strangers[i][j].correlation()}
			if max(p.match, p.strangers) >= sameThing {
				list = append(list, p)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b alikePair) int { return cmp.Compare(b.match, a.match) })
	return list
}

// creditJoint counts a pair towards what the comparisons that a pass sees say together.
func (e *em) creditJoint(seen, pattern Pattern, part float64) {
	for _, d := range e.joint {
		if a, b := (pattern & seen).Level(d.i), (pattern & seen).Level(d.j); a != 0 && b != 0 {
			d.sums[a][b] += part
		}
	}
}

// maximiseJoint is the M step of the dependences: the chance of both levels, drawn towards the product of each level's own as if
// pseudoPairs had shown that. It gives the largest change of such a chance.
func (e *em) maximiseJoint() (change float64) {
	for _, d := range e.joint {
		first, second := &e.p[classMatch][d.i], &e.p[classMatch][d.j]
		total := 0.0
		for a := range d.sums {
			for b := range d.sums[a] {
				total += d.sums[a][b]
			}
		}
		for a := 1; a <= e.levels[d.i]; a++ {
			for b := 1; b <= e.levels[d.j]; b++ {
				apart := first[a] * second[b]
				next := (d.sums[a][b]/apart + pseudoPairs) / (total + pseudoPairs)
				change = max(change, apart*max(next-d.ratio[a][b], d.ratio[a][b]-next))
				d.ratio[a][b] = next
			}
		}
	}
	return change
}

// dependences states what was fitted.
func (tr *trainer) dependences() (list []Dependence) {
	spec := tr.c.plan.spec
	for _, d := range tr.em.joint {
		stated := Dependence{Comparisons: [2]string{spec.Comparisons[d.i].Name, spec.Comparisons[d.j].Name}}
		for a := 1; a <= tr.em.levels[d.i]; a++ {
			row := make([]float64, tr.em.levels[d.j])
			for b := range row {
				row[b] = figureUpTo(1e9, d.ratio[a][b+1])
			}
			stated.Ratio = append(stated.Ratio, row)
		}
		list = append(list, stated)
	}
	return list
}

// takeDependences sets what comparisons say together to a model's.
func (tr *trainer) takeDependences(m *Model) {
	for _, stated := range m.Dependences {
		d := newJointLevels(m.comparison(stated.Comparisons[0]), m.comparison(stated.Comparisons[1]))
		for a, row := range stated.Ratio {
			for b, v := range row {
				d.ratio[a+1][b+1] = v
			}
		}
		tr.em.joint = append(tr.em.joint, d)
	}
}

func (tr *trainer) isJoint(i, j int) bool {
	return slices.ContainsFunc(tr.em.joint, func(d *jointLevels) bool { return d.i == i && d.j == j })
}
