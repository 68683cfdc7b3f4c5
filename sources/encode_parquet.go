package sources

import (
	"fmt"
	"io"
	"strconv"
	"time"
	"unsafe"

	"github.com/parquet-go/parquet-go"
)

const (
	parquetBatch    = 512     // rows handed to the Parquet writer at a time
	parquetRowGroup = 1 << 17 // rows; the library's default is the whole file, and its memory grows with it
)

// parquetWriter writes rows to a Parquet file. Columns are optional, an empty
// value is null; they stand in alphabetical order, as the library sorts them.
type parquetWriter struct {
	w      *parquet.GenericWriter[any]
	fields []Field
	leaf   []int // column index in the file, by field
	rows   []parquet.Row
	n      int
	text   []byte // the batch's text: the library keeps no values beyond the call
}

func newParquetWriter(w io.Writer, l *Layout) *parquetWriter {
	group := parquet.Group{}
	for _, f := range l.Records.Data.Fields {
		group[f.Column] = parquet.Optional(parquetNode(f.Type))
	}
	schema := parquet.NewSchema(l.Name, group)
	p := &parquetWriter{fields: l.Records.Data.Fields}
	for _, f := range p.fields {
		leaf, _ := schema.Lookup(f.Column)
		p.leaf = append(p.leaf, leaf.ColumnIndex)
	}
	cells := make([]parquet.Value, parquetBatch*len(p.fields))
	p.rows = make([]parquet.Row, parquetBatch)
	for i := range p.rows {
		p.rows[i] = cells[i*len(p.fields) : (i+1)*len(p.fields)]
	}
	p.w = parquet.NewGenericWriter[any](w, schema, parquet.MaxRowsPerRowGroup(parquetRowGroup), parquet.Compression(&parquet.Zstd))
	return p
}

// parquetNode is the file's type for a layout's type word.
func parquetNode(word string) parquet.Node {
	switch word {
	case "int32":
		return parquet.Int(32)
	case "int64":
		return parquet.Int(64)
	case "double":
		return parquet.Leaf(parquet.DoubleType)
	case "boolean":
		return parquet.Leaf(parquet.BooleanType)
	case "date":
		return parquet.Date()
	}
	return parquet.String()
}

func (p *parquetWriter) begin() error { return nil }

func (p *parquetWriter) write(_ *template, values []string) error {
	row := p.rows[p.n]
	for i := range p.fields {
		v, err := p.value(&p.fields[i], values[i])
		if err != nil {
			return fmt.Errorf("%s: %w", p.fields[i].Name, err)
		}
		level := 1
		if v.IsNull() {
			level = 0
		}
		row[p.leaf[i]] = v.Level(0, level, p.leaf[i])
	}
	p.n++
	if p.n < len(p.rows) {
		return nil
	}
	return p.flush()
}

func (p *parquetWriter) raw([]byte) error {
	return fmt.Errorf("%w: a Parquet file has no records in bytes", errText)
}

func (p *parquetWriter) flush() error {
	_, err := p.w.WriteRows(p.rows[:p.n])
	p.n, p.text = 0, p.text[:0]
	return err
}

func (p *parquetWriter) close() error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.w.Close()
}

// value is a text value as the column's type holds it.
func (p *parquetWriter) value(f *Field, s string) (parquet.Value, error) {
	if s == "" {
		return parquet.NullValue(), nil
	}
	switch f.Type {
	case "int32":
		n, err := strconv.ParseInt(s, 10, 32)
		return parquet.Int32Value(int32(n)), notA("int32", err)
	case "int64":
		n, err := strconv.ParseInt(s, 10, 64)
		return parquet.Int64Value(n), notA("int64", err)
	case "double":
		x, err := strconv.ParseFloat(s, 64)
		return parquet.DoubleValue(x), notA("double", err)
	case "boolean":
		return parquet.BooleanValue(s == "Y"), nil
	case "date":
		days, err := daysOf(f.Form, s)
		return parquet.Int32Value(days), notA("date", err)
	}
	return parquet.ByteArrayValue(p.keep(f, s)), nil
}

// keep copies a value, cut or padded to its width, into the batch's text.
func (p *parquetWriter) keep(f *Field, s string) []byte {
	if f.Width > 0 {
		s = cutText(s, f.Width)
	}
	if f.Pad == "zeros" && len(s) < f.Width {
		start := len(p.text)
		p.text, _ = zeros(p.text, s, f.Width)
		return p.text[start:]
	}
	return unsafe.Slice(unsafe.StringData(s), len(s))
}

func notA(kind string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: not a %s", errText, kind) // without the value: it may be a person's
}

// daysOf is the day of a date written in a form, counted from 1970-01-01.
func daysOf(form, s string) (int32, error) {
	t, err := time.Parse(goLayout(form), s)
	return int32(t.Unix() / 86400), err
}

// goLayout is a date form as package time writes it; ISO for other forms.
func goLayout(form string) string {
	switch form {
	case "CCYYMMDD":
		return "20060102"
	case "MMDDCCYY":
		return "01022006"
	case "DDMMCCYY":
		return "02012006"
	case "MM/DD/CCYY":
		return "01/02/2006"
	case "CCYYMM":
		return "200601"
	case "CCYY-MM":
		return "2006-01"
	case "MMCCYY":
		return "012006"
	case "CCYY":
		return "2006"
	case "YYMMDD":
		return "060102"
	case "MMDDYY":
		return "010206"
	}
	return time.DateOnly
}
