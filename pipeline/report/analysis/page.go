package analysis

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"locatematch/pipeline/report"
	"locatematch/pipeline/report/charts"
)

// Page is a page for analysts: sections of charts, each beside the table that it is drawn from.
type Page struct {
	Title    string
	Facts    [][2]string
	Sections []Section
}

// Section is one subject of a page.
type Section struct {
	ID    string // of its heading, for links within the page
	Title string
	Words string
	Facts [][2]string
	Parts []Part
}

// Part is one table, with the charts that are drawn from it.
type Part struct {
	Title  string
	Words  string
	Table  Table
	Charts []Chart
}

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"style":    report.Style,
	"charts":   func() template.CSS { return template.CSS(charts.Style) },
	"patterns": func() template.HTML { return template.HTML(charts.Patterns) },
}).Parse(pageHTML))

// HTML is the page: one file that needs no network and no script, for screen (light and dark) and paper. It fails when a
// chart is given what cannot be drawn.
func (p *Page) HTML() ([]byte, error) {
	drawnPage := drawnPage{Page: p}
	for _, s := range p.Sections {
		drawn := drawnSection{Section: s}
		for _, part := range s.Parts {
			d, err := part.drawn()
			if err != nil {
				return nil, fmt.Errorf("section %s: %w", s.Title, err)
			}
			drawn.Parts = append(drawn.Parts, d)
		}
		drawnPage.Sections = append(drawnPage.Sections, drawn)
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, drawnPage); err != nil {
		return nil, fmt.Errorf("page.html: %w", err)
	}
	return b.Bytes(), nil
}

type drawnPage struct {
	*Page
	Sections []drawnSection
}

type drawnSection struct {
	Section
	Parts []drawnPart
}

type drawnPart struct {
	Part
	Figures []figure
	Form    string // how charts and table stand: alone, beside, below
	Long    bool   // the table has more rows than a screen shows well, and no chart of its height beside it
}

type figure struct {
	SVG  template.HTML
	Says string
}

// longTable is how many rows a reader can take in without scrolling within the table.
const longTable = 16

func (p Part) drawn() (drawnPart, error) {
	d := drawnPart{Part: p, Form: "alone"}
	for _, c := range p.Charts {
		svg, says, err := c.draw(&p.Table)
		if err != nil {
			return d, fmt.Errorf("%s: %w", p.Title, err)
		}
		if svg != "" {
			d.Figures = append(d.Figures, figure{template.HTML(svg), says})
		}
	}
	switch {
	case len(d.Figures) == 1:
		d.Form = "beside"
	case len(d.Figures) > 1:
		d.Form = "below"
	}
	d.Long = len(p.Table.Rows) > longTable && !(d.Form == "beside" && grows(p.Charts[0]))
	return d, nil
}

// grows says that a chart is as high as its table is long.
func grows(c Chart) bool {
	_, bars := c.(Bars)
	return bars
}
