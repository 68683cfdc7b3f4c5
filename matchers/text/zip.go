package text

// A standard ZIP is zipBase and the five digits, then the four digits behind them, 0000 for none: 2134-0012 is 1,021,340,012.
// zipBase keeps 00501 from being mistaken for a small number or for none; nine digits and it fit a word of 32 bits.
const (
	zipBase  = 100000
	zipScale = 10000
	_        = uint32((zipBase+99999)*zipScale + zipScale - 1)
)

// standardZip takes ZIP or ZIP+4. Four and eight digits have lost the leading zero of New England and New Jersey in a
// spreadsheet, where it can only have been the first. Of 12345-67 the five digits stand, and what is behind them was cut.
func standardZip(raw []byte) (uint64, Validity) {
	n, count, ok := gather(raw, "- ", 9)
	plus := uint64(0)
	switch {
	case !ok && hasDigit(raw):
		return 0, Invalid
	case !ok:
		return noNumber(raw)
	case count == 9 || count == 8 && !fiveFirst(raw):
		n, plus = n/zipScale, n%zipScale
	case count > 5 && fiveFirst(raw):
		n = number(raw[:5])
	case count != 4 && count != 5 && n != 0:
		return 0, Invalid
	}
	if n == 0 || n == 99999 {
		return 0, Placeholder
	}
	return (zipBase+n)*zipScale + plus, Valid
}

// fiveFirst reports whether a mark parts the first five digits from what follows.
func fiveFirst(raw []byte) bool {
	return len(raw) > 5 && allDigits(raw[:5]) && isMark(raw[5], "- ")
}

// SplitZip takes a standard ZIP apart: the five digits plus 100000, which is what two ZIPs are the same by, and the four
// behind them, 0 where there are none. No ZIP, 0, gives 0 and 0.
func SplitZip(num uint64) (zip, plus4 uint64) { return num / zipScale, num % zipScale }

// AppendZip appends a ZIP and the four digits that a supplier keeps in a field of their own. The four are left away when
// they are not four digits (blank, cut, XXXX), or when the ZIP is not five or has them already: they may not spoil it.
func AppendZip(dst, zip, plus4 []byte) []byte {
	zip, plus4 = trim(zip), trim(plus4)
	dst = append(dst, zip...)
	if (len(zip) == 4 || len(zip) == 5) && allDigits(zip) && len(plus4) == 4 && allDigits(plus4) {
		dst = append(append(dst, '-'), plus4...)
	}
	return dst
}

// appendZip spells a standard ZIP: 12345, or 12345-6789.
func appendZip(dst []byte, num uint64) []byte {
	zip, plus4 := SplitZip(num)
	dst = appendPadded(dst, zip-zipBase, 5)
	if plus4 == 0 {
		return dst
	}
	return appendPadded(append(dst, '-'), plus4, 4)
}
