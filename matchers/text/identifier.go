package text

import "strconv"

// number reads digits; the caller has seen to it that they are few and nothing else.
func number(digits []byte) (n uint64) {
	for _, c := range digits {
		n = n*10 + uint64(c-'0')
	}
	return n
}

// noNumber judges a value that has no number in it: a placeholder in words, or invalid.
func noNumber(raw []byte) (uint64, Validity) {
	var room [Limit]byte
	words, alien := appendWords(room[:0], raw, Limit)
	if alien {
		return 0, Invalid
	}
	return 0, noValue(words)
}

// gather reads digits parted by any of the marks, at most max of them; ok is false for anything else.
func gather(raw []byte, marks string, max int) (n uint64, count int, ok bool) {
	if n, ok = bareDigits(raw); ok && max >= 9 {
		return n, len(raw), true
	}
	n = 0
	for _, c := range raw {
		if isDigit(c) {
			if count++; count > max {
				return 0, count, false
			}
			n = n*10 + uint64(c-'0')
			continue
		}
		if !isMark(c, marks) {
			return 0, count, false
		}
	}
	return n, count, count > 0
}

func isMark(c byte, marks string) bool {
	for i := 0; i < len(marks); i++ {
		if marks[i] == c {
			return true
		}
	}
	return false
}

// standardSSN accepts nine digits, alone or parted by dashes or blanks. A number parted NN-NNNNNNN is an employer's (EIN) and
// so Invalid here. Eight digits are not padded: one is missing, but not surely the first.
func standardSSN(raw []byte) (uint64, Validity) {
	n, count, ok := gather(raw, "- ", 9)
	if !ok || count != 9 {
		if ok && n == 0 {
			return 0, Placeholder
		}
		_, v := noNumber(raw)
		return 0, v
	}
	if len(raw) == 10 && raw[2] == '-' {
		return 0, Invalid
	}
	return judgeSSN(n)
}

// judgeSSN applies what SSA and IRS never issue: area 000, 666 and 900-999 except taxpayer numbers, group 00, serial 0000. Areas tell
// nothing more since numbers were made random in June 2011.
func judgeSSN(n uint64) (uint64, Validity) {
	area, group, serial := n/1000000, n/10000%100, n%10000
	if _, dummy := ssnPlaceholders[n]; dummy || n%111111111 == 0 {
		return 0, Placeholder
	}
	switch {
	case area == 0, area == 666, group == 0, serial == 0, area >= 900 && NumberTypeOf(n) == SocialSecurity:
		return 0, Invalid
	}
	return n, Valid
}

// NumberType is what kind of nine-digit number stands in the field of an SSN. Numbers of two types are two people's, or one
// person's two numbers: that they are alike says nothing, and they are never compared. An employer's number (EIN) is none of them:
// its digits do not tell it from an SSN, so that its form or its record must.
type NumberType uint8

// The types, as their digits tell them.
const (
	SocialSecurity NumberType = iota // SSN, or no number at all
	Taxpayer                         // ITIN, which IRS issues to those who cannot have an SSN
	Adoption                         // ATIN, which IRS issues for a child whose adoption is pending
)

func (t NumberType) String() string { return [...]string{"SSN", "ITIN", "ATIN"}[t] }

// NumberTypeOf tells the type of a standard SSN value: ITINs and ATINs begin with 9, and their fourth and fifth digits tell which.
// The remaining groups are internal to IRS, and invalid here.
func NumberTypeOf(num uint64) NumberType {
	switch group := num / 10000 % 100; {
	case num/100000000 != 9:
		return SocialSecurity
	case group == 93:
		return Adoption
	case group >= 50 && group <= 65, group >= 70 && group <= 88, group >= 90 && group <= 99:
		return Taxpayer
	}
	return SocialSecurity
}

// MaskSSN shows the last four digits of an SSN: ***-**-6789 (I11).
func MaskSSN(num uint64) string {
	last := strconv.FormatUint(10000+num%10000, 10)
	return "***-**-" + last[1:]
}

// Digits are packed as value | count << digitsShift: 17 digits need 57 bits.
const digitsShift, maxDigits = 57, 17

// standardDigits serves account numbers, EINs and other keys of digits, marks between them ignored. Zeros alone, nines from
// four on and any digit from seven on repeated throughout, are placeholders.
func standardDigits(raw []byte) (uint64, Validity) {
	n, count, ok := gather(raw, "- ./()", maxDigits)
	if !ok {
		if count > 0 || hasDigit(raw) {
			return 0, Invalid
		}
		return noNumber(raw)
	}
	if n == 0 || repeatedDigits(n, count) || n == 123456789 || n == 1234567890 {
		return 0, Placeholder
	}
	return n | uint64(count)<<digitsShift, Valid
}

// repeatedDigits finds 9999 and 2222222.
func repeatedDigits(n uint64, count int) bool {
	last := n % 10
	if count < 4 || count < 7 && last != 9 {
		return false
	}
	for i := 0; i < count; i++ {
		if n%10 != last {
			return false
		}
		n /= 10
	}
	return true
}
