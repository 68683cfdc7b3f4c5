package pipeline

import (
	"container/heap"
	"slices"

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
	s.keep(sampledRecord{number: number, extract: e, file: file, line: rows.Lines[row], values: values})
}

func (s *sampler) keep(r sampledRecord) {
	heap.Push(&s.kept, r)
	if len(s.kept) > s.most {
		heap.Pop(&s.kept)
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
