package guess

import (
	"bytes"

	"locatematch/matchers/text"
	"locatematch/pipeline/profile"
)

// evidence is what the values of one column speak for. Counts are of filled rows.
type evidence struct {
	rows, filled int
	values       [][]byte // of the filled rows
	distinct     map[string]struct{}
	lengths      map[int]int
	digits       int // digits and nothing else
	letters      int // letters, blanks and the marks of names
	words        int // one word
	initials     int // one letter, with or without a point
	given        int // the first word is a common given name
	second       int // the second one is
	comma        int // a comma behind the first word, and another word behind it
	behind       int // a common given name behind the comma
	business     int
	street       int // a house number and a street, or a box
	ssn          int
	regions      map[string]struct{} // the first five of nine digits
	hyphened     int                 // 999-99-9999
	ein          int                 // 99-9999999
	phone        int
	email        int
	state        int
	sexes        [3]int
	zip          int
	plus         int    // 99999-9999
	nines        int    // nine digits that can be a ZIP and the four behind it
	quarters     [2]int // CCYYQ, QCCYY
	dates        []dateCount
	room         [text.AddressLimit]byte
}

type span struct{ first, last int }

// dateCount is how many values one form of date explains.
type dateCount struct {
	form  string
	parse text.DateForm
	marks byte // between its groups, 0 none
	width int
	valid int
	years map[int]int
}

func newEvidence() *evidence {
	e := &evidence{distinct: map[string]struct{}{}, regions: map[string]struct{}{}, lengths: map[int]int{}}
	for _, form := range []struct {
		name  string
		marks byte
		width int
	}{
		{"CCYYMMDD", 0, 8}, {"CCYY-MM-DD", '-', 10}, {"MMDDCCYY", 0, 8}, {"MM/DD/CCYY", '/', 10}, {"MM/DD/CCYY", '-', 10}, {"CCYY-MM-DD", '/', 10}, {"DDMMCCYY", 0, 8}, {"DDMMCCYY", '/', 10}, {"DDMMCCYY", '-', 10}, {"CCYYMM", 0, 6}, {"CCYY-MM", '-', 7},
	} {
		parse, _ := text.ParseDateForm(form.name)
		e.dates = append(e.dates, dateCount{form: form.name, parse: parse, marks: form.marks, width: form.width, years: map[int]int{}})
	}
	return e
}

// mostDistinct bounds what is remembered of different values.
const mostDistinct = 5_000

// add looks at one value.
func (e *evidence) add(raw []byte) {
	e.rows++
	if len(raw) == 0 {
		return
	}
	if e.filled++; len(e.distinct) < mostDistinct {
		e.distinct[string(raw)] = struct{}{}
	}
	raw = bytes.Clone(raw)
	e.values = append(e.values, raw)
	e.lengths[len(raw)]++
	n := digitsIn(raw)
	switch {
	case n == len(raw):
		e.digits++
	case n == 0 && lettersOnly(raw):
		e.letters++
	}
	e.numbers(raw, n)
	if n > 0 {
		e.dated(raw)
	}
	if n < len(raw) {
		e.named(raw)
	}
}

func lettersOnly(raw []byte) bool {
	for _, c := range raw {
		if classOf(c) != letter && c != ' ' && c != '-' && c != '\'' && c != '.' && c != ',' && c != '&' {
			return false
		}
	}
	return true
}

// numbers tries the kinds of numbers; n is how many digits the value has.
func (e *evidence) numbers(raw []byte, n int) {
	shape := profile.Pattern(raw)
	switch {
	case n == 9 && len(raw) == 9, shape == "999-99-9999", shape == "999 99 9999":
		e.nineDigits(raw)
		if n == len(raw) && e.passes(text.Zip, raw) {
			e.nines++
		}
	case shape == "99-9999999":
		e.ein++
	case shape == "99999-9999" && e.passes(text.Zip, raw):
		e.zip++
		e.plus++
	case n == 5 && len(raw) == 5:
		e.fiveDigits(raw)
	case n >= 10 && n <= 11 && len(raw) <= 18 && e.passes(text.Phone, raw):
		e.phone++
	case bytes.IndexByte(raw, '@') > 0 && e.passes(text.Email, raw):
		e.email++
	case n == 0 && len(raw) == 2 && e.passes(text.State, raw):
		e.state++
	case len(raw) == 1:
		e.oneLetter(raw[0])
	}
}

// passes tells whether a value is valid as a kind, or a placeholder of it.
func (e *evidence) passes(k text.Kind, raw []byte) bool {
	_, _, v := text.Standardise(k, 0, e.room[:0], raw)
	return v == text.Valid || v == text.Placeholder
}

// fiveDigits are a ZIP code, or a quarter and its year: of these all values are, of ZIP codes hardly any.
func (e *evidence) fiveDigits(raw []byte) {
	if e.passes(text.Zip, raw) {
		e.zip++
	}
	for form, at := range [2]struct{ quarter, year int }{{4, 0}, {0, 1}} {
		century, q := string(raw[at.year:at.year+2]), raw[at.quarter]
		if (century == "19" || century == "20") && q >= '1' && q <= '4' {
			e.quarters[form]++
		}
	}
}

func (e *evidence) nineDigits(raw []byte) {
	if e.passes(text.SSN, raw) {
		e.ssn++
	}
	e.regions[string(raw[:5])] = struct{}{}
	if len(raw) > 9 {
		e.hyphened++
	}
}

func (e *evidence) oneLetter(c byte) {
	switch c {
	case 'M', 'm':
		e.sexes[0]++
	case 'F', 'f':
		e.sexes[1]++
	case 'U', 'X', 'u', 'x':
		e.sexes[2]++
	}
}

// dated tries the forms of dates. A form wants its own width and marks: one that reads more would explain too much.
func (e *evidence) dated(raw []byte) {
	for i := range e.dates {
		d := &e.dates[i]
		if d.marks == 0 && (len(raw) != d.width || digitsIn(raw) != d.width) {
			continue
		}
		if first := bytes.IndexByte(raw, d.marks); d.marks != 0 && (first < 0 || (first == 4) != (d.form[0] == 'C') || len(raw) > d.width || len(raw) < d.width-2) {
			continue
		}
		_, num, v := text.Standardise(text.Date, d.parse, nil, raw)
		if v == text.Placeholder {
			d.valid++
		} else if v == text.Valid && ourTimes(num) {
			d.valid++
			year, _, _ := text.SplitDate(num)
			d.years[year]++
		}
	}
}

// named asks what names and addresses look like.
func (e *evidence) named(raw []byte) {
	fields := bytes.FieldsFunc(raw, func(r rune) bool { return r == ' ' || r == ',' })
	if len(fields) == 0 {
		return
	}
	first := bytes.TrimRight(fields[0], ".")
	switch {
	case len(fields) > 1:
		if isGiven(fields[1]) {
			e.second++
		}
	case len(first) == 1 && classOf(first[0]) == letter:
		e.initials++
		e.words++
	default:
		e.words++
	}
	if isGiven(fields[0]) {
		e.given++
	}
	e.behindComma(raw)
	if text.BusinessWords(raw) {
		e.business++
	}
	if e.isStreet(raw) {
		e.street++
	}
}

// behindComma counts SMITH, JOHN.
func (e *evidence) behindComma(raw []byte) {
	i := bytes.IndexByte(raw, ',')
	if i <= 0 || digitsIn(raw) > 0 {
		return
	}
	if rest := bytes.Fields(raw[i+1:]); len(rest) > 0 {
		e.comma++
		if isGiven(rest[0]) {
			e.behind++
		}
	}
}

// isStreet tells whether a value has a house number and a street, or is a box.
func (e *evidence) isStreet(raw []byte) bool {
	if n := digitsIn(raw); n == 0 || n == len(raw)-bytes.Count(raw, []byte(" ")) {
		return false
	}
	std, _, v := text.Standardise(text.Address, 0, e.room[:0], raw)
	if v != text.Valid {
		return false
	}
	switch p := text.ParseAddress(std); p.Form {
	case text.BoxForm, text.RuralForm, text.MilitaryForm:
		return true
	case text.StreetForm:
		return len(p.Number) > 0 && len(p.Street) > 0
	}
	return false
}

// isGiven tells whether a word is among the given names that nicknames are known for: the commonest of the country.
func isGiven(word []byte) bool {
	var room [text.Limit]byte
	std, _, v := text.Standardise(text.Given, 0, room[:0], word)
	return v == text.Valid && len(std) > 1 && text.NicknameGroup(std) != 0
}

// share is a part of the filled rows.
func (e *evidence) share(n int) float64 {
	if e.filled == 0 {
		return 0
	}
	return float64(n) / float64(e.filled)
}

// length is the one length that nearly all values have, 0 for none.
func (e *evidence) length() int {
	for n, rows := range e.lengths {
		if e.share(rows) >= 0.95 {
			return n
		}
	}
	return 0
}

// date is the form that explains most values, "" when none explains nearly all.
func (e *evidence) date() *dateCount {
	var best *dateCount
	for i := range e.dates {
		if d := &e.dates[i]; best == nil || d.valid > best.valid {
			best = d
		}
	}
	if best == nil || e.share(best.valid) < 0.95 || e.filled < 3 {
		return nil
	}
	return best
}

// span are the first and last year, outliers of one in a hundred left out.
func (d *dateCount) span() span {
	all := 0
	for _, n := range d.years {
		all += n
	}
	var s span
	sum := 0
	for year := 1900; year < 2100; year++ {
		sum += d.years[year]
		if s.first == 0 && sum*100 > all {
			s.first = year
		}
		if s.last == 0 && sum*100 >= all*99 && sum > 0 {
			s.last = year
		}
	}
	return s
}

// births tells whether dates are likely of birth: they spread over a working life, and few are of the newest fifteen years.
func (d *dateCount) births() bool {
	s := d.span()
	young, all := 0, 0
	for year, n := range d.years {
		all += n
		if year > s.last-5 {
			young += n
		}
	}
	return s.last-s.first >= 25 && young*4 < all
}

// validAs counts the values that are of a kind, placeholders among them.
func (e *evidence) validAs(k profile.Kind) (n int) {
	j := profile.NewJudge(k, "")
	for _, raw := range e.values {
		if v, _ := j.Value(raw); v == text.Valid || v == text.Placeholder {
			n++
		}
	}
	return n
}

// inRegions tells whether nine digits are ZIP codes with the four behind them: many have their first five in common, as SSNs have not.
func (e *evidence) inRegions() bool { return len(e.regions)*5 < len(e.distinct)*4 }
