package charts_test

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/report/charts"
)

// TestLines_PointsLieWhereTheirNumbersSay: on both axes the pixels of a curve are a straight function of its numbers, within
// the pixel to which the library rounds, and each number has its point.
func TestLines_PointsLieWhereTheirNumbersSay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(t, "n")
		values := rapid.SliceOfN(rapid.Float64Range(-1000, 1000), n, n)
		x, y := values.Draw(t, "x"), values.Draw(t, "y")
		svg, err := charts.Lines{Series: []charts.Line{{Name: "a", X: x, Y: y}}}.SVG()
		if err != nil {
			t.Fatal(err)
		}
		drawn := read(t, svg).having("stroke:var(--c1)") // the curve, and then its sample in the legend
		if len(drawn) != 2 || len(drawn[0].points) != n {
			t.Fatalf("%d curves of %d points", len(drawn), n)
		}
		for axis, numbers := range [][]float64{x, y} {
			low, high := slices.Index(numbers, slices.Min(numbers)), slices.Index(numbers, slices.Max(numbers))
			span := numbers[high] - numbers[low]
			if span == 0 {
				continue
			}
			a, b := drawn[0].points[low][axis], drawn[0].points[high][axis]
			for i, v := range numbers {
				want := a + (b-a)*((v-numbers[low])/span)
				if got := drawn[0].points[i][axis]; math.Abs(got-want) > 2 {
					t.Fatalf("axis %d: %g is drawn at %g, want %g (%g at %g, %g at %g)", axis, v, got, want, numbers[low], a, numbers[high], b)
				}
			}
		}
	})
}

// TestBars_AreAsLongAsTheirNumbers: bars of one series are as long as their numbers are large, reach to the side of their sign,
// and have the number at their end, the first on top.
func TestBars_AreAsLongAsTheirNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		values := rapid.SliceOfN(rapid.Float64Range(-50, 50), n, n).Draw(t, "values")
		b := charts.Bars{Series: []charts.Bar{{Name: "a", Values: values, Format: func(v float64) string { return fmt.Sprintf("%.3f", v) }}}}
		for i := range values {
			b.Names = append(b.Names, fmt.Sprint("name ", i))
		}
		svg, err := b.SVG()
		if err != nil {
			t.Fatal(err)
		}
		d := read(t, svg)
		drawn := d.having("fill:url(#f1)")
		if len(drawn) != n {
			t.Fatalf("%d bars of %d", len(drawn), n)
		}
		slices.SortFunc(drawn, func(a, b path) int { return int(a.points[0][1] - b.points[0][1]) })
		longest := 0
		for i, v := range values {
			if math.Abs(v) > math.Abs(values[longest]) {
				longest = i
			}
		}
		for i, v := range values {
			want := 0.0
			if v != 0 {
				want = length(drawn[longest]) * math.Abs(v/values[longest])
			}
			if got := length(drawn[i]); math.Abs(got-want) > 3 {
				t.Fatalf("%g is %g long, want %g", v, got, want)
			}
			if words := fmt.Sprintf("%.3f", v); !slices.Contains(d.texts, words) || !slices.Contains(d.texts, b.Names[i]) {
				t.Fatalf("%s or %s is not written in %q", words, b.Names[i], d.texts)
			}
		}
	})
}

func length(p path) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, at := range p.points {
		low, high = min(low, at[0]), max(high, at[0])
	}
	return high - low
}

// TestBars_OfWhatNobodyKnowsThereIsNone, while the names and the other bars stay.
func TestBars_OfWhatNobodyKnowsThereIsNone(t *testing.T) {
	svg, err := charts.Bars{Names: []string{"w4", "scra"}, Series: []charts.Bar{
		{Name: "precision", Values: []float64{0.9, math.NaN()}}, {Name: "recall", Values: []float64{0.8, 0}},
	}}.SVG()
	d := read(t, must(t, svg, err))
	if precision, recall := len(d.having("url(#f1)")), len(d.having("url(#f2)")); precision != 2 || recall != 3 { // one each in the legend
		t.Errorf("%d and %d bars", precision, recall)
	}
	if !slices.Contains(d.texts, "scra") || slices.Contains(d.texts, "NaN") {
		t.Errorf("%q", d.texts)
	}
}

// TestTicks_HoldTheValues: round numbers at even distances, of which the outermost hold the values with little to spare.
func TestTicks_HoldTheValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e6, 1e6).Draw(t, "low")
		high := low + math.Pow(10, rapid.OneOf(rapid.Float64Range(-3, 6), rapid.Float64Range(-320, -10)).Draw(t, "log of span"))
		ticks := charts.Ticks(low, high)
		if len(ticks) < 5 || len(ticks) > 14 {
			t.Fatalf("%d ticks for %g to %g: %v", len(ticks), low, high, ticks)
		}
		step := ticks[1] - ticks[0]
		slack, spare := 1e-6*step, step
		if high-low < 1e-9 { // flat: half a unit on both sides
			spare += 0.5
		}
		if ticks[0] > low+slack || ticks[len(ticks)-1] < high-slack || low-ticks[0] > spare+slack || ticks[len(ticks)-1]-high > spare+slack {
			t.Fatalf("%g to %g: %v", low, high, ticks)
		}
		for i := 1; i < len(ticks); i++ {
			if math.Abs(ticks[i]-ticks[i-1]-step) > 1e-6*step {
				t.Fatalf("uneven: %v", ticks)
			}
		}
	})
}

func sample() (charts.Lines, charts.Bars) {
	says := charts.Figure{Title: "Precision & recall", Says: "Precision < 1."}
	x := []float64{0, 0.5, 1}
	lines := charts.Lines{
		Figure: says, X: charts.Axis{Name: "recall"},
		Series: []charts.Line{
			{Name: "precision", X: x, Y: []float64{1, 0.9, 0.3}}, {Name: "recall", X: x, Y: x, Dots: true}, {Name: "F1", X: x, Y: []float64{0, 0.6, 0.4}},
			{Name: "equal", X: x, Y: x, Soft: true},
		},
		Marks: []charts.Mark{{Name: "accept", X: 0.5, Y: 0.9}, {Name: "best", X: 0.55, Y: 0.88}, {Name: "today", X: 0.2, Y: 0.4}},
	}
	bars := charts.Bars{Figure: says, Names: []string{"exact", "near <&>"}, Series: []charts.Bar{
		{Name: "S", Values: []float64{13.2, -4}}, {Name: "H", Values: []float64{3, 0}},
	}}
	return lines, bars
}

// TestSVG_StandsInAPage: a drawing is well formed and named, refers to nothing beyond the page, and has no colour but the
// page's variables.
func TestSVG_StandsInAPage(t *testing.T) {
	lines, bars := sample()
	for _, draw := range []func() (string, error){lines.SVG, bars.SVG} {
		svg, err := draw()
		d := read(t, must(t, svg, err))
		if d.title != "Precision & recall" || d.says != "Precision < 1." {
			t.Errorf("title %q, says %q", d.title, d.says)
		}
		if !strings.HasPrefix(svg, `<svg class="chart" role="img" viewBox="0 0 480 `) {
			t.Errorf("opens with %.80s", svg)
		}
		if strings.Contains(svg, "http") || strings.Contains(svg, "xmlns") || strings.Contains(svg, "href") || strings.Contains(svg, "font-family") {
			t.Errorf("refers beyond the page, or has a font of its own:\n%s", svg)
		}
		if own := regexp.MustCompile(`rgba?\(|(fill|stroke):(white|black)|#[0-9a-f]{3}`).FindString(svg); own != "" {
			t.Errorf("a colour of its own, %s, in\n%s", own, svg)
		}
		again, err := draw()
		if must(t, again, err) != svg {
			t.Error("the same numbers give other bytes")
		}
	}
}

// TestSVG_ColourIsNeverAlone: lines differ in their dashes, bars in their filling, and every filling is a pattern of the page.
func TestSVG_ColourIsNeverAlone(t *testing.T) {
	lines, bars := sample()
	svg, err := lines.SVG()
	d := read(t, must(t, svg, err))
	dashes := map[string]int{}
	for i := range 3 {
		found := d.having(fmt.Sprintf("stroke:var(--c%d)", i+1))
		if len(found) == 0 {
			t.Fatalf("line %d is not drawn", i)
		}
		dashes[found[0].dashed]++
	}
	if len(dashes) != 3 {
		t.Errorf("dashes %v of three lines", dashes)
	}
	svg, err = bars.SVG()
	for i := range bars.Series {
		fill := fmt.Sprintf("f%d", i+1)
		if len(read(t, must(t, svg, err)).having("url(#"+fill+")")) == 0 || !strings.Contains(charts.Patterns, `id="`+fill+`"`) {
			t.Errorf("no bar, or no pattern, %s", fill)
		}
	}
	read(t, charts.Patterns)
}

// TestLines_MarksThatWouldOverlapShareATag.
func TestLines_MarksThatWouldOverlapShareATag(t *testing.T) {
	lines, _ := sample()
	svg, err := lines.SVG()
	texts := read(t, must(t, svg, err)).texts
	if !slices.Contains(texts, "accept, best") || !slices.Contains(texts, "today") {
		t.Errorf("tags in %q", texts)
	}
}

// TestSVG_RefusesWhatCannotBeDrawn names chart and series.
func TestSVG_RefusesWhatCannotBeDrawn(t *testing.T) {
	f := charts.Figure{Title: "T"}
	many := make([]charts.Bar, charts.MaxSeries+1)
	for name, draw := range map[string]func() (string, error){
		`chart "T": series "a" has 1 x and 0 y`:               charts.Lines{Figure: f, Series: []charts.Line{{Name: "a", X: []float64{1}}}}.SVG,
		`chart "T": series "a" has a value that is no number`: charts.Lines{Figure: f, Series: []charts.Line{{Name: "a", X: []float64{1}, Y: []float64{math.NaN()}}}}.SVG,
		`chart "T": mark "m" has a value that is no number`:   charts.Lines{Figure: f, Series: []charts.Line{{Name: "a", X: []float64{1}, Y: []float64{1}}}, Marks: []charts.Mark{{Name: "m", X: math.NaN()}}}.SVG,
		`chart "T": 0 series; want 1 to 4`:                    charts.Lines{Figure: f}.SVG,
		`chart "T": 5 series; want 1 to 4`:                    charts.Bars{Figure: f, Series: many}.SVG,
		`chart "T": series "b" has 1 values for 0 names`:      charts.Bars{Figure: f, Series: []charts.Bar{{Name: "b", Values: []float64{1}}}}.SVG,
		`chart "T": series "b" has a value without bound`:     charts.Bars{Figure: f, Names: []string{"n"}, Series: []charts.Bar{{Name: "b", Values: []float64{math.Inf(1)}}}}.SVG,
	} {
		if _, err := draw(); err == nil || err.Error() != name {
			t.Errorf("error %v, want %s", err, name)
		}
	}
}

// TestStyle_ContrastsWithThePaper: every colour of a series stands out from the paper by 4.5 to one at least, in both themes,
// as WCAG 2.2 asks of text.
func TestStyle_ContrastsWithThePaper(t *testing.T) {
	colour := regexp.MustCompile(`--c\d: #([0-9a-f]{6})`)
	light, dark, _ := strings.Cut(charts.Style, "prefers-color-scheme: dark")
	dark, print, _ := strings.Cut(dark, "@media print")
	for _, theme := range []struct{ name, style, paper string }{{"light", light, "ffffff"}, {"dark", dark, "16191d"}, {"print", print, "ffffff"}} {
		found := colour.FindAllStringSubmatch(theme.style, -1)
		if len(found) != charts.MaxSeries {
			t.Fatalf("%s: %d colours", theme.name, len(found))
		}
		for _, c := range found {
			a, b := luminance(t, c[1]), luminance(t, theme.paper)
			if contrast := (max(a, b) + 0.05) / (min(a, b) + 0.05); contrast < 4.5 {
				t.Errorf("%s: #%s has contrast %.2f", theme.name, c[1], contrast)
			}
		}
	}
}

// luminance is WCAG's relative luminance of a colour in six hexadecimal digits.
func luminance(t *testing.T, hex string) (sum float64) {
	t.Helper()
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		if err != nil {
			t.Fatal(err)
		}
		c := float64(n) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}
