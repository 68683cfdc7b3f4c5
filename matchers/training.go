package matchers

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
)

// Training is what a model is made from: what was counted in the extracts.
type Training struct {
	Sources []string       // by PatternCount.Source
	Records []int64        // rows of each source that may be about a subject
	Blocked []PatternCount // every proposed pair, by source and rules; sorted
	Random  []PatternCount // random pairs of records and subjects; sorted
	Classes int            // 2 or 3 forces the household class out or in, to measure it; 0: the data decide
	// Population goes into the model, and into the closed form of u; nil where the caseload's own frequencies serve. Counted is
	// how many of Records it was counted in.
	Population *Population
	Counted    []int64
}

// Train estimates a model from counts of patterns, without labels and without a number that anybody must guess. Where pairs
// have labels, they settle their class, and the others go on being estimated. It is a function of its arguments: the same
// counts give the same model. What it does:
//
//   - u from random pairs, corrected for the matches and household members among them, drawn towards the closed form of the
//     value frequencies (chance.go). Never from proposed pairs, which were chosen for agreeing.
//   - m and h by EM over all passes (em.go). u and m depend on each other a little, so both are solved until neither moves.
//   - The household class stays if the spec has an address comparison and the data support it (keepHousehold).
//   - Comparisons that go together among matches, which the other figures count as if each were news (depend.go).
//   - Known share and household ratio by source from the fitted classes (share.go).
func Train(c *Caseload, t *Training) (*Model, *TrainingReport, error) {
	if len(t.Blocked) == 0 {
		return nil, nil, errNoPairs
	}
	r := &TrainingReport{Subjects: c.subjects, Pairs: pairsOf(t.Blocked), Labelled: labelledOf(t.Blocked), RandomPairs: pairsOf(t.Random)}
	two := newTrainer(c, t, 2)
	two.solve()
	best := two
	if slices.ContainsFunc(c.plan.comparisons, func(p comparisonPlan) bool { return p.id == kindAddress }) {
		three := newTrainer(c, t, 3)
		three.solve()
		if r.Household = keepHousehold(two, three).forced(t.Classes); r.Household.Kept {
			best = three
		}
	} else if t.Classes == 3 {
		return nil, nil, ErrNoHousehold
	} else {
		r.Household.Reason = "the spec has no address comparison, and without one a household member cannot be told from a stranger"
	}
	best.depend()
	model := best.model()
	best.report(r, model)
	return model, r, model.Validate()
}

// ErrNoHousehold is returned where three classes are asked for and cannot be told apart.
var ErrNoHousehold = errors.New("training: three classes were asked for, but the spec has no address comparison, which alone tells a household member from a stranger")

var errNoPairs = errors.New("training: no blocking rule proposed a pair: check that caseload and extracts share the fields of the rules, in the same form")

// trainer solves one model.
type trainer struct {
	c      *Caseload
	t      *Training
	em     *em
	kinds  []*comparisonKind
	given  *Model        // whose figures are start values and pseudo-counts
	shares []sourceShare // by source
	fit    fit
	stable bool                                   // u and m have settled on each other
	rounds []fit                                  // one a solving of u
	seen   figures                                // expected pairs of the last round, by class, comparison and level
	random [MaxComparisons][MaxLevels + 1]float64 // random pairs of strangers
}

func newTrainer(c *Caseload, t *Training, classes int) *trainer {
	tr := &trainer{c: c, t: t, em: &em{classes: classes}}
	tr.given = BuiltInModel(c.plan.spec)
	tr.given.Population = t.Population
	stated := c.Resolve(tr.given)
	for i := range stated.Comparisons {
		kind := comparisonKinds[c.plan.spec.Comparisons[i].Kind]
		tr.kinds = append(tr.kinds, kind)
		tr.em.levels = append(tr.em.levels, len(stated.Comparisons[i].Levels))
		tr.em.sparse = append(tr.em.sparse, kind.sparse)
		tr.em.bounds = append(tr.em.bounds, householdBounds(kind.id))
		tr.state(i, stated.Comparisons[i].Levels, kind)
	}
	tr.em.p = tr.em.stated
	tr.em.passes = tr.passes()
	tr.startShares()
	return tr
}

// state takes a comparison's built-in figures as start values and pseudo-counts: the recipe's step 5 in every comparison kind.
func (tr *trainer) state(i int, levels []Level, kind *comparisonKind) {
	statedH := tr.c.plan.comparisons[i].levels
	var sums [allClasses]float64
	p := &tr.em.stated
	for l, level := range levels {
		p[classMatch][i][l+1], p[classStranger][i][l+1], p[classHousehold][i][l+1] = level.M, level.U, statedH[l].h
		for k := range sums {
			sums[k] += p[k][i][l+1]
		}
	}
	for k := range sums {
		p[k][i][0] = 1
		if kind.sparse {
			p[k][i][0] = 1 - sums[k]
			continue
		}
		for l := range levels {
			p[k][i][l+1] /= sums[k]
		}
	}
}

// passes sets up one pass for every rule and source that proposed anything.
func (tr *trainer) passes() (list []*pass) {
	for source := range tr.t.Sources {
		for rule := range tr.c.plan.rules {
			p := &pass{rule: rule, source: source, used: tr.judged(rule), share: [allClasses]float64{.2, .6, .2}}
			if tr.em.classes == 2 {
				p.share = [allClasses]float64{.2, .8, 0}
			}
			if len(p.used) > 0 {
				tr.fill(p)
			}
			if p.total > 0 {
				list = append(list, p)
			}
		}
	}
	return list
}

// judged lists the comparisons that a pass on a rule says something about: those that none of its fields takes part in, and that
// do not go together with one that takes part.
func (tr *trainer) judged(rule int) (comparisons []int) {
	for i := range tr.kinds {
		if !tr.isChosen(rule, i) && !tr.isDrawnAlong(rule, i) {
			comparisons = append(comparisons, i)
		}
	}
	return comparisons
}

// isChosen reports whether a rule's fields take part in a comparison.
func (tr *trainer) isChosen(rule, comparison int) bool {
	own, p := tr.c.plan.ruleFields(rule), &tr.c.plan.comparisons[comparison]
	return own[p.a] || p.b >= 0 && own[p.b]
}

// ruleFields gives the fields of a rule's keys, of either side.
func (p *plan) ruleFields(rule int) map[int]bool {
	fields := map[int]bool{}
	for _, parts := range [][]int{p.rules[rule].record, p.rules[rule].subject} {
		for _, i := range parts {
			fields[p.parts[i].field] = true
		}
	}
	return fields
}

// fill counts what the rule proposed in the source, by the pattern of the comparisons that the pass looks at.
func (tr *trainer) fill(p *pass) {
	var mask Pattern
	for _, i := range p.used {
		mask |= 15 << (4 * i)
	}
	p.seen = mask
	p.others = tr.dividing(p, mask)
	for _, i := range p.others {
		mask |= 15 << (4 * i)
	}
	counts := map[labelled]int64{}
	for _, n := range tr.t.Blocked {
		if n.Source == p.source && n.Rules>>p.rule&1 != 0 && n.Pattern&p.seen != 0 {
			counts[labelled{n.Pattern & mask, n.Label}] += n.Pairs
		}
	}
	for _, key := range slices.SortedFunc(maps.Keys(counts), labelled.compare) {
		p.patterns, p.labels = append(p.patterns, key.pattern), append(p.labels, key.label)
		p.pairs = append(p.pairs, float64(counts[key]))
		p.total += float64(counts[key])
	}
}

// seesPersons is the part of a pass's pairs with evidence of one person from which they say how the pass divides between match
// and household.
const seesPersons = .01

// dividing lists the comparisons of what is one person's own, where the pass itself sees next to nothing of them.
func (tr *trainer) dividing(p *pass, used Pattern) (others []int) {
	var own Pattern
	for _, i := range tr.c.plan.personal() {
		if nibble := Pattern(15) << (4 * i); used&nibble != 0 {
			own |= nibble
		} else {
			others = append(others, i)
		}
	}
	var seen, all int64
	for _, n := range tr.t.Blocked {
		if n.Source == p.source && n.Rules>>p.rule&1 != 0 && n.Pattern&used != 0 {
			if all += n.Pairs; n.Pattern&own != 0 {
				seen += n.Pairs
			}
		}
	}
	if float64(seen) >= seesPersons*float64(all) {
		return nil
	}
	return others
}

// labelled is a pattern with what is known of its pairs.
type labelled struct {
	pattern Pattern
	label   Label
}

func (a labelled) compare(b labelled) int {
	return cmp.Or(cmp.Compare(a.pattern, b.pattern), cmp.Compare(a.label, b.label))
}

// mostSolvings bounds how often u and m are solved for each other. Two to four were enough in trials.
const mostSolvings = 12

// solve goes from u to m and h to shares and round again, until none of them moves.
func (tr *trainer) solve() {
	for range mostSolvings {
		before := tr.em.p
		tr.solveChance()
		tr.fit = tr.em.run(nil)
		tr.rounds = append(tr.rounds, tr.fit)
		tr.seen = tr.em.sums
		tr.solveShares()
		if tr.stable = tr.fit.converged() && difference(&before, &tr.em.p) < settled; tr.stable {
			return
		}
	}
}

// converged reports whether everything that was solved has settled.
func (tr *trainer) converged() bool { return tr.stable && tr.sharesSettled() }

func (tr *trainer) sharesSettled() bool {
	return !slices.ContainsFunc(tr.shares, func(s sourceShare) bool { return s.pairs > 0 && s.change >= shareSettled })
}

func difference(a, b *figures) (most float64) {
	for k := range a {
		for i := range a[k] {
			for l := range a[k][i] {
				most = max(most, math.Abs(a[k][i][l]-b[k][i][l]))
			}
		}
	}
	return most
}

// model states what was solved.
func (tr *trainer) model() *Model {
	m := BuiltInModel(tr.c.plan.spec)
	m.Name, m.Classes, m.Population = "trained", tr.em.classes, tr.population()
	m.KnownShare, m.HouseholdRatio = tr.statedShares()
	m.UnnamedRatio = tr.cautiousRatios(m.HouseholdRatio)
	m.StrangerShare = tr.strangers(m.KnownShare)
	m.Dependences = tr.dependences()
	for i := range m.Comparisons {
		for l := range m.Comparisons[i].Levels {
			level := &m.Comparisons[i].Levels[l]
			level.M, level.U = figure(tr.em.p[classMatch][i][l+1]), figure(tr.em.p[classStranger][i][l+1])
			if level.H = 0; tr.em.classes == 3 {
				level.H = figure(tr.em.p[classHousehold][i][l+1])
			}
		}
	}
	m.Provenance = []string{fmt.Sprintf("trained %s on %d proposed and %d random pairs of %d subjects and %d records",
		LabelsInWords(labelledOf(tr.t.Blocked)), pairsOf(tr.t.Blocked), pairsOf(tr.t.Random), tr.c.subjects, sumOf(tr.t.Records))}
	return m
}

// figure rounds a probability to six digits: more would say nothing, and would let two machines' last bits differ.
func figure(p float64) float64 { return figureUpTo(1, max(p, 1e-9)) }

func figureUpTo(most, v float64) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(min(most, v), 'g', 6, 64), 64)
	return rounded
}

func sumOf(list []int64) (sum int64) {
	for _, n := range list {
		sum += n
	}
	return sum
}

// TrainShares keeps a model's m, u and h and estimates known share and household ratio by source alone.
func TrainShares(c *Caseload, given *Model, t *Training) (*Model, *TrainingReport, error) {
	if len(t.Blocked) == 0 {
		return nil, nil, errNoPairs
	}
	tr := newTrainer(c, t, given.Classes)
	tr.given = given
	for i, comparison := range c.Resolve(given).Comparisons {
		tr.take(i, comparison.Levels)
	}
	tr.takeDependences(given)
	tr.solveShares()
	model := *given
	model.KnownShare, model.HouseholdRatio = tr.statedShares()
	model.UnnamedRatio = tr.cautiousRatios(model.HouseholdRatio)
	model.StrangerShare = tr.strangers(model.KnownShare)
	model.Provenance = append(slices.Clone(given.Provenance), fmt.Sprintf("known shares estimated again on %d proposed pairs of %d subjects and %d records",
		pairsOf(t.Blocked), c.subjects, sumOf(t.Records)))
	r := &TrainingReport{Subjects: c.subjects, Pairs: pairsOf(t.Blocked), Labelled: labelledOf(t.Blocked), PriorOnly: true, Converged: tr.sharesSettled()}
	tr.reportShares(r, &model)
	tr.warnUnsettled(r)
	return &model, r, model.Validate()
}

// take sets a comparison's figures to a model's.
func (tr *trainer) take(i int, levels []Level) {
	p := &tr.em.p
	for k := range p {
		p[k][i] = [MaxLevels + 1]float64{1}
	}
	for l, level := range levels {
		p[classMatch][i][l+1], p[classStranger][i][l+1], p[classHousehold][i][l+1] = level.M, level.U, level.H
	}
}
