package sources

import "strings"

// marks checks that record types can be told apart: with more than one type
// each has a mark, marks stand in one place, and none begins another.
func (f *faults) marks(l *Layout) {
	if l.Format == Parquet {
		if l.Records.Data.Mark != nil {
			f.add("$.records.data.mark", "a Parquet file has no record marks")
		}
		return
	}
	if l.Format == CSV && l.Records.Header != nil {
		f.add("$.records.header", "the first line of a csv file may name its columns (names: first-line); header records are for fixed layouts")
	}
	if !l.marked() {
		return
	}
	words := []string{"header", "section", "data", "trailer"}
	for i, word := range words {
		r := l.record(word)
		if r == nil {
			continue
		}
		path := "$.records." + word
		if r.Mark == nil {
			f.add(path, "the %s record needs a mark: there are several record types", word)
			continue
		}
		f.mark(l, path+".mark", r.Mark)
		for _, other := range words[:i] {
			if o := l.record(other); o != nil && o.Mark != nil {
				f.apart(path+".mark", r.Mark, o.Mark, word, other)
			}
		}
	}
}

// mark checks one mark by itself.
func (f *faults) mark(l *Layout, path string, m *Mark) {
	if m.Text == "" || strings.ContainsAny(m.Text, "\r\n\x00\"") || strings.TrimSpace(m.Text) != m.Text || !ascii(m.Text) {
		f.add(path+".text", "mark %q: printable ASCII without quotes or surrounding blanks", m.Text)
	}
	switch l.Format {
	case Fixed:
		if m.Column != "" {
			f.add(path+".column", "a fixed record's mark has a position (at), no column")
		}
	case CSV:
		if m.At != 0 {
			f.add(path+".at", "a csv record's mark stands in the first column; it has no position")
		}
		if l.Names != "none" && m.Column == "" {
			f.add(path+".column", "name the first column, where the mark stands")
		}
	}
}

// apart checks that one record cannot carry both marks.
func (f *faults) apart(path string, a, b *Mark, word, other string) {
	if a.At != b.At || a.Column != b.Column {
		f.add(path, "the marks of %s and %s stand in different places", word, other)
		return
	}
	if strings.HasPrefix(a.Text, b.Text) || strings.HasPrefix(b.Text, a.Text) {
		f.add(path, "the marks %q of %s and %q of %s cannot be told apart", a.Text, word, b.Text, other)
	}
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
