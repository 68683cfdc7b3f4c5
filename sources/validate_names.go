package sources

import "fmt"

// names checks that no column of the rows has two meanings: the fields of the
// data record, of the section and the carried fields of the header share one
// name space.
func (f *faults) names(l *Layout) {
	seen := map[string]string{}
	for _, word := range []string{"data", "section", "header", "trailer"} {
		r := l.record(word)
		if r == nil {
			continue
		}
		own := map[string]bool{}
		for i, x := range r.Fields {
			path := fmt.Sprintf("$.records.%s.fields[%d]", word, i)
			switch {
			case own[x.Name]:
				f.add(path, "%s: a second field of this name", x.Name)
			case inRow(word, x) && seen[x.Name] != "":
				f.add(path, "%s: the %s record has a field of this name too", x.Name, seen[x.Name])
			}
			own[x.Name] = true
			if inRow(word, x) {
				seen[x.Name] = word
			}
		}
		f.repeats(word, own, r)
	}
}

// inRow tells whether a field becomes a column of the rows.
func inRow(word string, x Field) bool { return word == "data" || word == "section" || x.Carry }

// repeats checks that given.3 has a given.2 and given.2 a given.
func (f *faults) repeats(word string, own map[string]bool, r *Record) {
	for i, x := range r.Fields {
		base, n, ok := splitRepeat(x.Name)
		if !ok || n == 1 {
			continue
		}
		before := Column{Name: base, Repeat: n - 1}.Key()
		if !own[before] {
			f.add(fmt.Sprintf("$.records.%s.fields[%d]", word, i), "%s: there is no %s before it", x.Name, before)
		}
	}
}
