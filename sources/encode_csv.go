package sources

import (
	"bufio"
	"fmt"
	"strings"
)

// csvWriter writes delimited records; a value is quoted when it must be.
type csvWriter struct {
	w         *bufio.Writer
	layout    *Layout
	text      func([]byte, string) ([]byte, error)
	delimiter byte
	line      []byte
}

// begin writes the first line, which names the columns.
func (w *csvWriter) begin() error {
	if w.layout.Names == "none" {
		return nil
	}
	r := w.layout.Records.Data
	w.line = w.line[:0]
	if r.Mark != nil {
		w.line = append(w.line, r.Mark.Column...)
		w.line = append(w.line, w.delimiter)
	}
	for i, f := range r.Fields {
		if i > 0 {
			w.line = append(w.line, w.delimiter)
		}
		if err := w.value(f.Column); err != nil {
			return err
		}
	}
	w.line = append(w.line, '\n')
	_, err := w.w.Write(w.line)
	return err
}

func (w *csvWriter) close() error { return w.w.Flush() }

func (w *csvWriter) raw(record []byte) error {
	_, err := w.w.Write(record)
	return err
}

func (w *csvWriter) write(t *template, values []string) error {
	w.line = w.line[:0]
	if t.record.Mark != nil {
		w.line = append(w.line, t.record.Mark.Text...)
	}
	for i := range t.record.Fields {
		if i > 0 || t.record.Mark != nil {
			w.line = append(w.line, w.delimiter)
		}
		if err := w.field(&t.record.Fields[i], values[i]); err != nil {
			return fmt.Errorf("%s: %w", t.record.Fields[i].Name, err)
		}
	}
	if len(w.line) == 0 && w.layout.Quote != "none" {
		w.line = append(w.line, `""`...) // one empty value, not an empty line
	}
	w.line = append(w.line, '\n')
	_, err := w.w.Write(w.line)
	return err
}

// field appends one value: padded with zeros, or cut to its width if it has one.
func (w *csvWriter) field(f *Field, v string) error {
	if v == "" {
		return nil
	}
	if f.Pad == "zeros" {
		var err error
		w.line, err = zeros(w.line, v, f.Width)
		return err
	}
	if f.Width > 0 {
		v = w.cut(v, f.Width)
	}
	return w.value(v)
}

// cut cuts a value to so many bytes of the file's encoding.
func (w *csvWriter) cut(v string, width int) string {
	if w.text == nil || len(v) <= width {
		return cutText(v, width)
	}
	for i := range v { // one byte a character in the encodings that are not UTF-8
		if width == 0 {
			return v[:i]
		}
		width--
	}
	return v
}

// value appends one value, in quotes when it holds what ends values, or begins
// or ends with a blank.
func (w *csvWriter) value(v string) error {
	if strings.IndexByte(v, 0) >= 0 {
		return fmt.Errorf("%w: a NUL in it", errText)
	}
	if w.special(v) {
		if w.layout.Quote == "none" {
			return fmt.Errorf("%w: the delimiter, a quote or a line end in it, and the layout has no quotes", errText)
		}
		v = `"` + strings.ReplaceAll(v, `"`, `""`) + `"`
	}
	if w.text == nil {
		w.line = append(w.line, v...)
		return nil
	}
	var err error
	w.line, err = w.text(w.line, v)
	return err
}

// special tells whether a value must be quoted.
func (w *csvWriter) special(v string) bool {
	for i := range len(v) {
		switch v[i] {
		case w.delimiter, '\n', '\r':
			return true
		case '"':
			return w.layout.Quote != "none"
		}
	}
	return v != "" && (v[0] == ' ' || v[len(v)-1] == ' ') && w.layout.Quote != "none"
}
