package sources

import (
	"encoding/binary"
	"math/bits"

	"locatematch/sources/person"
)

// slot is the place of a column in a fixed record.
type slot struct {
	from, to int
	number   *numeral // nil for text
	blanks   uint64   // eight blanks
	left     bool     // cut blanks on the left
	right    bool
}

// slots compiles the places of the columns: how far beyond a record's start
// they are read, and how much room their decoded values take at most.
func (s *Splitter) slots() {
	l := s.layout
	for i := range l.data {
		f := &l.data[i]
		x := slot{
			from: f.At - 1, to: f.At - 1 + f.Width, number: l.numeral(f),
			blanks: everyByte * uint64(l.blank()), left: s.left, right: s.right,
		}
		s.fields = append(s.fields, x)
		s.reach = max(s.reach, x.from+8, x.to)
		if l.page != nil && x.number == nil {
			s.reach = max(s.reach, x.to+wordRoom)
		}
		s.room += f.Width
		if x.number != nil {
			s.room += numberRoom(x.number.places(f.Width)) - f.Width
		}
	}
}

// widest is the width of a field each of whose words has a bit in one.
const widest = 64 * 8

// trim gives the column of the records that begin at starts its spans, without
// the blanks that the layout trims. It finds them in words of eight bytes by
// counting zeros: to stop at a blank is a branch that cannot be foreseen.
func (f *slot) trim(column stripe, data []byte, starts []uint32) {
	switch width := f.to - f.from; {
	case width <= 8:
		f.trimNarrow(column, data, starts)
	case width <= 16:
		f.trimTwo(column, data, starts)
	case width <= widest:
		f.trimWide(column, data, starts)
	default:
		f.trimAny(column, data, starts)
	}
}

// span is the value between head and tail blanks of the field; of a field that is
// all blank both are its width.
func (f *slot) span(start uint32, head, tail int) person.Span {
	end := f.to - tail
	return person.Span{Start: start + uint32(min(f.from+head, end)), End: start + uint32(end)}
}

// keep are masks that make a count of blanks nothing where they are kept.
func (f *slot) keep() (head, tail int) {
	if f.left {
		head = -1
	}
	if f.right {
		tail = -1
	}
	return head, tail
}

// trimNarrow is for up to eight bytes, which are read with those behind them.
func (f *slot) trimNarrow(column stripe, data []byte, starts []uint32) {
	width := 8 * (f.to - f.from) // in bits
	beyond := uint64(1) << width // none when the field has all eight bytes
	before := uint64(1) << 63 >> width
	keepHead, keepTail := f.keep()
	for i, start := range starts {
		x := binary.LittleEndian.Uint64(data[int(start)+f.from:]) ^ f.blanks
		head := bits.TrailingZeros64(x|beyond) / 8 & keepHead
		tail := bits.LeadingZeros64(x<<((64-width)&63)|before) / 8 & keepTail
		column.spans[i*column.width] = f.span(start, head, tail)
	}
}

// trimTwo is for nine to sixteen bytes: the first eight and the last eight.
func (f *slot) trimTwo(column stripe, data []byte, starts []uint32) {
	between := f.to - f.from - 8
	keepHead, keepTail := f.keep()
	for i, start := range starts {
		record := data[int(start)+f.from : int(start)+f.to]
		first := binary.LittleEndian.Uint64(record) ^ f.blanks
		last := binary.LittleEndian.Uint64(record[between:]) ^ f.blanks
		low, head := first, 0
		if first == 0 {
			low, head = last, between
		}
		high, tail := last, 0
		if last == 0 {
			high, tail = first, between
		}
		head += bits.TrailingZeros64(low) / 8
		tail += bits.LeadingZeros64(high) / 8
		column.spans[i*column.width] = f.span(start, head&keepHead, tail&keepTail)
	}
}

// trimWide is for up to widest bytes: it notes which words are not blank, and
// looks into the last of them. Blanks before a value are rare in a wide field.
func (f *slot) trimWide(column stripe, data []byte, starts []uint32) {
	width := f.to - f.from
	_, keepTail := f.keep()
	for i, start := range starts {
		record := data[int(start)+f.from : int(start)+f.to]
		x := binary.LittleEndian.Uint64(record[width-8:]) ^ f.blanks
		filled := (x | -x) >> 63
		for at := (width - 9) &^ 7; at >= 0; at -= 8 {
			x := binary.LittleEndian.Uint64(record[at:]) ^ f.blanks
			filled = filled<<1 | (x|-x)>>63
		}
		last := min(max(8*bits.Len64(filled)-8, 0), width-8)
		x = binary.LittleEndian.Uint64(record[last:]) ^ f.blanks
		tail := (width - 8 - last + bits.LeadingZeros64(x)/8) & keepTail
		head := 0
		if tail < width && record[0] == byte(f.blanks) && f.left {
			head = leading(record, byte(f.blanks))
		}
		column.spans[i*column.width] = f.span(start, head, tail)
	}
}

// trimAny is for fields that are wider still.
func (f *slot) trimAny(column stripe, data []byte, starts []uint32) {
	for i, start := range starts {
		record := data[int(start)+f.from : int(start)+f.to]
		head, tail := 0, 0
		if f.right {
			tail = trailing(record, byte(f.blanks))
		}
		if f.left {
			head = leading(record, byte(f.blanks))
		}
		column.spans[i*column.width] = f.span(start, head, tail)
	}
}

// trailing counts the blanks at the end of a field.
func trailing(field []byte, blank byte) (n int) {
	for n < len(field) && field[len(field)-1-n] == blank {
		n++
	}
	return n
}

// leading counts the blanks at the start of a field.
func leading(field []byte, blank byte) (n int) {
	for n < len(field) && field[n] == blank {
		n++
	}
	return n
}
