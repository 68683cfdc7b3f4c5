package charts

import (
	"fmt"
	"strings"

	library "github.com/go-analyze/charts"
)

// The library writes colours into each element, where no page could change them. So it is given stand-ins, colours that
// nothing else has, and finish puts the page's variables in their place.
var (
	ink   = standIn(1)
	soft  = standIn(2)
	grid  = standIn(3)
	paper = standIn(4)

	lines = [MaxSeries]library.Color{standIn(11), standIn(12), standIn(13), standIn(14)}
	bars  = [MaxSeries]library.Color{standIn(21), standIn(22), standIn(23), standIn(24)}
)

func standIn(n uint8) library.Color { return library.Color{R: 250, G: 1, B: n, A: 255} }

// dashes tell lines apart without their colours: solid, dashed, dotted, and mixtures.
var dashes = [MaxSeries][]float64{nil, {8, 4}, {2, 3}, {10, 3, 2, 3}}

// MaxSeries is how many series a chart can tell apart, with and without colour.
const MaxSeries = 4

// repaint puts the page's variables in the place of stand-ins. A bar is filled with a pattern and has an edge.
var repaint = strings.NewReplacer(repaints()...)

func repaints() (pairs []string) {
	add := func(from, to string) { pairs = append(pairs, from, to) }
	for i := range MaxSeries {
		add(lines[i].String(), fmt.Sprintf("var(--c%d)", i+1))
		add("stroke:none;fill:"+bars[i].String(), fmt.Sprintf("stroke:var(--c%d);fill:url(#f%d)", i+1, i+1))
		add("fill:"+bars[i].String(), fmt.Sprintf("fill:url(#f%d)", i+1))
		add(bars[i].String(), fmt.Sprintf("var(--c%d)", i+1))
	}
	for name, c := range map[string]library.Color{"ink": ink, "soft": soft, "grid": grid, "paper": paper} {
		add(c.String(), "var(--"+name+")")
	}
	return pairs
}

// Style are the lines of a page's style that the charts need, beside --ink, --soft and --paper, which the page has.
// Each colour of a series has a contrast of at least 4.5 with the paper it stands on; print takes the light ones.
const Style = `:root { --c1: #1f5fa8; --c2: #b3500b; --c3: #2b7a31; --c4: #7a3fa3; --grid: #d5dae0; }
@media (prefers-color-scheme: dark) {
  :root { --c1: #7fb6f7; --c2: #f5a463; --c3: #86d394; --c4: #d0a2f2; --grid: #3a4149; }
}
@media print {
  :root { --c1: #1f5fa8; --c2: #b3500b; --c3: #2b7a31; --c4: #7a3fa3; --grid: #d5dae0; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; break-inside: avoid; }
}
svg.chart { display: block; width: 100%; height: auto; }
svg.chart text { font-family: Roboto, Arial, Helvetica, sans-serif; font-weight: 400; }
`

// Patterns are the fillings of bars: full, striped, dotted, striped the other way. They stand once in a page's body.
const Patterns = `<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false" style="position:absolute">
<defs>
<pattern id="f1" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" style="fill:var(--c1)"/></pattern>
<pattern id="f2" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" style="fill:var(--paper)"/><rect width="3" height="6" style="fill:var(--c2)"/></pattern>
<pattern id="f3" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" style="fill:var(--paper)"/><circle cx="3" cy="3" r="1.7" style="fill:var(--c3)"/></pattern>
<pattern id="f4" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="6" height="6" style="fill:var(--paper)"/><rect width="2" height="6" style="fill:var(--c4)"/></pattern>
</defs>
</svg>`
