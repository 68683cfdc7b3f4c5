package matchers

// Ceiling is the most that agreement can weigh for one subject: what a record would weigh that repeats everything known of
// the subject. A subject whose ceiling is below a threshold cannot reach it, whoever the record's supplier is.
type Ceiling struct {
	Weight  int32
	Lacking []Lack // in the order of Spec.Comparisons
}

// Lack is a comparison that the subject has no value for, in none of its value sets.
type Lack struct {
	Comparison int   // index into Spec.Comparisons
	Weight     int32 // the ceiling if the value were known and agreed exactly, at the average frequency
}

// Ceiling compares a subject with itself, in the fields that has allows: a supplier that has no SSN repeats none. Of several
// value sets the one that weighs most is repeated, and pays its price. Competition and blocking are left out. It is no bound
// on every weight: an error may weigh more than agreement on a common value.
func (m *Matcher) Ceiling(subject uint32, has []bool) Ceiling {
	c := ceiler{m: m, subject: subject, has: has, values: make([]Value, len(m.c.plan.fields))}
	sum, pattern := m.s.prior, Pattern(0)
	groups := make([]ownGroup, len(m.c.plan.groups))
	for _, g := range m.c.plan.order {
		groups[g] = c.group(g)
		sum += groups[g].gain
		pattern |= groups[g].pattern
	}
	out := Ceiling{Weight: m.s.whole(sum, pattern)}
	for i := range m.c.plan.comparisons {
		if !c.lacks(i) {
			continue
		}
		own := &groups[m.c.plan.comparisons[i].group]
		gain := own.agreement + m.s.s[i][1] - m.s.s[i][pattern.Level(i)]
		gain -= m.s.choicePrice(own.sets, gain)
		out.Lacking = append(out.Lacking, Lack{Comparison: i, Weight: m.s.whole(sum-own.gain+gain, pattern.With(i, 1))})
	}
	return out
}

// ceiler compares one subject with itself.
type ceiler struct {
	m       *Matcher
	subject uint32
	has     []bool
	values  []Value
}

// ownGroup is what one group brings.
type ownGroup struct {
	outcome
	agreement int32 // before the price of choosing
	gain      int32
}

// group repeats each of the subject's value sets in turn, and keeps the one that weighs most.
func (c *ceiler) group(g int) (best ownGroup) {
	for set := range c.m.c.table.sets(g, c.subject) {
		c.repeat(g, set)
		own := ownGroup{outcome: c.m.compareGroup(g, c.subject)}
		if own.pattern == 0 {
			continue
		}
		own.agreement = c.m.sum(own.pattern, c.m.c.table.row(g, c.subject, own.set))
		own.gain = own.agreement - c.m.s.choicePrice(own.sets, own.agreement)
		if best.pattern == 0 || own.gain > best.gain {
			best = own
		}
	}
	clear(c.values)
	return best
}

// repeat makes a record of one value set.
func (c *ceiler) repeat(g, set int) {
	for _, f := range c.m.c.plan.groups[g].fields {
		if c.has[f] {
			c.values[f] = c.m.c.Value(c.subject, f, set)
		}
	}
	c.m.record.fill(c.values)
}

// lacks reports that a record can have the comparison's fields and the subject lacks one of them.
func (c *ceiler) lacks(i int) bool {
	p := &c.m.c.plan.comparisons[i]
	if p.id == kindCrossed || !c.has[p.a] || p.b >= 0 && !c.has[p.b] {
		return false
	}
	return !c.m.c.Has(c.subject, p.a) || p.b >= 0 && !c.m.c.Has(c.subject, p.b)
}

// Has reports whether a subject has a value that compares in any of a field's value sets.
func (c *Caseload) Has(subject uint32, field int) bool {
	for set := range c.table.sets(c.plan.fields[field].group, subject) {
		if v := c.Value(subject, field, set); v.Num != 0 || len(v.Std) > 0 {
			return true
		}
	}
	return false
}
