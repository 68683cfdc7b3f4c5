package sources

import (
	"bytes"
	"encoding/binary"

	"locatematch/sources/person"
)

// codedRow splits the record data[from:to] of a layout whose values are decoded
// one by one. A value that cannot be decoded is missing and noted; a record
// that cannot be one of the layout's is rejected.
func (s *Splitter) codedRow(data []byte, from, to int) {
	row := s.begin()
	if reason, detail := s.codedValues(row, data, from, to); reason != "" {
		s.drop(reason, detail)
		return
	}
	s.add(row)
}

// codedValues gives a row its values, or says why the record is none.
func (s *Splitter) codedValues(row []person.Span, data []byte, from, to int) (reason, detail string) {
	noted, text := len(s.invalid), len(s.rows.Data)
	var c coding
	for i := range s.fields {
		f := &s.fields[i]
		start, end := min(from+f.from, to), min(from+f.to, to)
		switch {
		case f.number != nil:
			row[i] = s.numeral(f.number, data[start:end], i, &c)
		case s.layout.page != nil:
			row[i] = s.decoded(data, start, end, i, &c)
		default:
			row[i] = s.plainText(data, start, end, &c)
		}
	}
	if reason, detail = s.distrust(&c); reason != "" {
		s.invalid = s.invalid[:noted]
		if s.layout.page != nil {
			s.rows.Data = s.rows.Data[:text]
		}
	}
	return reason, detail
}

// coding is what decoding one record came to.
type coding struct {
	numbers, bad int    // numbers that are not missing, and those of them that are none
	bytes        int    // of text
	strays       int    // of those
	reason       string // why the record is none
	detail       string
}

// distrust says why a record cannot be one of the layout's: a value with bytes
// that the encoding does not have, a quarter of its text without a character (of
// ASCII read as EBCDIC it is nine tenths), or nothing but numbers that are none,
// which is what a lost byte does to all that follow.
func (s *Splitter) distrust(c *coding) (reason, detail string) {
	switch {
	case c.reason != "":
		return c.reason, c.detail
	case s.layout.ebcdic() && 4*c.strays > c.bytes:
		return EncodingFault, "not " + s.layout.Encoding
	case c.bad >= 2 && c.bad == c.numbers:
		return Shifted, "none of its numbers is one"
	}
	return "", ""
}

// numeral decodes a number behind the data.
func (s *Splitter) numeral(n *numeral, raw []byte, column int, c *coding) person.Span {
	var room [2 * maxNumberWidth]byte
	text, ok := n.decode(room[:0], raw)
	switch {
	case !ok:
		c.bad++
		c.numbers++
		s.note(column, NotNumber)
		return person.Span{}
	case len(text) == 0:
		return person.Span{}
	}
	c.numbers++
	return s.rows.Append(text)
}

// note notes an invalid value of the row at hand.
func (s *Splitter) note(column int, reason string) {
	s.invalid = append(s.invalid, Invalid{Line: s.line, Column: column, Reason: reason})
}

// decoded decodes text of the layout's page behind the data.
func (s *Splitter) decoded(data []byte, from, to, column int, c *coding) person.Span {
	p := s.layout.page
	c.bytes += to - from
	from, to = s.trimBy(p.blank, data, from, to)
	if from == to {
		return person.Span{}
	}
	x, strays := p.decode(s.rows, data[from:to])
	if strays == 0 {
		return x
	}
	c.strays += strays
	s.note(column, StrayBytes)
	return s.trim(s.rows.Data, int(x.Start), int(x.End))
}

// plainText is text of another encoding, where it lies; windows-1252 is decoded.
func (s *Splitter) plainText(data []byte, from, to int, c *coding) person.Span {
	x := s.trim(data, from, to)
	v := data[x.Start:x.End]
	if !s.suspect || asciiOnly(v) && bytes.IndexByte(v, 0) < 0 {
		return x
	}
	switch err := s.layout.soundText(v); {
	case err == errNUL:
		c.reason, c.detail = NUL, "in a value"
	case err != nil:
		c.reason, c.detail = EncodingFault, err.Error()
	case s.layout.Encoding == Windows:
		s.rewrite(&x)
	}
	return x
}

// trimBy cuts the layout's blanks, eight at a time on the right.
func (s *Splitter) trimBy(blank byte, data []byte, from, to int) (int, int) {
	if s.right {
		word := everyByte * uint64(blank)
		for to-from >= 8 && binary.LittleEndian.Uint64(data[to-8:]) == word {
			to -= 8
		}
		for to > from && data[to-1] == blank {
			to--
		}
	}
	if s.left {
		for from < to && data[from] == blank {
			from++
		}
	}
	return from, to
}
