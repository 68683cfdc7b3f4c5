package casefile

import (
	"fmt"
	"strings"
	"unicode/utf8"
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
			wrap(&b, "  ", line, width)
		}
		for _, row := range s.Rows {
			wrap(&b, fmt.Sprintf("  %-20s ", row[0]), s.words(row), width)
		}
	}
	return b.String()
}

// words are the cells behind the first that hold something, in one sentence. The column's name goes before what would not be
// understood without it.
func (s *Section) words(row []string) string {
	var words []string
	for i, cell := range row[1:] {
		cell = strings.TrimSuffix(cell, ".")
		if name := s.Columns[i+1]; cell != "" && (name == "How sure" || name == "Now" || name == "Watch for" || name == "The record says") {
			cell = strings.ToLower(name) + ": " + cell
		}
		words = append(words, cell)
	}
	return ended(strings.Join(filled(words...), "; "))
}

// wrap writes words behind a label, with further lines below the first word.
func wrap(b *strings.Builder, label, words string, width int) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(label))
	line, empty := label, true
	for _, word := range strings.Fields(words) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line, empty = indent, true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	b.WriteString(strings.TrimRight(line, " ") + "\n")
}
