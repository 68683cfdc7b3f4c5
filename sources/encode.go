package sources

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Encoder writes records in a layout: the generator's night, golden pages and
// round trips. It does not check the order of records: whoever writes a
// trailer before its section gets the damaged file that they asked for.
type Encoder struct {
	layout *Layout
	form   recordWriter
	lines  map[string]*template // by record type
	row    *template            // the data record, for Row
	values []string             // reused by Write
}

// recordWriter is one format's way of writing a record.
type recordWriter interface {
	begin() error // what stands before the first record
	write(t *template, values []string) error
	raw(record []byte) error // bytes as they are
	close() error
}

// template is one record type made ready for writing.
type template struct {
	word   string
	record *Record
	index  map[string]int // field by name
	blank  []byte         // fixed: the record with mark, literals and blanks
	number []*numeral     // fixed: by field; nil for text
}

// NewEncoder makes an encoder that writes to w; for csv with named columns it
// writes the first line at once. Line ends are LF.
func NewEncoder(w io.Writer, l *Layout) (*Encoder, error) {
	e := &Encoder{layout: l, lines: map[string]*template{}}
	for _, word := range []string{"header", "section", "data", "trailer"} {
		if r := l.record(word); r != nil {
			e.lines[word] = newTemplate(l, word, r)
		}
	}
	e.row = e.lines["data"]
	switch l.Format {
	case Fixed:
		e.form = &fixedWriter{w: bufio.NewWriterSize(w, 1<<16), layout: l, text: l.bytesOf()}
	case CSV:
		e.form = &csvWriter{w: bufio.NewWriterSize(w, 1<<16), layout: l, text: l.bytesOf(), delimiter: l.Delimiter[0]}
	case Parquet:
		e.form = newParquetWriter(w, l)
	}
	return e, e.form.begin()
}

func newTemplate(l *Layout, word string, r *Record) *template {
	t := &template{word: word, record: r, index: map[string]int{}}
	for i, f := range r.Fields {
		t.index[f.Name] = i
	}
	if l.Format == Fixed {
		t.blank = blankRecord(l, r)
		for i := range r.Fields {
			t.number = append(t.number, l.numeral(&r.Fields[i]))
		}
	}
	return t
}

// Write writes one record of the given type (data, header, section, trailer).
// values are keyed by field name (given, given.2); a field without a value is
// its literal, or blank. A value too wide for its field is cut, a number that
// is padded with zeros is not: that is an error, as is a name that the record
// does not have.
func (e *Encoder) Write(record string, values map[string]string) error {
	t := e.lines[record]
	if t == nil {
		return fmt.Errorf("encode %s: no %s record in this layout", e.layout.Name, record)
	}
	e.values = slices.Grow(e.values[:0], len(t.record.Fields))[:len(t.record.Fields)]
	for i, f := range t.record.Fields {
		e.values[i] = f.Literal
	}
	for name, v := range values {
		i, ok := t.index[name]
		if !ok {
			return fmt.Errorf("encode %s: the %s record has no field %s", e.layout.Name, record, name)
		}
		e.values[i] = v
	}
	return e.wrap(t, e.form.write(t, e.values))
}

// Row writes one data record, its values in the order of Columns, without the
// section's. It is the fast path: no map, no allocation.
func (e *Encoder) Row(values []string) error {
	if len(values) != len(e.row.record.Fields) {
		return fmt.Errorf("encode %s: %d values for %d fields", e.layout.Name, len(values), len(e.row.record.Fields))
	}
	return e.wrap(e.row, e.form.write(e.row, values))
}

// Raw writes the bytes of a record as they are, its line end among them: one that a reader must refuse, for instance. A Parquet file
// has no such place, and it is an error.
func (e *Encoder) Raw(record []byte) error {
	if err := e.form.raw(record); err != nil {
		return fmt.Errorf("encode %s: %w", e.layout.Name, err)
	}
	return nil
}

// Close writes what is still held back; it does not close the writer below.
func (e *Encoder) Close() error { return e.form.close() }

func (e *Encoder) wrap(t *template, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("encode %s: %s record: %w", e.layout.Name, t.word, err)
}

// errText is a value that the file's encoding or form cannot hold.
var errText = errors.New("value cannot be written")

// bytesOf is how text becomes bytes of the layout's encoding; nil when the
// text is the bytes.
func (l *Layout) bytesOf() func(dst []byte, s string) ([]byte, error) {
	switch l.Encoding {
	case EBCDIC037, EBCDIC1047:
		return l.page.appendBytes
	case ASCII, Strays:
		return asciiBytes
	case Windows:
		return windowsBytes
	}
	return nil
}

func asciiBytes(dst []byte, s string) ([]byte, error) {
	if !ascii(s) {
		return dst, fmt.Errorf("%w: not ASCII", errText)
	}
	return append(dst, s...), nil
}

// cutText cuts s to at most width bytes, never inside a character.
func cutText(s string, width int) string {
	if len(s) <= width {
		return s
	}
	for width > 0 && s[width]&0xC0 == 0x80 {
		width--
	}
	return s[:width]
}

// zeros writes a number of at most width digits, zeros before it.
func zeros(dst []byte, s string, width int) ([]byte, error) {
	if len(s) > width {
		return dst, fmt.Errorf("%w: %d digits do not fit %d", errText, len(s), width)
	}
	for range width - len(s) {
		dst = append(dst, '0')
	}
	return append(dst, s...), nil
}

// plain tells whether a value may stand in a line of text.
func plain(s string) bool { return strings.IndexByte(s, 0) < 0 && !strings.ContainsAny(s, "\r\n") }
