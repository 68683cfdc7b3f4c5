package matchers

import (
	"fmt"
	"math"
	"slices"
)

// Dependence is what two comparisons say together of a match, beyond what each says alone. Who has moved has another street and
// another ZIP at once: the second tells nothing new, and a sum that takes both counts one move twice. The ratio is the chance
// that a match shows both levels, over the product of each level's own chance; its log2 is added to the weight of every pair
// whose two comparisons have evidence. A model's dependences form a forest, so that the chances of whole patterns sum to 1
// (Chow and Liu, Approximating discrete probability distributions with dependence trees, 1968).
//
// Only matches have a ratio: those among strangers are too rare in a sample of random pairs to be told. The household class
// takes the match's, since its members move alike.
type Dependence struct {
	Comparisons [2]string   `json:"comparisons"`
	Ratio       [][]float64 `json:"ratio"` // by level of the first, then of the second; 1 = they say nothing together
}

// validateDependences gives the faults of a model's dependences, which must be a forest over its comparisons.
func (m *Model) validateDependences() (faults []error) {
	var trees forest
	for _, d := range m.Dependences {
		fault := func(format string, args ...any) {
			faults = append(faults, fmt.Errorf("model: dependence of %s and %s: "+format, append([]any{d.Comparisons[0], d.Comparisons[1]}, args...)...))
		}
		i, j := m.comparison(d.Comparisons[0]), m.comparison(d.Comparisons[1])
		switch {
		case i < 0 || j < 0:
			fault("the model has no such comparison")
			continue
		case !trees.join(i, j):
			fault("it closes a circle")
		case len(d.Ratio) != len(m.Comparisons[i].Levels):
			fault("%d rows, the first comparison has %d levels", len(d.Ratio), len(m.Comparisons[i].Levels))
		}
		for _, row := range d.Ratio {
			if len(row) != len(m.Comparisons[j].Levels) {
				fault("a row of %d, the second comparison has %d levels", len(row), len(m.Comparisons[j].Levels))
			}
			for _, v := range row {
				if !(v > 0) || math.IsInf(v, 0) {
					fault("ratio is %g, must be above 0", v)
				}
			}
		}
	}
	return faults
}

// comparison is the index of a name, -1 where there is none.
func (m *Model) comparison(name string) int {
	for i := range m.Comparisons {
		if m.Comparisons[i].Name == name {
			return i
		}
	}
	return -1
}

// forest keeps which comparisons are joined.
type forest struct{ above [MaxComparisons]int } // above is 1 + the comparison that stands for it, 0 for itself

func (f *forest) root(i int) int {
	for f.above[i] != 0 {
		i = f.above[i] - 1
	}
	return i
}

// join joins two comparisons' trees. It reports false where they are in one already.
func (f *forest) join(i, j int) bool {
	if i, j = f.root(i), f.root(j); i == j {
		return false
	}
	f.above[max(i, j)] = 1 + min(i, j)
	return true
}

// pairWeights is a dependence made ready: its weights by both levels, 0 without evidence.
type pairWeights struct {
	i, j    int
	weights levelWeights
}

type levelWeights [MaxLevels + 1][MaxLevels + 1]int32

// most is the most that the dependence adds to a pattern.
func (d *pairWeights) most() (most int32) {
	for _, row := range d.weights {
		most = max(most, slices.Max(row[:]))
	}
	return most
}

// turned are the weights by j's level and i's.
func (d *pairWeights) turned() *levelWeights {
	var t levelWeights
	for a, row := range d.weights {
		for b, w := range row {
			t[b][a] = w
		}
	}
	return &t
}

func (s *Scorer) weighDependences(m *Model) {
	for _, d := range m.Dependences {
		p := pairWeights{i: m.comparison(d.Comparisons[0]), j: m.comparison(d.Comparisons[1])}
		for a, row := range d.Ratio {
			for b, v := range row {
				p.weights[a+1][b+1] = ratio(v, 1)
			}
		}
		s.dependences = append(s.dependences, p)
		s.mostTogether += p.most()
	}
}

// pairUp notes the comparisons that hang together, for bounds. Left out are those that a weight may do without: our own key, of a disputed
// record, and the number that we asked by.
func (s *Scorer) pairUp() {
	for n := range s.dependences {
		d := &s.dependences[n]
		if without := []int{s.asking.key, s.asking.number}; slices.Contains(without, d.i) || slices.Contains(without, d.j) {
			continue
		}
		s.partners[d.i] = append(s.partners[d.i], partner{of: d.j, most: d.most(), weights: d.turned()})
		s.partners[d.j] = append(s.partners[d.j], partner{of: d.i, most: d.most(), weights: &d.weights})
	}
}

// partner is a dependence as one of its two comparisons sees it: weights by the other's level and its own.
type partner struct {
	of      int
	most    int32
	weights *levelWeights
}

// mostBeside is the most that a comparison can bring beside what its partners in pattern have said, less the most that those
// dependences bring. exact is its S at the first level.
func (s *Scorer) mostBeside(i int, exact int32, pattern Pattern) int32 {
	best, least := int32(0), int32(0)
	for level := 1; level <= s.levels[i]; level++ {
		gain := s.s[i][level]
		if level == 1 {
			gain = exact
		}
		for n := range s.partners[i] {
			p := &s.partners[i][n]
			gain += p.weights[pattern.Level(p.of)][level]
		}
		best = max(best, gain)
	}
	for n := range s.partners[i] {
		if p := &s.partners[i][n]; pattern.Level(p.of) != 0 {
			least += p.most
		}
	}
	return best - least
}

// together is what the dependences add to a pattern's weight.
func (s *Scorer) together(p Pattern) (sum int32) {
	for n := range s.dependences {
		d := &s.dependences[n]
		sum += d.weights[p.Level(d.i)][p.Level(d.j)]
	}
	return sum
}

// whole is a pair's weight before competition: S, of which key and number that we asked by count once, the household's claim, and
// what comparisons say together.
func (s *Scorer) whole(sum int32, pattern Pattern) int32 {
	pattern, taken := s.once(pattern)
	sum += taken
	if s.household {
		sum = withHousehold(sum, s.householdSum(pattern))
	}
	return sum + s.together(pattern)
}
