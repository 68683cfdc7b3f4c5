package matchers

import "math"

// The classes of a pair. A model of two classes leaves the household out.
const (
	classMatch = iota
	classStranger
	classHousehold
	allClasses
)

// figures are the probabilities of every level by class: [class][comparison][level], level 0 = no evidence. No evidence
// has probability 1 in every class: a missing value says nothing. A sparse comparison (crossed names) is evidence only when
// it agrees, so its level 0 has what the others leave.
type figures [allClasses][MaxComparisons][MaxLevels + 1]float64

// pass is what one rule proposed in one source, seen without the comparisons on the rule's own fields: on those the
// pairs agree because they were chosen to, and m would be overrated (Winkler's and Splink's passes). What is left out
// enters through the pass's own shares of the classes.
type pass struct {
	rule, source int
	used         []int   // comparisons that say something about m here
	seen         Pattern // all bits of those
	others       []int   // where it sees nothing of one person's own: the comparisons of such things that it does not use
	patterns     []Pattern
	labels       []Label // of each pattern
	pairs        []float64
	total        float64
	share        [allClasses]float64 // free: the pass's own
}

// em fits m and h on all passes at once: one composite likelihood; m and h are shared, the shares of the classes are
// free in every pass, u is fixed.
// A pair that three rules propose takes part in three passes; weighing it down would favour pairs that few rules find, and
// those are the ones with errors.
type em struct {
	classes int
	levels  []int  // of each comparison
	sparse  []bool // of each comparison
	p       figures
	stated  figures // pseudo-counts are shares of these
	bounds  [][]bound
	joint   []*jointLevels // of comparisons that go together among matches
	passes  []*pass
	sums    figures // expected pairs by class, comparison and level, of one round
	moved   float64 // the largest change of a share in that round
}

// pseudoPairs is how many expected pairs the stated (built-in) figures count as in every comparison and class: a level that no
// match shows keeps a probability above 0, and a comparison that no pass can judge keeps what is stated.
const pseudoPairs = 10

// A fit has converged when no probability and no share changes by more than this in a round (three-class recipe, step 6).
const settled = 1e-5

// mostRounds bounds a fit. Trials took 20 to 90 rounds.
const mostRounds = 500

// fit is what a run of EM came to.
type fit struct {
	rounds     int
	change     float64 // the largest, in the last round
	likelihood float64 // composite, penalised: what EM never lowers
	data       float64 // the same without pseudo-counts
}

func (f fit) converged() bool { return f.change < settled }

// run repeats E and M steps until nothing moves. watch, where given, is told the likelihood before each round.
func (e *em) run(watch func(likelihood float64)) (f fit) {
	for f.rounds < mostRounds {
		penalty := e.penalty()
		f.data = e.expect()
		f.likelihood = f.data + penalty
		if watch != nil {
			watch(f.likelihood)
		}
		f.rounds++
		if f.change = max(e.moved, e.maximise()); f.converged() {
			break
		}
	}
	return f
}

// expect is the E step: how many pairs of each class show each level, and the log-likelihood of the passes.
func (e *em) expect() (likelihood float64) {
	e.sums, e.moved = figures{}, 0
	for _, d := range e.joint {
		clear(d.sums[:])
	}
	for _, p := range e.passes {
		var shares [allClasses]float64
		for n, pattern := range p.patterns {
			odds, sum := e.likelihoods(p.used, pattern, p.labels[n], p.share)
			e.divide(p, pattern, &odds)
			likelihood += p.pairs[n] * math.Log(sum)
			for k := range e.classes {
				part := p.pairs[n] * odds[k] / sum
				shares[k] += part
				if k != classStranger { // a stranger's u is never learnt from pairs that were chosen for agreeing
					e.credit(k, p.used, pattern, part)
				}
				if k == classMatch {
					e.creditJoint(p.seen, pattern, part)
				}
			}
		}
		for k := range e.classes {
			next := (shares[k] + 1) / (p.total + float64(e.classes)) // one pair each: no share reaches 0
			e.moved = max(e.moved, math.Abs(next-p.share[k]))
			p.share[k] = next
		}
	}
	return likelihood
}

// divide shares what is no stranger's out between match and household where the pass sees nothing of one person's own: by a
// surname and a door alone the two cannot be told apart, and any division would fit as well. What the rule agreed on divides
// them: it was chosen to agree, but for both alike.
func (e *em) divide(p *pass, pattern Pattern, odds *[allClasses]float64) {
	if e.classes < allClasses || len(p.others) == 0 {
		return
	}
	match, member := odds[classMatch], odds[classHousehold]
	known, all := match+member, 0.0
	for _, i := range p.others {
		level := pattern.Level(i)
		match *= e.p[classMatch][i][level]
		member *= e.p[classHousehold][i][level]
	}
	if all = match + member; all > 0 {
		odds[classMatch], odds[classHousehold] = known*match/all, known*member/all
	}
}

// likelihoods gives share times likelihood of a pattern in each class that its label allows, and their sum.
func (e *em) likelihoods(used []int, pattern Pattern, label Label, share [allClasses]float64) (odds [allClasses]float64, sum float64) {
	odds = share
	var seen Pattern
	for _, i := range used {
		level := pattern.Level(i)
		seen = seen.With(i, level)
		for k := range e.classes {
			odds[k] *= e.p[k][i][level]
		}
	}
	for _, d := range e.joint {
		odds[classMatch] *= d.ratio[seen.Level(d.i)][seen.Level(d.j)]
	}
	for k := range e.classes {
		if odds[k] = max(odds[k], 1e-300); !label.allows(k) {
			odds[k] = 0
		}
		sum += odds[k]
	}
	return odds, sum
}

func (e *em) credit(k int, used []int, pattern Pattern, part float64) {
	for _, i := range used {
		e.sums[k][i][pattern.Level(i)] += part
	}
}

// penalty is the log-density of the pseudo-counts.
func (e *em) penalty() (sum float64) {
	for k := range e.classes {
		for i := range e.levels {
			if k == classStranger {
				continue
			}
			for l := range e.p[k][i] {
				if stated := e.stated[k][i][l]; stated > 0 && e.counts(i, l) {
					sum += pseudoPairs * stated * math.Log(e.p[k][i][l])
				}
			}
		}
	}
	for _, p := range e.passes {
		for k := range e.classes {
			sum += math.Log(p.share[k])
		}
	}
	return sum
}

// counts reports whether a level is an outcome of the comparison: level 0 is one of sparse comparisons only.
func (e *em) counts(comparison, level int) bool {
	return level > 0 && level <= e.levels[comparison] || level == 0 && e.sparse[comparison]
}

// maximise is the M step. It gives the largest change of a probability. The shares were set by expect.
func (e *em) maximise() (change float64) {
	for k := range e.classes {
		if k == classStranger {
			continue
		}
		for i, last := range e.levels {
			change = max(change, e.maximiseOne(k, i, last))
		}
	}
	return max(change, e.maximiseJoint())
}

func (e *em) maximiseOne(k, i, last int) (change float64) {
	var next [MaxLevels + 1]float64
	total := 0.0
	for l := 0; l <= last; l++ {
		if e.counts(i, l) {
			next[l] = e.sums[k][i][l] + pseudoPairs*e.stated[k][i][l]
			total += next[l]
		}
	}
	for l := 0; l <= last; l++ {
		if e.counts(i, l) {
			next[l] /= total
		}
	}
	if k == classHousehold {
		keepWithin(next[:last+1], e.bounds[i])
	}
	for l := 0; l <= last; l++ {
		if e.counts(i, l) {
			change = max(change, math.Abs(next[l]-e.p[k][i][l]))
			e.p[k][i][l] = next[l]
		}
	}
	return change
}
