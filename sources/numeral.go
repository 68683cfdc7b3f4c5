package sources

import "bytes"

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

// figures are a number's digits as bytes 0 to 9.
type figures struct {
	digit    [2 * maxNumberWidth]byte
	n        int
	negative bool
}

// maxNumberWidth is the most bytes that a number may take.
const maxNumberWidth = 31

func (g *figures) add(d byte) bool {
	g.digit[g.n] = d
	g.n++
	return d <= 9
}

// missing tells whether nothing was moved to the field: blanks, LOW-VALUES or
// HIGH-VALUES. None of them is a number.
func (n *numeral) missing(raw []byte) bool {
	return unset(raw) || len(bytes.TrimLeft(raw, string([]byte{n.blank}))) == 0
}

// decode appends the number's text: every digit, or without leading zeros where
// it has decimals; ok is false when the bytes are no such number.
func (n *numeral) decode(dst, raw []byte) (text []byte, ok bool) {
	if n.missing(raw) {
		return dst, true
	}
	var g figures
	switch n.way {
	case Packed:
		ok = g.packed(raw)
	case Zoned:
		ok = g.zoned(raw, n.ebcdic)
	default:
		ok = g.overpunch(raw, n.page)
	}
	if !ok {
		return dst, false
	}
	return n.write(dst, &g)
}

// write appends figures as text; ok is false when they are more than the field
// has digits.
func (n *numeral) write(dst []byte, g *figures) (text []byte, ok bool) {
	digits := g.digit[:g.n]
	for len(digits) > n.digits {
		if digits[0] != 0 {
			return dst, false
		}
		digits = digits[1:]
	}
	if g.negative && len(bytes.TrimLeft(digits, "\x00")) > 0 {
		dst = append(dst, '-')
	}
	whole, part := digits[:len(digits)-n.decimals], digits[len(digits)-n.decimals:]
	if n.decimals == 0 {
		return appendDigits(dst, whole), true
	}
	for len(whole) > 1 && whole[0] == 0 {
		whole = whole[1:]
	}
	if len(whole) == 0 {
		dst = append(dst, '0')
	}
	return appendDigits(append(appendDigits(dst, whole), '.'), part), true
}

func appendDigits(dst, digits []byte) []byte {
	start := len(dst)
	dst = append(dst, digits...)
	for i := start; i < len(dst); i++ {
		dst[i] += '0'
	}
	return dst
}

// packed reads half-bytes: digits, then the sign: C, F, A, E plus, D, B minus.
func (g *figures) packed(raw []byte) bool {
	for i, x := range raw {
		if !g.add(x >> 4) {
			return false
		}
		if i < len(raw)-1 && !g.add(x&0x0F) {
			return false
		}
	}
	return g.sign(raw[len(raw)-1] & 0x0F)
}

func (g *figures) sign(half byte) bool {
	g.negative = half == 0x0D || half == 0x0B
	return half >= 0x0A
}

// zoned reads a digit from the lower half of each byte. In EBCDIC the upper
// half is F, and of the last byte the sign; in ASCII it is 3, and 7 in the last
// byte of a negative number. Blanks may stand for leading zeros.
func (g *figures) zoned(raw []byte, ebcdic bool) bool {
	zone, blank := byte(0x30), byte(' ')
	if ebcdic {
		zone, blank = 0xF0, 0x40
	}
	last := len(raw) - 1
	for i, x := range raw {
		switch {
		case x == blank && g.leading():
			x = zone
		case i == last && ebcdic:
			if !g.sign(x >> 4) {
				return false
			}
		case i == last && x&0xF0 == 0x70:
			g.negative = true
		case x&0xF0 != zone:
			return false
		}
		if !g.add(x & 0x0F) {
			return false
		}
	}
	return true
}

// leading tells whether no digit but zero has come yet.
func (g *figures) leading() bool {
	return len(bytes.Trim(g.digit[:g.n], "\x00")) == 0
}

const (
	plusDigits  = "{ABCDEFGHI"
	minusDigits = "}JKLMNOPQR"
)

// overpunch reads characters: digits, the last of them one that tells the sign
// too, or a plain one. Blanks may stand for leading zeros.
func (g *figures) overpunch(raw []byte, p *page) bool {
	last := len(raw) - 1
	for i, x := range raw {
		if p != nil {
			x = p.ascii[x]
		}
		d := x - '0'
		switch {
		case x == ' ' && i < last && g.leading():
			d = 0
		case d <= 9 || i < last:
		case bytes.IndexByte([]byte(plusDigits), x) >= 0:
			d = byte(bytes.IndexByte([]byte(plusDigits), x))
		case bytes.IndexByte([]byte(minusDigits), x) >= 0:
			d, g.negative = byte(bytes.IndexByte([]byte(minusDigits), x)), true
		}
		if !g.add(d) {
			return false
		}
	}
	return true
}
