package profile

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
)

// Text is the profile as a page for a terminal.
func (p *Profile) Text() string {
	var b strings.Builder
	p.head(&b)
	p.books(&b)
	p.fields(&b)
	p.shapes(&b)
	p.codes(&b)
	p.hints(&b)
	return b.String()
}

func (p *Profile) head(b *strings.Builder) {
	made := "layout " + p.Layout
	if p.Guessed {
		made = "no layout given, so this one was guessed from the file itself"
	}
	fmt.Fprintf(b, "%s: %s, %s records, %s rows; %s\n", filepath.Base(p.File), p.Format, thousands(p.Records), thousands(p.Rows), made)
}

// books are rejects and sections; a healthy file says nothing here.
func (p *Profile) books(b *strings.Builder) {
	for _, r := range p.Rejected {
		bullet(b, fmt.Sprintf("rejected, %s, %s: %s", r.What, thousands(r.Rows), remedy(r.What)))
	}
	for i, s := range p.Sections {
		if s.Fault != "" {
			bullet(b, sectionTitle(s, i, len(p.Sections))+": "+s.Fault)
		}
	}
}

func sectionTitle(s Section, i, n int) string {
	switch {
	case n == 1 && s.Name == "":
		return "the file"
	case s.Name == "":
		return "section " + strconv.Itoa(i+1)
	}
	return fmt.Sprintf("section %d (%s)", i+1, s.Name)
}

func (p *Profile) fields(b *strings.Builder) {
	b.WriteString("\nHow full and how valid: filled of all rows, valid, dummy and invalid of those filled; ~ is an estimate (standard error 1.6 %)\n")
	rows := [][]string{{"FIELD", "PLACE", "KIND", "FILLED", "VALID", "DUMMY", "INVALID", "DISTINCT", "LENGTH", "MONTHS"}}
	for _, f := range p.Fields {
		rows = append(rows, []string{f.Name, f.place(), string(f.Kind), percent(f.Filled, p.Rows), f.valid(),
			none(percent(f.Placeholder, f.Filled)), none(percent(f.Invalid, f.Filled)), f.distinct(), f.lengths(), f.months()})
	}
	tabulate(b, "", rows)
}

// none leaves a zero out, so that what is not zero is seen.
func none(share string) string {
	if share == "0 %" {
		return "-"
	}
	return share
}

func (f *Field) place() string {
	switch {
	case f.At > 0:
		return fmt.Sprintf("%d-%d", f.At, f.At+f.Width-1)
	case f.Column != "":
		return f.Column
	}
	return "-"
}

func (f *Field) valid() string {
	if f.Filled == 0 {
		return "-"
	}
	return percent(f.Valid, f.Filled)
}

func (f *Field) distinct() string {
	if f.Exact {
		return thousands(f.Distinct)
	}
	return "~" + thousands(f.Distinct)
}

func (f *Field) lengths() string {
	if f.Shortest == f.Longest {
		return strconv.Itoa(f.Longest)
	}
	return fmt.Sprintf("%d-%d", f.Shortest, f.Longest)
}

func (f *Field) months() string {
	if f.First == "" {
		return "-"
	}
	return f.First + " to " + f.Last
}

func (p *Profile) shapes(b *strings.Builder) {
	fmt.Fprintf(b, "\nWhat the values look like: 9 a digit, A a letter; rows with it, of those sampled; shapes of fewer than %d rows are not shown\n", leastShown)
	var rows [][]string
	for _, f := range p.Fields {
		if f.Filled == 0 {
			continue
		}
		list := f.Patterns
		if len(list) > 3 {
			list = list[:3]
		}
		rest := f.Sampled
		var words []string
		for _, c := range list {
			words = append(words, fmt.Sprintf("%s %s", quoted(c.What), percent(c.Rows, f.Sampled)))
			rest -= c.Rows
		}
		if rest > 0 {
			words = append(words, "others "+percent(rest, f.Sampled))
		}
		rows = append(rows, []string{f.Name, strings.Join(words, ", ")})
	}
	tabulate(b, "", rows)
}

// quoted puts marks around what would be misread without.
func quoted(s string) string {
	if strings.ContainsAny(s, " ,") {
		return "‘" + s + "’"
	}
	return s
}

func (p *Profile) codes(b *strings.Builder) {
	var rows [][]string
	for _, f := range p.Fields {
		var words []string
		for _, c := range f.Codes {
			words = append(words, fmt.Sprintf("%s %s", c.What, percent(c.Rows, f.Filled)))
		}
		if f.OtherCodes > 0 {
			words = append(words, "others "+percent(f.OtherCodes, f.Filled))
		}
		if len(f.Codes) > 0 {
			rows = append(rows, []string{f.Name, strings.Join(words, ", ")})
		}
	}
	if len(rows) > 0 {
		b.WriteString("\nThe commonest codes, of the rows that are filled\n")
		tabulate(b, "", rows)
	}
}

func (p *Profile) hints(b *strings.Builder) {
	if len(p.Hints) == 0 {
		return
	}
	b.WriteString("\nWorth a look\n")
	for _, h := range p.Hints {
		bullet(b, h.Field+": "+h.Words)
	}
}

// thousands writes 1234567 as 1,234,567.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
