package table

import (
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// flatRow takes rows apart whose columns are all plain values, each there once: what the library does for any nesting costs four
// times as much, and most tables are flat.
type flatRow struct{ leaves []flatLeaf }

// flatLeaf is a field of the row, and its column.
type flatLeaf struct{ field, column int }

var (
	flatKinds = []reflect.Kind{reflect.String, reflect.Int32, reflect.Int64, reflect.Float64, reflect.Bool}
	bytesType = reflect.TypeFor[[]byte]()
)

// flatRowOf gives nil for a type with lists, groups or optional values.
func flatRowOf(t reflect.Type, schema *parquet.Schema) *flatRow {
	flat := &flatRow{}
	for field := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(field).Tag.Get("parquet"), ",")
		leaf, found := schema.Lookup(name)
		switch {
		case name == "-":
			continue
		case !found || leaf.MaxDefinitionLevel > 0 || leaf.MaxRepetitionLevel > 0:
			return nil
		}
		switch of := t.Field(field).Type; {
		case of == bytesType, slices.Contains(flatKinds, of.Kind()):
			flat.leaves = append(flat.leaves, flatLeaf{field: field, column: leaf.ColumnIndex})
		default:
			return nil
		}
	}
	return flat
}

// append appends a row's values, in the order of its fields. Strings lie in text, which must not be used again before they were
// written.
func (f *flatRow) append(row parquet.Row, text []byte, of reflect.Value) (parquet.Row, []byte) {
	for _, l := range f.leaves {
		var v parquet.Value
		switch x := of.Field(l.field); x.Kind() {
		case reflect.String:
			at := len(text)
			text = append(text, x.String()...)
			v = parquet.ByteArrayValue(text[at:])
		case reflect.Slice:
			at := len(text)
			text = append(text, x.Bytes()...)
			v = parquet.ByteArrayValue(text[at:])
		case reflect.Int32:
			v = parquet.Int32Value(int32(x.Int()))
		case reflect.Int64:
			v = parquet.Int64Value(x.Int())
		case reflect.Float64:
			v = parquet.DoubleValue(x.Float())
		case reflect.Bool:
			v = parquet.BooleanValue(x.Bool())
		}
		row = append(row, v.Level(0, 0, l.column))
	}
	return row, text
}
