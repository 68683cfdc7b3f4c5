package analysis

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/golden"
)

// small is a page with one of everything: a curve with marks, bars of two series, a table alone, a number that nobody knows.
func small() *Page {
	curve := NewTable(Column{Name: "At"}, Column{Name: "Weight", Format: Bits}, Column{Name: "Links", Format: Counts}, Column{Name: "Precision", Format: Shares}, Column{Name: "Recall", Format: Shares})
	curve.AddMark(Words("accept"), Number(6.64), Count(1481), Number(0.9899), Number(0.8853))
	curve.AddMark(Words("today"), None(), Count(924), Number(0.9675), Number(0.5395))
	curve.Add(Words(""), Number(-10), Count(1930), Number(0.8544), Number(0.9952))
	curve.Add(Words(""), Number(0), Count(1680), Number(0.972), Number(0.9855))
	curve.Add(Words(""), Number(15), Count(270), Number(1), Number(0.1629))
	levels := NewTable(Column{Name: "Level"}, Column{Name: "m", Format: Few}, Column{Name: "S", Format: Bits}, Column{Name: "H", Format: Bits})
	levels.Add(Words("exact <script>"), Number(0.911), Number(13.2), Number(10.2))
	levels.Add(Words("different"), Number(0.0401), Number(-4.6), Number(-4.6))
	levels.Add(Words("never seen"), None(), None(), None())
	alone := NewTable(Column{Name: "Subject"}, Column{Name: "Why"})
	alone.Add(Words("S-000123"), Words("ssn: exact, +13.2; given: different, -6.6"))
	return &Page{
		Title: "Analysis of a night", Facts: [][2]string{{"Model", "built-in"}},
		Sections: []Section{
			{ID: "accuracy", Title: "Accuracy", Words: "Without labels & with.", Facts: [][2]string{{"Pairs", Counts(2705)}}, Parts: []Part{
				{Title: "Thresholds", Words: "Marked are two.", Table: curve, Charts: []Chart{
					Curve{Title: "Precision-recall curve", Says: "Precision over recall.", X: 4, Y: []int{3}, XName: "recall", XTicks: Axis(0, 1), YTicks: Axis(0.8, 1)},
					Curve{Title: "By threshold", Says: "Precision and recall by weight.", X: 1, Y: []int{3, 4}, XName: "weight, bits", YTicks: Axis(0, 1), Upright: true},
				}},
				{Title: "Worst pairs", Table: alone},
			}},
			{ID: "training", Title: "Training", Parts: []Part{
				{Title: "Levels", Table: levels, Charts: []Chart{Bars{Title: "Bits", Says: "Bits of each level.", Names: []int{0}, Values: []int{2, 3}}}},
			}},
		},
	}
}

// TestGoldenPage is a small page as a browser gets it.
func TestGoldenPage(t *testing.T) {
	got, err := small().HTML()
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/page.html", got)
	again, err := small().HTML()
	if err != nil || !bytes.Equal(again, got) {
		t.Errorf("the same sections give other bytes (%v)", err)
	}
}

// TestPage_NeedsNoNetwork: it is well formed, runs nothing, and every reference stays within the page and finds its target.
func TestPage_NeedsNoNetwork(t *testing.T) {
	page, err := small().HTML()
	if err != nil {
		t.Fatal(err)
	}
	var refers []string
	ids := map[string]bool{}
	walk(t, page, func(x xml.StartElement) {
		if slices.Contains([]string{"script", "link", "img", "iframe", "image", "use", "object"}, x.Name.Local) {
			t.Errorf("element %s", x.Name.Local)
		}
		for _, a := range x.Attr {
			switch a.Name.Local {
			case "id", "aria-labelledby":
				ids[a.Value] = true
			case "href", "src", "srcset", "data", "action", "style":
				refers = append(refers, a.Value)
			}
		}
	})
	for _, r := range refers {
		for _, target := range regexp.MustCompile(`^#(.*)$|url\((.*?)\)`).FindAllStringSubmatch(r, -1) {
			if id := target[1] + strings.TrimPrefix(target[2], "#"); !ids[id] {
				t.Errorf("%s refers to nothing in the page", r)
			}
		}
	}
	if outside := regexp.MustCompile(`(?i)https?:|//[a-z]|@import|javascript:|ZgotmplZ`).Find(page); outside != nil {
		t.Errorf("%s stands in the page", outside)
	}
	for _, part := range []string{"&lt;script&gt;", "prefers-color-scheme: dark", "@media print", "default-src 'none'"} {
		if !bytes.Contains(page, []byte(part)) {
			t.Errorf("the page lacks %q", part)
		}
	}
}

// walk parses strictly, as XML, and shows every element.
func walk(t interface{ Fatalf(string, ...any) }, page []byte, see func(xml.StartElement)) {
	decoder := xml.NewDecoder(bytes.NewReader(page))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, page)
		}
		if x, ok := token.(xml.StartElement); ok {
			see(x)
		}
	}
}

var (
	cellText = regexp.MustCompile(`<td[^>]*>([^<]*)</td>`)
	drawnBar = regexp.MustCompile(`<text [^>]*>([^<]*)</text>`)
	curveOf  = regexp.MustCompile(`d="([^"]*)" style="stroke-width:2;stroke:var\(--c1\)`)
)

// TestPage_EveryNumberOfAChartStandsInItsTable, drawn tables: what is written in bars is the very text of a cell, and a curve
// has a point for each row that is no mark and whose numbers are known, no more and no fewer.
func TestPage_EveryNumberOfAChartStandsInItsTable(t *testing.T) {
	number := rapid.OneOf(rapid.Float64Range(-20, 20), rapid.Just(math.NaN()))
	rapid.Check(t, func(t *rapid.T) {
		table := NewTable(Column{Name: "Name"}, Column{Name: "x", Format: Bits}, Column{Name: "y", Format: Shares})
		table.Add(Words("first"), Number(-1), Number(1))
		points := 1
		for i := range rapid.IntRange(1, 25).Draw(t, "rows") {
			x, y, mark := number.Draw(t, "x"), number.Draw(t, "y"), rapid.Bool().Draw(t, "mark")
			if cells := []Cell{Words(fmt.Sprint("row ", i)), Number(x), Number(y)}; mark {
				table.AddMark(cells...)
			} else {
				table.Add(cells...)
			}
			if !mark && !math.IsNaN(x) && !math.IsNaN(y) {
				points++
			}
		}
		bars := Bars{Title: "bars", Names: []int{0}, Values: []int{1, 2}}
		curve := Curve{Title: "curve", X: 1, Y: []int{2}}
		page, err := (&Page{Sections: []Section{{Parts: []Part{{Table: table, Charts: []Chart{bars, curve}}}}}}).HTML()
		if err != nil {
			t.Fatal(err)
		}
		cells := map[string]bool{"x": true, "y": true}
		for _, c := range cellText.FindAllSubmatch(page, -1) {
			cells[html.UnescapeString(string(c[1]))] = true
		}
		drawn, _, _ := bytes.Cut(page, []byte("<title>curve"))
		for _, label := range drawnBar.FindAllSubmatch(drawn, -1) {
			if !cells[html.UnescapeString(string(label[1]))] {
				t.Fatalf("%q is written in the bars and in no cell", label[1])
			}
		}
		line := curveOf.FindSubmatch(page)
		if line == nil || bytes.Count(line[1], []byte("\n"))+1 != points {
			t.Fatalf("curve %q, want %d points", line, points)
		}
	})
}

// TestPage_ChartsThatCannotBeDrawnAreNamed.
func TestPage_ChartsThatCannotBeDrawnAreNamed(t *testing.T) {
	table := NewTable(Column{Name: "x", Format: Bits})
	table.Add(Number(math.Inf(1)))
	p := Page{Sections: []Section{{Title: "S", Parts: []Part{{Title: "P", Table: table, Charts: []Chart{Bars{Title: "B", Names: []int{0}, Values: []int{0}}}}}}}}
	_, err := p.HTML()
	if want := `section S: P: chart "B": series "x" has a value without bound`; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
