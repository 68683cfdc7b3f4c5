package synth

import "time"

// day counts days from 1970-01-01.
type day int32

// date is a date as written, which need not exist: a mistyped one may be in month 13.
type date struct{ year, month, day int }

// never is the open end of a stay, a job or a service.
const never day = 1 << 30

func dayOf(year, month, dayOfMonth int) day {
	return day(time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d day) date() date {
	y, m, n := time.Unix(int64(d)*86400, 0).UTC().Date()
	return date{y, int(m), n}
}

func parseDay(text string) (day, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, err
	}
	return day(t.Unix() / 86400), nil
}

// years returns the completed years from birth to d.
func (d day) years(born day) int { return int(d-born) * 100 / 36525 }

// appendDate writes a date in one of the layouts' forms; an unknown form is written as CCYYMMDD.
func appendDate(dst []byte, form string, d date) []byte {
	switch form {
	case "CCYY-MM-DD":
		dst = append(appendDigits(dst, d.year, 4), '-')
		dst = append(appendDigits(dst, d.month, 2), '-')
		return appendDigits(dst, d.day, 2)
	case "MM/DD/CCYY":
		dst = append(appendDigits(dst, d.month, 2), '/')
		dst = append(appendDigits(dst, d.day, 2), '/')
		return appendDigits(dst, d.year, 4)
	case "MMDDCCYY":
		return appendDigits(appendDigits(appendDigits(dst, d.month, 2), d.day, 2), d.year, 4)
	case "DDMMCCYY":
		return appendDigits(appendDigits(appendDigits(dst, d.day, 2), d.month, 2), d.year, 4)
	case "CCYYMM":
		return appendDigits(appendDigits(dst, d.year, 4), d.month, 2)
	case "CCYY-MM":
		return appendDigits(append(appendDigits(dst, d.year, 4), '-'), d.month, 2)
	case "MMCCYY":
		return appendDigits(appendDigits(dst, d.month, 2), d.year, 4)
	case "CCYY":
		return appendDigits(dst, d.year, 4)
	case "CCYYQ":
		return appendDigits(appendDigits(dst, d.year, 4), d.quarter(), 1)
	case "QCCYY":
		return appendDigits(appendDigits(dst, d.quarter(), 1), d.year, 4)
	case "MMDDYY":
		return appendDigits(appendDigits(appendDigits(dst, d.month, 2), d.day, 2), d.year%100, 2)
	case "YYMMDD":
		return appendDigits(appendDigits(appendDigits(dst, d.year%100, 2), d.month, 2), d.day, 2)
	}
	return appendDigits(appendDigits(appendDigits(dst, d.year, 4), d.month, 2), d.day, 2)
}

// quarter is the quarter of the year that a date is in.
func (d date) quarter() int { return (d.month + 2) / 3 }

// appendDigits writes n in exactly width digits.
func appendDigits(dst []byte, n, width int) []byte {
	at := len(dst)
	for range width {
		dst = append(dst, '0')
	}
	for i := at + width - 1; i >= at; i-- {
		dst[i] = byte('0' + n%10)
		n /= 10
	}
	return dst
}

// String is the date as ISO 8601 has it.
func (d date) String() string { return string(appendDate(nil, "CCYY-MM-DD", d)) }

// realDay tells whether a text in a form is a day that exists.
func realDay(form, text string) bool {
	for _, known := range []struct{ form, layout string }{{"CCYYMMDD", "20060102"}, {"CCYY-MM-DD", "2006-01-02"}, {"MM/DD/CCYY", "01/02/2006"},
		{"MMDDCCYY", "01022006"}, {"DDMMCCYY", "02012006"}, {"", time.DateOnly}} {
		if known.form == form {
			_, err := time.Parse(known.layout, text)
			return err == nil
		}
	}
	return false
}
