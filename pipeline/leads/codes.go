package leads

import (
	"locatematch/sources/codes"
	"locatematch/sources/person"
)

// CodeWords is one code of the record behind a lead: as the supplier wrote it, and what it means.
type CodeWords struct {
	Field string `parquet:"field,dict"`
	Code  string `parquet:"code,dict"`
	Words string `parquet:"words,dict"` // "" of a code that says nothing, or that is not known
}

// words are what a sighting's code means, "" where it says nothing or is not known.
func (s *Sighting) words(column string) string { return codes.Words(column, s.value(column)) }

// codedColumns are the fact columns that hold codes, in the order of FactColumns.
var codedColumns = func() (columns []string) {
	for _, name := range FactColumns {
		if codes.Of(name) != nil {
			columns = append(columns, name)
		}
	}
	return columns
}()

// codes reads every code of a sighting, known or not, in the order of FactColumns.
func (s *Sighting) codes() (all []codes.Meaning) {
	for _, name := range codedColumns {
		if v := s.value(name); v != "" {
			all = append(all, codes.Read(name, v)...)
		}
	}
	return all
}

// codeWords are the codes of the best report, as a lead keeps them. Where two lists say the same of one record, both stand.
func codeWords(s *Sighting) (all []CodeWords) {
	for _, m := range s.codes() {
		all = append(all, CodeWords{Field: m.Field, Code: m.Shown(), Words: m.Words})
	}
	return all
}

// Told is what a reader is told of the code; "" of one that says nothing.
func (c CodeWords) Told() string {
	if c.Words != "" {
		return c.Words
	}
	for _, m := range codes.Read(c.Field, c.Code) {
		return m.Told()
	}
	return ""
}

// toldCodes are the codes that speak for or against a lead, as clauses of its sentence.
func toldCodes(s *Sighting) (clauses []string) {
	for _, m := range s.codes() {
		if m.Tell {
			clauses = append(clauses, m.Words)
		}
	}
	return clauses
}

// unverified is the federal registry's status of an SSN that is stored and not verified; it is matched with nothing there.
const unverified = "U"

// ssnWords say what the federal registry said of our own number, where a lead rests on it, because it agrees or because we asked by it: a
// number that nobody verified agrees less surely. tell: it is weak enough to stand in the lead's sentence.
func (s *Subject) ssnWords(l *Link) (words string, tell bool) {
	if !l.keyAlone() && (l.Agreement[PartSSN] < Near || !l.Sighting.Reported.isSSN()) {
		return "", false
	}
	for _, m := range codes.Read(person.SSNStatus, s.SSNStatus) {
		if m.Words != "" {
			return "our SSN for " + pronounsOf(s.Sex).object + " " + m.Words, m.Tell
		}
	}
	return "", false
}

// deceased reports that a record says its person has died, by a date, a word or a code.
func (s *Sighting) deceased() bool {
	return s.value(person.DeathDate) != "" || says(s.value(person.Deceased)) || s.value(person.ResponseCode) == "02" || s.value(person.Eligibility) == "2"
}
