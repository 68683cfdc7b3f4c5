package sources

import (
	"fmt"
	"slices"
	"strings"
)

// records checks the record types one by one and their marks together.
func (f *faults) records(l *Layout) {
	r := l.Records
	if r.Data == nil {
		f.add("$.records", "records.data is missing")
		return
	}
	for _, word := range []string{"header", "section", "data", "trailer"} {
		if record := l.record(word); record != nil {
			f.record(l, word, record)
		}
	}
	f.marks(l)
	if r.Section != nil && r.Section.Title != "" && !has(r.Section, r.Section.Title) {
		f.add("$.records.section.title", "title %q is not a field of the section record", r.Section.Title)
	}
	if l.Format == Parquet && len(l.types()) > 1 {
		f.add("$.records", "a Parquet file has data records only")
	}
}

func has(r *Record, name string) bool {
	return slices.ContainsFunc(r.Fields, func(f Field) bool { return f.Name == name })
}

// record checks one record type.
func (f *faults) record(l *Layout, word string, r *Record) {
	at := "$.records." + word
	if word != "section" && r.Title != "" {
		f.add(at+".title", "only a section record has a title")
	}
	if word == "data" && len(r.Fields) == 0 {
		f.add(at, "records.data has no fields")
	}
	for i, x := range r.Fields {
		f.field(l, word, fmt.Sprintf("%s.fields[%d]", at, i), x)
	}
	switch l.Format {
	case Fixed:
		f.positions(l, at, r)
	default:
		f.columns(l, at, word, r)
	}
}

// field checks the words of one field.
func (f *faults) field(l *Layout, word, at string, x Field) {
	f.fieldName(at, x.Name)
	f.oneOf(at+".role", "role of "+x.Name, string(x.Role), roleWords)
	f.oneOf(at+".form", "form of "+x.Name, x.Form, formWords)
	f.oneOf(at+".label", "label of "+x.Name, x.Label, labelWords)
	f.oneOf(at+".pad", "pad of "+x.Name, x.Pad, padWords)
	f.oneOf(at+".counts", "counts of "+x.Name, x.Counts, countsWords)
	f.oneOf(at+".type", "type of "+x.Name, x.Type, typeWords)
	only := func(is bool, key string, words ...string) {
		if is && !slices.Contains(words, word) {
			f.add(at+"."+key, "%s: %s is for %s records", x.Name, key, strings.Join(words, " and "))
		}
	}
	only(x.Counts != "", "counts", "trailer")
	only(x.Carry, "carry", "header")
	only(x.Literal != "", "literal", "header", "section", "trailer")
	only(x.Role != "" && x.Role != Own, "role", "data", "section")
	if x.Type != "" && l.Format != Parquet {
		f.add(at+".type", "%s: type is for parquet layouts", x.Name)
	}
	if x.Pad == "zeros" && x.Width == 0 {
		f.add(at+".pad", "%s: zeros up to what width?", x.Name)
	}
	f.number(l, at, x)
	if x.Width > 0 && len(x.Literal) > x.Room() {
		f.add(at+".literal", "%s: literal %q is wider than %d", x.Name, x.Literal, x.Width)
	}
}

func (f *faults) fieldName(at, name string) {
	base, _, ok := splitRepeat(name)
	if base == "" || strings.Trim(base, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		f.add(at+".name", "field name %q: lower-case letters, digits and underscores, then .2, .3 … for a repeat", name)
	} else if !ok {
		f.add(at+".name", "field name %q: repeats are numbered from 2, as in %s.2", name, base)
	}
}

// span is a stretch of a fixed record, for finding overlaps.
type span struct {
	what     string
	path     string
	from, to int // 1-based, inclusive
}

// positions checks that the fields of a fixed record lie inside it and apart.
func (f *faults) positions(l *Layout, at string, r *Record) {
	var spans []span
	if r.Mark != nil {
		spans = append(spans, span{"the mark", at + ".mark", r.Mark.At, r.Mark.At + len(r.Mark.Text) - 1})
	}
	for i, x := range r.Fields {
		path := fmt.Sprintf("%s.fields[%d]", at, i)
		if x.Column != "" {
			f.add(path+".column", "%s: columns are for csv and parquet; a fixed field has at and width", x.Name)
		}
		spans = append(spans, span{x.Name, path, x.At, x.At + x.Width - 1})
	}
	for i, s := range spans {
		if s.from < 1 || s.to < s.from || s.to > l.Length {
			f.add(s.path, "%s: positions %d-%d do not lie within 1-%d", s.what, s.from, s.to, l.Length)
			continue
		}
		for _, o := range spans[:i] {
			if s.from <= o.to && o.from <= s.to {
				f.add(s.path, "%s: positions %d-%d overlap %s at %d-%d", s.what, s.from, s.to, o.what, o.from, o.to)
			}
		}
	}
}

// columns checks the fields of a delimited record or a Parquet file.
func (f *faults) columns(l *Layout, at, word string, r *Record) {
	seen := map[string]string{}
	if r.Mark != nil && l.Format == CSV {
		seen[fold(r.Mark.Column)] = "the mark"
	}
	for i, x := range r.Fields {
		path := fmt.Sprintf("%s.fields[%d]", at, i)
		if x.At != 0 {
			f.add(path+".at", "%s: positions are for fixed layouts; name a column", x.Name)
		}
		if x.Width < 0 || x.Width > maxRecord {
			f.add(path+".width", "%s: width %d", x.Name, x.Width)
		}
		column := fold(x.Column)
		if column == "" {
			column = fold(x.Name)
		}
		if other := seen[column]; other != "" && word == "data" {
			f.add(path, "%s: column %q is already taken by %s", x.Name, column, other)
		}
		seen[column] = x.Name
	}
}

// fold is how column names are compared: without surrounding blanks and
// without regard to case.
func fold(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
