package person

// Span is a half-open byte range of Rows.Data.
type Span struct{ Start, End uint32 }

// Len is the number of bytes in the span.
func (s Span) Len() int { return int(s.End - s.Start) }

// Rows is one chunk split to fields. Values are trimmed of blanks and freed of
// quotes; a value that had to be rewritten (a doubled quote, another encoding)
// lies behind the chunk in Data. Where every value is rewritten (EBCDIC), Data
// holds them alone. The zero value is empty and ready for use.
type Rows struct {
	Data  []byte
	Width int     // columns
	Spans []Span  // len = Len()*Width, row by row
	Lines []int64 // physical 1-based start line of each row, or 1-based record number where there are no lines

	own []byte // Data's home once it has outgrown the chunk's buffer; kept for the next chunk
}

// Len is the number of rows.
func (r *Rows) Len() int { return len(r.Lines) }

// Value is one value, without a copy; empty when missing. It panics when row
// or col is out of range.
func (r *Rows) Value(row, col int) []byte {
	if uint(col) >= uint(r.Width) {
		panic("person: column out of range")
	}
	s := r.Spans[row*r.Width+col]
	return r.Data[s.Start:s.End:s.End]
}

// Line is where a row stood, as in Lines.
func (r *Rows) Line(row int) int64 { return r.Lines[row] }

// Reset empties the rows and lets go of the chunk, keeping what can be reused.
func (r *Rows) Reset() {
	r.Data = nil
	r.Width = 0
	r.Spans = r.Spans[:0]
	r.Lines = r.Lines[:0]
}

// Append puts b behind the data and returns where it lies. It writes into the
// spare room of the chunk's buffer while there is some; then Data moves to a
// buffer of the rows' own, which is kept over Reset.
func (r *Rows) Append(b []byte) Span {
	start := len(r.Data)
	if start+len(b) > cap(r.Data) {
		r.grow(len(b))
	}
	r.Data = append(r.Data, b...)
	return Span{uint32(start), uint32(len(r.Data))}
}

// Extend makes Data n bytes longer and returns them, unset: what is decoded is
// written where it stays.
func (r *Rows) Extend(n int) []byte {
	start := len(r.Data)
	if start+n > cap(r.Data) {
		r.grow(n)
	}
	r.Data = r.Data[:start+n]
	return r.Data[start:]
}

// grow moves Data to the rows' own buffer with room for n bytes more.
func (r *Rows) grow(n int) {
	need := len(r.Data) + n
	if cap(r.own) < need || sameStart(r.own, r.Data) {
		r.own = make([]byte, 0, need+need/4)
	}
	r.own = append(r.own[:0], r.Data...)
	r.Data = r.own
}

// sameStart tells whether two slices begin at one byte, that is, whether
// Data has already moved to the own buffer.
func sameStart(a, b []byte) bool {
	return cap(a) > 0 && cap(b) > 0 && &a[:1][0] == &b[:1][0]
}
