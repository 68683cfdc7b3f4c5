package person

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
	"pgregory.net/rapid"
)

// rowsOf makes rows of the given values, laid one behind the other in a chunk
// with spare room.
func rowsOf(width int, values [][]byte, spare int) *Rows {
	r := &Rows{Width: width}
	var data []byte
	for i, v := range values {
		r.Spans = append(r.Spans, Span{uint32(len(data)), uint32(len(data) + len(v))})
		data = append(data, v...)
		if i%width == 0 {
			r.Lines = append(r.Lines, int64(10+i))
		}
	}
	r.Data = append(make([]byte, 0, len(data)+spare), data...)
	return r
}

// TestBatchEqualsRows: a batch shows the kept rows as they are, by our
// accessors and by Arrow's, whatever the lengths around the 12 bytes that lie
// inside a view; and all memory is given back.
func TestBatchEqualsRows(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		mem := memory.NewCheckedAllocator(dirty{memory.NewGoAllocator()})
		width := rapid.IntRange(1, 4).Draw(rt, "width")
		n := rapid.IntRange(0, 20).Draw(rt, "rows")
		values := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 30), n*width, n*width).Draw(rt, "values")
		rows := rowsOf(width, values, 0)
		var keep []int32
		if rapid.Bool().Draw(rt, "some") {
			keep = []int32{}
			for i := range n {
				if rapid.Bool().Draw(rt, "keep") {
					keep = append(keep, int32(i))
				}
			}
		}
		columns := strings.Split("abcd"[:width], "")
		b := NewBatch(mem, columns, rows, keep)
		checkBatch(rt, b, rows, keep)
		b.Release()
		mem.AssertSize(rt, 0)
	})
}

// dirty hands out memory that is not zero, as an allocator may.
type dirty struct{ memory.Allocator }

func (d dirty) Allocate(n int) []byte {
	b := d.Allocator.Allocate(n)
	for i := range b {
		b[i] = 0xAA
	}
	return b
}

func checkBatch(rt *rapid.T, b *Batch, rows *Rows, keep []int32) {
	if keep == nil {
		for i := range rows.Len() {
			keep = append(keep, int32(i))
		}
	}
	if b.Len() != len(keep) || b.Record().NumRows() != int64(len(keep)) {
		rt.Fatalf("%d rows of %d", b.Len(), len(keep))
	}
	for i, row := range keep {
		if b.Line(i) != rows.Lines[row] {
			rt.Fatalf("row %d: line %d", i, b.Line(i))
		}
		for c := range rows.Width {
			want := rows.Value(int(row), c)
			column := b.Record().Column(c).(*array.StringView)
			if !bytes.Equal(b.Value(i, c), want) || column.Value(i) != string(want) {
				rt.Fatalf("row %d column %d: %q, Arrow has %q, want %q", i, c, b.Value(i, c), column.Value(i), want)
			}
		}
	}
	if err := b.Record().Schema().Field(0); err.Type.ID() != arrow.STRING_VIEW {
		rt.Fatal("not a string view")
	}
}

// TestBatchCopiesNothing: a long value's bytes are the chunk's.
func TestBatchCopiesNothing(t *testing.T) {
	rows := rowsOf(1, [][]byte{[]byte("FEATHERSTONEHAUGH")}, 0)
	b := NewBatch(memory.DefaultAllocator, []string{"family"}, rows, nil)
	defer b.Release()
	if &b.Value(0, 0)[0] != &rows.Data[0] {
		t.Error("the value was copied")
	}
}

// TestBatchWidth: names that do not fit the rows are a fault of the program.
func TestBatchWidth(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	NewBatch(memory.DefaultAllocator, []string{"a", "b"}, rowsOf(1, nil, 0), nil)
}

// TestAppend: what is appended is found at its span, earlier spans stay valid,
// and the chunk's bytes stay as they were, with and without spare room.
func TestAppend(t *testing.T) {
	var r Rows
	for trial := range 20 {
		chunk := append(make([]byte, 0, 10+trial), "0123456789"...)
		r.Reset()
		r.Data = chunk
		var spans []Span
		var want []string
		for i := range trial {
			s := strings.Repeat(string(rune('a'+i)), i)
			spans, want = append(spans, r.Append([]byte(s))), append(want, s)
		}
		for i, s := range spans {
			if string(r.Data[s.Start:s.End]) != want[i] || s.Len() != i {
				t.Fatalf("trial %d: %q at %v", trial, r.Data, s)
			}
		}
		if string(r.Data[:10]) != "0123456789" || string(chunk) != "0123456789" {
			t.Fatalf("trial %d: the chunk changed", trial)
		}
	}
}

// TestFields: every canonical name has one sentence, and no other name has.
func TestFields(t *testing.T) {
	names := Names()
	if len(names) != len(descriptions) {
		t.Error("names are missing")
	}
	for _, n := range names {
		d := Describe(n)
		if !Known(n) || !strings.HasSuffix(d, ".") || strings.Contains(strings.TrimSuffix(d, "."), ". ") {
			t.Errorf("%s: %q", n, d)
		}
	}
	if Known("nickname") || Known("given.2") || Describe("") != "" {
		t.Error("names that are not canonical")
	}
	for _, n := range []string{Given, SubjectID, MoveType, HireDate, ActiveDuty, InstitutionTIN, SSNStatus, Role} {
		if !Known(n) {
			t.Errorf("%s has no description", n)
		}
	}
}

// BenchmarkBatch wraps chunks of ten columns.
func BenchmarkBatch(b *testing.B) {
	const columns, n = 10, 4096
	rng := rand.New(rand.NewPCG(1, 2))
	values := make([][]byte, columns*n)
	for i := range values {
		values[i] = bytes.Repeat([]byte{'A'}, rng.IntN(24))
	}
	rows := rowsOf(columns, values, 0)
	rows.Lines = make([]int64, n)
	names := strings.Split("abcdefghij", "")
	b.ReportAllocs()
	for b.Loop() {
		NewBatch(memory.DefaultAllocator, names, rows, nil).Release()
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
