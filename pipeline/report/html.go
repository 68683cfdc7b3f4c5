package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
)

//go:embed page.html
var pageHTML string

//go:embed style.css
var style string

// Style are the style lines that every page of the product begins with: colours for light, dark and paper, type, tables. A
// page adds its own after them.
func Style() template.CSS { return template.CSS(style) }

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{"style": Style}).Parse(pageHTML))

// HTML is report.html: the same report as Markdown's, one file that needs no network, for screen (light and dark) and paper.
func HTML(m *Manifest) []byte {
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, newPage(m)); err != nil {
		// The template is part of the program and the page is plain values: only a programming error comes here.
		panic(fmt.Sprintf("report: page.html: %v", err))
	}
	return b.Bytes()
}
