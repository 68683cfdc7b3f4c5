package pipeline

import (
	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/sources/person"
)

// blockRows rows are standardised and asked about together, field by field: their key values and parts stay in the first-level
// cache, and no row waits for the one before it.
const blockRows = 64

// columns are the values of a block of rows in standard form, field by field. They hold until the next block.
type columns struct {
	standard *standardiser
	binding  *binding
	rows     *person.Rows
	from, to int
	values   [][]matchers.Value // by spec field and row; fields that nobody asked for are nil
	bytes    [][]byte           // by spec field: where the forms lie
	names    []nameCache        // by row
}

func newColumns(s *standardiser, fields []int) *columns {
	c := &columns{
		standard: s, values: make([][]matchers.Value, len(s.values)), bytes: make([][]byte, len(s.values)), names: make([]nameCache, blockRows),
	}
	for _, f := range fields {
		c.values[f] = make([]matchers.Value, blockRows)
	}
	return c
}

// begin begins a block: rows from to to.
func (c *columns) begin(b *binding, rows *person.Rows, from, to int) {
	c.binding, c.rows, c.from, c.to = b, rows, from, to
	clear(c.names)
}

// field brings one field of the block to standard form.
func (c *columns) field(f int) []matchers.Value {
	values, bytes := c.values[f][:c.to-c.from], c.bytes[f][:0]
	o, kind := &c.binding.fields[f], c.standard.spec.Fields[f].Kind
	plain, width := o.plain(), c.rows.Width
	var spans []person.Span
	if plain {
		spans = c.rows.Spans[c.from*width+o.columns[0]:]
	}
	for row := range values {
		var raw []byte
		if plain {
			s := spans[row*width]
			raw = c.rows.Data[s.Start:s.End:s.End]
		} else {
			c.standard.named, c.names[row] = c.names[row], nameCache{}
			raw = c.standard.raw(c.binding, c.rows, c.from+row, f)
			c.names[row] = c.standard.named
		}
		v := &values[row]
		if len(raw) == 0 {
			*v = matchers.Value{}
			continue
		}
		at := len(bytes)
		bytes, v.Num, v.Validity = text.Standardise(kind, o.form, bytes, raw)
		v.Std = bytes[at:len(bytes):len(bytes)]
	}
	c.bytes[f] = bytes
	return values
}

// row gathers one row's values.
func (c *columns) row(row int, fields []int, into []matchers.Value) {
	for _, f := range fields {
		into[f] = c.values[f][row]
	}
}
