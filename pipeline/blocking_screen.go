package pipeline

import (
	"cmp"
	"slices"

	"locatematch/matchers"
)

// screening holds the probable pairs of a sample that some candidate of a pool proposes, each with all the candidates that do.
type screening struct {
	records int // of the sample
	words   int // of a pair's bitset
	pairs   []probable
}

// probable is a pair that may be a match.
type probable struct {
	record  int
	subject uint32
	weight  int32
	matches int64 // units, after competition
	rules   []uint64
}

// leastWeight is the weight below which a pair is not kept: one in a thousand. Those below add up to nothing that could be told
// from a model's error.
const leastWeight = -10 * matchers.One

// screen asks every candidate about every sampled record, as many candidates at a time as one index holds.
func (p *pool) screen(candidates []candidate) (*screening, error) {
	h := &screening{records: len(p.sample), words: (len(candidates) + 63) / 64}
	rules := make([][]string, len(candidates))
	for i := range candidates {
		rules[i] = candidates[i].rule
	}
	kept := make([][]probable, len(p.sample))
	for round := range rounds(rules) {
		n, err := p.under(rules[round.from:round.to])
		if err != nil {
			return nil, err
		}
		err = sideBySide(len(p.sample), p.workers, func(_, from, to int) error {
			proposer := matchers.NewProposer(n.caseload.frozen)
			for i := from; i < to; i++ {
				r := &p.sample[i]
				pairs := proposer.Propose(n.extracts[r.extract].scorer, r.values, nil)
				kept[i] = h.keep(kept[i], i, pairs, round.from)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for i := range kept {
		h.settle(kept[i])
		h.pairs = append(h.pairs, kept[i]...)
	}
	return h, nil
}

// keep adds one round's pairs of a record to those of the rounds before; rule r of the round is candidate first+r.
func (h *screening) keep(kept []probable, record int, pairs []matchers.Proposal, first int) []probable {
	for _, pair := range pairs {
		if pair.Weight < leastWeight {
			continue
		}
		at, known := slices.BinarySearchFunc(kept, pair.Subject, func(k probable, s uint32) int { return cmp.Compare(k.subject, s) })
		if !known {
			kept = slices.Insert(kept, at, probable{record: record, subject: pair.Subject, weight: pair.Weight, rules: make([]uint64, h.words)})
		}
		bits := kept[at].rules
		bits[first/64] |= pair.Rules << (first % 64)
		if over := pair.Rules >> (64 - first%64); first%64 != 0 && over != 0 {
			bits[first/64+1] |= over
		}
	}
	return kept
}

// settle lets one record's pairs compete.
func (h *screening) settle(kept []probable) {
	pairs := make([]matchers.Proposal, len(kept))
	for i := range kept {
		pairs[i].Weight = kept[i].weight
	}
	for i, units := range expected(nil, pairs) {
		kept[i].matches = units
	}
}

func (p *probable) has(candidate int) bool { return p.rules[candidate/64]>>(candidate%64)&1 != 0 }

// matches adds up, in units, what any of some candidates finds; nil stands for all.
func (s *screening) matches(candidates []int) (sum int64) {
	set := make([]uint64, s.words)
	for _, c := range candidates {
		set[c/64] |= 1 << (c % 64)
	}
	for i := range s.pairs {
		if candidates == nil || s.pairs[i].hasAny(set) {
			sum += s.pairs[i].matches
		}
	}
	return sum
}
