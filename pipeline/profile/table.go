package profile

import (
	"strings"
	"unicode/utf8"
)

// tabulate writes rows in columns, two blanks apart, without blanks at the end of a line.
func tabulate(b *strings.Builder, indent string, rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		line.WriteString(indent)
		for i, cell := range row {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell)+2))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// bulletWidth is where the words of a list are wrapped.
const bulletWidth = 100

// bullet writes one point of a list, wrapped and set in.
func bullet(b *strings.Builder, words string) {
	line := "-"
	for _, w := range strings.Fields(words) {
		if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > bulletWidth && line != "-" {
			b.WriteString(line + "\n")
			line = " "
		}
		line += " " + w
	}
	b.WriteString(line + "\n")
}
