package casefile

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"

	"locatematch/pipeline/report"
)

//go:embed page.html
var pageHTML string

var pageTemplate = template.Must(template.New("case").Funcs(template.FuncMap{"style": report.Style}).Parse(pageHTML))

// HTML is the page as one file that needs no network, for screen (light and dark) and paper.
func (p *Page) HTML() []byte {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, p); err != nil {
		// The template is part of the program and the page is plain values: only a programming error comes here.
		panic(fmt.Sprintf("casefile: page.html: %v", err))
	}
	return b.Bytes()
}
