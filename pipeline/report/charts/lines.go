package charts

import (
	"fmt"
	"strings"

	library "github.com/go-analyze/charts"
	"github.com/go-analyze/charts/chartdraw"
)

// Lines are lines on two numeric axes. The names of the series, in the legend, say what lies upward.
type Lines struct {
	Figure
	X, Y   Axis
	Series []Line
	Marks  []Mark
}

// Line is one series: points in the order in which they are joined.
type Line struct {
	Name string
	X, Y []float64
	Dots bool // a dot at every point
	Soft bool // a line to compare with, not one of the findings
}

// Mark names one point. Marks that would lie over each other share a name tag.
type Mark struct {
	Name    string
	X, Y    float64
	Upright bool // it names an x: an upright line stands there
}

// SVG draws the lines.
func (l Lines) SVG() (string, error) {
	if err := l.fault(); err != nil {
		return "", fmt.Errorf("chart %q: %w", l.Title, err)
	}
	var xs, ys [][]float64
	for _, s := range l.Series {
		xs, ys = append(xs, s.X), append(ys, s.Y)
	}
	for _, m := range l.Marks {
		xs, ys = append(xs, []float64{m.X}), append(ys, []float64{m.Y})
	}
	l.X, l.Y = l.X.over(xs...), l.Y.over(ys...)
	c := l.chart()
	for i, s := range l.Series {
		c.Series = append(c.Series, s.drawn(i))
	}
	c.Series = append(c.Series, l.marked()...)
	c.Elements = []chartdraw.Renderable{chartdraw.LegendThin(&c, chartdraw.Style{FontStyle: textStyle(ink), Padding: chartdraw.NewBox(2, 0, 0, 2)})}
	var b strings.Builder
	if err := c.Render(chartdraw.SVG, &b); err != nil {
		return "", fmt.Errorf("chart %q: %w", l.Title, err)
	}
	return l.finish(withoutLegendBox.Replace(b.String()))
}

// withoutLegendBox undoes what LegendThin cannot be told: a white box with a dark edge around the legend.
var withoutLegendBox = strings.NewReplacer("stroke:"+chartdraw.DefaultAxisColor.String(), "stroke:none", "fill:white", "fill:none")

func (l Lines) fault() error {
	if len(l.Series) == 0 || len(l.Series) > MaxSeries {
		return fmt.Errorf("%d series; want 1 to %d", len(l.Series), MaxSeries)
	}
	for _, s := range l.Series {
		if len(s.X) == 0 || len(s.X) != len(s.Y) {
			return fmt.Errorf("series %q has %d x and %d y", s.Name, len(s.X), len(s.Y))
		}
		if !finite(s.X...) || !finite(s.Y...) {
			return fmt.Errorf("series %q has a value that is no number", s.Name)
		}
	}
	for _, m := range l.Marks {
		if !finite(m.X, m.Y) {
			return fmt.Errorf("mark %q has a value that is no number", m.Name)
		}
	}
	return nil
}

// chart is the empty chart: axes left and below, thin lines at every tick.
func (l Lines) chart() chartdraw.Chart {
	axis := chartdraw.Style{FontStyle: textStyle(soft), StrokeColor: soft, StrokeWidth: 1}
	rule := chartdraw.Style{StrokeColor: grid, StrokeWidth: 1}
	none := chartdraw.Style{FillColor: library.ColorTransparent, StrokeColor: library.ColorTransparent}
	c := chartdraw.Chart{
		Width: width, Height: lineHeight, Background: none, Canvas: none,
		XAxis: chartdraw.XAxis{
			Name: l.X.Name, NameStyle: chartdraw.Style{FontStyle: textStyle(ink)}, Style: axis, Ticks: l.X.drawn(), GridMajorStyle: rule,
		},
		YAxis: chartdraw.YAxis{
			AxisType: chartdraw.YAxisSecondary, // the library's word for the left side
			Style:    axis, Ticks: l.Y.drawn(), GridMajorStyle: rule,
		},
		YAxisSecondary: chartdraw.YAxis{Style: chartdraw.Hidden()},
	}
	c.Background.Padding = chartdraw.NewBox(36, 10, 14, 8) // above: the legend
	for _, t := range l.X.Ticks {
		c.XAxis.GridLines = append(c.XAxis.GridLines, chartdraw.GridLine{Value: t, Style: rule})
	}
	for _, t := range l.Y.Ticks {
		c.YAxis.GridLines = append(c.YAxis.GridLines, chartdraw.GridLine{Value: t, Style: rule})
	}
	return c
}

func textStyle(c library.Color) chartdraw.FontStyle {
	return chartdraw.FontStyle{FontColor: c, FontSize: textSize, Font: library.GetDefaultFont()}
}

func (a Axis) drawn() (ticks []chartdraw.Tick) {
	label := words(a.Format)
	for _, t := range a.Ticks {
		ticks = append(ticks, chartdraw.Tick{Value: t, Label: label(t)})
	}
	return ticks
}

func (s Line) drawn(i int) chartdraw.Series {
	style := chartdraw.Style{StrokeColor: lines[i], StrokeWidth: 2, StrokeDashArray: dashes[i]}
	if s.Soft {
		style = chartdraw.Style{StrokeColor: soft, StrokeWidth: 1, StrokeDashArray: []float64{3, 3}}
	}
	if s.Dots {
		style.DotColor, style.DotWidth = style.StrokeColor, 3
	}
	return chartdraw.ContinuousSeries{Name: s.Name, Style: style, XValues: s.X, YValues: s.Y}
}
