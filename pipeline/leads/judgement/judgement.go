package judgement

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The words of a judgement. Each may be left empty.
const (
	SamePerson      = "same person"
	DifferentPerson = "different person"
	CannotTell      = "cannot tell"

	Good  = "good"
	Stale = "stale"

	WasUsed = "used"
	NotUsed = "not used"
)

// PersonIs are the words for whether the record is about the person.
func PersonIs() []string { return []string{SamePerson, DifferentPerson, CannotTell} }

// FactIs are the words for whether the fact holds.
func FactIs() []string { return []string{Good, Stale} }

// Used are the words for whether the lead was used.
func Used() []string { return []string{WasUsed, NotUsed} }

// Judgement is what one officer found out about one lead.
type Judgement struct {
	LeadID, CaseID         string
	PersonIs, FactIs, Used string
	Officer, Reason        string
	Date                   int32 // ccyymmdd
}

// Columns are the columns of a file of judgements, in the order they are written in.
func Columns() []string {
	return []string{"lead_id", "case_id", "person_is", "fact_is", "used", "officer", "reason", "date"}
}

// empty reports that a row judges nothing: an officer left it as it was.
func (j *Judgement) empty() bool { return j.PersonIs == "" && j.FactIs == "" && j.Used == "" }

// compare is the stated order of judgements: by date, then by everything else.
func compare(a, b Judgement) int {
	return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.LeadID, b.LeadID), cmp.Compare(a.CaseID, b.CaseID),
		cmp.Compare(a.Officer, b.Officer), cmp.Compare(a.PersonIs, b.PersonIs), cmp.Compare(a.FactIs, b.FactIs),
		cmp.Compare(a.Used, b.Used), cmp.Compare(a.Reason, b.Reason))
}

// isoDate writes ccyymmdd as CCYY-MM-DD.
func isoDate(d int32) string { return fmt.Sprintf("%04d-%02d-%02d", d/10000, d/100%100, d%100) }

// parseDate reads CCYY-MM-DD, and MM/DD/CCYY, which spreadsheet programs make of it.
func parseDate(s string) (int32, error) {
	for _, layout := range []string{time.DateOnly, "1/2/2006"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= 1990 && t.Year() < 2200 {
			return int32(t.Year()*10000 + int(t.Month())*100 + t.Day()), nil
		}
	}
	return 0, fmt.Errorf("want a date written CCYY-MM-DD")
}

// Words says a judgement in a line of a case's history: "different person; fact stale; not used (moved out in May)".
func (j *Judgement) Words() string {
	var words []string
	if j.PersonIs != "" {
		words = append(words, j.PersonIs)
	}
	if j.FactIs != "" {
		words = append(words, "fact "+j.FactIs)
	}
	if j.Used != "" {
		words = append(words, j.Used)
	}
	said := strings.Join(words, "; ")
	if j.Reason != "" {
		said += " (" + j.Reason + ")"
	}
	return said
}

// word finds the allowed word that a cell means: case and blanks do not matter, anything else does.
func word(cell string, allowed []string) (string, bool) {
	bare := strings.ToLower(strings.Join(strings.Fields(cell), " "))
	if bare == "" {
		return "", true
	}
	return bare, slices.Contains(allowed, bare)
}
