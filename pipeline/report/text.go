package report

import (
	"strings"
	"unicode/utf8"
)

// narrowest is the least width that Text lays out for.
const narrowest = 40

// Text is the run on a terminal of the given width: the outcome, warnings, the extracts, the funnel and the leads. No line is wider;
// below 40 columns it is laid out for 40.
func Text(m *Manifest, width int) string {
	width = max(width, narrowest)
	var b strings.Builder
	for _, line := range wrapped(m.Outcome.Words, width) {
		b.WriteString(line + "\n")
	}
	for _, warning := range m.Warnings {
		for _, line := range wrapped("Warning: "+warning, width) {
			b.WriteString(line + "\n")
		}
	}
	for _, s := range []sheet{terminalExtracts(m), reasonSheet(m), funnelSheet(m), leadSheet(m), withheldSheet(m)} {
		if len(s.Rows) > 0 {
			b.WriteString("\n")
			s.text(&b, width)
		}
	}
	return b.String()
}

// terminalExtracts drops the source, which the extract's name tells.
func terminalExtracts(m *Manifest) sheet {
	s := newSheet("Extracts", "", "extract", "state", "#rows", "#rejected", "#passed", "#links")
	for _, x := range m.Extracts {
		s.add(x.Name, x.State, number(x.Read), number(x.Rejected), number(x.Passed), number(x.Links))
	}
	return s
}

// text lays a sheet out in columns. The last column of words takes what is left of the line and wraps; where there is none,
// the first column is cut.
func (s *sheet) text(b *strings.Builder, width int) {
	widths := s.widths()
	last := len(widths) - 1
	flexible := 0
	if !s.Columns[last].Number {
		flexible = last
	}
	total := -2
	for _, w := range widths {
		total += w + 2
	}
	widths[flexible] = max(8, widths[flexible]-max(0, total-width))
	head := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		head[i] = strings.ToLower(c.Name)
	}
	s.line(b, head, widths, flexible, width)
	for _, row := range s.Rows {
		s.line(b, row, widths, flexible, width)
	}
}

func (s *sheet) widths() []int {
	widths := make([]int, len(s.Columns))
	for i, c := range s.Columns {
		widths[i] = utf8.RuneCountInString(c.Name)
		for _, row := range s.Rows {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	return widths
}

func (s *sheet) line(b *strings.Builder, row []string, widths []int, flexible, width int) {
	pieces := wrapped(row[flexible], widths[flexible])
	for n := 0; n == 0 || n < len(pieces); n++ {
		var line strings.Builder
		for i := range row {
			cell := ""
			switch {
			case i == flexible && n < len(pieces):
				cell = pieces[n]
			case i != flexible && n == 0:
				cell = row[i]
			}
			gap := strings.Repeat(" ", max(0, widths[i]-utf8.RuneCountInString(cell)))
			if s.Columns[i].Number {
				cell = gap + cell
			} else {
				cell += gap
			}
			if i > 0 {
				line.WriteString("  ")
			}
			line.WriteString(cell)
		}
		b.WriteString(cut(strings.TrimRight(line.String(), " "), width) + "\n")
	}
}

// Wrap breaks words into lines of at most width characters, for other pages on a terminal.
func Wrap(s string, width int) []string { return wrapped(s, width) }

// Labelled writes words behind a label, in lines of at most width characters, with further lines below the first word.
func Labelled(label, words string, width int) string {
	room := utf8.RuneCountInString(label)
	var b strings.Builder
	for i, line := range wrapped(words, max(width-room, 1)) {
		if i > 0 {
			label = strings.Repeat(" ", room)
		}
		b.WriteString(strings.TrimRight(label+line, " ") + "\n")
	}
	return b.String()
}

// wrapped breaks words into lines of at most width characters; a longer word is broken inside.
func wrapped(s string, width int) (lines []string) {
	line := ""
	for _, word := range strings.Fields(s) {
		for utf8.RuneCountInString(word) > width {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			runes := []rune(word)
			lines, word = append(lines, string(runes[:width])), string(runes[width:])
		}
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

func cut(s string, width int) string {
	if utf8.RuneCountInString(s) <= width {
		return s
	}
	return string([]rune(s)[:width-1]) + "…"
}
