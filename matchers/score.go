package matchers

import "math/bits"

// outcome is what comparing one group with a subject gives.
type outcome struct {
	pattern Pattern
	set     int // the chosen one
	sets    int // value sets that gave any evidence
}

// compareGroup compares the record with a subject in one group.
func (m *Matcher) compareGroup(g int, subject uint32) outcome {
	group := &m.c.plan.groups[g]
	return m.chooseSet(g, group.comparisons, group.crossed, subject)
}

// chooseSet compares the record with each of the subject's value sets in a group and chooses the best by its points, the
// first of equals. Points are constants of the levels, so the choice depends on the two records alone (I4).
func (m *Matcher) chooseSet(g int, comparisons []int, crossed int, subject uint32) (best outcome) {
	table := &m.c.table
	most := int32(0)
	for set := range table.sets(g, subject) {
		pattern, points := m.compareSet(g, comparisons, crossed, table.row(g, subject, set))
		if pattern == 0 {
			continue
		}
		if best.sets++; best.sets == 1 || points > most {
			best.pattern, best.set, most = pattern, set, points
		}
	}
	return best
}

// compareSet compares one value set. Where given and family name agree better exchanged than in their own places, the
// exchange is the evidence, and the straight comparisons say nothing: one fact counts once.
func (m *Matcher) compareSet(g int, comparisons []int, crossed int, row []uint32) (pattern Pattern, points int32) {
	plan := m.c.plan
	for _, i := range comparisons {
		if i == crossed {
			continue
		}
		if level := m.record.level(i, row); level != 0 {
			pattern |= Pattern(level) << (4 * i)
			points += plan.comparisons[i].levels[level-1].points
		}
	}
	if crossed < 0 {
		return pattern, points
	}
	p := &plan.comparisons[crossed]
	level := m.record.crossed(p, row)
	if level == 0 {
		return pattern, points
	}
	worth := p.levels[level-1].points
	straight := pattern
	for _, i := range plan.groups[g].straight {
		if l := pattern.Level(i); l != 0 {
			worth -= plan.comparisons[i].levels[l-1].points
			straight = straight.With(i, 0)
		}
	}
	if worth > 0 {
		return straight.With(crossed, int(level)), points + worth
	}
	return pattern, points
}

// score compares the record with one candidate, group by group, and keeps the pair if it can reach the review weight.
// Weight holds the pair's weight before competition. What is ahead bounds S, and S bounds the weight: household and
// competition only take away, and what comparisons say together is bounded. So stopping early loses no pair that would have been kept,
// nor one that would have been but for a returned key (dispute.go).
func (m *Matcher) score(candidate Candidate, keepAll bool) {
	table := &m.c.table
	at := int(candidate.Subject) * table.stride
	subject := table.rows[at : at+table.stride : at+table.stride]
	sum, held, kept := m.s.prior, false, keepAll
	var pattern Pattern
	for i := range m.steps {
		step := &m.steps[i]
		if !kept && !step.held && int64(sum)+int64(step.ahead)+int64(m.s.mostTogether) < int64(m.limit) {
			return
		}
		if step.pending {
			if !kept && !step.held && int64(sum)+int64(m.aheadWith(i, subject, pattern)) < int64(m.limit) {
				return
			}
			m.approach(i, subject)
			m.settle(i)
			step = &m.steps[i]
			if !kept && !step.held && int64(sum)+int64(step.ahead)+int64(m.s.mostTogether) < int64(m.limit) {
				return
			}
		}
		found, gain := m.scoreStep(step, candidate.Subject, subject)
		pattern |= found
		sum += gain
		held = held || step.held && m.holds(&m.c.plan.groups[step.group], found)
		kept = kept || held || m.keyed && found.Level(m.c.plan.key) == 1
	}
	weight := m.s.whole(sum, pattern)
	kept = kept || weight >= m.s.review
	if m.keyed {
		own := m.s.withoutKey(sum, pattern, m.c.plan.key)
		if kept = kept || own.weight >= m.s.review; kept {
			m.own = append(m.own, own)
		}
	}
	if kept {
		m.scored = append(m.scored, Scored{Subject: candidate.Subject, Rule: candidate.Rule, Held: held, Pattern: pattern, Weight: weight})
	}
}

// scoreStep compares one group and adds up its S, the price of choosing among value sets included. row is the subject's
// own row, where the one set lies that most groups have.
func (m *Matcher) scoreStep(step *step, subject uint32, row []uint32) (pattern Pattern, gain int32) {
	if row[0]>>(step.group%32)&1 != 0 {
		o := m.chooseSet(step.group, step.comparisons, step.crossed, subject)
		if o.pattern == 0 {
			return 0, 0
		}
		gain = m.sum(o.pattern, m.c.table.row(step.group, subject, o.set))
		return o.pattern, gain - m.s.choicePrice(o.sets, gain)
	}
	set := row[step.base : step.base+step.stride]
	if i := step.only; i >= 0 {
		level := m.record.level(i, set)
		gain = m.s.s[i][level]
		if level == 1 && m.s.frequency[i] != nil {
			gain += m.frequency(i, set)
		}
		return Pattern(level) << (4 * i), gain
	}
	pattern, _ = m.compareSet(step.group, step.comparisons, step.crossed, set)
	return pattern, m.sum(pattern, set)
}

// holds reports whether a comparison of the group that holds pairs is at its best level.
func (m *Matcher) holds(group *groupPlan, pattern Pattern) bool {
	for _, i := range group.comparisons {
		if m.c.plan.comparisons[i].hold && pattern.Level(i) == 1 {
			return true
		}
	}
	return false
}

// sum adds up S over the comparisons of one group's value set.
func (m *Matcher) sum(pattern Pattern, set []uint32) (sum int32) {
	for rest := uint64(pattern); rest != 0; {
		i := bits.TrailingZeros64(rest) / 4
		level := rest >> (4 * i) & 15
		rest &^= 15 << (4 * i)
		sum += m.s.s[i&15][level]
		if level == 1 && m.s.frequency[i] != nil {
			sum += m.frequency(i, set)
		}
	}
	return sum
}

// frequency is what the value's own frequency adds to an exact agreement.
func (m *Matcher) frequency(i int, set []uint32) int32 {
	return m.s.frequency[i][set[m.c.plan.fields[m.c.plan.comparisons[i].a].word]]
}

// choicePrice is what the chance of agreeing with the best of n value sets takes: log2(n), but never more than the set's
// evidence is worth, so that an alias cannot turn agreement into disagreement.
func (s *Scorer) choicePrice(sets int, gain int32) int32 {
	if sets < 2 || gain <= 0 {
		return 0
	}
	return min(gain, s.choice[min(sets, maxChoice)])
}

// priorOfHousehold is the prior of H for a pattern.
func (s *Scorer) priorOfHousehold(pattern Pattern) int32 {
	if s.naming.names(pattern) {
		return s.householdPrior
	}
	return s.unnamedPrior
}

// householdSum adds up H over a whole pattern.
func (s *Scorer) householdSum(pattern Pattern) int32 {
	sum := s.priorOfHousehold(pattern)
	for rest := uint64(pattern); rest != 0; {
		i := bits.TrailingZeros64(rest) / 4
		sum += s.h[i][rest>>(4*i)&15]
		rest &^= 15 << (4 * i)
	}
	return sum
}
