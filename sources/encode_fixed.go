package sources

import (
	"bufio"
	"fmt"
)

// fixedWriter writes records of fixed width.
type fixedWriter struct {
	w      *bufio.Writer
	layout *Layout
	text   func([]byte, string) ([]byte, error)
	line   []byte
	scrap  []byte
}

func (w *fixedWriter) begin() error { return nil }
func (w *fixedWriter) close() error { return w.w.Flush() }

// blankRecord is a record of blanks with its mark and, where the layout ends
// records with line ends, an LF.
func blankRecord(l *Layout, r *Record) []byte {
	b := make([]byte, l.Length, l.Length+1)
	for i := range b {
		b[i] = ' '
	}
	if r.Mark != nil {
		copy(b[r.Mark.At-1:], r.Mark.Text)
	}
	if l.LineEnds == "lines" {
		b = append(b, '\n')
	}
	return b
}

func (w *fixedWriter) write(t *template, values []string) error {
	w.line = append(w.line[:0], t.blank...)
	for i := range t.record.Fields {
		if v := values[i]; v != "" {
			if err := w.field(&t.record.Fields[i], v); err != nil {
				return fmt.Errorf("%s: %w", t.record.Fields[i].Name, err)
			}
		}
	}
	_, err := w.w.Write(w.line)
	return err
}

// field puts one value into the line: left-justified and cut, or right-justified
// behind zeros.
func (w *fixedWriter) field(f *Field, v string) error {
	if !plain(v) {
		return fmt.Errorf("%w: a line end or NUL in it", errText)
	}
	room := w.line[f.At-1 : f.At-1+f.Width]
	if f.Pad == "zeros" {
		var err error
		w.scrap, err = zeros(w.scrap[:0], v, f.Width)
		copy(room, w.scrap)
		return err
	}
	if w.text == nil {
		copy(room, cutText(v, f.Width))
		return nil
	}
	var err error
	w.scrap, err = w.text(w.scrap[:0], v)
	copy(room, w.scrap)
	return err
}
