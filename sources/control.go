package sources

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"unicode/utf8"

	"locatematch/sources/person"
)

// controlValues reads the fields of a header, section or trailer record as
// UTF-8. An error says what is wrong with the record; values then holds what
// could be read, for the section's name.
func (l *Layout) controlValues(word string, record []byte) ([][]byte, error) {
	r := l.record(word)
	if l.LineEnds != "none" {
		record = bytes.TrimRight(record, "\r\n")
	}
	values, err := l.recordValues(r, record)
	if err != nil {
		return values, err
	}
	for i, f := range r.Fields {
		if f.Literal != "" && string(values[i]) != f.Literal {
			return values, fmt.Errorf("%s is not %s", f.Name, f.Literal)
		}
	}
	return values, nil
}

// recordValues reads a control record's values as UTF-8.
func (l *Layout) recordValues(r *Record, record []byte) (values [][]byte, err error) {
	if l.coded {
		values, err = fixedValues(r, record, l.Length, l.blank())
		if err != nil {
			return values, err
		}
		return values, l.decodeValues(r, record, values)
	}
	if err := l.soundText(record); err != nil {
		return nil, err
	}
	if l.Format == Fixed {
		values, err = fixedValues(r, record, l.Length, ' ')
	} else {
		values, err = l.delimitedValues(r, record)
	}
	for i, v := range values {
		values[i] = l.decodeText(v)
	}
	return values, err
}

// decodeText is a sound value as UTF-8.
func (l *Layout) decodeText(v []byte) []byte {
	switch {
	case l.page != nil:
		text, _ := l.page.appendText(nil, v)
		return bytes.Trim(text, " ")
	case l.Encoding == Windows:
		return windowsText(nil, v)
	}
	return v
}

// decodeValues decodes the values of a control record one by one: numbers from
// the record, text from its bytes.
func (l *Layout) decodeValues(r *Record, record []byte, values [][]byte) (err error) {
	for i := range r.Fields {
		f := &r.Fields[i]
		if n := l.numeral(f); n != nil {
			text, ok := n.decode(nil, record[f.At-1:f.At-1+f.Width])
			if values[i] = text; !ok {
				err = fmt.Errorf("%s is no %s number", f.Name, f.Number)
			}
			continue
		}
		if l.page == nil {
			if fault := l.soundText(values[i]); fault != nil {
				err = fmt.Errorf("%s: %w", f.Name, fault)
			}
		}
		values[i] = l.decodeText(values[i])
	}
	return err
}

// errNUL is text with a NUL byte.
var errNUL = errors.New("a NUL byte in it")

// soundText tells whether bytes are text of the layout's encoding.
func (l *Layout) soundText(b []byte) error {
	switch {
	case l.Encoding == Strays: // every byte is tolerated
		return nil
	case bytes.IndexByte(b, 0) >= 0:
		return errNUL
	case l.badEncoding(b):
		return fmt.Errorf("not %s", l.Encoding)
	}
	return nil
}

// badEncoding tells whether bytes are not text of the layout's encoding.
func (l *Layout) badEncoding(b []byte) bool {
	switch l.Encoding {
	case ASCII:
		return !asciiOnly(b)
	case Windows:
		for _, x := range b {
			if windowsRunes[x] == "" {
				return true
			}
		}
		return false
	}
	return !utf8.Valid(b)
}

// fixedValues slices a control record; it must reach the end of its last
// field, as trailing blanks may have been stripped.
func fixedValues(r *Record, record []byte, length int, blank byte) ([][]byte, error) {
	values := make([][]byte, len(r.Fields))
	blanks := string([]byte{blank})
	var err error
	if len(record) > length && len(bytes.TrimRight(record[length:], blanks)) > 0 {
		err = fmt.Errorf("%d bytes of %d", len(record), length)
	}
	for i, f := range r.Fields {
		from, to := f.At-1, f.At-1+f.Width
		if to > len(record) {
			err = fmt.Errorf("%d bytes, and %s ends at %d", len(record), f.Name, to)
		}
		from, to = min(from, len(record)), min(to, len(record))
		values[i] = bytes.Trim(record[from:to], blanks)
	}
	return values, err
}

// delimitedValues splits a control record; columns behind its fields must be
// empty, as some writers give every record the same number of delimiters.
func (l *Layout) delimitedValues(r *Record, record []byte) ([][]byte, error) {
	values, sound := l.splitValues(record)
	if !sound {
		return nil, fmt.Errorf("a quoted value that is not closed")
	}
	if r.Mark != nil {
		values = values[1:]
	}
	if len(values) < len(r.Fields) {
		return make([][]byte, len(r.Fields)), fmt.Errorf("%d values for %d fields", len(values), len(r.Fields))
	}
	for _, v := range values[len(r.Fields):] {
		if len(v) > 0 {
			return values, fmt.Errorf("%d values for %d fields", len(values), len(r.Fields))
		}
	}
	return values[:len(r.Fields)], nil
}

// splitValues splits one delimited record without its line end; it allocates,
// and serves control records and the line of column names.
func (l *Layout) splitValues(record []byte) (values [][]byte, sound bool) {
	var rows person.Rows
	rows.Data = record[:len(record):len(record)]
	if l.Quote == "none" {
		for _, v := range bytes.Split(record, []byte(l.Delimiter)) {
			values = append(values, bytes.Trim(v, " "))
		}
		return values, true
	}
	if _, sound, _ := csvRecord(record, l.Delimiter[0], true); !sound {
		return nil, false
	}
	eachValue(&rows, 0, len(record), l.Delimiter[0], func(s person.Span) {
		values = append(values, bytes.Trim(rows.Data[s.Start:s.End], " "))
	})
	return values, true
}

// number reads a count: digits and nothing else.
func number(b []byte) (int64, bool) {
	for _, x := range b {
		if x < '0' || x > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	return n, err == nil
}

// add appends a value to the context.
func (c *rowContext) add(v []byte) {
	start := uint32(len(c.data))
	c.data = append(c.data, v...)
	c.spans = append(c.spans, person.Span{Start: start, End: uint32(len(c.data))})
}

// value is the i-th value of the context.
func (c *rowContext) value(i int) []byte { return c.data[c.spans[i].Start:c.spans[i].End] }
