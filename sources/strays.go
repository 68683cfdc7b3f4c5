package sources

import (
	"encoding/binary"

	"locatematch/sources/person"
)

// mend makes blanks of the strays in a row's values and notes them.
func (s *Splitter) mend(row []person.Span, record []byte) {
	if printable(record) {
		return
	}
	for i := range row[:len(row)-len(s.lent)] {
		v := s.rows.Data[row[i].Start:row[i].End]
		if printable(v) {
			continue
		}
		x, strays := s.layout.page.decode(s.rows, v)
		row[i] = s.trim(s.rows.Data, int(x.Start), int(x.End))
		if strays > 0 {
			s.note(i, StrayBytes)
		}
	}
}

// printable tells whether all bytes lie between blank and tilde, eight at a
// time: no high bit, no byte below a blank, and none above a tilde.
func printable(b []byte) bool {
	for len(b) >= 8 {
		x := binary.LittleEndian.Uint64(b)
		low := (x - blankWord) | (x + everyByte)
		if (x|low)&highBits != 0 {
			return false
		}
		b = b[8:]
	}
	for _, x := range b {
		if x < ' ' || x > '~' {
			return false
		}
	}
	return true
}
