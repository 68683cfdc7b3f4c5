package guess

import (
	"fmt"

	"locatematch/sources/person"
)

// finding is what the values of a column alone say.
type finding struct {
	kind string // a canonical field, or date, code, number, text
	form string
	sure string
	why  string
}

// find reads the evidence, what is unmistakable first.
func (e *evidence) find() finding {
	is := func(n int, least float64) bool { return e.filled >= 3 && e.share(n) >= least }
	pct := func(n int, what string) string {
		return fmt.Sprintf("%.0f %% of the values are %s", 100*e.share(n), what)
	}
	switch date := e.date(); {
	case e.filled == 0:
		return finding{kind: "empty", sure: perhaps, why: "no value was seen"}
	case is(e.email, 0.8):
		return finding{person.Email, "", sure, pct(e.email, "mail addresses")}
	case is(e.hyphened, 0.9) && is(e.ssn, 0.85):
		return finding{person.SSN, "", sure, pct(e.ssn, "SSNs, with hyphens")}
	case is(e.ein, 0.9):
		return finding{person.EIN, "", sure, pct(e.ein, "written as employers' numbers are, 99-9999999")}
	case date != nil:
		return date.finding()
	case is(e.plus, 0.3) && is(e.zip, 0.9):
		return finding{person.Zip, "", sure, pct(e.zip, "ZIP codes")}
	case is(e.zip, 0.1) && is(e.zip+e.nines, 0.95) && e.nines > 0:
		return finding{person.Zip, "", likely, pct(e.zip+e.nines, "five or nine digits that can be a ZIP code")}
	case e.quarter() != "":
		return finding{"quarter", e.quarter(), likely, "quarters of years, " + e.quarter()}
	case is(e.ssn, 0.93):
		return finding{person.SSN, "", likely, pct(e.ssn, "nine digits that can be an SSN")}
	case is(e.phone, 0.9):
		return finding{person.Phone, "", likely, pct(e.phone, "ten digits that can be a telephone number")}
	case is(e.state, 0.95):
		return finding{person.State, "", sure, pct(e.state, "codes of states")}
	case is(e.sexes[0]+e.sexes[1]+e.sexes[2], 0.98) && is(e.sexes[0], 0.1) && is(e.sexes[1], 0.1):
		return finding{person.Sex, "", likely, "all values are M, F, U or X"}
	case is(e.zip, 0.95):
		return finding{person.Zip, "", likely, pct(e.zip, "five digits that can be a ZIP code")}
	}
	return e.findWords()
}

// findWords reads the evidence of names, addresses and codes.
func (e *evidence) findWords() finding {
	is := func(n int, least float64) bool { return e.filled >= 3 && e.share(n) >= least }
	pct := func(n int, what string) string { return fmt.Sprintf("%.0f %% of the values %s", 100*e.share(n), what) }
	switch {
	case is(e.street, 0.5):
		return finding{person.Address1, "", likely, pct(e.street, "have a house number and a street, or a box")}
	case is(e.comma, 0.5) && e.behind*4 >= e.comma:
		return finding{person.FullName, "LAST, FIRST MI", likely, pct(e.behind, "have a common given name behind a comma")}
	case is(e.business, 0.25):
		return finding{person.Employer, "", perhaps, pct(e.business, "have a word of businesses; is it an employer, an institution, an account's title?")}
	case is(e.initials, 0.5) && len(e.distinct) > 5:
		return finding{person.Middle, "", perhaps, pct(e.initials, "are an initial")}
	case is(e.given, 0.3) && is(e.words, 0.6):
		return finding{person.Given, "", likely, pct(e.given, "are common given names")}
	case is(e.given, 0.3) && e.given > e.second:
		return finding{person.FullName, "FIRST MI LAST", likely, pct(e.given, "begin with a common given name, and have more words")}
	case is(e.second, 0.3):
		return finding{person.FullName, "LAST FIRST MI", likely, pct(e.second, "have a common given name for their second word")}
	case e.filled >= 10 && len(e.distinct) <= 40 && len(e.distinct)*5 <= e.filled && e.short():
		return finding{"code", "", likely, fmt.Sprintf("few different values, %d in %d rows", len(e.distinct), e.filled)}
	case is(e.digits, 0.95):
		return finding{"number", "", likely, "digits, " + e.widths()}
	case is(e.letters, 0.8):
		return finding{"words", "", perhaps, fmt.Sprintf("letters, %d different values in %d rows", len(e.distinct), e.filled)}
	}
	return finding{kind: "text", sure: perhaps, why: "letters and digits"}
}

func (d *dateCount) finding() finding {
	s := d.span()
	kind := "date"
	if d.births() && d.form != "CCYYMM" && d.form != "CCYY-MM" {
		kind = person.Born
	}
	why := fmt.Sprintf("dates, of the years %d to %d", s.first, s.last)
	if s.first == 0 {
		why = "dates, all placeholders"
	}
	return finding{kind, d.form, likely, why}
}

// mostQuarters is how many quarters a file reports at most: ten years, where ZIP codes that read as quarters are of one place.
const mostQuarters = 40

// quarter is the form of a column of quarters, "" where it is none.
func (e *evidence) quarter() string {
	for form, n := range e.quarters {
		if e.filled >= 10 && e.share(n) >= 0.99 && len(e.distinct) <= mostQuarters {
			return [2]string{"CCYYQ", "QCCYY"}[form]
		}
	}
	return ""
}

// short tells whether values are as short as codes.
func (e *evidence) short() bool {
	for n := range e.lengths {
		if n > 4 {
			return false
		}
	}
	return true
}

func (e *evidence) widths() string {
	if n := e.length(); n > 0 {
		return fmt.Sprintf("%d of them", n)
	}
	return "of different lengths"
}
