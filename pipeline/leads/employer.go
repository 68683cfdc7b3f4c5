package leads

import (
	"strings"

	"locatematch/matchers/text"
	"locatematch/sources/person"
)

// employerFact is the employer of an employment record. Its key is the federal employer number, and the standard name where
// there is none; each day of hire is an episode.
func employerFact(l *Link) *fact {
	s := l.Sighting
	if s.Source != sourceEmployment {
		return nil
	}
	name := s.value(person.Employer)
	e := &Employer{EIN: employerNumber(s.value(person.EIN)), Name: ProperName(name), HireDate: ParseDate(s.value(person.HireDate)),
		HireState: standard(text.State, s.value(person.HireState))}
	if d := ParseDate(s.value(person.EnteredOn)); d != nil && d.Precision == ByDay {
		e.Entered = d.Date
	}
	key, _ := EmployerKeys(e.EIN, name)
	if key == "" {
		return nil
	}
	if a, _ := standardAddress(s.value(person.EmployerCity), s.value(person.EmployerState), s.value(person.EmployerZip),
		s.value(person.EmployerAddress1), s.value(person.EmployerAddress2), s.value(person.EmployerAddress3)); a != nil {
		e.Line, e.City, e.State, e.Zip = a.Line, a.City, a.State, a.Zip
	}
	if e.Name == "" {
		e.Name = "An employer not named"
	}
	// Another day of hire is another hiring. The day is the report's own, so that the lead id depends on no other report.
	f := &fact{kind: KindEmployer, key: key, episode: dateKey(e.HireDate), display: e.Name, event: s.event(), employer: e}
	f.clause = func(p pronouns, asOf Day) string {
		if f.event != nil && f.event.Precision == ByQuarter {
			return e.Name + " reported paying " + p.object + on(f.event, asOf)
		}
		if f.event == nil {
			return e.Name + " reported hiring " + p.object
		}
		return e.Name + " reported hiring " + p.object + on(f.event, asOf)
	}
	return f
}

// employerNumber is an EIN's nine digits, "" for anything else and for fillings such as 000000000.
func employerNumber(raw string) string {
	d := digits(raw)
	if len(d) != 9 || strings.Count(d, d[:1]) == 9 {
		return ""
	}
	return d
}

// legalForms are dropped from an employer's standard name: payrolls write them or not.
var legalForms = map[string]bool{"INC": true, "INCORPORATED": true, "LLC": true, "LLP": true, "LP": true, "LTD": true,
	"CO": true, "COMPANY": true, "CORP": true, "CORPORATION": true, "PC": true, "PLLC": true}

// EmployerKeys is the standard form of an employer: its federal number or, where it has none, its standard name. The name beside
// a number comes second, for records that lack the number. Key "" where there is neither.
func EmployerKeys(ein, employer string) (key, name string) {
	name = employerKey(employer)
	if key = employerNumber(ein); key == "" {
		return name, ""
	}
	return key, name
}

func employerKey(name string) string {
	words := strings.Fields(standard(text.Name, name))
	if len(words) > 1 && words[0] == "THE" {
		words = words[1:]
	}
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}
