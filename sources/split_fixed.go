package sources

import (
	"bytes"
	"fmt"
)

// splitFixed splits records of fixed width.
func (s *Splitter) splitFixed(data []byte) {
	l := s.layout
	for from := 0; from < len(data); {
		to, next := min(from+l.Length, len(data)), min(from+l.Length, len(data))
		if l.LineEnds != "none" {
			to, next = lineAt(data, from)
		}
		if s.usual(data, from, to) {
			s.push(data, from)
		} else {
			s.flush(data)
			s.fixedRecord(data, from, to)
		}
		s.line++
		from = next
	}
	s.flush(data)
}

// lineAt is where the line at from ends, and where the next one begins.
func lineAt(data []byte, from int) (to, next int) {
	to, next = len(data), len(data)
	if i := bytes.IndexByte(data[from:], '\n'); i >= 0 {
		to, next = from+i, from+i+1
	}
	if to > from && data[to-1] == '\r' {
		to--
	}
	return to, next
}

// fixedRecord splits the record data[from:to].
func (s *Splitter) fixedRecord(data []byte, from, to int) {
	l := s.layout
	if to-from != l.Length && !s.fits(data[from:to]) {
		return
	}
	if m := l.Records.Data.Mark; m != nil && !m.is(l, data[from:to]) {
		s.reject(RecordType, "its mark is not that of a data record")
		return
	}
	if l.coded {
		s.codedRow(data, from, to)
		return
	}
	row := s.begin()
	for i, f := range s.fields {
		row[i] = s.trim(data, min(from+f.from, to), min(from+f.to, to))
	}
	s.accept(row, data[from:to])
}

// fits judges a record of another length than the layout's. A longer one fits
// when only blanks are too many; a shorter one when the layout allows it
// (short: pad), it has the least bytes, and its last is no blank: trailing
// blanks were stripped, and then all of them.
func (s *Splitter) fits(record []byte) bool {
	l := s.layout
	switch n := len(record); {
	case n == 0:
		s.reject(BlankLine, "")
		return false
	case n > l.Length:
		if len(bytes.TrimRight(record[l.Length:], " ")) == 0 {
			return true
		}
		s.reject(LongRow, fmt.Sprintf("%d of %d bytes", n, l.Length))
		return false
	case l.Short == "pad" && n >= l.Least && record[n-1] != ' ':
		return true
	}
	s.reject(ShortRow, fmt.Sprintf("%d of %d bytes", len(record), l.Length))
	return false
}
