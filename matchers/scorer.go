package matchers

import "math"

// Scorer is a model made ready for one source and one caseload: integer weights for every level. It is immutable and
// shared by workers.
type Scorer struct {
	household      bool
	prior          int32 // of S: log2 of known share over subjects, over what is Absent and over the Stranger
	householdPrior int32 // of H: log2 of matches over household members' records
	unnamedPrior   int32 // the same where nothing compared is one person's own
	accept, review int32
	s, h           [MaxComparisons][MaxLevels + 1]int32
	top            [MaxComparisons]int32   // the most S that a comparison can bring, frequency included
	topFuzzy       [MaxComparisons]int32   // the same without the first level
	frequency      [MaxComparisons][]int32 // by subject's code: added to S at the first level
	choice         [maxChoice + 1]int32    // log2(n): the price of choosing among n value sets
	naming         naming
	asking         asking
	dependences    []pairWeights
	mostTogether   int32 // the most that the dependences add to a pattern
	partners       [MaxComparisons][]partner
	levels         [MaxComparisons]int
}

// maxChoice value sets and more cost the same.
const maxChoice = 64

// NewScorer resolves a model's weights for a caseload. share is the plan's known share for the source: the part of the
// extract's rows that are people of the caseload. It panics when the model does not fit the caseload's spec; Check says
// why with an error.
func NewScorer(c *Caseload, m *Model, share float64) *Scorer {
	if err := m.fits(c.plan.spec); err != nil {
		panic(err)
	}
	m = c.Resolve(m)
	lambda := min(.999, max(1e-9, share)/float64(max(c.subjects, 1)))
	s := &Scorer{household: m.Classes == 3, asking: c.plan.asking, accept: fromBits(m.Accept), review: fromBits(m.Review)}
	s.prior = ratio(lambda, (1-lambda)*m.Absent(DefaultSource)*m.Stranger(DefaultSource))
	if s.household {
		s.householdPrior, s.unnamedPrior = ratio(1, m.Household(DefaultSource)), ratio(1, m.Unnamed(DefaultSource))
		s.naming = c.plan.naming
	}
	for i := range m.Comparisons {
		s.weigh(i, m.Comparisons[i].Levels)
		s.weighValues(c, m, i)
	}
	s.weighDependences(m)
	s.pairUp()
	for n := 2; n <= maxChoice; n++ {
		s.choice[n] = fromBits(math.Log2(float64(n)))
	}
	return s
}

func (s *Scorer) weigh(i int, levels []Level) {
	s.levels[i] = len(levels)
	for l, level := range levels {
		w := ratio(level.M, level.U)
		s.s[i][l+1] = w
		if l > 0 {
			s.topFuzzy[i] = max(s.topFuzzy[i], w)
		}
		if s.household {
			s.h[i][l+1] = ratio(level.M, level.H)
		}
	}
	s.top[i] = max(s.topFuzzy[i], s.s[i][1])
}

// weighValues sets the frequency adjustments: the exact level's average chance replaced by the value's own, in the population
// where the model has it, else on the caseload.
func (s *Scorer) weighValues(c *Caseload, m *Model, i int) {
	p := &c.plan.comparisons[i]
	if !p.frequency {
		return
	}
	kind := comparisonKinds[c.plan.spec.Comparisons[i].Kind]
	counts, holders := c.valueCounts(m, i)
	average := m.Comparisons[i].Levels[0].U
	adjust := make([]int32, len(counts))
	for code := 1; code < len(adjust); code++ {
		adjust[code] = ratio(average, valueChance(counts[code], holders, kind))
		s.top[i] = max(s.top[i], s.s[i][1]+adjust[code])
	}
	s.frequency[i] = adjust
}

// Prior is the weight of a pair before any evidence.
func (s *Scorer) Prior() int32 { return s.prior }

// Accept and Review are the model's thresholds.
func (s *Scorer) Accept() int32 { return s.accept }

// Review is the weight from which a pair is kept.
func (s *Scorer) Review() int32 { return s.review }

// Household reports whether the third class is used.
func (s *Scorer) Household() bool { return s.household }
