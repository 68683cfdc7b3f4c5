package pipeline

import (
	"cmp"
	"slices"
	"strings"

	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
)

// caseOf is what a caseload row says of a case: who holds it and what the person is in it. What the case is worked for, whether
// there is an order, and what is owed, is not known.
func caseOf(id string, s *leads.Subject) agency.Case {
	return agency.Case{
		ID: s.Case, Subject: id, Participant: s.Participant, Status: agency.Open,
		Office: s.Office, Officer: s.Officer, Protected: s.Protected,
	}
}

// addCase keeps another row's case of a person.
func (c *caseload) addCase(number uint32, row *leads.Subject) {
	if row.Case == "" {
		return
	}
	if c.further == nil {
		c.further = map[uint32][]agency.Case{}
	}
	c.further[number] = append(c.further[number], caseOf(c.subjects[number].ID, row))
}

// hasPlainCase reports that one row of the caseload is all that tells of a person's cases.
func (c *caseload) hasPlainCase(number uint32) bool {
	return len(c.knowledge.Cases[c.subjects[number].ID]) == 0 && c.knowledge.OfCaseload != nil && len(c.further[number]) == 0
}

// ownCases lists the cases that the caseload's rows state, sorted by id, one a case. They are made when asked for: most people
// of a large caseload have no lead tonight.
func (c *caseload) ownCases(subject string) []agency.Case {
	number, found := c.numbers[subject]
	if !found {
		return nil
	}
	s := &c.subjects[number]
	cases := slices.Concat([]agency.Case{caseOf(subject, s)}, c.further[number])
	for i := range cases { // a protection on any row protects the person in every case
		cases[i].Protected = s.Protected
	}
	slices.SortStableFunc(cases, func(a, b agency.Case) int { return cmp.Compare(a.ID, b.ID) })
	return slices.CompactFunc(cases, func(a, b agency.Case) bool { return a.ID == b.ID })
}

// protect marks a person of the caseload as protected, from whatever row says so.
func (c *caseload) protect(subject string) {
	if number, found := c.numbers[subject]; found && !c.subjects[number].Protected {
		c.subjects[number].Protected = true
		c.funnel.Protected++
	}
}

// familyViolence marks a case in which somebody is protected: nothing in it may reveal one parent to the other.
func (c *caseload) familyViolence(id string) {
	if id == "" {
		return
	}
	if c.violence == nil {
		c.violence = map[string]bool{}
	}
	c.violence[id] = true
}

// day is a date of the caseload as ccyymmdd, 0 where there is none that is whole.
func (r *caseloadReader) day(row, column int) int32 {
	if column < 0 {
		return 0
	}
	form, _ := text.ParseDateForm(r.layout.Columns()[column].Form)
	_, date, validity := text.Standardise(text.Date, form, nil, r.rows.Value(row, column))
	if validity != text.Valid || date%100 == 0 {
		return 0
	}
	return int32(date)
}

// holding is what the caseload says of one of a person's addresses.
func (r *caseloadReader) holding(row int, columns [3]int) leads.Holding {
	h := leads.Holding{Known: agency.Unverified, Since: r.day(row, columns[1]), Until: r.day(row, columns[2])}
	if columns[0] < 0 {
		return h
	}
	switch strings.ToLower(string(r.rows.Value(row, columns[0]))) {
	case "verified":
		h.Known = agency.Verified
	case "sent":
		h.Known = agency.Sent
	case "bad":
		h.Known = agency.Bad
	}
	return h
}
