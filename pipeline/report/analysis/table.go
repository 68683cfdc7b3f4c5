package analysis

import (
	"fmt"
	"math"

	"locatematch/pipeline/report"
)

// Table is what charts are drawn from: no chart shows a number that does not stand in its table.
type Table struct {
	Columns []Column
	Rows    []Row
}

// Column is one column: of numbers where it has a format, else of words.
type Column struct {
	Name   string
	Format func(float64) string
}

// Row is one row of a table.
type Row struct {
	Mark  bool // one point of its own, named by its first cell: no part of a curve
	Cells []Cell
}

// Cell holds words, or a number for its column to format.
type Cell struct {
	Words string
	Value float64 // NaN where there is none
}

// Formats of numbers.
var (
	Counts = func(v float64) string { return report.Thousands(int64(math.Round(v))) }
	Shares = func(v float64) string { return fmt.Sprintf("%.4f", v) }
	Bits   = func(v float64) string { return fmt.Sprintf("%+.1f", v) }
	Few    = func(v float64) string { return fmt.Sprintf("%.3g", v) } // three figures: of chances that differ by powers of ten
)

// Words is a cell of words.
func Words(s string) Cell { return Cell{Words: s} }

// Count is a cell of a whole number.
func Count(n int64) Cell { return Cell{Value: float64(n)} }

// Number is a cell of any number.
func Number(v float64) Cell { return Cell{Value: v} }

// None is the cell of a number that nobody knows.
func None() Cell { return Cell{Value: math.NaN()} }

// NewTable makes a table of columns, each a name followed by its format; nil for words.
func NewTable(columns ...Column) Table { return Table{Columns: columns} }

// Add adds a row.
func (t *Table) Add(cells ...Cell) { t.Rows = append(t.Rows, Row{Cells: cells}) }

// AddMark adds a row that is a point of its own.
func (t *Table) AddMark(cells ...Cell) { t.Rows = append(t.Rows, Row{Mark: true, Cells: cells}) }

// Cell is what stands in a cell.
func (t *Table) Cell(row, column int) string {
	c := t.Rows[row].Cells[column]
	switch format := t.Columns[column].Format; {
	case format == nil:
		return c.Words
	case math.IsNaN(c.Value):
		return "-"
	default:
		return format(c.Value)
	}
}
