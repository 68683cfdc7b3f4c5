package guess

import (
	"locatematch/sources"
	"locatematch/sources/person"
)

// sourceSigns are the fields that tell a kind of supplier, the surest first.
var sourceSigns = []struct {
	source string
	fields []string
}{
	{"caseload", []string{person.SubjectID, person.Participant}},
	{"financial", []string{person.Account, person.Balance, person.AccountType, person.InstitutionTIN}},
	{"military", []string{person.ActiveDuty, person.StatusDate, person.DutyBegin}},
	{"postal", []string{person.MoveDate, person.MoveType, person.ToAddress1, person.ReturnCode}},
	{"employment", []string{person.HireDate, person.EIN, person.Employer, "wage"}},
}

// guessSource says what kind of supplier writes such fields, and whose they then are: of a caseload, the agency's own.
func (d *draft) guessSource() {
	has := map[string]bool{}
	for _, f := range d.fields {
		has[f.name] = true
	}
	d.source, d.sourceWhy = "other", "no field tells a supplier"
	for _, s := range sourceSigns {
		for _, f := range s.fields {
			if has[f] && (s.source != "caseload" || has[person.SubjectID] && has[person.Participant]) {
				d.source, d.sourceWhy = s.source, "because of "+f
				break
			}
		}
		if d.source != "other" {
			break
		}
	}
	role := sources.Echo
	if d.source == "caseload" {
		role = sources.Own
	}
	for i := range d.fields {
		d.fields[i].role = role
	}
}
