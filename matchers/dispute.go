package matchers

// A record that came back under one subject's key may be another's: the supplier looked our inquiry up and found somebody else, or
// our number is not this subject's. So where a record returns the key of a subject on the caseload, all pairs are weighed without
// the key too, by what the supplier itself says. The record is in dispute when those values are likelier another subject's than the
// key's, and would bring that subject to review: a faint resemblance disputes nothing. Which of two people's they are is asked against strangers
// alone: that somebody else of a home could have them speaks against a subject, and not for one who lives elsewhere.

// Dispute is a record whose returned key is one subject's, and whose other values are another's. Weights do not hold it: whoever
// publishes links does.
type Dispute struct {
	Keyed uint32 // whose key came back
	Best  uint32 // whom the record's own values fit best
}

// Dispute tells whom the last Match's record is in dispute between; false where the record has no key of the caseload's, and where
// the key's subject is also the best by the other values, or nearly nobody is.
func (m *Matcher) Dispute() (Dispute, bool) { return m.dispute, m.disputed }

// keyOf is the comparison of a spec that compares our own key, -1 where there is none.
func keyOf(comparisons []comparisonPlan) int {
	for i := range comparisons {
		if comparisons[i].id == kindKey {
			return i
		}
	}
	return -1
}

// beginDispute says whether the record at hand has a key of the caseload's, and so may be disputed, and sets the weight that a pair's
// bound may not stay below: of a record with a key, one that would reach review but for the key.
func (m *Matcher) beginDispute(own uint32) {
	m.disputed, m.own, m.limit = false, m.own[:0], m.s.review
	if m.keyed = own == 0 && m.c.plan.key >= 0 && m.record.knownKey(m.c.plan.key); m.keyed {
		key := m.c.plan.key
		m.limit += min(0, m.s.s[key][m.c.plan.comparisons[key].last])
	}
}

// knownKey reports that the record's key is one that some subject has.
func (r *record) knownKey(comparison int) bool {
	v := &r.fields[r.comparisons[comparison].a]
	switch {
	case v.pending:
		return true // as far as anybody knows
	case v.plan.numeric:
		return v.num != 0
	}
	return v.code != 0 && int(v.code) <= v.column.distinct()
}

// unkeyed is what a keyed record's other values say of a pair: S, by which people are compared, and the weight before competition.
type unkeyed struct{ sum, weight int32 }

// withoutKey takes the key out of a pair's S.
func (s *Scorer) withoutKey(sum int32, pattern Pattern, key int) unkeyed {
	sum -= s.s[key][pattern.Level(key)]
	return unkeyed{sum: sum, weight: s.whole(sum, pattern.With(key, 0))}
}

// settleDispute compares what the scored pairs weigh without the key. Of equals the key's subject is the best.
func (m *Matcher) settleDispute() {
	if !m.keyed {
		return
	}
	keyed, best := -1, -1
	for i, own := range m.own {
		if m.scored[i].Pattern.Level(m.c.plan.key) == 1 && (keyed < 0 || own.sum > m.own[keyed].sum) {
			keyed = i
		}
		if own.weight < m.s.review { // where scoring stopped early, it is not even here
			continue
		}
		if best < 0 || own.sum > m.own[best].sum || own.sum == m.own[best].sum && m.scored[i].Subject < m.scored[best].Subject {
			best = i
		}
	}
	if keyed >= 0 && best >= 0 && m.own[best].sum > m.own[keyed].sum {
		m.dispute, m.disputed = Dispute{Keyed: m.scored[keyed].Subject, Best: m.scored[best].Subject}, true
		for i := range m.scored {
			m.scored[i].Disputed = true
		}
	}
}
