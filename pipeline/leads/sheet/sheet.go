// Package sheet writes tables of text that officers open, and reads them back filled: XLSX and CSV.
//
// What comes in: columns with a name, a width and, where an officer writes, the words to choose from; and rows of text.
// What goes out: a workbook with one sheet (frozen header, wrapped text, drop-down lists), or a CSV file; and from either,
// the rows again.
//
// What always holds:
//
//   - No cell is a formula. A supplier's text that begins with = + - @ or a tab is text in the workbook; in CSV, which has
//     no types, an apostrophe goes before it, and Read takes it off again.
//   - Same rows, same bytes: no clock and no name of a machine enters a workbook (I8).
//   - What Read gives of a file that was written is what was written; a damaged file is an error, never a panic.
//
// It is the one home of the spreadsheet library.
package sheet

import (
	"encoding/csv"
	"io"
	"strings"
)

// Column is one column of a sheet.
type Column struct {
	Name    string   // of a CSV file
	Heading string   // of a workbook; "": the name in words, "Why due" of why_due
	Width   int      // characters
	Choices []string // what may be written in it; nil: anything, or nothing
}

func (c *Column) heading() string {
	if c.Heading != "" {
		return c.Heading
	}
	words := strings.ReplaceAll(c.Name, "_", " ")
	return strings.ToUpper(words[:min(1, len(words))]) + words[min(1, len(words)):]
}

// Sheet is a table of text. Every row has a cell for each column.
type Sheet struct {
	Title   string // at most 31 characters, as a workbook's tab shows it
	Columns []Column
	Rows    [][]string
}

// header is the first row, by what of a column stands in it.
func (s *Sheet) header(of func(*Column) string) []string {
	words := make([]string, len(s.Columns))
	for i := range s.Columns {
		words[i] = of(&s.Columns[i])
	}
	return words
}

// formulaStarts are the characters with which spreadsheet programs begin to calculate.
const formulaStarts = "=+-@\t\r"

// Neutral is a cell as a CSV file holds it: what would be calculated has an apostrophe before it.
func Neutral(cell string) string {
	if bare := strings.TrimLeft(cell, "'"); bare != "" && strings.IndexByte(formulaStarts, bare[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

// plain takes off the apostrophe that Neutral puts before a cell.
func plain(cell string) string {
	if bare := strings.TrimLeft(cell, "'"); bare != cell && bare != "" && strings.IndexByte(formulaStarts, bare[0]) >= 0 {
		return cell[1:]
	}
	return cell
}

// WriteCSV writes the header and the rows, each cell neutral.
func (s *Sheet) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(s.header(func(c *Column) string { return c.Name })); err != nil {
		return err
	}
	for _, row := range s.Rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = Neutral(cell)
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
