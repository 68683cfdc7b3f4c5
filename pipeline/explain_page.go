package pipeline

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"locatematch/pipeline/report"
)

//go:embed explain_page.html
var explanationHTML string

var explanationTemplate = template.Must(template.New("explanation").Funcs(template.FuncMap{
	"bits": func(v float64) string { return fmt.Sprintf("%+.2f", v) }, "chance": chance, "dash": orDash, "style": report.Style,
}).Parse(explanationHTML))

// HTML is the explanation as one page that needs no network, for screen (light and dark) and paper.
func (d *Explanation) HTML() []byte {
	var b bytes.Buffer
	if err := explanationTemplate.Execute(&b, explanationPage{Explanation: d, Bars: d.bars()}); err != nil {
		// The template is part of the program and the page is plain values: only a programming error comes here.
		panic(fmt.Sprintf("explain_page.html: %v", err))
	}
	return b.Bytes()
}

type explanationPage struct {
	*Explanation
	Bars []bar
}

// Verdict is the outcome in one line.
func (p explanationPage) Verdict() string { return p.verdict() }

// bar is a step with its place in the drawing, in percent of its width, and its bits rounded so that the column adds up.
type bar struct {
	Step
	Left, Width  float64
	Down         bool
	Bits, Total  string
	AcceptMark   float64
	Contributing bool
}

// bars lays the waterfall out: each step's bar reaches from the total before it to the total after it.
func (d *Explanation) bars() []bar {
	low, high := min(0, d.Review), max(0, d.Accept)
	for _, s := range d.Steps {
		low, high = min(low, s.Total), max(high, s.Total)
	}
	percent := func(v float64) float64 { return 100 * (v - low) / (high - low) }
	var bars []bar
	before := 0.0
	for _, s := range d.Steps {
		from, to := percent(min(before, s.Total)), percent(max(before, s.Total))
		bars = append(bars, bar{
			Step: s, Left: hundredths(from), Width: hundredths(to - from), Down: s.Bits < 0, AcceptMark: hundredths(percent(d.Accept)),
			Bits: fmt.Sprintf("%+.2f", hundredths(s.Total)-hundredths(before)), Total: fmt.Sprintf("%+.2f", hundredths(s.Total)),
			Contributing: s.Bits != 0,
		})
		before = s.Total
	}
	return bars
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}
