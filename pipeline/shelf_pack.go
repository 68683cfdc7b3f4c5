package pipeline

import (
	"encoding/binary"
	"errors"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/sources"
	"locatematch/sources/person"
)

// A kept row is packed as each filled column's number, its length and its bytes, numbers and lengths as varints: a row fills half
// of its columns.

// otherOwners are the columns of a layout that name an account's other owners, who owe nothing: of them nothing is kept, and of a title,
// which holds their names, what it says of ownership.
type otherOwners struct {
	columns []int
	title   int // -1 none
}

func otherOwnersOf(l *sources.Layout) otherOwners {
	o := otherOwners{title: -1}
	for i, c := range l.Columns() {
		switch c.Name {
		case person.SecondName, person.SecondSSN, person.PrimarySSN:
			o.columns = append(o.columns, i)
		case person.Title:
			o.title = i
		}
	}
	return o
}

// packRow packs one row, but for what it says of other owners.
func packRow(rows *person.Rows, row int, others otherOwners) string {
	var b []byte
	for column := range rows.Width {
		v := rows.Value(row, column)
		switch {
		case slices.Contains(others.columns, column):
			continue
		case column == others.title:
			v = []byte(leads.TitleWords(string(v)))
		}
		if len(v) > 0 {
			b = binary.AppendUvarint(b, uint64(column))
			b = binary.AppendUvarint(b, uint64(len(v)))
			b = append(b, v...)
		}
	}
	return string(b)
}

var errPacked = errors.New("the values of a kept row are damaged")

// nextPacked takes the first column off a packed row.
func nextPacked(packed string) (column int, value, rest string, err error) {
	at, rest, ok := uvarint(packed)
	length, rest, ok2 := uvarint(rest)
	if !ok || !ok2 || length > uint64(len(rest)) {
		return 0, "", "", errPacked
	}
	return int(at), rest[:length], rest[length:], nil
}

func uvarint(s string) (n uint64, rest string, ok bool) {
	var buf [binary.MaxVarintLen64]byte
	n, width := binary.Uvarint(buf[:copy(buf[:], s)])
	if width <= 0 || width > len(s) || n > 1<<31 {
		return 0, s, false
	}
	return n, s[width:], true
}

// checkPacked reports whether a packed row is one of a layout with so many columns: in order, none twice.
func checkPacked(packed string, width int) error {
	for before := -1; packed != ""; {
		column, _, rest, err := nextPacked(packed)
		if err != nil || column <= before || column >= width {
			return errPacked
		}
		before, packed = column, rest
	}
	return nil
}

// unpackRows lays kept rows out as a splitter does. The rows were checked when they were loaded.
func unpackRows(kept []keptRow, width int, into *person.Rows) {
	into.Reset()
	into.Width = width
	var data strings.Builder
	for _, r := range kept {
		data.WriteString(r.values)
	}
	into.Data = []byte(data.String())
	base := 0
	for _, r := range kept {
		first := len(into.Spans)
		into.Spans = append(into.Spans, make([]person.Span, width)...)
		for packed := r.values; packed != ""; {
			column, value, rest, err := nextPacked(packed)
			if err != nil {
				break
			}
			end := base + len(r.values) - len(rest)
			into.Spans[first+column] = person.Span{Start: uint32(end - len(value)), End: uint32(end)}
			packed = rest
		}
		into.Lines = append(into.Lines, r.line)
		base += len(r.values)
	}
}
