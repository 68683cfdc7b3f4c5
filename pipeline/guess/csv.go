package guess

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"locatematch/matchers/text"
	"locatematch/sources"
)

// csvDraft describes delimited lines.
func csvDraft(s *sources.Sample, list [][]byte, all bool, split splitting) *draft {
	d := &draft{format: sources.CSV, delimiter: string(split.delimiter), quote: "double"}
	d.formatWhy = fmt.Sprintf("%.0f %% of the lines have %d values parted by a %s", 100*split.share, split.columns, delimiterNames[split.delimiter])
	if !split.quotes {
		d.quote = "none"
	}
	rows := make([][][]byte, len(list))
	for i, line := range list {
		rows[i] = cells(line, split.delimiter, split.quotes)
	}
	if d.names = "none"; len(rows) > 0 && namesColumns(rows[0], rows[1:]) {
		d.names = "first-line"
	}
	d.csvColumns(rows, split.columns)
	d.csvMarks(s, rows, all)
	return d
}

// csvColumns lists the columns: by their names, or by their number.
func (d *draft) csvColumns(rows [][][]byte, n int) {
	if d.names == "none" {
		for i := range n {
			d.fields = append(d.fields, field{name: fmt.Sprintf("column_%d", i+1)})
		}
		return
	}
	seen := map[string]int{}
	for _, c := range rows[0] {
		seen[fold(string(c))]++
	}
	for i, c := range rows[0] {
		name := string(c)
		switch {
		case name == "":
			d.todo = append(d.todo, fmt.Sprintf("column %d has no name, and cannot be read until the supplier names it", i+1))
		case seen[fold(name)] > 1:
			d.todo = append(d.todo, fmt.Sprintf("column %d has the name of another one; neither can be read until they differ", i+1))
		case !printable(c):
			d.todo = append(d.todo, fmt.Sprintf("the name of column %d is not plain text, and cannot be written here; ask the supplier for another", i+1))
		default:
			d.fields = append(d.fields, field{name: fmt.Sprintf("column_%d", i+1), column: name})
		}
	}
}

func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

// printable tells whether a column's name can stand in a layout: ASCII, no control characters, not long.
func printable(name []byte) bool {
	for _, c := range name {
		if c < ' ' || c >= utf8.RuneSelf || c == 0x7F {
			return false
		}
	}
	return len(name) <= 60
}

// namesColumns tells whether a first line names the columns below it. It must be sure: what is taken for names is repeated in the
// layout, and a person's row must not be. So at least two names, and a third of all, are words of headers.txt, or all columns have a name
// and two names stand over numbers; none holds four digits, an @ or a value that stands below it.
func namesColumns(first [][]byte, below [][][]byte) bool {
	known, filled := 0, 0
	for i, c := range first {
		if len(c) == 0 {
			continue
		}
		filled++
		if bytes.IndexByte(c, '@') >= 0 || digitsIn(c) >= 4 {
			return false
		}
		if words.column(string(c)) != "" {
			known++
			continue
		}
		for _, row := range below {
			if i < len(row) && bytes.EqualFold(row[i], c) {
				return false
			}
		}
	}
	return known*3 >= filled && (known >= 2 || known == 1 && filled == 1) || filled == len(first) && overNumbers(first, below)
}

// Columns of numbers under words, and rows below, without which a first line is not taken for names by what stands under it.
const wordsOverNumbers, rowsOverNumbers = 2, 20

// overNumbers tells whether a first line is of words where the rows below it have numbers: no person's row has words in the place of both a
// number and a date. Words that stand for nothing (UNKNOWN) are what a row may have there.
func overNumbers(first [][]byte, below [][][]byte) bool {
	over, seen := 0, map[string]bool{}
	for i, c := range first {
		if seen[fold(string(c))] {
			return false
		}
		seen[fold(string(c))] = true
		if digitsIn(c) > 0 || placeholder(c) {
			continue
		}
		filled, numbers := 0, 0
		for _, row := range below {
			if i < len(row) && len(row[i]) > 0 {
				filled++
				if digitsIn(row[i]) >= 4 {
					numbers++
				}
			}
		}
		if filled >= rowsOverNumbers && numbers*100 >= filled*95 {
			over++
		}
	}
	return over >= wordsOverNumbers
}

func placeholder(word []byte) bool {
	var room [text.Limit]byte
	_, _, v := text.Standardise(text.Name, 0, room[:0], word)
	return v == text.Placeholder
}

func digitsIn(b []byte) (n int) {
	for _, c := range b {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// csvMarks looks for record marks in the first column.
func (d *draft) csvMarks(s *sources.Sample, rows [][][]byte, all bool) {
	if d.names == "first-line" {
		if rows = rows[1:]; len(rows) == 0 || len(d.fields) == 0 || len(d.fields[0].column) == 0 {
			return
		}
	}
	marks, found := marksOf(len(rows), func(i int) string { return string(rows[i][0]) })
	if !found {
		return
	}
	types, found := tell(marks)
	if !found {
		if last := rows[len(rows)-1]; len(rows) > 2 && len(last) < len(rows[0]) {
			d.todo = append(d.todo, fmt.Sprintf("the last line has %d values where the others have %d: a trailer, which a layout can read only where every record begins with a mark; it is rejected", len(last), len(rows[0])))
		}
		return
	}
	if types.header != "" { // a delimited layout has no header record
		d.todo = append(d.todo, "the first record is of another type than the others; it is rejected")
		types.header = ""
	}
	if types.section == "" && types.trailer == "" {
		return
	}
	d.mark = types.data
	if d.names == "first-line" {
		d.markColumn = d.fields[0].column
	}
	d.fields = d.fields[1:]
	d.markWhy = "likely: the first column tells record types apart"
	if types.section != "" {
		d.section = &control{mark: types.section, why: "likely: it comes before the data records that belong to it"}
	}
	if types.trailer != "" {
		d.trailer = csvTrailer(types, marks, rows, all)
	}
}

// csvTrailer looks for the value of a trailer that counts.
func csvTrailer(types recordTypes, marks []string, rows [][][]byte, all bool) *control {
	t := &control{mark: types.trailer, why: "likely: it comes behind the data records that it closes"}
	at, counts := firstBooks(types, marks, all)
	if at < 0 {
		return t
	}
	t.fields = countingValue(rows[at], counts)
	return t
}

// countingValue finds the value of a delimited trailer that counts; those before it are fields too, for fields come in order.
func countingValue(row [][]byte, b books) (fields []controlField) {
	for i, v := range row[1:] {
		if what := b.says(v); what != "" {
			return append(fields, controlField{name: "count", counts: what})
		}
		fields = append(fields, controlField{name: fmt.Sprintf("trailer_%d", i+1)})
	}
	return nil
}
