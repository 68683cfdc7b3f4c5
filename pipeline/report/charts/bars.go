package charts

import (
	"fmt"
	"math"
	"slices"

	library "github.com/go-analyze/charts"
)

// Bars are bars that lie beside their names, the first on top, those of several series in groups. Each has its number at
// its end, so there is no axis of numbers.
type Bars struct {
	Figure
	Names  []string
	Series []Bar
	// Low, High and Room are what the bars and their names have room for, beside what they need: charts that are to be compared
	// are given the same.
	Low, High float64
	Room      string
}

// Bar is one series, a value for each name; a negative one reaches to the left, and of NaN, which nobody knows, there is no bar.
type Bar struct {
	Name   string
	Values []float64
	Format func(float64) string // what stands at a bar's end; nil: as short as it can be
}

// SVG draws the bars.
func (b Bars) SVG() (string, error) {
	if err := b.fault(); err != nil {
		return "", fmt.Errorf("chart %q: %w", b.Title, err)
	}
	p := library.NewPainter(library.PainterOptions{OutputFormat: library.ChartOutputSVG, Width: width, Height: b.height()})
	if err := p.BarChart(b.options(p)); err != nil {
		return "", fmt.Errorf("chart %q: %w", b.Title, err)
	}
	svg, err := p.Bytes()
	if err != nil {
		return "", fmt.Errorf("chart %q: %w", b.Title, err)
	}
	return b.finish(string(svg))
}

func (b Bars) fault() error {
	if len(b.Series) == 0 || len(b.Series) > MaxSeries {
		return fmt.Errorf("%d series; want 1 to %d", len(b.Series), MaxSeries)
	}
	for _, s := range b.Series {
		if len(s.Values) == 0 || len(s.Values) != len(b.Names) {
			return fmt.Errorf("series %q has %d values for %d names", s.Name, len(s.Values), len(b.Names))
		}
		if !finite(s.known()...) {
			return fmt.Errorf("series %q has a value without bound", s.Name)
		}
	}
	return nil
}

// Pixels of a bar, of the gap between groups, around them all, and of the legend.
const (
	barHigh    = 13
	barGap     = 9
	barMargin  = 8
	legendHigh = 30
)

func (b Bars) height() int {
	height := len(b.Names)*(barHigh*len(b.Series)+barGap) + 2*barMargin
	if len(b.Series) > 1 {
		height += legendHigh
	}
	return height
}

// reach is what the bars need on both sides. A number at the end of a bar needs room too: on the right the chart's padding
// gives it, on the left, where the names stand, the axis.
func (b Bars) reach() (low, high float64) {
	low, high = min(0, b.Low), max(0, b.High)
	for _, s := range b.Series {
		for _, v := range s.known() {
			low, high = min(low, v), max(high, v)
		}
	}
	if !(high > low) {
		high = low + 1
	}
	const forNumber = 0.17
	if low < 0 {
		low -= forNumber * (high - low)
	}
	return low, high
}

// spare is the pixels by which the longest name is shorter than what there is to be room for.
func (b Bars) spare(p *library.Painter) int {
	longest := 0
	for _, name := range b.Names {
		longest = max(longest, p.MeasureText(name, 0, fontOf(ink)).Width())
	}
	return max(0, p.MeasureText(b.Room, 0, fontOf(ink)).Width()-longest)
}

func (b Bars) options(p *library.Painter) library.BarChartOption {
	opt := library.NewBarChartOptionWithSeries(nil)
	opt.Horizontal = true
	opt.Theme = theme
	opt.Padding = library.NewBox(barMargin+b.spare(p), barMargin, 48, barMargin)
	opt.CategoryAxis = library.CategoryAxisOption{Labels: reversed(b.Names), LabelFontStyle: fontOf(ink)} // the library begins below
	low, high := b.reach()
	opt.ValueAxis = []library.ValueAxisOption{{
		Min: &low, Max: &high, Show: library.Ptr(false), SplitLineShow: library.Ptr(false), RangeValuePaddingScale: library.Ptr(0.0),
	}}
	for _, s := range b.Series {
		opt.SeriesList = append(opt.SeriesList, library.BarSeries{
			Name: s.Name, Values: reversed(s.drawn()),
			Label: library.SeriesLabel{Show: library.Ptr(true), FontStyle: fontOf(ink), ValueFormatter: words(s.Format)},
		})
		opt.Legend.SeriesNames = append(opt.Legend.SeriesNames, s.Name)
	}
	opt.Legend.FontStyle = fontOf(ink)
	opt.Legend.Show = library.Ptr(len(b.Series) > 1)
	return opt
}

// known are the values that somebody knows.
func (s Bar) known() []float64 { return slices.DeleteFunc(slices.Clone(s.Values), math.IsNaN) }

// drawn are the values as the library wants them.
func (s Bar) drawn() []float64 {
	values := slices.Clone(s.Values)
	for i, v := range values {
		if math.IsNaN(v) {
			values[i] = library.GetNullValue()
		}
	}
	return values
}

func reversed[T any](list []T) []T {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

func fontOf(c library.Color) library.FontStyle {
	return library.FontStyle{FontSize: textSize, FontColor: c}
}

var theme = library.MakeTheme(library.ThemeOption{
	AxisStrokeColor: soft, AxisSplitLineColor: grid, BackgroundColor: library.ColorTransparent, TextColor: ink, TextColorTitle: ink,
	TextColorMark: ink, TextColorLabel: ink, TextColorLegend: ink, TextColorXAxis: soft, TextColorYAxis: ink, SeriesColors: bars[:],
})
