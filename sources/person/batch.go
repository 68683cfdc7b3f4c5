package person

import (
	"fmt"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// viewInline is the longest value that lies inside its view (Arrow columnar
// format, "variable-size binary view layout").
const viewInline = 12

// Batch is an Arrow record batch of string-view columns that point into the
// chunk. Whoever receives one releases it, before the chunk is released.
type Batch struct {
	record arrow.Record
	views  [][]arrow.ViewHeader // by column
	data   []byte
	lines  []int64
}

// NewBatch wraps the rows whose numbers are in keep (nil: all of them) as
// string-view columns with the given names, one a column of rows. The views
// are built straight into buffers of mem; values of more than 12 bytes stay in
// rows.Data, which becomes the one data buffer of every column. It panics when
// the names do not fit the rows' width, as that is a fault of the program.
func NewBatch(mem memory.Allocator, columns []string, rows *Rows, keep []int32) *Batch {
	if len(columns) != rows.Width {
		panic(fmt.Sprintf("person: %d column names for rows of %d columns", len(columns), rows.Width))
	}
	b := &Batch{data: rows.Data, lines: keptLines(rows, keep)}
	n := len(b.lines)
	chunk := memory.NewBufferBytes(rows.Data)
	fields := make([]arrow.Field, len(columns))
	arrays := make([]arrow.Array, len(columns))
	b.views = make([][]arrow.ViewHeader, len(columns))
	for c, name := range columns {
		fields[c] = arrow.Field{Name: name, Type: arrow.BinaryTypes.StringView}
		arrays[c], b.views[c] = viewColumn(mem, chunk, rows, keep, c, n)
	}
	b.record = array.NewRecord(arrow.NewSchema(fields, nil), arrays, int64(n))
	for _, a := range arrays {
		a.Release() // the record holds them now
	}
	return b
}

// keptLines copies the lines of the kept rows.
func keptLines(rows *Rows, keep []int32) []int64 {
	if keep == nil {
		return append([]int64(nil), rows.Lines...)
	}
	lines := make([]int64, len(keep))
	for i, row := range keep {
		lines[i] = rows.Lines[row]
	}
	return lines
}

// viewColumn builds one string-view column of n rows.
func viewColumn(mem memory.Allocator, chunk *memory.Buffer, rows *Rows, keep []int32, col, n int) (arrow.Array, []arrow.ViewHeader) {
	buf := memory.NewResizableBuffer(mem)
	buf.Resize(arrow.ViewHeaderTraits.BytesRequired(n))
	views := arrow.ViewHeaderTraits.CastFromBytes(buf.Bytes())
	if keep == nil {
		for i := range views {
			setView(&views[i], rows.Data, rows.Spans[i*rows.Width+col])
		}
	} else {
		for i, row := range keep {
			setView(&views[i], rows.Data, rows.Spans[int(row)*rows.Width+col])
		}
	}
	data := array.NewData(arrow.BinaryTypes.StringView, n, []*memory.Buffer{nil, buf, chunk}, nil, 0, 0)
	buf.Release() // data holds it now
	column := array.NewStringViewData(data)
	data.Release()
	return column, views
}

// setView writes one view. It clears it first: the padding of an inline value
// must be zero, and an allocator need not hand out zeroes.
func setView(v *arrow.ViewHeader, data []byte, s Span) {
	*v = arrow.ViewHeader{}
	value := data[s.Start:s.End]
	v.SetBytes(value)
	if len(value) > viewInline {
		v.SetIndexOffset(0, int32(s.Start))
	}
}

// Len is the number of rows.
func (b *Batch) Len() int { return len(b.lines) }

// Value is one value, without a copy: it points into the view or the chunk.
func (b *Batch) Value(row, col int) []byte {
	v := &b.views[col][row]
	if v.IsInline() {
		return v.InlineBytes()
	}
	start := int(v.BufferOffset())
	return b.data[start : start+v.Len() : start+v.Len()]
}

// Line is the physical 1-based start line of a row, or its 1-based record
// number where there are no lines.
func (b *Batch) Line(row int) int64 { return b.lines[row] }

// Record is the batch as an Arrow record; the batch keeps owning it.
func (b *Batch) Record() arrow.Record { return b.record }

// Release lets go of the views. It may be called once.
func (b *Batch) Release() {
	b.record.Release()
	*b = Batch{}
}
