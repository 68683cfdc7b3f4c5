package text

import "encoding/binary"

// DateForm is the order in which a layout writes dates. Its zero value guesses among the unmistakable forms.
type DateForm uint8

// The date forms. A date parted by marks with its year first is read as such under every form.
const (
	GuessDate DateForm = iota // ISO, CCYYMMDD, MM/DD/CCYY, or their beginnings CCYY-MM and CCYY
	CCYYMMDD                  // also with marks: CCYY-MM-DD, and with a time of day behind
	MMDDCCYY                  // also with marks: MM/DD/CCYY
	DDMMCCYY                  // also with marks: DD/MM/CCYY
	CCYYMM                    // month; also CCYY-MM and MM/CCYY
	CCYY                      // year
)

var dateFormNames = map[string]DateForm{
	"": GuessDate, "CCYYMMDD": CCYYMMDD, "CCYY-MM-DD": CCYYMMDD, "CCYY/MM/DD": CCYYMMDD,
	"MMDDCCYY": MMDDCCYY, "MM/DD/CCYY": MMDDCCYY, "MM-DD-CCYY": MMDDCCYY,
	"DDMMCCYY": DDMMCCYY, "DD/MM/CCYY": DDMMCCYY, "DD-MM-CCYY": DDMMCCYY,
	"CCYYMM": CCYYMM, "CCYY-MM": CCYYMM, "MM/CCYY": CCYYMM, "CCYY": CCYY,
}

// ParseDateForm reads a date form as layouts write it: CCYY, MM and DD in their order, with or without marks. Forms with a
// two-digit year are not known: a birth date needs its century.
func ParseDateForm(s string) (DateForm, bool) {
	f, ok := dateFormNames[s]
	return f, ok
}

// SplitDate takes a standard date apart; month and day are 0 where unknown.
func SplitDate(num uint64) (year, month, day int) {
	return int(num / 10000), int(num / 100 % 100), int(num % 100)
}

// Years outside this range are slips of the key; no record and no data set of ours reaches beyond.
const firstYear, lastYear = 1000, 2999

// standardDate reads groups of digits. Valid dates may lack the day, or day and month. Eight digits that are no date are
// Invalid and kept as they stand; anything else, two-digit years included, is Invalid without value.
func standardDate(form DateForm, raw []byte) (uint64, Validity) {
	if len(raw) == 8 && form <= CCYYMMDD && allDigits(raw) {
		return judgeDate(number(raw))
	}
	if num, ok := isoDate(raw); ok {
		return judgeDate(num)
	}
	g, ok := dateGroups(raw)
	if !ok {
		return noNumber(raw)
	}
	if num, ok := g.assemble(form); ok {
		return judgeDate(num)
	}
	if g.value == [3]uint64{} {
		return 0, Placeholder
	}
	return 0, Invalid
}

// isoDate reads CCYY-MM-DD, which is read as such under every form, without looking for groups.
func isoDate(raw []byte) (num uint64, ok bool) {
	if len(raw) != 10 || raw[4] != '-' || raw[7] != '-' {
		return 0, false
	}
	year, month, day := binary.LittleEndian.Uint32(raw), binary.LittleEndian.Uint16(raw[5:]), binary.LittleEndian.Uint16(raw[8:])
	num, ok = eightDigits(uint64(year) | uint64(month)<<32 | uint64(day)<<48)
	return num, ok && num != 0
}

// dateDigits are the groups of digits of a date: how many, their values and widths.
type dateDigits struct {
	n     int
	value [3]uint64
	width [3]int
}

// dateGroups parts raw at marks. A time of day behind a full date is passed over.
func dateGroups(raw []byte) (g dateDigits, ok bool) {
	for i, c := range raw {
		switch {
		case isDigit(c):
			if g.n == 0 {
				g.n = 1
			}
			g.value[g.n-1] = g.value[g.n-1]*10 + uint64(c-'0')
			if g.width[g.n-1]++; g.width[g.n-1] > 8 {
				return g, false
			}
		case g.n > 0 && g.width[g.n-1] > 0 && (c == 'T' || c == ' ') && (g.n == 3 || g.width[0] == 8):
			return g, timeOfDay(raw[i+1:])
		case (c == '-' || c == '/' || c == '.' || c == ' ') && g.n > 0 && g.n < 3 && g.width[g.n-1] > 0:
			g.n++
		default:
			return g, false
		}
	}
	return g, g.n > 0 && g.width[g.n-1] > 0
}

// timeOfDay accepts what clocks write behind a date: 00:00:00, 12:30:15.000Z, 9:05 AM, +05:00.
func timeOfDay(raw []byte) bool {
	for _, c := range raw {
		switch c {
		case ':', '.', ' ', '+', '-', 'Z', 'A', 'P', 'M':
		default:
			if !isDigit(c) {
				return false
			}
		}
	}
	return hasDigit(raw)
}

// assemble puts the groups together as yyyymmdd; ok is false when the form does not say how.
func (g *dateDigits) assemble(form DateForm) (num uint64, ok bool) {
	v, w := g.value, g.width
	switch g.n {
	case 1:
		return assembleRun(form, v[0], w[0])
	case 2:
		switch {
		case w[0] == 4 && w[1] <= 2:
			return v[0]*10000 + v[1]*100, true
		case w[1] == 4 && w[0] <= 2:
			return v[1]*10000 + v[0]*100, true
		}
		return 0, false
	}
	switch {
	case w[0] == 4 && w[1] <= 2 && w[2] <= 2:
		return v[0]*10000 + v[1]*100 + v[2], true
	case w[2] != 4 || w[0] > 2 || w[1] > 2:
		return 0, false
	case form == DDMMCCYY:
		return v[2]*10000 + v[1]*100 + v[0], true
	}
	return v[2]*10000 + v[0]*100 + v[1], true
}

// assembleRun reads one run of digits. Six digits without a form that says CCYYMM may be a two-digit year, and are refused.
func assembleRun(form DateForm, v uint64, width int) (uint64, bool) {
	switch {
	case width == 8 && form == MMDDCCYY:
		return v%10000*10000 + v/10000, true
	case width == 8 && form == DDMMCCYY:
		return v%10000*10000 + v/10000%100*100 + v/1000000, true
	case width == 8:
		return v, true
	case width == 6 && form == CCYYMM:
		return v * 100, true
	case width == 4 && (form == GuessDate || form == CCYYMMDD || form == CCYYMM || form == CCYY):
		return v * 10000, true
	}
	return 0, false
}

// judgeDate says what eight digits are worth as a date.
func judgeDate(num uint64) (uint64, Validity) {
	if num <= lastOldPlaceholder || num >= firstNewPlaceholder {
		if _, dummy := datePlaceholders[num]; dummy {
			return 0, Placeholder
		}
	}
	year, month, day := SplitDate(num)
	switch {
	case year < firstYear || year > lastYear, month > 12, month == 0 && day > 0, month > 0 && day > 28 && day > daysIn(year, month):
		return num, Invalid
	}
	return num, Valid
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
