package sources

import (
	"bytes"
	"encoding/binary"
	"slices"

	"locatematch/sources/person"
)

// blockRows are the records of a block: a bit of a word each, and small enough
// that a block of wide records stays in the first cache.
const blockRows = 64

// wordRoom is what decoding whole words reads, and writes, behind a value at most.
const wordRoom = 8

// block is a run of whole fixed records, split a column at a time: what differs
// between fields is then outside the loop over records. Whatever is not as
// usual (a record of another length or mark, bytes that are not text, a number
// that is none) is split record by record, in its turn.
type block struct {
	starts [blockRows]uint32 // where the records begin in the chunk
	n      int
	line   int64 // of the first
}

// usual tells whether the record data[from:to] can be split in a block.
func (s *Splitter) usual(data []byte, from, to int) bool {
	l := s.layout
	if to-from != l.Length || from+s.reach > len(data) {
		return false
	}
	if m := l.Records.Data.Mark; m != nil && !m.is(l, data[from:to]) {
		return false
	}
	return !s.suspect || l.coded || asciiOnly(data[from:to]) && bytes.IndexByte(data[from:to], 0) < 0
}

// push puts a usual record into the block, which is split when it is full.
func (s *Splitter) push(data []byte, from int) {
	b := &s.block
	if b.n == 0 {
		b.line = s.line
	}
	b.starts[b.n] = uint32(from)
	if b.n++; b.n == blockRows {
		s.flush(data)
	}
}

// flush makes rows of the block's records.
func (s *Splitter) flush(data []byte) {
	b := &s.block
	if b.n == 0 {
		return
	}
	first, width := len(s.rows.Spans), s.rows.Width
	s.rows.Spans = slices.Grow(s.rows.Spans, b.n*width)[:first+b.n*width]
	spans := s.rows.Spans[first:]
	odd := s.columns(data, spans)
	for i := range b.n {
		s.rows.Lines = append(s.rows.Lines, b.line+int64(i))
		if len(s.lent) > 0 {
			copy(spans[(i+1)*width-len(s.lent):(i+1)*width], s.lent)
		}
	}
	if odd != 0 {
		s.reconsider(data, odd)
	}
	s.record += int64(b.n)
	b.n = 0
}

// columns splits the block's columns, and returns the records that want a
// closer look.
func (s *Splitter) columns(data []byte, spans []person.Span) (odd uint64) {
	starts := s.block.starts[:s.block.n]
	var out text
	if s.layout.coded {
		out = text{at: uint32(len(s.rows.Data)), room: s.rows.Extend(s.room*len(starts) + wordRoom)}
	}
	for i := range s.fields {
		f, column := &s.fields[i], stripe{spans[i:], s.rows.Width}
		if f.number != nil {
			odd |= out.numbers(f, column, data, starts)
			continue
		}
		f.trim(column, data, starts)
		switch {
		case s.layout.page != nil:
			odd |= out.decode(s.layout.page, column, data, len(starts))
		case s.suspect && s.layout.coded:
			odd |= doubtful(column, data, len(starts))
		}
	}
	if s.layout.coded {
		s.rows.Data = s.rows.Data[:int(out.at)+out.used]
	}
	return odd
}

// reconsider splits the odd records again, each by itself, and takes those out
// that are rejected.
func (s *Splitter) reconsider(data []byte, odd uint64) {
	b, width := s.block, s.rows.Width
	line, record := s.line, s.record
	first := s.rows.Len() - b.n
	spans, lines := s.rows.Spans[first*width:], s.rows.Lines[first:]
	kept := 0
	for i := range b.n {
		row := spans[i*width : (i+1)*width]
		if odd>>i&1 != 0 {
			s.line, s.record = b.line+int64(i), record+int64(i)
			from := int(b.starts[i])
			if reason, detail := s.codedValues(row, data, from, from+s.layout.Length); reason != "" {
				s.reject(reason, detail)
				continue
			}
		}
		copy(spans[kept*width:], row)
		lines[kept] = lines[i]
		kept++
	}
	s.rows.Spans, s.rows.Lines = s.rows.Spans[:(first+kept)*width], s.rows.Lines[:first+kept]
	s.line, s.record = line, record
}

// stripe is a column of rows: every so manyth span.
type stripe struct {
	spans []person.Span
	width int
}

// doubtful are the rows whose text is not ASCII or has a NUL.
func doubtful(column stripe, data []byte, n int) (odd uint64) {
	for i := range n {
		x := column.spans[i*column.width]
		if v := data[x.Start:x.End]; !asciiOnly(v) || bytes.IndexByte(v, 0) >= 0 {
			odd |= 1 << i
		}
	}
	return odd
}

// text is room for a block's decoded values.
type text struct {
	at   uint32 // where room begins in the rows' data
	room []byte
	used int
}

// decode decodes a column of trimmed text; odd are rows with a byte that is not
// printable ASCII. It reads and writes whole words, so that few values make it
// go round more than once; what it writes behind a value is
// overwritten by the next.
func (t *text) decode(p *page, column stripe, data []byte, n int) (odd uint64) {
	used := t.used
	for i := range n {
		x := &column.spans[i*column.width]
		from, length := int(x.Start), x.Len()
		if length == 0 {
			x.Start, x.End = t.at, t.at
			continue
		}
		var seen uint64
		for at := 0; ; at += 8 {
			word := p.asciiWord(binary.LittleEndian.Uint64(data[from+at:]))
			binary.LittleEndian.PutUint64(t.room[used+at:], word)
			if length <= at+8 {
				seen |= word & (1<<(8*(length-at)) - 1)
				break
			}
			seen |= word
		}
		if seen&highBits != 0 {
			odd |= 1 << i
		}
		x.Start = t.at + uint32(used)
		used += length
		x.End = t.at + uint32(used)
	}
	t.used = used
	return odd
}

// numbers decodes a column of numbers; odd are rows with one that is none.
func (t *text) numbers(f *slot, column stripe, data []byte, starts []uint32) (odd uint64) {
	for i, start := range starts {
		from, to, ok := f.number.read(t.room[t.used:], data[int(start)+f.from:int(start)+f.to])
		if !ok {
			odd |= 1 << i
		}
		at := t.at + uint32(t.used)
		column.spans[i*column.width] = person.Span{Start: at + uint32(from), End: at + uint32(to)}
		t.used += to
	}
	return odd
}
