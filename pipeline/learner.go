package pipeline

import (
	"cmp"
	"container/heap"
	"math/bits"
	"slices"

	"locatematch/matchers"
	"locatematch/sources/person"
)

// The random pairs from which u comes: so many records drawn over the whole night, each compared with subjects drawn without
// looking at it. Two million pairs show a level of one in 17,000 (a birth date) 120 times, within a tenth.
const (
	sampledRecords = 8192
	sampledPairs   = 2_000_000
)

// learner is train's view of one worker: it counts the patterns of proposed pairs, and keeps the sampled records.
type learner struct {
	night    *night
	seed     uint64
	sources  []int // by extract: index of its source
	counter  *matchers.Counter
	standard *standardiser
	all      []int
	sample   sample
	keys     []int   // fields of blocking rules
	records  []int64 // by extract: rows that a rule could ask about
	labels   labels  // nil where nothing is known
	known    []int   // fields that are counted, among the keys and beside them
	further  []int
}

func newLearner(n *night, seed uint64, sources []int, known labels) *learner {
	l := &learner{
		night: n, labels: known, seed: seed, sources: sources, counter: matchers.NewCounter(n.caseload.frozen), standard: newStandardiser(n.plan.Spec),
		keys: matchers.NewProber(n.caseload.frozen).Fields(), records: make([]int64, len(n.extracts)),
	}
	for f := range n.plan.Spec.Fields {
		l.all = append(l.all, f)
	}
	if n.frequencies != nil {
		for _, f := range n.frequencies.values.Fields() {
			if slices.Contains(l.keys, f) {
				l.known = append(l.known, f)
			} else {
				l.further = append(l.further, f)
			}
		}
	}
	return l
}

// counts reports whether the rows of an extract are of the population.
func (l *learner) counts(e int) bool {
	return l.night.frequencies != nil && l.night.frequencies.counted[e]
}

// sees counts names and places, and the rows that have a value in some blocking field. The known share is a share of these:
// the others (of an answer that does not pass our key back, say) are nobody's evidence, and the prior of those that speak is
// not theirs.
func (l *learner) sees(e int, values []matchers.Value) {
	if l.counts(e) {
		for _, f := range l.known {
			l.night.frequencies.values.Add(f, values[f].Std, 1)
		}
	}
	for _, f := range l.keys {
		if values[f].Num != 0 || len(values[f].Std) != 0 {
			l.records[e]++
			return
		}
	}
}

// count is called in the scorer's place.
func (l *learner) count(at place, values []matchers.Value, rules uint64, own uint32) int {
	var label func(uint32) matchers.Label
	if l.labels != nil {
		label = func(subject uint32) matchers.Label { return l.labels(at, own, subject) }
	}
	return l.counter.Record(l.sources[at.extract], values, rules, own, label)
}

// record is not called: a counter gets no scores.
func (l *learner) record(int, []byte, []matchers.Scored) {}

// row keeps the record when its number is among the lowest so far. The number is a hash of seed and place, so the sample is
// the same for any number of workers and any chunk size.
func (l *learner) row(e, file int, rows *person.Rows, row int) {
	if l.counts(e) && len(l.further) > 0 {
		l.standard.row(l.night.extracts[e].binding, rows, row, l.further)
		for _, f := range l.further {
			l.night.frequencies.values.Add(f, l.standard.values[f].Std, 1)
		}
	}
	number := scramble(scramble(l.seed, uint64(e)<<32|uint64(file)), uint64(rows.Lines[row]))
	if !l.sample.takes(number) {
		return
	}
	l.standard.row(l.night.extracts[e].binding, rows, row, l.all)
	values := slices.Clone(l.standard.values)
	for i := range values {
		values[i].Std = slices.Clone(values[i].Std)
	}
	own := l.night.own(l.night.extracts[e].binding, rowsWithLine{rows}, row)
	l.sample.keep(sampledRecord{number: number, extract: e, file: file, line: rows.Lines[row], values: values, own: own})
}

// scramble mixes two numbers into one that looks random; fixed for ever (I8).
func scramble(a, b uint64) uint64 {
	high, low := bits.Mul64(a^0x9E3779B97F4A7C15, b^0xD6E8FEB86659FD93)
	x := high ^ low
	x ^= x >> 32
	x *= 0xA0761D6478BD642F
	return x ^ x>>29
}

// sampledRecord is a record drawn for random pairs.
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

// takes reports whether a record of this number can be among the lowest.
func (s sample) takes(number uint64) bool { return len(s) < sampledRecords || number <= s[0].number }

func (s *sample) keep(r sampledRecord) {
	heap.Push(s, r)
	if len(*s) > sampledRecords {
		heap.Pop(s)
	}
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

// add takes another worker's counts and sample over.
func (l *learner) add(o *learner) {
	l.counter.Add(o.counter)
	for _, r := range o.sample {
		l.sample.keep(r)
	}
}

// compare counts the patterns of the sampled records with random subjects: all of them, where there are few enough.
func (l *learner) compare(sample sample) {
	slices.SortFunc(sample, byNumber)
	everyone := len(l.night.caseload.subjects)
	tries := (sampledPairs + len(sample) - 1) / max(1, len(sample))
	subjects := make([]uint32, 0, min(tries, everyone))
	for _, r := range sample {
		subjects = subjects[:0]
		for i := range min(tries, everyone) {
			if tries < everyone {
				high, _ := bits.Mul64(scramble(r.number, uint64(i)+1), uint64(everyone))
				i = int(high)
			}
			subjects = append(subjects, uint32(i))
		}
		l.counter.Random(l.sources[r.extract], r.values, subjects, r.own)
	}
}
