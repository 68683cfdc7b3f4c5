package pipeline

import (
	"math/bits"
	"slices"

	"locatematch/matchers"
	"locatematch/sources/person"
)

// The random pairs from which u comes: so many records drawn over the whole night, each compared with subjects drawn without
// looking at it. A million pairs show a level of one in 17,000 (a birth date) 60 times, within an eighth: a sixth of a bit.
const (
	sampledRecords = 8192
	sampledPairs   = 1_000_000
)

// learner is train's view of one worker: it counts the patterns of proposed pairs, and keeps the sampled records.
type learner struct {
	night   *night
	sources []int // by extract: index of its source
	counter *matchers.Counter
	*sampler
	keys    []int   // fields of blocking rules
	records []int64 // by extract: rows that a rule could ask about
	labels  labels  // nil where nothing is known
	known   []int   // fields that are counted, among the keys and beside them
	further []int
	rivals  *contenders // nil where no repeat ratio is to be learnt
}

func newLearner(n *night, seed uint64, sources []int, known labels) *learner {
	l := &learner{
		night: n, labels: known, sources: sources, counter: matchers.NewCounter(n.caseload.frozen), sampler: newSampler(n, seed, sampledRecords),
		keys: matchers.NewProber(n.caseload.frozen).Fields(), records: make([]int64, len(n.extracts)),
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
func (l *learner) count(at place, values []matchers.Value, keys []matchers.Key, own uint32) int {
	var label func(uint32) matchers.Label
	if l.labels != nil {
		label = func(subject uint32) matchers.Label { return l.labels(at, own, subject) }
	}
	pairs := l.counter.Record(l.sources[at.extract], values, keys, own, label)
	if pairs > 0 && l.rivals != nil {
		l.rivals.take(at.extract, values, l.counter.Subjects())
	}
	return pairs
}

// record is not called: a counter gets no scores.
func (l *learner) record(int, []byte, []matchers.Scored) {}

// row counts the names and places that no rule asks for, and offers the row to the sample.
func (l *learner) row(e, file int, rows *person.Rows, row int) {
	if l.counts(e) && len(l.further) > 0 {
		l.standard.row(l.night.extracts[e].binding, rows, row, l.further)
		for _, f := range l.further {
			l.night.frequencies.values.Add(f, l.standard.values[f].Std, 1)
		}
	}
	l.sampler.row(e, file, rows, row)
}

// sampleOf puts the learners' samples together.
func sampleOf(learners []*learner) []sampledRecord {
	for _, l := range learners[1:] {
		learners[0].sampler.add(l.sampler)
	}
	return learners[0].drawn()
}

// add takes over what another worker counted and kept.
func (l *learner) add(o *learner) {
	l.counter.Add(o.counter)
	if l.rivals != nil {
		l.rivals.add(o.rivals)
	}
}

// compareSample counts the patterns of the sampled records with random subjects, every learner those of its share of them.
func compareSample(learners []*learner, sample []sampledRecord) error {
	tries := (sampledPairs + len(sample) - 1) / max(1, len(sample))
	var tasks []func() error
	for i, l := range learners {
		from, to := i*len(sample)/len(learners), (i+1)*len(sample)/len(learners)
		tasks = append(tasks, func() error {
			l.compare(sample[from:to], tries)
			return nil
		})
	}
	return together(tasks...)
}

// compare counts the patterns of records with so many random subjects each: all of them, where there are few enough.
func (l *learner) compare(sample []sampledRecord, tries int) {
	everyone := len(l.night.caseload.subjects)
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
