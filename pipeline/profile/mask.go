package profile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"locatematch/matchers/text"
)

// longestPattern is where a pattern is cut: what follows tells no more.
const longestPattern = 32

// Pattern is the shape of a value: 9 for a digit, A for a letter, blanks and marks as they are.
func Pattern(raw []byte) string {
	var b strings.Builder
	for n := 0; len(raw) > 0; n++ {
		if n == longestPattern {
			b.WriteString("…")
			break
		}
		r, size := utf8.DecodeRune(raw)
		raw = raw[size:]
		switch {
		case r >= '0' && r <= '9':
			b.WriteByte('9')
		case r < utf8.RuneSelf && !unicode.IsLetter(r) && unicode.IsPrint(r):
			b.WriteRune(r)
		case r < utf8.RuneSelf && !unicode.IsLetter(r):
			b.WriteByte('?') // a control character: not to be printed
		case r == utf8.RuneError || !unicode.IsLetter(r) && !unicode.IsDigit(r):
			b.WriteByte('?')
		case unicode.IsDigit(r):
			b.WriteByte('9')
		default:
			b.WriteByte('A')
		}
	}
	return b.String()
}

// Mask is one value as it may be shown. open also shows names, addresses and what the layout calls by a name of its own; it
// never shows more of a number that identifies somebody.
func (j *Judge) Mask(raw []byte, open bool) string {
	if len(raw) == 0 {
		return ""
	}
	v, num := j.Value(raw)
	switch j.Kind {
	case word(text.SSN):
		if v == text.Valid {
			return text.MaskSSN(num)
		}
		return Pattern(raw)
	case Account, EIN, Key, word(text.Phone):
		return lastFour(raw)
	case word(text.Date):
		return maskDate(raw, v, num)
	case word(text.Zip), Zip4:
		return maskZip(raw)
	case word(text.Sex), word(text.State), word(text.Suffix), Code:
		if codeLike(raw) || v == text.Valid && j.Kind != Code {
			return shown(raw)
		}
		return Pattern(raw)
	case Plain:
		return Pattern(raw) // it may be anything, an SSN too
	}
	if open && mostDigits(raw) < 5 {
		return shown(raw)
	}
	return Pattern(raw)
}

// codeLike accepts what is too short to be a person's: two characters, or three with a digit among them (H97); LEE is a name.
func codeLike(raw []byte) bool {
	return len(raw) <= 2 || len(raw) == 3 && mostDigits(raw) > 0
}

// lastFour shows the last four characters of a number of eight and more; of a shorter one they would be most of it.
func lastFour(raw []byte) string {
	if len(raw) < 8 || mostDigits(raw[len(raw)-4:]) < 4 {
		return Pattern(raw)
	}
	return strings.Repeat("*", len(raw)-4) + string(raw[len(raw)-4:])
}

// maskDate shows the year of a valid date. The layout's form says which day and month are meant, and the validity whether they
// are one; the year is what tells a birth from a hire.
func maskDate(raw []byte, v text.Validity, num uint64) string {
	if v != text.Valid || num == 0 {
		return Pattern(raw)
	}
	year, _, _ := text.SplitDate(num)
	digits := []byte{byte('0' + year/1000), byte('0' + year/100%10), byte('0' + year/10%10), byte('0' + year%10)}
	return string(digits) + "-**-**"
}

// maskZip shows the first three digits: the region, never the street.
func maskZip(raw []byte) string {
	if len(raw) < 5 || mostDigits(raw[:3]) < 3 {
		return Pattern(raw)
	}
	return shown(raw[:3]) + strings.Repeat("*", len(raw)-3)
}

// shown is a value made safe for a terminal: no control characters, no more than forty characters.
func shown(raw []byte) string {
	var b strings.Builder
	for n, r := range string(raw) {
		if n >= 40 {
			b.WriteString("…")
			break
		}
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			r = '?'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// mostDigits is the length of the longest run of digits, hyphens and blanks between them left out: five and more may be part of an SSN
// or account that stands in the wrong field.
func mostDigits(raw []byte) (most int) {
	run := 0
	for _, c := range raw {
		switch {
		case c >= '0' && c <= '9':
			run++
			most = max(most, run)
		case c == '-' || c == ' ':
		default:
			run = 0
		}
	}
	return most
}
