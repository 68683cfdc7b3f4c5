package matchers

import "slices"

// step is a group that the record has values for, in the order of comparing.
type step struct {
	group       int
	base        int   // the group's first set in a subject's row
	stride      int   //
	comparisons []int // those that the record has values for
	only        int   // the one comparison, where there is but one and nothing can be crossed; else -1
	crossed     int   // -1 none, or the record lacks one of the names
	held        bool  // must be compared before scoring may stop
	pending     bool  // some value of it has not been asked for
	most        int32 // the most S that it can bring
	ahead       int32 // and all later groups with it
}

// presence says which of the used values a record has, and which of those are pending, bit by bit.
type presence struct{ present, pending uint64 }

// bounds are the steps of records, by which values these have: until something pending comes, the rest of a record says nothing of
// what its groups can bring.
type bounds struct {
	s     *Scorer
	steps map[presence][]step
	at    presence // of the last record
	last  []step   // and its steps; nil before the first
}

// mostPresences bounds what is remembered: a file of a dozen fields, each missing at times, has some hundreds.
const mostPresences = 1 << 10

// bound lists the groups that the record has values for, with the most that each can bring.
func (m *Matcher) bound() {
	b, at := &m.bounds, presence{m.record.present, m.record.pending}
	if b.s != m.s {
		*b = bounds{s: m.s, steps: map[presence][]step{}}
	}
	if b.last == nil || at != b.at {
		steps, known := b.steps[at]
		if !known {
			if len(b.steps) == mostPresences {
				clear(b.steps)
			}
			steps = m.listSteps()
			b.steps[at] = steps
		}
		b.at, b.last = at, steps
	}
	m.steps = b.last
}

func (m *Matcher) listSteps() []step {
	plan := m.c.plan
	steps := []step{}
	for at, g := range plan.order {
		s := step{group: g, base: plan.groups[g].base, stride: plan.groups[g].stride, held: at < plan.held}
		if m.boundGroup(&s, nil, false); len(s.comparisons) > 0 || s.crossed >= 0 {
			steps = append(steps, s)
		}
	}
	lookAhead(steps)
	return steps
}

// lookAhead adds up what each step and all behind it can bring.
func lookAhead(steps []step) {
	ahead := int32(0)
	for at := len(steps) - 1; at >= 0; at-- {
		ahead += steps[at].most
		steps[at].ahead = ahead
	}
}

// boundGroup bounds what a group can bring: the best level of each comparison that the record has a value for.
// What a value's own code says counts only where known is set. The comparisons lie in into.
func (m *Matcher) boundGroup(s *step, into []int, known bool) {
	var straight int32
	group := &m.c.plan.groups[s.group]
	s.comparisons, s.only, s.crossed, s.most, s.pending = into, -1, -1, 0, false
	for _, f := range group.fields {
		s.pending = s.pending || m.record.fields[f].pending
	}
	for _, i := range group.comparisons {
		switch {
		case !m.record.has(i):
			continue
		case m.c.plan.comparisons[i].id == kindCrossed:
			s.crossed = i
			continue
		}
		s.comparisons = append(s.comparisons, i)
		best := m.s.top[i]
		if known {
			best = m.record.most(m.s, i)
		}
		best = max(0, best)
		s.most += best
		if slices.Contains(group.straight, i) {
			straight += best
		}
	}
	switch {
	case s.crossed >= 0:
		s.most += max(0, m.s.top[s.crossed]-straight) // it stands in for the straight ones, it is not added to them
	case len(s.comparisons) == 1:
		s.only = s.comparisons[0]
	}
}

// settle asks for the pending values of a step, and bounds it anew: what turned out to be missing, or to be nobody's, can bring
// less than was feared.
func (m *Matcher) settle(i int) {
	if &m.steps[0] == &m.bounds.last[0] { // other records begin with these
		m.settled = append(m.settled[:0], m.steps...)
		m.steps = m.settled
	}
	for len(m.compared) <= i {
		m.compared = append(m.compared, nil)
	}
	s := &m.steps[i]
	m.record.want(&m.c.plan.groups[s.group])
	m.boundGroup(s, m.compared[i][:0], true)
	m.compared[i] = s.comparisons
	lookAhead(m.steps)
}

// most is the greatest S that a comparison can bring this record: a value's own frequency is known before any subject
// is, and a code that the caseload does not have can agree with nobody exactly, save by another spelling of a name.
func (r *record) most(s *Scorer, i int) int32 {
	v := &r.fields[r.c.plan.comparisons[i].a]
	switch {
	case v.pending || v.plan.numeric || r.c.plan.comparisons[i].b >= 0 && r.c.plan.comparisons[i].id != kindGiven:
		return s.top[i]
	case int(v.code) <= v.column.distinct():
		if s.frequency[i] == nil {
			return s.top[i]
		}
		return max(s.topFuzzy[i], s.s[i][1]+s.frequency[i][v.code])
	case joins(v.plan.kind):
		return s.top[i]
	}
	return s.topFuzzy[i]
}

// has reports whether the record has a value that the comparison could use.
func (r *record) has(comparison int) bool {
	p := &r.c.plan.comparisons[comparison]
	a := r.fields[p.a].present()
	if p.b < 0 {
		return a
	}
	if p.id == kindCrossed {
		return a || r.fields[p.b].present()
	}
	if p.id == kindGiven {
		return a
	}
	return a || r.fields[p.b].present()
}

func (v *recordField) present() bool {
	if v.pending {
		return true // as far as anybody knows
	}
	if v.plan.numeric {
		return v.num != 0
	}
	return v.code != 0
}
