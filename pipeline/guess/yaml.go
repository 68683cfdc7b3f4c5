package guess

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"locatematch/sources"
)

// yaml writes the draft as a layout, with what is known of each guess in comments.
func (d *draft) yaml() []byte {
	var b strings.Builder
	d.preface(&b)
	d.shapeKeys(&b)
	b.WriteString("\nrecords:\n")
	d.controlYAML(&b, "header", d.header)
	d.controlYAML(&b, "section", d.section)
	b.WriteString("  data:\n")
	if d.mark != "" {
		fmt.Fprintf(&b, "    mark: %s # %s\n", d.markYAML(d.mark), d.markWhy)
	}
	b.WriteString("    fields:\n")
	d.fieldsYAML(&b)
	d.controlYAML(&b, "trailer", d.trailer)
	return []byte(b.String())
}

// preface says what this is and what is left to do.
func (d *draft) preface(b *strings.Builder) {
	some := "the first " + strconv.Itoa(d.rows)
	if d.whole {
		some = fmt.Sprintf("all %d", d.rows)
	}
	comment(b, "", fmt.Sprintf("A layout guessed from %s rows of a file. Each guess says why it was made and how sure it is: sure, likely, perhaps.", some))
	b.WriteString("#\n# Left to do, by somebody who knows the supplier:\n")
	for i, words := range d.steps() {
		comment(b, fmt.Sprintf("%d. ", i+1), words)
	}
	b.WriteString("#\n")
}

// steps are what only a person can do.
func (d *draft) steps() []string {
	steps := []string{
		"Give it name, title and origin: where do the places and meanings come from?",
		"Say of each field whose knowledge it is. role: own is the supplier's, and scores; role: echo is ours, repeated by the supplier, and never scores; role: key, on a field named key, is our number passed back, and proposes the pair. All are echo until you have said so: a file that repeats our own inquiry must not count as evidence.",
	}
	if d.source == "caseload" {
		steps[1] = "This looks like a caseload, whose fields are all the agency's own. If a supplier sends it, change source, and say of each field whose knowledge it is (role)."
	}
	steps = append(steps, "Name the fields that have no name of the product's (sources/FORMAT.md, package sources/person), or take out what is not needed.")
	steps = append(steps, d.todo...)
	return append(steps,
		"Look at the result: locatematch layouts test THIS-LAYOUT FILE.",
		"Write status: published when the supplier's description confirms all of it; until then a run wants allow_unconfirmed: true.")
}

// comment writes words as a comment of at most 100 columns; behind a number, the lines that follow are set in.
func comment(b *strings.Builder, number, words string) {
	line := "# " + number
	indent := "# " + strings.Repeat(" ", len(number))
	first := true
	for _, w := range strings.Fields(words) {
		if !first && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(w) > 100 {
			b.WriteString(line + "\n")
			line, first = indent, true
		}
		if !first {
			line += " "
		}
		line += w
		first = false
	}
	b.WriteString(line + "\n")
}

// shapeKeys writes everything above the records.
func (d *draft) shapeKeys(b *strings.Builder) {
	fmt.Fprintf(b, "name: %s\ntitle: %s\n", d.name, d.title)
	fmt.Fprintf(b, "source: %s # %s; caseload postal employment military financial other\n", d.source, d.sourceWhy)
	b.WriteString("status: unconfirmed\norigin: guessed from a file; no description has been seen\n\n")
	fmt.Fprintf(b, "format: %s # %s\n", d.format, d.formatWhy)
	if d.format != sources.Parquet {
		fmt.Fprintf(b, "encoding: %s # %s\n", d.encoding, d.encodingWhy)
	}
	switch d.format {
	case sources.CSV:
		fmt.Fprintf(b, "delimiter: %s\n", strconv.Quote(d.delimiter))
		if d.quote == "none" {
			b.WriteString("quote: none # quotes do not come in pairs around values\n")
		}
		if d.names == "none" {
			b.WriteString("names: none # the first line is a row: it has too few words that name columns\n")
		} else {
			b.WriteString("names: first-line\n")
		}
	case sources.Fixed:
		fmt.Fprintf(b, "length: %d\n", d.length)
		if d.noLines {
			b.WriteString("line_ends: none\n")
		}
		if d.least > 0 {
			fmt.Fprintf(b, "short: pad\nleast: %d # the shortest row seen; set it to what a row must have\n", d.least)
		}
	}
}

func (d *draft) markYAML(mark string) string {
	switch {
	case d.format == sources.Fixed:
		return fmt.Sprintf("{at: 1, text: %s}", strconv.Quote(mark))
	case d.markColumn != "":
		return fmt.Sprintf("{column: %s, text: %s}", strconv.Quote(d.markColumn), strconv.Quote(mark))
	}
	return fmt.Sprintf("{text: %s}", strconv.Quote(mark))
}

func (d *draft) controlYAML(b *strings.Builder, word string, c *control) {
	if c == nil {
		return
	}
	fmt.Fprintf(b, "  %s:\n    mark: %s # %s\n", word, d.markYAML(c.mark), c.why)
	if len(c.fields) == 0 {
		if word == "trailer" {
			b.WriteString("    # no number in it counts the records; if one does, name it: {name: count, …, counts: data}\n")
		}
		return
	}
	b.WriteString("    fields:\n")
	for _, f := range c.fields {
		fmt.Fprintf(b, "      - {name: %s", f.name)
		if f.at > 0 {
			fmt.Fprintf(b, ", at: %d, width: %d", f.at, f.width)
		}
		if f.zeros {
			b.WriteString(", pad: zeros")
		}
		if f.counts != "" {
			fmt.Fprintf(b, ", counts: %s", f.counts)
		}
		b.WriteString("}")
		if f.counts != "" {
			fmt.Fprintf(b, " # sure: it says as many %s as there are", f.countsWhat())
		}
		b.WriteString("\n")
	}
}

func (f controlField) countsWhat() string {
	if f.counts == "data" {
		return "data records"
	}
	return "records"
}

func (d *draft) fieldsYAML(b *strings.Builder) {
	texts := make([]string, len(d.fields))
	width := 0
	for i, f := range d.fields {
		texts[i] = f.yaml()
		width = max(width, min(utf8.RuneCountInString(texts[i]), 72))
	}
	for i, f := range d.fields {
		pad := max(0, width-utf8.RuneCountInString(texts[i]))
		fmt.Fprintf(b, "      - %s%s # %s\n", texts[i], strings.Repeat(" ", pad), f.why)
	}
}

func (f field) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b, "{name: %s", nameYAML(f.name))
	if f.at > 0 {
		fmt.Fprintf(&b, ", at: %d, width: %d", f.at, f.width)
	}
	if f.column != "" && f.column != f.name {
		fmt.Fprintf(&b, ", column: %s", strconv.Quote(f.column))
	}
	if f.role != sources.Own {
		fmt.Fprintf(&b, ", role: %s", f.role)
	}
	if f.form != "" {
		fmt.Fprintf(&b, ", form: %s", formYAML(f.form))
	}
	b.WriteString("}")
	return b.String()
}

// nameYAML quotes a name that YAML would read otherwise: a column called 00 is not the number 0, nor one called null nothing.
func nameYAML(name string) string {
	var read any
	if err := yaml.Unmarshal([]byte(name), &read); err != nil || read != name {
		return strconv.Quote(name)
	}
	return name
}

// formYAML quotes a form that YAML would read otherwise: a comma parts the keys of a field.
func formYAML(form string) string {
	if strings.ContainsAny(form, ",") {
		return strconv.Quote(form)
	}
	return form
}
