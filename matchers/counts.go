package matchers

import (
	"cmp"
	"fmt"
	"maps"
	"math/bits"
	"slices"
)

// PatternCount says how many pairs of one source have a pattern and were proposed by exactly these rules. Counts of patterns
// are all that training needs to know of an extract: EM never sees a pair.
type PatternCount struct {
	Source  int    // index into Training.Sources
	Rules   uint64 // bit r: rule r proposes the pair; 0 for a random pair
	Pattern Pattern
	Label   Label
	Pairs   int64
}

// Label is what is known of a pair, from truth or from a person's judgement.
type Label uint8

// The labels. Whether a fact about the person was good is no label: it says nothing about who the record is about.
const (
	Unlabelled Label = iota
	Same             // the record is about the subject
	Different        // it is about somebody else: a stranger, or another person of the household
)

// allows reports whether a pair of this label may be of a class.
func (l Label) allows(class int) bool {
	switch l {
	case Same:
		return class == classMatch
	case Different:
		return class != classMatch
	}
	return true
}

// patternKey is what a PatternCount counts by.
type patternKey struct {
	source  int
	rules   uint64
	pattern Pattern
	label   Label
}

// Counter counts the patterns of proposed and of random pairs. It belongs to one worker; the counts of several add up,
// and integers add up to the same in any order (I8).
type Counter struct {
	m       *Matcher
	pairs   proposed
	blocked patternTally
	random  patternTally
}

// NewCounter makes a worker's counter. It needs no model: a pattern depends on its two records alone (I4).
func NewCounter(c *Caseload) *Counter {
	return &Counter{m: NewMatcher(c, nil), pairs: newProposed(c), blocked: newPatternTally(), random: newPatternTally()}
}

// Record counts every pair that some rule proposes for a record, and gives their number. keys and own are as in
// Options; label, where given, says what is known of the record and a subject.
func (k *Counter) Record(source int, values []Value, keys []Key, own uint32, label func(subject uint32) Label) (pairs int) {
	m := k.m
	if !m.prober.resume(values, keys) {
		return 0
	}
	subjects := k.pairs.list(m, own)
	if len(subjects) == 0 {
		return 0
	}
	m.approachAll(subjects)
	m.record.fill(values)
	for _, subject := range subjects {
		key := patternKey{source: source, rules: k.pairs.take(subject), pattern: m.patternOf(subject)}
		if label != nil {
			key.label = label(subject)
		}
		k.blocked.add(key, 1)
	}
	return len(subjects)
}

// Subjects lists those whom the rules proposed for the last record, in no order. It is valid until the next.
func (k *Counter) Subjects() []uint32 { return k.pairs.subjects }

// touchedAtOnce subjects are looked at before they are compared: a few lines each, which the first-level cache holds.
const touchedAtOnce = 64

// Random counts the pairs of a record with subjects drawn without looking at it; own is as in Options.
func (k *Counter) Random(source int, values []Value, subjects []uint32, own uint32) {
	k.m.record.fill(values)
	for some := range slices.Chunk(subjects, touchedAtOnce) {
		k.m.approachAll(some)
		for _, subject := range some {
			if subject+1 != own {
				k.random.add(patternKey{source: source, pattern: k.m.patternOf(subject)}, 1)
			}
		}
	}
}

// Add takes another worker's counts over.
func (k *Counter) Add(o *Counter) {
	for key, n := range o.blocked.all() {
		k.blocked.add(key, n)
	}
	for key, n := range o.random.all() {
		k.random.add(key, n)
	}
}

// Blocked gives the counts of proposed pairs, sorted.
func (k *Counter) Blocked() []PatternCount { return sortedCounts(k.blocked.all()) }

// RandomPairs gives the counts of random pairs, sorted.
func (k *Counter) RandomPairs() []PatternCount { return sortedCounts(k.random.all()) }

func sortedCounts(counts map[patternKey]int64) []PatternCount {
	list := make([]PatternCount, 0, len(counts))
	for _, key := range slices.SortedFunc(maps.Keys(counts), byPlace) {
		list = append(list, PatternCount{Source: key.source, Rules: key.rules, Pattern: key.pattern, Label: key.label, Pairs: counts[key]})
	}
	return list
}

func byPlace(a, b patternKey) int {
	return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.rules, b.rules), cmp.Compare(a.pattern, b.pattern), cmp.Compare(a.label, b.label))
}

// pairsOf adds counts up.
func pairsOf(counts []PatternCount) (pairs int64) {
	for _, n := range counts {
		pairs += n.Pairs
	}
	return pairs
}

// labelledOf counts the pairs that have a label.
func labelledOf(counts []PatternCount) (pairs int64) {
	for _, n := range counts {
		if n.Label != Unlabelled {
			pairs += n.Pairs
		}
	}
	return pairs
}

// LabelsInWords says how many labels a training had.
func LabelsInWords(pairs int64) string {
	if pairs == 0 {
		return "without labels"
	}
	return fmt.Sprintf("with %d labelled pairs", pairs)
}

// proposals is how many rules propose the average pair.
func proposals(counts []PatternCount) float64 {
	var rules int64
	for _, n := range counts {
		rules += n.Pairs * int64(bits.OnesCount64(n.Rules))
	}
	return float64(rules) / float64(max(1, pairsOf(counts)))
}
