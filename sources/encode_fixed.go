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

func (w *fixedWriter) raw(record []byte) error {
	_, err := w.w.Write(record)
	return err
}

// blankRecord is a record of blanks with its mark and, where the layout ends
// records with line ends, an LF.
func blankRecord(l *Layout, r *Record) []byte {
	b := make([]byte, l.Length, l.Length+1)
	for i := range b {
		b[i] = l.blank()
	}
	if r.Mark != nil {
		copy(b[r.Mark.At-1:], r.Mark.raw)
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
			if err := w.field(&t.record.Fields[i], t.number[i], v); err != nil {
				return fmt.Errorf("%s: %w", t.record.Fields[i].Name, err)
			}
		}
	}
	_, err := w.w.Write(w.line)
	return err
}

// field puts one value into the line: left-justified and cut, right-justified
// behind zeros, or as a number.
func (w *fixedWriter) field(f *Field, n *numeral, v string) error {
	if !plain(v) {
		return fmt.Errorf("%w: a line end or NUL in it", errText)
	}
	room := w.line[f.At-1 : f.At-1+f.Width]
	if n != nil {
		return n.encode(room, v)
	}
	if f.Pad == "zeros" {
		var err error
		if w.scrap, err = zeros(w.scrap[:0], v, f.Width); err != nil || !w.layout.ebcdic() {
			copy(room, w.scrap)
			return err
		}
		v = string(w.scrap)
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
