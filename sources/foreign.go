package sources

import "bytes"

var byteOrderMark = []byte("\xEF\xBB\xBF")

// headBytes are the first bytes of a file, by which it is told from others.
const headBytes = 512

// foreign recognises files that are not what the layout says at all, by their
// first bytes; "" for any other.
func (l *Layout) foreign(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte("PAR1")):
		return "a Parquet file, and the layout is text"
	case !l.ebcdic() && (bytes.HasPrefix(head, []byte("\xFF\xFE")) || bytes.HasPrefix(head, []byte("\xFE\xFF"))):
		return "UTF-16 text, and the layout's is " + l.Encoding
	case l.ebcdic() && looksASCII(head):
		return "ASCII text, and the layout is EBCDIC"
	case !l.ebcdic() && looksEBCDIC(head):
		return "EBCDIC text (encoding: ebcdic-037 or ebcdic-1047), and the layout's is " + l.Encoding
	}
	return ""
}

// looksASCII tells whether bytes hold letters and digits of ASCII and none of
// EBCDIC, which all lie above 80 in hexadecimal.
func looksASCII(head []byte) bool {
	return asciiOnly(head) && bytes.ContainsFunc(head, func(r rune) bool { return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' })
}

// looksEBCDIC tells whether nine bytes in ten, and at least 40 of them, are
// blanks, capital letters or digits of EBCDIC, and none is a line end or a blank
// of ASCII. In ASCII such bytes would be nothing but signs and accents.
func looksEBCDIC(head []byte) bool {
	if len(head) < 40 || bytes.ContainsAny(head, " \n") {
		return false
	}
	text, other := 0, 0
	for _, x := range head {
		switch {
		case x >= 0xF0 && x <= 0xF9, x >= 0xC1 && x <= 0xC9, x >= 0xD1 && x <= 0xD9, x >= 0xE2 && x <= 0xE9:
			text++
		case x != 0x40:
			other++
		}
	}
	return text >= 4 && 9*len(head) <= 10*(len(head)-other)
}
