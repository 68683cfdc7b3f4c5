// Package charts draws number series as SVG that needs no network and no script, in one form for light, dark and paper.
//
// What comes in: plain numbers with their names. What goes out: one <svg> element, to stand inside an HTML page that has
// Style among its style lines and Patterns once in its body. Lines are drawn on numeric axes, Bars lie on their side beside
// their names; both by github.com/go-analyze/charts, which measures text and lays the chart out.
//
// What always holds:
//
//   - Every colour is a variable of the page (Style), so one drawing serves both themes and paper.
//   - Colour is never the only carrier: lines differ in their dashes, bars in their filling.
//   - The element is named for those who do not see it (role="img", <title>, <desc>) and refers to nothing outside the page.
//   - I8: the same numbers give the same bytes.
//
// A worked example:
//
//	svg, err := charts.Lines{
//		Figure: charts.Figure{Title: "Precision and recall", Says: "Precision .99 at recall .94, where links are accepted."},
//		X:      charts.Axis{Name: "recall", Ticks: charts.Ticks(0, 1)},
//		Y:      charts.Axis{Ticks: charts.Ticks(0, 1)},
//		Series: []charts.Line{{Name: "precision", X: recall, Y: precision}},
//	}.SVG()
package charts
