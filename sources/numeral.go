package sources

// The ways in which a fixed record may hold a number other than as text.
const (
	Packed    = "packed"    // COMP-3: two digits to a byte, the sign in the last half-byte
	Zoned     = "zoned"     // a digit to a byte, the sign in the zone of the last
	Overpunch = "overpunch" // a digit to a character, the last one {ABCDEFGHI for +0 to +9 or }JKLMNOPQR for -0 to -9
)

// mostDigits bounds a number: COBOL has up to 31.
const mostDigits = 31

// numeral is how one field's number is written.
type numeral struct {
	way      string
	digits   int
	decimals int
	blank    byte  // of the layout's encoding
	page     *page // overpunch: nil where text is ASCII
	ebcdic   bool
	figures  *figureTable // nil for packed
}

// numeral is nil for a field that holds text.
func (l *Layout) numeral(f *Field) *numeral {
	if f.Number == "" {
		return nil
	}
	n := &numeral{way: f.Number, digits: f.digits(), decimals: f.Decimals, blank: l.blank(), ebcdic: l.ebcdic()}
	if n.ebcdic {
		n.page = pages[l.Encoding]
	}
	if n.way != Packed {
		n.figures = figureTables[figureKey{n.way, n.page}]
	}
	return n
}

// digits is the number of digits: as the layout says, or all that fit.
func (f *Field) digits() int {
	switch {
	case f.Digits > 0:
		return f.Digits
	case f.Number == Packed:
		return 2*f.Width - 1
	}
	return f.Width
}

// Room is the length of the longest text that the field holds, 0 for any: of a
// number its digits, a sign and a point.
func (f *Field) Room() int {
	if f.Number != "" {
		return f.digits() + 2
	}
	return f.Width
}

// blank is the layout's blank.
func (l *Layout) blank() byte {
	if p := pages[l.Encoding]; p != nil {
		return p.blank
	}
	return ' '
}

// maxNumberWidth is the most bytes that a number may take.
const maxNumberWidth = 31

// missing tells whether nothing was moved to the field: blanks, LOW-VALUES or
// HIGH-VALUES. None of them is a number.
func (n *numeral) missing(raw []byte) bool {
	first := raw[0]
	if first != n.blank && first != 0 && first != 0xFF {
		return false
	}
	for _, x := range raw {
		if x != first {
			return false
		}
	}
	return true
}
