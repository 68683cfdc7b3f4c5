package sources

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"

	"locatematch/sources/person"
)

const everyByte = 0x0101010101010101

// splitCSV splits delimited records: stretches of lines without a quote the
// fast way, lines with one value by value.
func (s *Splitter) splitCSV(data []byte) {
	if s.layout.Quote == "none" {
		s.lines(data, 0, len(data))
		return
	}
	for from := 0; from < len(data); {
		q := bytes.IndexByte(data[from:], '"')
		if q < 0 {
			s.lines(data, from, len(data))
			return
		}
		start := from + bytes.LastIndexByte(data[from:from+q], '\n') + 1
		s.lines(data, from, start)
		from = start + s.quotedRecord(data, start)
	}
}

// lines splits data[from:to], whole lines without quotes. It looks for
// delimiters and line ends at once, in stretches of 64 bytes: one loop over the
// stops of a stretch ends once, and once is mispredicted.
func (s *Splitter) lines(data []byte, from, to int) {
	data = data[:to]
	target, delimiter := s.chunk.header.target, s.layout.Delimiter[0]
	line, value, column := from, from, 0 // starts of the line and of the value
	var row []person.Span
	for at := from; at < to; at += 64 {
		for m := stops(data[at:], delimiter); m != 0; m &= m - 1 {
			end := at + bits.TrailingZeros64(m)
			if data[end] == '\n' {
				s.endLine(data, line, value, end, row, column)
				line, value, column = end+1, end+1, 0
				continue
			}
			if column == 0 {
				row = s.begin()
			}
			if column < len(target) && target[column] >= 0 {
				x := &row[target[column]]
				*x = person.Span{Start: uint32(value), End: uint32(end)}
				if blankEnds(data, value, end) { // s.value, but inlined
					*x = s.trim(data, value, end)
				}
			}
			column++
			value = end + 1
		}
	}
	if line < to { // the last line of the file has no line end
		s.endLine(data, line, value, to, row, column)
	}
}

// stops marks, bit by bit, which of the first 64 bytes are delimiters or line
// ends.
func stops(data []byte, delimiter byte) (m uint64) {
	if len(data) < 64 {
		return lastStops(data, delimiter)
	}
	const lineEnds = everyByte * '\n'
	delimiters := everyByte * uint64(delimiter)
	for i := 0; i < 64; i += 8 {
		x := binary.LittleEndian.Uint64(data[i : i+8 : 64])
		m |= gather(matches(x, delimiters)|matches(x, lineEnds)) << i
	}
	return m
}

// gather makes the marks of matches one bit a byte: the product brings each
// byte's bit to its place in the highest byte, and no two meet.
func gather(marks uint64) uint64 { return marks >> 7 * 0x0102040810204080 >> 56 }

// lastStops is stops of the last bytes, fewer than 64.
func lastStops(data []byte, delimiter byte) (m uint64) {
	for i, x := range data {
		if x == delimiter || x == '\n' {
			m |= 1 << i
		}
	}
	return m
}

// value is trim behind a look at both ends: most values have no blanks there.
func (s *Splitter) value(data []byte, from, to int) person.Span {
	if !blankEnds(data, from, to) {
		return person.Span{Start: uint32(from), End: uint32(to)}
	}
	return s.trim(data, from, to)
}

func blankEnds(data []byte, from, to int) bool {
	return from < to && (data[to-1] == ' ' || data[from] == ' ')
}

// endLine ends the line data[line:end], whose last value starts at value and
// whose earlier ones are in row.
func (s *Splitter) endLine(data []byte, line, value, end int, row []person.Span, column int) {
	if end > value && data[end-1] == '\r' {
		end--
	}
	if end == line {
		s.reject(BlankLine, "")
		s.line++
		return
	}
	if column == 0 {
		row = s.begin()
	}
	if target := s.chunk.header.target; column < len(target) && target[column] >= 0 {
		row[target[column]] = s.value(data, value, end)
	}
	s.endRow(row, column+1, data[line:end])
	s.line++
}

// endRow accepts a row that has as many columns as the file, and the mark.
func (s *Splitter) endRow(row []person.Span, columns int, record []byte) {
	switch l := s.layout; {
	case columns != len(s.chunk.header.target):
		s.drop(Columns, fmt.Sprintf("%d of %d columns", columns, len(s.chunk.header.target)))
	case l.Records.Data.Mark != nil && !l.Records.Data.Mark.is(l, record):
		s.drop(RecordType, "its mark is not that of a data record")
	default:
		s.accept(row, record)
	}
}

// quotedRecord splits the record at data[from:] value by value and returns its
// length with the line end.
func (s *Splitter) quotedRecord(data []byte, from int) int {
	delimiter := s.layout.Delimiter[0]
	end, sound, _ := csvRecord(data[from:], delimiter, true)
	record := bytes.TrimSuffix(data[from:from+end], newline)
	record = bytes.TrimSuffix(record, carriage)
	if !sound {
		s.reject(QuoteFault, "a quoted value is not closed, or goes on behind its quote")
		s.line++
		return end
	}
	row, column, target := s.begin(), 0, s.chunk.header.target
	eachValue(s.rows, from, from+len(record), delimiter, func(x person.Span) {
		if column < len(target) && target[column] >= 0 {
			row[target[column]] = s.trim(s.rows.Data, int(x.Start), int(x.End))
		}
		column++
	})
	s.endRow(row, column, record)
	s.line += countLines(data[from : from+end])
	return end
}

var carriage = []byte{'\r'}

// eachValue calls f with the place of each value of the sound record
// rows.Data[from:to], which has no line end. A value with doubled quotes is
// rewritten behind the data.
func eachValue(rows *person.Rows, from, to int, delimiter byte, f func(person.Span)) {
	record := rows.Data[from:to]
	for i := 0; ; {
		if i < len(record) && record[i] == '"' {
			end, doubled := quotedValue(record, i+1)
			x := person.Span{Start: uint32(from + i + 1), End: uint32(from + end)}
			if doubled {
				x = undouble(rows, record[i+1:end])
			}
			f(x)
			i = end + 1
		} else {
			end := len(record)
			if d := bytes.IndexByte(record[i:], delimiter); d >= 0 {
				end = i + d
			}
			f(person.Span{Start: uint32(from + i), End: uint32(from + end)})
			i = end
		}
		if i >= len(record) {
			return
		}
		i++ // the delimiter
	}
}

// undouble writes a value behind the data with one quote for each two.
func undouble(rows *person.Rows, v []byte) person.Span {
	start := uint32(len(rows.Data))
	for {
		q := bytes.IndexByte(v, '"')
		if q < 0 {
			return person.Span{Start: start, End: rows.Append(v).End}
		}
		rows.Append(v[:q+1])
		v = v[q+2:]
	}
}

// quotedValue is the place of the quote that closes the value at record[i:],
// and whether quotes are doubled within.
func quotedValue(record []byte, i int) (end int, doubled bool) {
	for {
		i += bytes.IndexByte(record[i:], '"')
		if i+1 >= len(record) || record[i+1] != '"' {
			return i, doubled
		}
		doubled = true
		i += 2
	}
}
