package casefile

import (
	"fmt"
	"strings"

	"locatematch/pipeline/report"
)

// Text shows the page on a terminal: each row of a table as a few wrapped lines, for columns would not fit.
func (p *Page) Text(width int) string {
	width = min(max(width, 60), 120)
	var b strings.Builder
	b.WriteString(p.Title + "\n")
	for _, f := range p.Facts {
		if f[1] != "" {
			fmt.Fprintf(&b, "%-8s %s\n", f[0], f[1])
		}
	}
	for _, s := range p.Sections {
		b.WriteString("\n" + s.Title + "\n")
		for _, line := range s.Lines {
			b.WriteString(report.Labelled("  ", line, width))
		}
		for _, row := range s.Rows {
			label := row[0]
			if len(label) > labelWidth { // "received November 21, 2026"
				b.WriteString("  " + label + "\n")
				label = ""
			}
			b.WriteString(report.Labelled(fmt.Sprintf("  %-*s ", labelWidth, label), s.words(row), width))
		}
	}
	return b.String()
}

// labelWidth is the room for a day.
const labelWidth = 20

// words are the cells behind the first that hold something: those that are sentences as they are, others between them parted by a
// semicolon. The column's name goes before what would not be understood without it.
func (s *Section) words(row []string) string {
	words, sentence := "", false
	for i, cell := range row[1:] {
		if cell == "" {
			continue
		}
		was := sentence
		sentence = strings.HasSuffix(cell, ".")
		switch name := s.Columns[i+1]; {
		case name == "Watch for":
			cell = name + ": " + cell
		case name == "How sure" || name == "Now" || name == "The record says":
			cell = strings.ToLower(name) + ": " + cell
		}
		switch {
		case words == "":
		case was:
			words += " "
		case sentence:
			words += ". "
		default:
			words += "; "
		}
		words += cell
	}
	if sentence {
		return words
	}
	return ended(words)
}
