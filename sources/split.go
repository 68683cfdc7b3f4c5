package sources

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"unicode/utf8"

	"locatematch/sources/person"
)

// Splitter turns chunks into rows. One worker owns it and reuses it, and after
// the first chunks it allocates nothing.
type Splitter struct {
	layout *Layout
	fields []slot // fixed: where the columns lie
	reach  int    // fixed: how many bytes of a record are read
	room   int    // fixed: how many bytes a record's decoded values take at most
	left   bool   // trim blanks on the left
	right  bool

	// Of the chunk being split.
	chunk   *Chunk
	rows    *person.Rows
	suspect bool // the chunk holds NUL bytes or what its encoding may not have
	line    int64
	record  int64         // of the row being split
	lent    []person.Span // the context's values
	block   block
	rejects []Reject
	invalid []Invalid
}

// NewSplitter makes a splitter for the layout's chunks.
func (l *Layout) NewSplitter() *Splitter {
	s := &Splitter{layout: l, left: l.Trim == "both", right: l.Trim != "none"}
	if l.Format == Fixed {
		s.slots()
	}
	return s
}

// Split splits one chunk into rows, which it empties first. Each record of the
// chunk becomes a row or a reject (I1). The rows point into the chunk and are
// valid until its release; the rejects are valid until the next call. The
// error is for a chunk of another layout: a fault of the program.
func (s *Splitter) Split(c *Chunk, rows *person.Rows) (rejects []Reject, err error) {
	rows.Reset()
	rows.Data, rows.Width = c.Data, len(s.layout.columns)
	if s.layout.coded && s.layout.page != nil {
		rows.Data = nil // every value is decoded
	}
	s.chunk, s.rows, s.rejects, s.invalid = c, rows, s.rejects[:0], s.invalid[:0]
	s.line, s.record = c.FirstLine, c.FirstRecord
	if err := s.borrow(); err != nil {
		return nil, err
	}
	switch {
	case s.layout.Format == Parquet:
		s.splitCells()
	case c.outside:
		s.rejectAll()
	default:
		s.suspect = !s.clean(c.Data)
		if s.layout.Format == CSV {
			s.splitCSV(c.Data)
		} else {
			s.splitFixed(c.Data)
		}
	}
	s.chunk, s.rows = nil, nil
	return s.rejects, nil
}

// Invalid lists the values of the rows split last that are not what their layout
// says: numbers that are none, which are missing from their rows, and strays,
// which became blanks. It is valid until the next call of Split.
func (s *Splitter) Invalid() []Invalid { return s.invalid }

// borrow puts the section's values behind the chunk, once for all its rows.
func (s *Splitter) borrow() error {
	s.lent = s.lent[:0]
	own := len(s.layout.data)
	want := len(s.layout.columns) - own
	if s.layout.Format == CSV && s.chunk.header == nil {
		return fmt.Errorf("split %s: a chunk of another format", s.layout.Name)
	}
	if want == 0 || s.chunk.outside {
		return nil
	}
	if s.chunk.context == nil || len(s.chunk.context.spans) != want {
		return fmt.Errorf("split %s: a chunk of another layout", s.layout.Name)
	}
	at := s.rows.Append(s.chunk.context.data)
	for _, x := range s.chunk.context.spans {
		s.lent = append(s.lent, person.Span{Start: at.Start + x.Start, End: at.Start + x.End})
	}
	return nil
}

// clean tells whether no row of the data needs a look at its bytes.
func (s *Splitter) clean(data []byte) bool {
	if s.layout.Encoding == Strays {
		return false // most records are told in eight bytes at a time
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return false
	}
	return asciiOnly(data) || s.layout.Encoding == UTF8 && utf8.Valid(data)
}

// begin makes room for one row and returns its spans.
func (s *Splitter) begin() []person.Span {
	n, w := len(s.rows.Spans), s.rows.Width
	s.rows.Spans = slices.Grow(s.rows.Spans, w)[:n+w]
	return s.rows.Spans[n : n+w : n+w]
}

// accept ends the row that begin began: its section's values are added, its
// bytes looked at where the chunk is suspect.
func (s *Splitter) accept(row []person.Span, record []byte) {
	if s.suspect && !s.sound(row, record) {
		return
	}
	s.add(row)
}

// add ends a row that is sound.
func (s *Splitter) add(row []person.Span) {
	copy(row[len(row)-len(s.lent):], s.lent)
	s.rows.Lines = append(s.rows.Lines, s.line)
	s.record++
}

// drop takes back the row that begin began and rejects the record.
func (s *Splitter) drop(reason, detail string) {
	s.rows.Spans = s.rows.Spans[:len(s.rows.Spans)-s.rows.Width]
	s.reject(reason, detail)
}

// reject rejects the record at hand.
func (s *Splitter) reject(reason, detail string) {
	s.rejects = append(s.rejects, Reject{Line: s.line, Record: s.record, Reason: reason, Detail: detail})
	s.record++
}

// sound looks at a row's bytes: it drops one that holds a NUL or is not of the
// encoding, and rewrites the values of one in windows-1252 as UTF-8.
func (s *Splitter) sound(row []person.Span, record []byte) bool {
	if s.layout.Encoding == Strays {
		s.mend(row, record)
		return true
	}
	if i := bytes.IndexByte(record, 0); i >= 0 {
		s.drop(NUL, fmt.Sprintf("at byte %d", i+1))
		return false
	}
	if asciiOnly(record) {
		return true
	}
	if s.layout.badEncoding(record) {
		s.drop(EncodingFault, "not "+s.layout.Encoding)
		return false
	}
	if s.layout.Encoding == Windows {
		for i := range row[:len(row)-len(s.lent)] {
			s.rewrite(&row[i])
		}
	}
	return true
}

// rewrite turns one value from windows-1252 to UTF-8, behind the data.
func (s *Splitter) rewrite(x *person.Span) {
	v := s.rows.Data[x.Start:x.End]
	if !asciiOnly(v) {
		var room [256]byte
		*x = s.rows.Append(windowsText(room[:0], v))
	}
}

// rejectAll rejects every record of a chunk that stands outside all sections.
func (s *Splitter) rejectAll() {
	b := newBoundary(s.layout)
	for data := s.chunk.Data; len(data) > 0; {
		n, lines := b.next(data)
		s.reject(OutsideSection, "before a section record or after a trailer")
		s.line += lines
		data = data[n:]
	}
}

const blankWord = 0x2020202020202020

// trim is the span [from, to) of data without the blanks that the layout trims.
func (s *Splitter) trim(data []byte, from, to int) person.Span {
	if s.right {
		for to-from >= 8 && binary.LittleEndian.Uint64(data[to-8:]) == blankWord {
			to -= 8
		}
		for to > from && data[to-1] == ' ' {
			to--
		}
	}
	if s.left {
		for from < to && data[from] == ' ' {
			from++
		}
	}
	return person.Span{Start: uint32(from), End: uint32(to)}
}

// matches marks with 0x80 the bytes of x that equal those of pattern.
func matches(x, pattern uint64) uint64 {
	const low = 0x7F7F7F7F7F7F7F7F
	y := x ^ pattern
	return ^((y&low + low) | y | low)
}
