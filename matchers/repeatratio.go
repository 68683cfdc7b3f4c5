package matchers

import (
	"math"
	"slices"
)

// RepeatCount learns a source's repeat ratio from its links, subject by subject, without labels: how many pairs of records
// of one subject there are, against what chance gives. Chance is what the prior says: every record falls on every subject
// alike, so that n matches in all among N subjects make n*n/2N pairs. Where some subjects have far more records than others
// there are more pairs than that, and the ratio is 1: several are normal.
//
// Pairs are counted by their probability, and that depends on the ratio: of two records that claim a subject, each likely,
// both are the subject's only as far as the source repeats people. So both are solved by EM from 1 downwards. A count of
// probabilities as they stand took every pair of a true and a doubtful claim for a repeat.
type RepeatCount struct {
	subjects int
	scale    float64        // how many times as many subjects the caseload has
	single   float64        // expected matches of subjects with one link
	several  []subjectLinks // of the others
}

// subjectLinks says of a subject's links, each taken alone, what they come to.
type subjectLinks struct {
	matches float64 // expected
	pairs   float64 // expected pairs of matches
	one     float64 // chance that exactly one is a match
	few     float64 // chance of one or none
}

// RepeatEstimate is a repeat ratio with what it rests on.
type RepeatEstimate struct {
	Ratio   float64
	Matches float64 // expected
	Pairs   float64 // expected pairs of records of one subject
	Chance  float64 // what chance gives
}

// mostPresent bounds a present share: it is an estimate, and above .95 a hundredth more of it would raise every weight of the
// source by a third of a bit and more.
const mostPresent = .95

// NewRepeatCount begins the count of one source among so many subjects, a sample of all those of the caseload or they themselves.
// Pairs are then told, and weighed against the pseudo-count, as they come to for everybody.
func NewRepeatCount(subjects, all int) *RepeatCount {
	return &RepeatCount{subjects: subjects, scale: float64(all) / float64(max(1, subjects))}
}

// Add counts all links of one subject in the source, by their weights before the subject's competition.
func (c *RepeatCount) Add(weights []int32) {
	if len(weights) == 1 {
		c.single += Probability(weights[0])
		return
	}
	sorted := slices.Clone(weights)
	slices.Sort(sorted) // sums of floating point depend on their order (I8)
	l := subjectLinks{few: 1}
	for _, w := range sorted {
		p, q := Probability(w), 1/(1+math.Exp2(Bits(w)))
		l.pairs += float64(p * l.matches)
		l.matches += p
		l.one, l.few = float64(l.one*q)+float64((l.few-l.one)*p), float64(l.few*q)+float64((l.few-l.one)*p)
	}
	c.several = append(c.several, l)
}

// repeatPrior is the ratio's pseudo-count: it is drawn towards 1, no competition, as if chance had given ten pairs and ten had
// been seen. A source with few links keeps nearly 1.
const repeatPrior = 10

// Solve gives the repeat ratio, between 0 and 1.
func (c *RepeatCount) Solve() RepeatEstimate {
	const rounds, settled = 10_000, 1e-7
	e := RepeatEstimate{Ratio: 1}
	for range rounds {
		matches, pairs := c.expect(e.Ratio)
		e.Matches, e.Pairs = float64(matches*c.scale), float64(pairs*c.scale)
		e.Chance = float64(matches*matches) / float64(2*max(1, c.subjects)) * c.scale
		before := e.Ratio
		e.Ratio = min(1, (repeatPrior+e.Pairs)/(repeatPrior+e.Chance))
		if math.Abs(e.Ratio-before) <= settled*before {
			break
		}
	}
	e.Ratio = figureUpTo(1, e.Ratio)
	return e
}

// expect gives the expected matches and pairs of matches at a ratio: every set of two or more of a subject's links has ratio
// times the odds that it would have if they did not compete.
func (c *RepeatCount) expect(ratio float64) (matches, pairs float64) {
	matches = c.single
	for i := range c.several {
		l := &c.several[i]
		all := ratio + float64((1-ratio)*l.few)
		pairs += ratio * l.pairs / all
		matches += (l.one + float64(ratio*(l.matches-l.one))) / all
	}
	return matches, pairs
}

// SetRepeats takes the repeat ratios that were counted, by source, into a trained model and its report. A source whose share is
// stated, since its pairs show one comparison alone, keeps its repeat ratio too: its weights are not learnt.
func (r *TrainingReport) SetRepeats(m *Model, counts map[string]*RepeatCount) {
	ratios, present := map[string]float64{}, map[string]float64{}
	for i := range r.Sources {
		s := &r.Sources[i]
		count := counts[s.Source]
		if count == nil || s.Stated {
			continue
		}
		e := count.Solve()
		s.RepeatRatio, s.Repeats, s.ByChance = e.Ratio, e.Pairs, e.Chance
		ratios[s.Source] = e.Ratio
		present[s.Source] = figureUpTo(mostPresent, e.Matches/float64(r.Subjects))
	}
	if len(ratios) > 0 {
		m.RepeatRatio, m.PresentShare = ratios, present
	}
}
