package clerical

import (
	"cmp"
	"container/heap"
	"slices"
)

// MaxSample is the largest sample that can be drawn: far beyond what people judge, and small enough to be held in memory.
const MaxSample = 10_000

// Pair is one compared pair: where its record stands, and what a reviewer is shown of it.
type Pair struct {
	Number    uint64 // random, and a pair's own: what is drawn depends on it alone
	SubjectID string
	Extract   string
	Source    string // what kind of file the record is from
	File      string
	Line      int64
	RecordID  string
	Weight    float64  // bits
	Values    []string // by column of the sheet
}

// Sampler sees every pair and keeps those that a sample may need. Samplers of the same strata and size add up.
type Sampler struct {
	strata []Stratum
	size   int
	pairs  [][]int64 // by stratum, by extract
	stated []uint64  // by stratum: sum of stated probabilities, in whole 2^-30, so that sums do not depend on order
	kept   []lowest  // by stratum

	Protected int64 // pairs left out to keep protected persons out of the sample; the caller counts them
}

// NewSampler makes a sampler for a sample of the given size, over so many extracts.
func NewSampler(strata []Stratum, size, extracts int) *Sampler {
	s := &Sampler{strata: strata, size: size, stated: make([]uint64, len(strata)), kept: make([]lowest, len(strata))}
	for range strata {
		s.pairs = append(s.pairs, make([]int64, extracts))
	}
	return s
}

const statedUnit = 1 << 30

// Offer shows the sampler one pair, and calls describe only when the pair may be drawn: few are. extract counts from 0; the
// probability is the one that the weight states.
func (s *Sampler) Offer(extract int, number uint64, weight, probability float64, describe func() Pair) {
	h := stratumOf(s.strata, weight)
	s.pairs[h][extract]++
	s.stated[h] += uint64(probability * statedUnit)
	if k := s.kept[h]; len(k) < s.size || number <= k[0].Number {
		p := describe()
		p.Number, p.Weight = number, weight
		s.keep(h, p)
	}
}

func (s *Sampler) keep(stratum int, p Pair) {
	k := &s.kept[stratum]
	heap.Push(k, p)
	if len(*k) > s.size {
		heap.Pop(k)
	}
}

// Add takes over what another sampler has seen.
func (s *Sampler) Add(o *Sampler) {
	s.Protected += o.Protected
	for h := range s.strata {
		for e, n := range o.pairs[h] {
			s.pairs[h][e] += n
		}
		s.stated[h] += o.stated[h]
		for _, p := range o.kept[h] {
			s.keep(h, p)
		}
	}
}

// drawn gives the pairs of the sample by stratum, the lowest numbers first.
func (s *Sampler) drawn() [][]Pair {
	totals := make([]int64, len(s.strata))
	for h := range s.strata {
		totals[h] = sum(s.pairs[h])
	}
	sample := make([][]Pair, len(s.strata))
	for h, n := range allocate(s.size, s.strata, totals) {
		all := slices.SortedFunc(slices.Values(s.kept[h]), byNumber)
		sample[h] = all[:n]
	}
	return sample
}

func sum(counts []int64) (total int64) {
	for _, n := range counts {
		total += n
	}
	return total
}

func byNumber(a, b Pair) int {
	return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Extract, b.Extract), cmp.Compare(a.File, b.File),
		cmp.Compare(a.Line, b.Line), cmp.Compare(a.SubjectID, b.SubjectID))
}

// lowest keeps the pairs with the lowest numbers: a heap, the highest first.
type lowest []Pair

// Len, Less, Swap, Push and Pop make it a heap.
func (l lowest) Len() int           { return len(l) }
func (l lowest) Less(i, j int) bool { return byNumber(l[i], l[j]) > 0 }
func (l lowest) Swap(i, j int)      { l[i], l[j] = l[j], l[i] }

// Push is heap's.
func (l *lowest) Push(x any) { *l = append(*l, x.(Pair)) }

// Pop is heap's.
func (l *lowest) Pop() any {
	last := (*l)[len(*l)-1]
	*l = (*l)[:len(*l)-1]
	return last
}
