package charts

import (
	"fmt"
	"html"
	"strings"
)

// Figure is what every chart has.
type Figure struct {
	Title string // names the chart for those who do not see it
	Says  string // what it shows, in a sentence
}

// Width of every drawing in pixels, half of a page: two stand side by side, or one beside its table. The page may scale it.
const width = 480

const (
	lineHeight = 320 // of a chart of lines with its legend
	textSize   = 9.5 // points, at the library's 92 dots per inch: 12 pixels high
)

// finish makes the library's drawing part of a page: named, repainted, in the page's font, without namespaces, which are
// addresses, and which HTML does not need.
func (f Figure) finish(svg string) (string, error) {
	end := strings.Index(svg, ">")
	view, box, _ := strings.Cut(svg[:max(end, 0)], `viewBox="`)
	if !strings.HasPrefix(view, "<svg ") {
		return "", fmt.Errorf("chart %q: not an SVG drawing: %.40q", f.Title, svg)
	}
	box, _, _ = strings.Cut(box, `"`)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" role="img" viewBox="%s"><title>%s</title><desc>%s</desc>`,
		box, html.EscapeString(f.Title), html.EscapeString(f.Says))
	b.WriteString(repaint.Replace(strings.ReplaceAll(svg[end+1:], `;font-family:'Roboto Medium',sans-serif`, "")))
	return b.String(), nil
}
