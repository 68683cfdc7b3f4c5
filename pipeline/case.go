package pipeline

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/casefile"
)

// CaseFile compiles what is known of a case: of the people sought in it, and of every lead ever published about them. Shields
// and protected people are not in it. The error is ErrNotFound for a case that is nobody's, ErrProtected for one of which
// nothing may be shown.
func CaseFile(ctx context.Context, p *Plan, id string) (*casefile.File, error) {
	c, err := loadCaseload(ctx, p)
	if err != nil {
		return nil, err
	}
	people, hidden := c.soughtIn(id)
	switch {
	case len(people) == 0 && hidden:
		return nil, fmt.Errorf("%w: nobody in case %s may be shown", ErrProtected, id)
	case len(people) == 0:
		return nil, fmt.Errorf("%w: no case %q on the caseload%s", ErrNotFound, id, c.casesOfNumber(id))
	}
	d, err := p.Workspace.newDossier(id, func(l *leads.Lead) bool {
		return slices.ContainsFunc(people, func(who casefile.Person) bool { return who.SubjectID == l.SubjectID })
	})
	if err != nil {
		return nil, err
	}
	g, err := p.guardOf(c)
	if err != nil {
		return nil, err
	}
	for i := range people { // the home that the parents shared may still be the other's
		people[i].Facts = slices.DeleteFunc(slices.Clone(people[i].Facts), func(f agency.Fact) bool {
			return f.Kind == agency.AddressFact && g.guard.Knows(leads.AddressPlace(f.Key))
		})
	}
	date, err := businessDate(d.asOf)
	if err != nil {
		return nil, err
	}
	f := &casefile.File{CaseID: id, AsOf: leads.DayOf(date), Run: d.run, People: people}
	for i := range f.People {
		f.People[i].Leads = d.of(f.People[i].SubjectID)
	}
	f.Sort()
	return f, p.Workspace.Audit(AuditEntry{Command: "case", Run: d.run, Case: id, Leads: d.leadIDs()})
}

// casesOfNumber names the cases of whom somebody gave the number in the place of a case's, where it may be told.
func (c *caseload) casesOfNumber(id string) string {
	number, known := c.numbers[id]
	if !known || c.subjects[number].Shield || c.subjects[number].Protected {
		return ""
	}
	var cases []string
	for _, of := range c.knowledge.CasesOf(id) {
		cases = append(cases, of.ID)
	}
	return "; it is the number of a person, in case " + strings.Join(cases, " and ")
}

// soughtIn finds the people sought in a case. hidden says that there are others, of whom nothing is shown.
func (c *caseload) soughtIn(id string) (people []casefile.Person, hidden bool) {
	for i := range c.subjects {
		s := &c.subjects[i]
		if s.Case != id && c.further[uint32(i)] == nil && c.knowledge.Cases[s.ID] == nil {
			continue
		}
		cases := c.knowledge.CasesOf(s.ID)
		at := slices.IndexFunc(cases, func(of agency.Case) bool { return of.ID == id })
		if at < 0 || id == "" {
			continue
		}
		if s.Shield || s.Protected {
			hidden = true
			continue
		}
		people = append(people, casefile.Person{
			SubjectID: s.ID, Name: leads.ProperName(s.Name), Case: cases[at], Facts: c.knowledge.Facts[s.ID], Levies: c.knowledge.LeviesOf(s.ID),
		})
	}
	return people, hidden
}
