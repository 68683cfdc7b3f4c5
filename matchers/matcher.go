package matchers

import (
	"cmp"
	"slices"
)

// Options of one Match.
type Options struct {
	// Keys are those of an Ask about the same values, for a caller that asked before; nil: nobody asked yet.
	Keys []Key
	// KeepAll keeps every blocked pair and never stops early: for evaluate and train. It changes no weight.
	KeepAll bool
	// Own is set where a caseload is linked with itself: the number, plus one, of the subject that the record is. That pair is
	// left out, and subjects do not compete for the record, for it is already somebody's.
	Own uint32
	// Late gives the values that no blocking rule asks for, when a comparison first wants one; nil: all values are there. Most
	// pairs are done with before anybody asks for an address.
	Late Late
	// Alone leaves out the subjects' competition for the record, to measure what it adds.
	Alone bool
}

// Late is a record whose other values have not been brought to standard form yet.
type Late interface {
	Written(field int) bool // something stands there: it may turn out to be no value
	Value(field int) *Value // in standard form; it holds until the next record
}

// Matcher takes one record after another from values to scored pairs. It belongs to one worker; in steady state it
// allocates nothing.
type Matcher struct {
	c           *Caseload
	s           *Scorer
	prober      *Prober
	record      *record
	candidates  []Candidate
	scored      []Scored
	claims      claims
	outcompeted int
	steps       []step    // of the record at hand
	bounds      bounds    // what steps begin as
	settled     []step    // steps, once something pending has come
	compared    [][]int   // the comparisons of settled, step by step
	touched     uint32    // nobody reads it; see approach
	keyed       bool      // the record returns a subject's key; see dispute.go
	limit       int32     // below which no pair is of interest
	own         []unkeyed // of a keyed record's scored pairs
	dispute     Dispute
	disputed    bool
}

// NewMatcher makes a worker's matcher.
func NewMatcher(c *Caseload, s *Scorer) *Matcher {
	m := &Matcher{c: c, s: s, prober: NewProber(c)}
	m.record = newRecord(c, m.prober)
	m.claims.settle()
	return m
}

// Prober is the matcher's own prober, for a worker that wants one set of caches.
func (m *Matcher) Prober() *Prober { return m.prober }

// Match takes one record from values, indexed by field, to its pairs: block, compare, score, compete. Kept are the pairs at
// or above the review weight and the held ones, best first, ties by subject. The slice is valid until the next call.
func (m *Matcher) Match(values []Value, opt Options) []Scored {
	m.scored, m.candidates, m.outcompeted, m.disputed = m.scored[:0], m.candidates[:0], 0, false
	if !m.prober.resume(values, opt.Keys) {
		return m.scored
	}
	m.candidates = withoutOwn(m.prober.Candidates(m.candidates), opt.Own)
	if len(m.candidates) == 0 {
		return m.scored
	}
	m.record.fillEarly(values, opt.Late, !opt.KeepAll)
	m.bound()
	m.beginDispute(opt.Own)
	for _, candidate := range m.candidates {
		m.score(candidate, opt.KeepAll)
	}
	m.settleDispute()
	m.outcompeted = m.reaching()
	if opt.Own == 0 && !opt.Alone {
		m.compete()
	}
	m.outcompeted -= m.reaching()
	if !opt.KeepAll {
		m.scored = slices.DeleteFunc(m.scored, func(p Scored) bool { return p.Weight < m.s.review && !p.Held })
	}
	slices.SortFunc(m.scored, bestFirst)
	return m.scored
}

func withoutOwn(candidates []Candidate, own uint32) []Candidate {
	if own == 0 {
		return candidates
	}
	return slices.DeleteFunc(candidates, func(c Candidate) bool { return c.Subject == own-1 })
}

// reaching counts the scored pairs at or above the review weight.
func (m *Matcher) reaching() (n int) {
	for i := range m.scored {
		if m.scored[i].Weight >= m.s.review {
			n++
		}
	}
	return n
}

// Pairs is how many pairs the last Match compared, kept or not.
func (m *Matcher) Pairs() int { return len(m.candidates) }

// Claims are the subjects that claimed the last Match's record: at or above the review weight before they competed, best
// first. The slice is valid until the next call; it says nothing where Match gave no pair, or subjects did not compete.
func (m *Matcher) Claims() []Rival { return m.claims.strong }

// Outcompeted is how many pairs of the last Match fell below the review weight by competition alone.
func (m *Matcher) Outcompeted() int { return m.outcompeted }

// bestFirst is the order of a record's pairs.
func bestFirst(a, b Scored) int {
	return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Subject, b.Subject))
}

// Compare gives the pattern of the record with any subject, proposed or not: for samples of random pairs.
func (m *Matcher) Compare(values []Value, subject uint32) Pattern {
	m.record.fill(values)
	return m.patternOf(subject)
}

// patternOf compares the record at hand with a subject.
func (m *Matcher) patternOf(subject uint32) (pattern Pattern) {
	table := &m.c.table
	at := int(subject) * table.stride
	row := table.rows[at : at+table.stride : at+table.stride]
	for _, g := range m.c.plan.order {
		group := &m.c.plan.groups[g]
		switch {
		case row[0]>>(g%32)&1 != 0:
			pattern |= m.compareGroup(g, subject).pattern
		case len(group.comparisons) == 1 && group.crossed < 0:
			i := group.comparisons[0]
			pattern |= Pattern(m.record.level(i, row[group.base:group.base+group.stride])) << (4 * i)
		default:
			found, _ := m.compareSet(g, group.comparisons, group.crossed, row[group.base:group.base+group.stride])
			pattern |= found
		}
	}
	return pattern
}
