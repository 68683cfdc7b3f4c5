package table

import (
	"reflect"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"
)

// level is a row without nesting.
type level struct {
	Word  string  `parquet:"word,dict"`
	Day   int32   `parquet:"day,date"`
	Note  string  `parquet:"note"`
	Aside int     `parquet:"-"`
	Count int64   `parquet:"count"`
	Share float64 `parquet:"share"`
	Yes   bool    `parquet:"yes"`
	Bytes []byte  `parquet:"bytes"`
}

// Law: a flat row is taken apart as the library does it, whatever was taken apart before in the same memory.
func TestFlatRowIsTakenApartAsTheLibraryDoes(t *testing.T) {
	schema := parquet.SchemaOf(new(level))
	flat := flatRowOf(reflect.TypeFor[level](), schema)
	if flat == nil || len(flat.leaves) != 7 {
		t.Fatalf("got %+v, want seven plain columns", flat)
	}
	rapid.Check(t, func(t *rapid.T) {
		var text []byte
		var rows, want []parquet.Row
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			row := level{
				Word: rapid.String().Draw(t, "word"), Day: rapid.Int32().Draw(t, "day"), Note: rapid.String().Draw(t, "note"),
				Count: rapid.Int64().Draw(t, "count"), Share: rapid.Float64().Draw(t, "share"), Yes: rapid.Bool().Draw(t, "yes"),
				Bytes: rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"),
			}
			var taken parquet.Row
			taken, text = flat.append(nil, text, reflect.ValueOf(&row).Elem())
			rows, want = append(rows, taken), append(want, schema.Deconstruct(nil, &row))
		}
		for i := range rows {
			if !rows[i].Equal(want[i]) {
				t.Errorf("row %d: got %v, want %v", i, rows[i], want[i])
			}
			for c, v := range rows[i] {
				if v.Column() != want[i][c].Column() || v.DefinitionLevel() != 0 || v.RepetitionLevel() != 0 {
					t.Errorf("row %d: value %d is of column %d, want %d", i, c, v.Column(), want[i][c].Column())
				}
			}
		}
	})
}

// A row with a list, a group or an optional value is left to the library.
func TestNestedRowIsNotFlat(t *testing.T) {
	for _, nested := range []any{wide{}, struct {
		Parts []part `parquet:"parts,list"`
	}{}, struct {
		N *int64 `parquet:"n,optional"`
	}{}, struct {
		Of part `parquet:"of"`
	}{}} {
		if flat := flatRowOf(reflect.TypeOf(nested), parquet.SchemaOf(nested)); flat != nil {
			t.Errorf("%T: taken for flat", nested)
		}
	}
}
