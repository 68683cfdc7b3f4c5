package pipeline

// finalists picks candidates for the pass that counts them exactly, the first own of them in any case. Three greedy covers of
// the sample's probable pairs share what is left, each with its own idea of a rule's price: its pairs; its pairs and as many
// again as there are records, for rules that find much at once; and nothing, for those that find what all others miss.
// Here a candidate's own pairs are its price, for what it shares with others is not known before that pass.
func finalists(s *screening, candidates []candidate, own, most int) []int {
	own = min(own, most)
	chosen, order := make([]bool, len(candidates)), make([]int, 0, most)
	for i := range own {
		chosen[i], order = true, append(order, i)
	}
	for i, probe := range []int64{1, int64(s.records), 1 << 40} {
		g, upTo := newScreenGreedy(s, candidates, probe), own+(most-own)*(i+1)/3
		for len(order) < upTo {
			next := g.next()
			if next < 0 {
				break
			}
			if !chosen[next] {
				chosen[next], order = true, append(order, next)
			}
		}
	}
	return order
}

// screenGreedy covers probable pairs candidate by candidate.
type screenGreedy struct {
	s          *screening
	candidates []candidate
	probe      int64
	found      [][]int32 // by candidate: its probable pairs
	covered    []bool
	gain       []int64 // by candidate: what it would add, or added when last looked at; it only falls
	taken      []bool
}

func newScreenGreedy(s *screening, candidates []candidate, probe int64) *screenGreedy {
	g := &screenGreedy{
		s: s, candidates: candidates, probe: probe, found: make([][]int32, len(candidates)), covered: make([]bool, len(s.pairs)),
		gain: make([]int64, len(candidates)), taken: make([]bool, len(candidates)),
	}
	for i := range s.pairs {
		for c := range candidates {
			if s.pairs[i].has(c) {
				g.found[c] = append(g.found[c], int32(i))
				g.gain[c] += s.pairs[i].matches
			}
		}
	}
	return g
}

// next takes the candidate with the most new matches for its price, -1 when none adds anything. Gains only fall as pairs are
// covered, so one that was behind when last looked at need not be looked at again (Minoux, 1978).
func (g *screenGreedy) next() int {
	for {
		best := -1
		for c := range g.candidates {
			if !g.taken[c] && g.gain[c] > 0 && (best < 0 || better(g.gain[c], g.price(c), g.gain[best], g.price(best))) {
				best = c
			}
		}
		if best < 0 {
			return -1
		}
		fresh := g.fresh(best)
		if fresh == g.gain[best] {
			g.take(best)
			return best
		}
		g.gain[best] = fresh
	}
}

func (g *screenGreedy) price(c int) int64 { return g.candidates[c].pairs + g.probe }

func (g *screenGreedy) fresh(c int) (gain int64) {
	for _, i := range g.found[c] {
		if !g.covered[i] {
			gain += g.s.pairs[i].matches
		}
	}
	return gain
}

func (g *screenGreedy) take(c int) {
	g.taken[c] = true
	for _, i := range g.found[c] {
		g.covered[i] = true
	}
}
