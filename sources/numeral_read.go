package sources

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// A number is read in two steps: every digit of it becomes text by a table,
// whatever stands there, with what was seen gathered in one byte; then the text
// is looked at once.
const (
	notDigit   = 0x80 // the table's mark of what is no digit
	blankDigit = 0x40 // the table's mark of a blank, which may stand for a leading zero
)

// numberEdge is room before a number's digits, for a zero and a sign.
const numberEdge = 2

// numberRoom is what a number of so many digits is read in: its edge, its
// digits and a point.
func numberRoom(places int) int { return numberEdge + places + 1 }

// maxNumberRoom is the most room that reading a number takes.
const maxNumberRoom = numberEdge + 2*maxNumberWidth + 1

// places is how many digits stand in so many bytes.
func (n *numeral) places(width int) int {
	if n.figures == nil { // packed
		return 2*width - 1
	}
	return width
}

// decode appends the number's text: every digit, or without leading zeros where
// it has decimals; ok is false when the bytes are no such number.
func (n *numeral) decode(dst, raw []byte) (text []byte, ok bool) {
	var room [maxNumberRoom]byte
	from, to, ok := n.read(room[:], raw)
	return append(dst, room[from:to]...), ok
}

// read is decode into room, of which the text is room[from:to].
func (n *numeral) read(room, raw []byte) (from, to int, ok bool) {
	var seen byte
	var value uint64
	var negative bool
	if digits := room[numberEdge:]; n.figures == nil {
		value, seen, negative = unpack(digits, raw)
	} else {
		value, seen, negative = n.figures.spread(digits, raw)
	}
	places := n.places(len(raw))
	if seen >= blankDigit {
		switch {
		case n.missing(raw):
			return 0, 0, true
		case seen >= notDigit, !leadingBlanks(room[numberEdge : numberEdge+places]):
			return 0, 0, false
		}
	}
	zeros := bits.LeadingZeros64(value<<(64-4*min(places, 16))) / 4
	if places > 16 {
		zeros = leadingZeros(room[numberEdge : numberEdge+places])
	}
	return n.text(room, places, zeros, negative && seen&0x0F != 0) // there is no negative zero
}

// leadingBlanks makes zeros of blanks; false when one stands behind another digit than zero.
func leadingBlanks(digits []byte) bool {
	var before byte
	for i, d := range digits {
		if d&blankDigit != 0 && before != 0 {
			return false
		}
		digits[i] = d &^ blankDigit
		before |= d & 0x0F
	}
	return true
}

// text makes a number's text of its digits, which stand in room behind its edge
// and begin with so many zeros; ok is false when they are more than the field
// has. What differs from number to number (its sign, its zeros) is reckoned and
// not branched on.
func (n *numeral) text(room []byte, places, zeros int, negative bool) (from, to int, ok bool) {
	excess, whole := places-n.digits, places-n.decimals
	if excess > zeros {
		return 0, 0, false
	}
	from, to = numberEdge+excess, numberEdge+places
	if n.decimals > 0 {
		for i := to; i > numberEdge+whole; i-- {
			room[i] = room[i-1]
		}
		room[numberEdge+whole] = '.'
		to++
		room[numberEdge-1] = '0' // where no digit stands before the point
		from = numberEdge + max(min(zeros, whole-1), min(excess, whole-1))
	}
	room[from-1] = '-'
	if negative {
		from--
	}
	return from, to, true
}

// leadingZeros counts the zeros that digits begin with.
func leadingZeros(digits []byte) (n int) {
	for n < len(digits) && digits[n] == '0' {
		n++
	}
	return n
}

// unpack spreads the half-bytes of a packed number: digits, then the sign: C, F,
// A, E plus, D, B minus. The value has four bits for each of the last 16 digits.
func unpack(digits, raw []byte) (value uint64, seen byte, negative bool) {
	last := len(raw) - 1
	digits = digits[:2*last+1]
	var both uint16
	for i, x := range raw[:last] {
		pair := pairs[x]
		binary.LittleEndian.PutUint16(digits[2*i:], pair)
		both |= pair
		value = value<<8 | uint64(x)
	}
	seen = byte(both) | byte(both>>8)
	d, sign := byte(pairs[raw[last]]), raw[last]&0x0F
	digits[2*last] = d
	if sign < 0x0A {
		seen |= notDigit
	}
	return value<<4 | uint64(d&0x0F), seen | d, sign == 0x0D || sign == 0x0B
}

// pairs are the two digits of a byte as text, the first one in the low byte.
var pairs = func() (t [256]uint16) {
	half := func(x int) uint16 {
		if x > 9 {
			return notDigit
		}
		return uint16('0' + x)
	}
	for i := range t {
		t[i] = half(i>>4) | half(i&0x0F)<<8
	}
	return t
}()

// figureTable says what a byte of a zoned or overpunched number is: a digit as
// text, or a mark.
type figureTable struct {
	body, last [256]byte
	minus      [256]bool // of the last byte
}

// spread makes text of the digits. The value is that of unpack.
func (t *figureTable) spread(digits, raw []byte) (value uint64, seen byte, negative bool) {
	last := len(raw) - 1
	digits = digits[:len(raw)]
	for i, x := range raw[:last] {
		d := t.body[x]
		digits[i] = d
		seen |= d
		value = value<<4 | uint64(d&0x0F)
	}
	d := t.last[raw[last]]
	digits[last] = d
	return value<<4 | uint64(d&0x0F), seen | d, t.minus[raw[last]]
}

// figureKey tells figure tables apart; the page is nil where text is ASCII.
type figureKey struct {
	way  string
	page *page
}

var figureTables = func() map[figureKey]*figureTable {
	all := map[figureKey]*figureTable{}
	for _, p := range []*page{nil, pages[EBCDIC037], pages[EBCDIC1047]} {
		all[figureKey{Zoned, p}] = zonedTable(p != nil)
		all[figureKey{Overpunch, p}] = overpunchTable(p)
	}
	return all
}()

// zonedTable takes a digit from the lower half of each byte. In EBCDIC the upper
// half is F, and of the last byte the sign; in ASCII it is 3, and 7 in the last
// byte of a negative number. Blanks may stand for leading zeros.
func zonedTable(ebcdic bool) *figureTable {
	t := new(figureTable)
	zone, blank := 0x3, ' '
	if ebcdic {
		zone, blank = 0xF, 0x40
	}
	for i := range 256 {
		t.body[i], t.last[i] = notDigit, notDigit
		if i&0x0F > 9 {
			continue
		}
		upper, digit := i>>4, '0'+byte(i&0x0F)
		if upper == zone {
			t.body[i], t.last[i] = digit, digit
		}
		if minus := ebcdic && (upper == 0xD || upper == 0xB) || !ebcdic && upper == 0x7; minus || ebcdic && upper >= 0xA {
			t.last[i], t.minus[i] = digit, minus
		}
	}
	t.body[blank], t.last[blank] = '0'|blankDigit, '0'|blankDigit
	return t
}

const (
	plusDigits  = "{ABCDEFGHI"
	minusDigits = "}JKLMNOPQR"
)

// overpunchTable is for characters: digits, the last of them one that tells the
// sign too, or a plain one. Blanks may stand for leading zeros.
func overpunchTable(p *page) *figureTable {
	t := new(figureTable)
	for i := range 256 {
		c := byte(i)
		if p != nil {
			c = p.ascii[i]
		}
		t.body[i], t.last[i] = notDigit, notDigit
		if c >= '0' && c <= '9' {
			t.body[i], t.last[i] = c, c
		}
		if c == ' ' {
			t.body[i] = '0' | blankDigit
		}
		if d := bytes.IndexByte([]byte(plusDigits), c); d >= 0 {
			t.last[i] = byte('0' + d)
		}
		if d := bytes.IndexByte([]byte(minusDigits), c); d >= 0 {
			t.last[i], t.minus[i] = byte('0'+d), true
		}
	}
	return t
}
