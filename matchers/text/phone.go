package text

// standardPhone reads a North American number: ten digits, a leading 1 or +1 and any extension dropped. Seven digits, foreign
// numbers and letters are Invalid without value; ten digits that break the numbering plan (area and exchange begin with 2
// to 9, no area ends in 11) are Invalid and kept, for a slip of one digit still compares.
func standardPhone(raw []byte) (uint64, Validity) {
	n, count, ok := gather(dropExtension(raw), "-. ()+/*\t\u00a0", 11)
	if ok && count == 11 && n/1e10 == 1 {
		n, count = n%1e10, 10
	}
	if !ok || count != 10 {
		if ok && n == 0 {
			return 0, Placeholder
		}
		if hasDigit(raw) {
			return 0, Invalid
		}
		return noNumber(raw)
	}
	area, exchange := n/1e7, n/1e4%1000
	switch {
	case dummyPhone(n):
		return 0, Placeholder
	case area < 200, area%100 == 11, exchange < 200:
		return n, Invalid
	}
	return n, Valid
}

func dummyPhone(n uint64) bool {
	_, dummy := phonePlaceholders[n%1e7]
	return dummy || n == 123_456_7890 || n == 987_654_3210
}

// dropExtension cuts at the first letter, # or ; behind at least seven digits (555-0123 X45, EXT 45, ;ext=45), and takes
// words before the number off (TEL: 555-0123).
func dropExtension(raw []byte) []byte {
	start, digits := 0, 0
	for i, c := range raw {
		switch {
		case isDigit(c):
			digits++
		case isLetter(c&^0x20) || c == '#' || c == ';' || c == ',' || c == ':':
			if digits >= 7 {
				return raw[start:i]
			}
			if digits == 0 {
				start = i + 1
			}
		}
	}
	return raw[start:]
}
