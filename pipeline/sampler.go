package pipeline

import (
	"cmp"
	"container/heap"
	"math/bits"
	"slices"

	"locatematch/matchers"
	"locatematch/sources/person"
)

// sampler is one worker's part of a sample of a night's rows: those with the lowest numbers, a hash of seed and place, so
// that the sample is the same for any number of workers and any chunk size.
type sampler struct {
	night    *night
	seed     uint64
	most     int
	standard *standardiser
	all      []int
	kept     sample
}

func newSampler(n *night, seed uint64, most int) *sampler {
	s := &sampler{night: n, seed: seed, most: most, standard: newStandardiser(n.plan.Spec)}
	for f := range n.plan.Spec.Fields {
		s.all = append(s.all, f)
	}
	return s
}

// row keeps a row with its standard values when its number is among the lowest so far.
func (s *sampler) row(e, file int, rows *person.Rows, row int) {
	number := scramble(scramble(s.seed, uint64(e)<<32|uint64(file)), uint64(rows.Lines[row]))
	if len(s.kept) >= s.most && number > s.kept[0].number {
		return
	}
	s.standard.row(s.night.extracts[e].binding, rows, row, s.all)
	values := slices.Clone(s.standard.values)
	for i := range values {
		values[i].Std = slices.Clone(values[i].Std)
	}
	own := s.night.own(s.night.extracts[e].binding, rowsWithLine{rows}, row)
	s.keep(sampledRecord{number: number, extract: e, file: file, line: rows.Lines[row], values: values, own: own})
}

func (s *sampler) keep(r sampledRecord) {
	switch {
	case len(s.kept) < s.most:
		heap.Push(&s.kept, r)
	case byNumber(r, s.kept[0]) < 0:
		s.kept[0] = r
		heap.Fix(&s.kept, 0)
	}
}

// add takes another worker's part over.
func (s *sampler) add(o *sampler) {
	for _, r := range o.kept {
		s.keep(r)
	}
}

// drawn gives the sample in the order of its numbers.
func (s *sampler) drawn() []sampledRecord {
	slices.SortFunc(s.kept, byNumber)
	return s.kept
}

// scramble mixes two numbers into one that looks random; fixed for ever (I8).
func scramble(a, b uint64) uint64 {
	high, low := bits.Mul64(a^0x9E3779B97F4A7C15, b^0xD6E8FEB86659FD93)
	x := high ^ low
	x ^= x >> 32
	x *= 0xA0761D6478BD642F
	return x ^ x>>29
}

// sampledRecord is a record of the sample, in standard form.
type sampledRecord struct {
	number        uint64
	extract, file int
	line          int64
	values        []matchers.Value
	own           uint32 // as in matchers.Options
}

// sample keeps the records with the lowest numbers: a heap, the highest first.
type sample []sampledRecord

func byNumber(a, b sampledRecord) int {
	return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.extract, b.extract), cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
}

// Len, Less, Swap, Push and Pop make it a heap.
func (s sample) Len() int           { return len(s) }
func (s sample) Less(i, j int) bool { return byNumber(s[i], s[j]) > 0 }
func (s sample) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

// Push is heap's.
func (s *sample) Push(x any) { *s = append(*s, x.(sampledRecord)) }

// Pop is heap's.
func (s *sample) Pop() any {
	last := (*s)[len(*s)-1]
	*s = (*s)[:len(*s)-1]
	return last
}
