package analysis

import (
	"math"
	"strings"

	"locatematch/pipeline/report/charts"
)

// Axis gives round ticks, of which the first is at most low and the last at least high.
func Axis(low, high float64) []float64 { return charts.Ticks(low, high) }

// Chart draws columns of a table.
type Chart interface {
	draw(*Table) (svg, says string, err error)
}

// Curve draws columns of numbers over another. Rows without one of the numbers, and those beyond the axes, are left out; rows
// with a mark are points with a name. Where no row is left there is no drawing.
type Curve struct {
	Title    string
	Says     string
	X        int   // column
	Y        []int // columns
	XName    string
	XTicks   []float64 // nil: round numbers that hold the values
	YTicks   []float64
	Dots     bool
	Diagonal bool // a line to compare with, where both are equal
	Upright  bool // marks are upright lines at their x
}

func (c Curve) draw(t *Table) (svg, says string, err error) {
	l := charts.Lines{
		Figure: charts.Figure{Title: c.Title, Says: c.Says},
		X:      charts.Axis{Name: c.XName, Ticks: c.XTicks}, Y: charts.Axis{Ticks: c.YTicks},
	}
	for _, column := range c.Y {
		if line := c.line(t, column); len(line.X) > 0 {
			l.Series = append(l.Series, line)
		}
	}
	if len(l.Series) == 0 {
		return "", "", nil
	}
	if c.Diagonal {
		low, high := max(c.XTicks[0], c.YTicks[0]), min(c.XTicks[len(c.XTicks)-1], c.YTicks[len(c.YTicks)-1])
		l.Series = append(l.Series, charts.Line{Name: "equal", X: []float64{low, high}, Y: []float64{low, high}, Soft: true})
	}
	for i, r := range t.Rows {
		if x, y := r.Cells[c.X].Value, r.Cells[c.Y[0]].Value; r.Mark && within(c.XTicks, x) && within(c.YTicks, y) {
			l.Marks = append(l.Marks, charts.Mark{Name: t.Cell(i, 0), X: x, Y: y, Upright: c.Upright})
		}
	}
	svg, err = l.SVG()
	return svg, c.Says, err
}

func (c Curve) line(t *Table, column int) charts.Line {
	line := charts.Line{Name: t.Columns[column].Name, Dots: c.Dots}
	for _, r := range t.Rows {
		if x, y := r.Cells[c.X].Value, r.Cells[column].Value; !r.Mark && within(c.XTicks, x) && within(c.YTicks, y) {
			line.X, line.Y = append(line.X, x), append(line.Y, y)
		}
	}
	return line
}

// within says that a number is known, and on the axis if its ends are given.
func within(ticks []float64, v float64) bool {
	return !math.IsNaN(v) && (len(ticks) == 0 || ticks[0] <= v && v <= ticks[len(ticks)-1])
}

// Bars draws columns of numbers as bars that lie beside the words of other columns. A row with a mark, or
// without any of the numbers, is left out, and on request one of noughts. Where no row is left there is no drawing.
type Bars struct {
	Title     string
	Says      string
	Names     []int   // columns
	Values    []int   // columns
	Low, High float64 // what there is room for beside what is needed, and
	Room      string  // the longest name that there is room for: charts that are to be compared have one scale
	NotZero   bool    // leave rows of noughts out
}

func (b Bars) draw(t *Table) (svg, says string, err error) {
	d := charts.Bars{Figure: charts.Figure{Title: b.Title, Says: b.Says}, Low: b.Low, High: b.High, Room: b.Room}
	for _, column := range b.Values {
		d.Series = append(d.Series, charts.Bar{Name: t.Columns[column].Name, Format: t.Columns[column].Format})
	}
	for i, r := range t.Rows {
		if !b.shows(r) {
			continue
		}
		d.Names = append(d.Names, b.name(t, i))
		for k, column := range b.Values {
			d.Series[k].Values = append(d.Series[k].Values, r.Cells[column].Value)
		}
	}
	if len(d.Names) == 0 {
		return "", "", nil
	}
	svg, err = d.SVG()
	return svg, b.Says, err
}

func (b Bars) shows(r Row) bool {
	if r.Mark {
		return false
	}
	for _, column := range b.Values {
		if v := r.Cells[column].Value; !math.IsNaN(v) && !(b.NotZero && v == 0) {
			return true
		}
	}
	return false
}

func (b Bars) name(t *Table, row int) string {
	var parts []string
	for _, column := range b.Names {
		parts = append(parts, t.Cell(row, column))
	}
	return strings.Join(parts, ": ")
}
