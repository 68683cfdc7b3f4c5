package matchers

import (
	"fmt"
	"math"
	"strings"
)

// Limits of the warnings.
const (
	littleInformation = .1  // bits: what the average match gains below this is lost in rounding
	sameThing         = .5  // correlation of two comparisons' bits within a class
	fewForCorrelation = 100 // pairs
	fewMatches        = 100 // the smallest night tried had 154
)

// warn names what a reader should look at, each with its remedy.
func (tr *trainer) warn(r *TrainingReport) {
	add := func(kind, about, remedy, says string, args ...any) {
		r.Warnings = append(r.Warnings, TrainingWarning{Kind: kind, About: about, Says: fmt.Sprintf(says, args...), Remedy: remedy})
	}
	tr.warnUnsettled(r)
	matches := 0.0
	for _, s := range tr.shares {
		matches += s.match * s.pairs
	}
	if matches < fewMatches {
		add("few matches", "the night", "train on more extracts or a larger caseload, or keep the built-in model",
			"%.0f matches are expected: too few for these figures, and fewer than any trial had", matches)
	}
	for i := range r.Comparisons {
		tr.warnComparison(i, &r.Comparisons[i], add)
	}
	tr.warnAlike(add)
	tr.warnUnnamed(add)
}

// warnUnsettled says truthfully that something had not settled when its rounds ran out.
func (tr *trainer) warnUnsettled(r *TrainingReport) {
	if !r.Converged {
		r.Warnings = append(r.Warnings, TrainingWarning{
			Kind: "not converged", About: "the fit",
			Says:   fmt.Sprintf("u, m and shares had not all settled: after %d rounds of EM a figure still moved by %.1g", tr.fit.rounds, tr.fit.change),
			Remedy: "train on more records, or leave out a comparison that is warned about below",
		})
	}
}

type adder func(kind, about, remedy, says string, args ...any)

func (tr *trainer) warnComparison(i int, c *ComparisonReport, add adder) {
	matches := 0.0
	var noMatch, noStranger []string
	for _, level := range c.Levels {
		matches += level.Matches
		if level.Matches < 1 {
			noMatch = append(noMatch, level.Name)
		}
		if level.Random < 1 {
			noStranger = append(noStranger, level.Name)
		}
	}
	sparse := tr.kinds[i].sparse
	switch {
	case !tr.isJudged(i):
		add("not trained", c.Name, "add a blocking rule without its fields", "every rule uses its fields: its m stays as stated")
	case matches < pseudoPairs && !sparse:
		add("never compared", c.Name, "look whether the extracts fill the field; if not, leave the comparison out",
			"hardly any match has a value on both sides: its m stays as stated")
	}
	const more = "none needed; where the level matters, train on more records"
	if len(noMatch) > 0 && matches >= pseudoPairs {
		add("level never observed", c.Name, more, "no match shows %s: m is what %d matches at the stated figures would leave it",
			strings.Join(noMatch, ", "), pseudoPairs)
	}
	if len(noStranger) > 0 {
		add("level never observed", c.Name, more, "no random pair of strangers shows %s: u is drawn to the closed form as if it had shown %d, and not below its kind's floor",
			strings.Join(noStranger, ", "), statedHits)
	}
	if c.Information < littleInformation && !sparse {
		add("no information", c.Name, "leave it out, or look whether the layout reads the right column", "the average match gains %.2f bits by it", c.Information)
	}
	if first := c.Levels[0]; first.M < first.U {
		add("m below u", c.Name, "look whether caseload and extract mean the same by the field",
			"matches agree (%.3g) less often than strangers (%.3g)", first.M, first.U)
	}
}

func (tr *trainer) isJudged(comparison int) bool {
	for _, p := range tr.em.passes {
		for _, i := range p.used {
			if i == comparison {
				return true
			}
		}
	}
	return false
}

// moments of two comparisons' bits.
type moments struct{ n, x, y, xx, yy, xy float64 }

func (m *moments) add(weight, x, y float64) {
	m.n += weight
	m.x, m.y = m.x+weight*x, m.y+weight*y
	m.xx, m.yy, m.xy = m.xx+weight*x*x, m.yy+weight*y*y, m.xy+weight*x*y
}

func (m *moments) correlation() float64 {
	if m.n < fewForCorrelation {
		return 0
	}
	varX, varY := m.xx/m.n-m.x*m.x/(m.n*m.n), m.yy/m.n-m.y*m.y/(m.n*m.n)
	if varX < 1e-9 || varY < 1e-9 {
		return 0
	}
	return (m.xy/m.n - m.x*m.y/(m.n*m.n)) / math.Sqrt(varX*varY)
}

// warnAlike names pairs of comparisons that say the same thing. Where no dependence joins them, the model adds their bits as if
// each were news.
func (tr *trainer) warnAlike(add adder) {
	for _, p := range tr.alike() {
		names := tr.c.plan.spec.Comparisons[p.i].Name + " and " + tr.c.plan.spec.Comparisons[p.j].Name
		if tr.isJoint(p.i, p.j) && p.strangers < sameThing {
			add("go together", names, "none needed; look whether one comparison of both fields says more",
				"their bits go together among matches (correlation %.2f): the model weighs them as a pair (dependences)", p.match)
			continue
		}
		add("say the same", names, "leave one out, or compare both fields in one comparison",
			"their bits go together (correlation %.2f among matches, %.2f among strangers) and are counted twice", p.match, p.strangers)
	}
}

// moments sums bits over the pairs of a class, for every two comparisons that both have evidence.
func (tr *trainer) moments(counts []PatternCount, class int) (all [MaxComparisons][MaxComparisons]moments) {
	used := tr.allComparisons()
	for _, n := range counts {
		odds, sum := tr.em.likelihoods(used, n.Pattern, n.Label, tr.shares[n.Source].classes())
		weight := float64(n.Pairs) * odds[class] / sum
		for i := range tr.kinds {
			for j := i + 1; j < len(tr.kinds) && n.Pattern.Level(i) != 0; j++ {
				if n.Pattern.Level(j) != 0 {
					all[i][j].add(weight, tr.bits(i, n.Pattern.Level(i)), tr.bits(j, n.Pattern.Level(j)))
				}
			}
		}
	}
	return all
}

func (tr *trainer) bits(i, level int) float64 {
	return math.Log2(tr.em.p[classMatch][i][level] / tr.em.p[classStranger][i][level])
}

// warnUnnamed names the sources whose household ratio could not be learnt.
func (tr *trainer) warnUnnamed(add adder) {
	for source, part := range tr.unnamed() {
		if part > manyUnnamed && !tr.bare(source) {
			add("names nobody", tr.t.Sources[source], "have the links of such records reviewed, or give them an extract and source of their own",
				"%.0f %% of the expected matches show no given name, birth date or SSN, and may be any member of the household: their household ratio is at least the stated one",
				100*part)
		}
	}
}
