package matchers

import "locatematch/matchers/text"

// Explain takes the weight of the record and a subject apart, whether or not a rule proposes the pair. The record is
// matched again for its competition, and the parts are those that Match adds up: their sum is Match's weight exactly (I5).
func (m *Matcher) Explain(values []Value, subject uint32) Explanation {
	claims := m.rivals(values)
	e := Explanation{Subject: subject, Prior: m.s.prior}
	e.Rules = m.prober.proposes(subject)
	e.Rule = firstRule(e.Rules)
	m.record.fill(values)
	for _, g := range m.c.plan.order {
		m.explainGroup(&e, g, values)
	}
	weight := e.Prior
	for _, part := range e.Parts {
		weight += part.S + part.Frequency
	}
	once, taken := m.s.once(e.Pattern)
	e.Asked = taken
	weight += taken
	if m.s.household {
		e.HouseholdPrior, e.HouseholdSum = m.s.priorOfHousehold(once), m.s.householdSum(once)
		e.Household = withHousehold(weight, e.HouseholdSum) - weight
	}
	weight += e.Household + m.explainDependences(&e, once)
	if d, disputed := m.Dispute(); disputed {
		e.Dispute = &d
	}
	m.explainCompetition(&e, claims, weight)
	return e
}

// explainDependences lists what comparisons say together, and gives the sum.
func (m *Matcher) explainDependences(e *Explanation, pattern Pattern) (sum int32) {
	spec := m.c.plan.spec
	for n := range m.s.dependences {
		d := &m.s.dependences[n]
		a, b := pattern.Level(d.i), pattern.Level(d.j)
		if a == 0 || b == 0 {
			continue
		}
		part := TogetherPart{Comparisons: [2]string{spec.Comparisons[d.i].Name, spec.Comparisons[d.j].Name}, Together: d.weights[a][b]}
		e.Dependences = append(e.Dependences, part)
		sum += part.Together
	}
	return sum
}

// rivals matches the record, every pair kept, and gives the claims at or above review.
func (m *Matcher) rivals(values []Value) []Rival {
	if len(m.Match(values, Options{KeepAll: true})) == 0 {
		m.claims.settle()
	}
	return m.claims.strong
}

func (m *Matcher) explainGroup(e *Explanation, g int, values []Value) {
	group := &m.c.plan.groups[g]
	o := m.compareGroup(g, e.Subject)
	e.Pattern |= o.pattern
	var gain int32
	for _, i := range group.comparisons {
		part := m.part(i, &o, m.c.table.row(g, e.Subject, o.set))
		part.Sets = m.c.table.sets(g, e.Subject)
		part.Record, part.Caseload = m.validities(i, values, e.Subject, o.set)
		gain += part.S + part.Frequency
		e.Parts = append(e.Parts, part)
	}
	if price := m.s.choicePrice(o.sets, gain); price != 0 {
		e.Parts = append(e.Parts, Part{Group: group.name, S: -price, Sets: o.sets, Set: o.set, Record: text.Valid, Caseload: text.Valid})
	}
}

// part is one comparison's share in the chosen set.
func (m *Matcher) part(i int, o *outcome, set []uint32) Part {
	p := &m.c.plan.comparisons[i]
	group := &m.c.plan.groups[p.group]
	level := o.pattern.Level(i)
	part := Part{
		Comparison: m.c.plan.spec.Comparisons[i].Name, Group: group.name, Level: level, LevelName: "no evidence",
		S: m.s.s[i][level], H: m.s.h[i][level], Set: o.set,
	}
	if level > 0 {
		part.LevelName = p.levels[level-1].name
	}
	if level == 1 && m.s.frequency[i] != nil {
		part.Frequency = m.frequency(i, set)
	}
	for _, straight := range group.straight {
		part.Suppressed = part.Suppressed || straight == i && o.pattern.Level(group.crossed) != 0
	}
	return part
}

// validities give the reason where there is no evidence: the worse of a comparison's two fields, on either side.
func (m *Matcher) validities(i int, values []Value, subject uint32, set int) (record, caseload text.Validity) {
	p := &m.c.plan.comparisons[i]
	record, caseload = m.validity(p.a, values, subject, set)
	if p.b >= 0 {
		r, c := m.validity(p.b, values, subject, set)
		record, caseload = min(record, r), min(caseload, c)
	}
	return record, caseload
}

func (m *Matcher) validity(field int, values []Value, subject uint32, set int) (record, caseload text.Validity) {
	state := m.c.table.state(&m.c.plan.fields[field], field, subject, set)
	return values[field].Validity, text.Validity(state)
}

func (m *Matcher) explainCompetition(e *Explanation, claims []Rival, weight int32) {
	others, rival := m.claims.against(e.Subject, weight) // a subject that no rule proposes is no claim, but meets them all
	e.Competition = -LogSum(0, others)
	e.Margin = weight - max(rival, m.s.review)
	e.Total = weight + e.Competition
	for _, claim := range claims {
		if claim.Subject != e.Subject {
			e.Rivals = append(e.Rivals, claim)
		}
	}
}
