package matchers

// Caseload is the build side, frozen: value sets of every subject, dictionaries, blocking index, filters and value
// frequencies. It never changes after Freeze and is shared by all workers.
type Caseload struct {
	plan     *plan
	table    table
	columns  []column
	rules    []ruleIndex
	subjects int
}

// Spec is the spec the caseload was built for.
func (c *Caseload) Spec() *Spec { return c.plan.spec }

// Subjects is the number of subjects.
func (c *Caseload) Subjects() int { return c.subjects }

// describe works out the traits of all values.
func (c *Caseload) describe() {
	sideBySide(len(c.columns), func(f int) {
		if !c.plan.fields[f].numeric {
			c.columns[f].describe(c.plan.fields[f].kind, c.comparesText(f))
		}
	})
}

// freeze works out the frequencies, the index and the filters.
func (c *Caseload) freeze() {
	sideBySide(len(c.columns), c.count)
	c.buildIndex()
}

// comparesText reports whether some comparison takes an address field as a mere text.
func (c *Caseload) comparesText(field int) bool {
	for _, comparison := range c.plan.comparisons {
		if comparison.id == kindName && comparison.a == field {
			return true
		}
	}
	return false
}

// Stats says what the frozen caseload costs and what its blocking keys are worth.
type Stats struct {
	Subjects int
	Bytes    int64 // resident, all parts
	Rules    []RuleStats
	Fields   []FieldStats
}

// RuleStats are one blocking rule's.
type RuleStats struct {
	Rule           string // as written: "family.sound, born"
	Keys           int    // distinct keys in the index
	Postings       int    // (key, subject) entries in the index
	CappedKeys     int    // keys dropped because more subjects share them than the cap allows
	CappedPostings int    // the entries dropped with them
	Kept           Block  // the largest in the index
	Capped         Block  // the largest that was dropped
}

// LargestBlock is how many subjects the rule's most common key has, before the cap.
func (r *RuleStats) LargestBlock() int { return max(r.Kept.Subjects, r.Capped.Subjects) }

// FieldStats are one field's.
type FieldStats struct {
	Field    string
	Holders  int // subjects with a value
	Distinct int // distinct values; 0 for numeric fields
}

// Stats walks the caseload's parts.
func (c *Caseload) Stats() Stats {
	s := Stats{Subjects: c.subjects}
	for r := range c.rules {
		s.Rules = append(s.Rules, c.rules[r].stats)
		s.Bytes += c.rules[r].bytes()
	}
	for f := range c.columns {
		column := &c.columns[f]
		field := FieldStats{Field: c.plan.fields[f].name, Holders: column.holders}
		if !c.plan.fields[f].numeric {
			field.Distinct = column.distinct()
			s.Bytes += column.bytes() + 40*int64(len(column.names)) + 48*int64(len(column.places)) + 4*int64(len(column.counts))
		}
		s.Fields = append(s.Fields, field)
	}
	s.Bytes += c.table.bytes()
	return s
}
