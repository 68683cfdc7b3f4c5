package charts

import (
	"cmp"
	"math"
	"slices"

	library "github.com/go-analyze/charts"
	"github.com/go-analyze/charts/chartdraw"
)

// A tag's size: its height as a part of the upright axis, and in pixels its pointer with the margins, one letter, and the axis
// along which it lies. Marks whose tags would lie over each other share one.
const (
	tagHeight  = 0.08
	tagMargin  = 22
	tagLetter  = 6.5
	axisLength = 400
)

// marked draws a dot at every mark, or an upright line through it, and a tag at each group of them.
func (l Lines) marked() (all []chartdraw.Series) {
	dot := chartdraw.Style{DotColor: ink, DotWidth: 4, StrokeColor: library.ColorTransparent}
	line := chartdraw.Style{StrokeColor: soft, StrokeWidth: 1, StrokeDashArray: []float64{3, 3}}
	for _, m := range l.Marks {
		if m.Upright {
			all = append(all, chartdraw.ContinuousSeries{Style: line, XValues: []float64{m.X, m.X}, YValues: []float64{l.Y.low(), l.Y.high()}})
		} else {
			all = append(all, chartdraw.ContinuousSeries{Style: dot, XValues: []float64{m.X}, YValues: []float64{m.Y}})
		}
	}
	if len(l.Marks) > 0 {
		all = append(all, l.tags())
	}
	return all
}

// tags are the names of marks. Those of upright lines stand at their foot.
func (l Lines) tags() chartdraw.AnnotationSeries {
	tags := chartdraw.AnnotationSeries{Style: chartdraw.Style{
		FontStyle: textStyle(ink), FillColor: paper, StrokeColor: soft, StrokeWidth: 1, Padding: chartdraw.NewBox(1, 4, 4, 5),
	}}
	for _, g := range l.grouped() {
		tags.Annotations = append(tags.Annotations, chartdraw.Value2{XValue: g.x, YValue: g.y, Label: g.name})
	}
	return tags
}

// grouped puts each mark, from left to right, to the first group whose tag would lie over its own.
func (l Lines) grouped() (groups []tag) {
	marks := slices.Clone(l.Marks)
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.X, b.X) })
next:
	for _, m := range marks {
		if m.Upright {
			m.Y = l.Y.low() + tagHeight*(l.Y.high()-l.Y.low())
		}
		for i := range groups {
			if g := &groups[i]; l.over(g, m) {
				g.name += ", " + m.Name
				continue next
			}
		}
		groups = append(groups, tag{m.Name, m.X, m.Y})
	}
	return groups
}

type tag struct {
	name string
	x, y float64
}

func (l Lines) over(g *tag, m Mark) bool {
	wide := (tagMargin + tagLetter*float64(len(g.name))) / axisLength
	return m.X-g.x <= wide*(l.X.high()-l.X.low()) && math.Abs(m.Y-g.y) <= tagHeight*(l.Y.high()-l.Y.low())
}

func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}
