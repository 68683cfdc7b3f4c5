package report

import (
	"fmt"
	"strings"
)

// Markdown is report.md: the morning report as text that also renders.
func Markdown(m *Manifest) []byte {
	p := newPage(m)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n**%s**\n\n", plain(p.Title), plain(p.Outcome))
	for _, f := range p.Facts {
		fmt.Fprintf(&b, "- %s: %s\n", f[0], plain(f[1]))
	}
	if len(p.Warnings) > 0 {
		b.WriteString("\n## Warnings\n\n")
		for _, w := range p.Warnings {
			fmt.Fprintf(&b, "- %s\n", plain(w))
		}
	}
	for i := range p.Sheets {
		p.Sheets[i].markdown(&b)
	}
	return []byte(b.String())
}

func (s *sheet) markdown(b *strings.Builder) {
	fmt.Fprintf(b, "\n## %s\n\n", s.Title)
	if s.Words != "" {
		fmt.Fprintf(b, "%s\n\n", s.Words)
	}
	heads, rules := "|", "|"
	for _, c := range s.Columns {
		heads += " " + c.Name + " |"
		if c.Number {
			rules += " ---: |"
		} else {
			rules += " --- |"
		}
	}
	fmt.Fprintf(b, "%s\n%s\n", heads, rules)
	for _, row := range s.Rows {
		b.WriteString("|")
		for i, cell := range row {
			if cell = plain(cell); s.Columns[i].Digest && cell != "" {
				cell = "`" + cell + "`"
			}
			b.WriteString(" " + cell + " |")
		}
		b.WriteString("\n")
	}
}

// plain keeps a value that came from outside, a file name or an error, from being read as markup.
var plainer = strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", ">", "&gt;", "&", "&amp;", "`", "\\`", "*", "\\*",
	"_", "\\_", "[", "\\[", "\n", " ", "\r", " ")

func plain(s string) string { return plainer.Replace(s) }
