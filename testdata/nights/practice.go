package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/sources"
	"locatematch/sources/person"
)

// Today's practice: a row is a subject's when the SSN is equal and the first four letters of the surname agree, echoed fields
// included; an answer of the post office, which has no number, when it comes back under our own number and those letters agree.
// Everything that matches, and that may be used about the person at all, is dumped, in the order of the files and their rows, each fact of a row for itself.

// feeds are the extracts of a night in the order of its config.
var feeds = []struct{ extract, files, layout string }{
	{"ncoa", "ncoa-*.csv", "example-ncoalink"}, {"w4", "w4-*.txt.gz", "ndnh-w4"},
	{"scra", "scra-*.txt", "scra-result"}, {"fidm", "fidm-*.txt", "example-fidm"},
}

// wanted is who is looked for, by number and by our own id.
type wanted struct {
	bySSN map[uint64][]string
	names map[string]string // first four letters of the surname
}

// dumped gives the facts that a night's files come to under today's practice.
func (s *stretch) dumped(night int) (items []item, err error) {
	dir := filepath.Join(s.work, fmt.Sprintf("night-%02d", night))
	who, err := s.wanted(night, dir)
	if err != nil {
		return nil, err
	}
	for _, feed := range feeds {
		files, err := filepath.Glob(filepath.Join(dir, "in", feed.files))
		if err != nil {
			return nil, err
		}
		slices.Sort(files)
		for _, file := range files {
			err := eachRecord(file, feed.layout, func(v *values) {
				for _, subject := range who.match(v) {
					if !s.truth.may.allow(subject, sourceOf[feed.extract], night) {
						continue
					}
					items = append(items, factsOf(feed.extract, subject, v)...)
				}
			})
			if err != nil {
				return nil, err
			}
		}
	}
	return items, nil
}

// wanted reads the caseload of a night: subjects, not shields; the protected are not given out. Who works whose case it notes in
// the truth.
func (s *stretch) wanted(night int, dir string) (*wanted, error) {
	w := &wanted{bySSN: map[uint64][]string{}, names: map[string]string{}}
	return w, eachRecord(filepath.Join(dir, "caseload.csv"), "caseload", func(v *values) {
		id := v.get(person.SubjectID)
		s.truth.desks[id] = v.get(person.Office) + " " + v.get(person.Officer)
		if v.get(person.Role) != "subject" || v.get(person.Protected) != "" {
			return
		}
		w.names[id] = fourLetters([]byte(v.get(person.Family)))
		if ssn := v.ssn(); ssn != 0 {
			w.bySSN[ssn] = append(w.bySSN[ssn], id)
		}
	})
}

func (w *wanted) match(v *values) (subjects []string) {
	family := v.surname()
	if family == "" {
		return nil
	}
	candidates := w.bySSN[v.ssn()]
	if v.layout.Column(person.SSN) < 0 {
		candidates = []string{v.get(person.Key)}
	}
	for _, subject := range candidates {
		if w.names[subject] == family {
			subjects = append(subjects, subject)
		}
	}
	return subjects
}

// factsOf are the facts that a row states, in the keys of leads.
func factsOf(extract, subject string, v *values) (items []item) {
	add := func(kind, key string) {
		if key != "" {
			items = append(items, item{subject: subject, kind: kind, key: key})
		}
	}
	address := func(prefix string) string {
		return leads.AddressKey(v.get(prefix+"address_1"), v.get(prefix+"address_2"), "", v.get(prefix+"city"), v.get(prefix+"state"), v.get(prefix+"zip"))
	}
	switch extract {
	case "ncoa":
		add("address", address("to_"))
	case "w4":
		add("employer", v.get(person.EIN))
		add("address", address(""))
	case "scra":
		if duty := v.get(person.ActiveDuty); duty == "Y" || duty == "X" {
			add("military", v.get(person.Component)+"|"+v.get(person.DutyBegin))
		}
	case "fidm":
		number := strings.TrimSpace(v.get(person.Account))
		add("account", v.get(person.InstitutionTIN)+"|"+number[max(0, len(number)-4):])
		for i := range items {
			items[i].ended = v.get(person.AccountStatus) == "1"
		}
		add("address", address(""))
	}
	return items
}

// values are one row's, by the layout's names.
type values struct {
	layout *sources.Layout
	rows   *person.Rows
	row    int
}

func (v *values) get(name string) string {
	if i := v.layout.Column(name); i >= 0 {
		return strings.TrimSpace(string(v.rows.Value(v.row, i)))
	}
	return ""
}

func (v *values) ssn() uint64 {
	_, number, validity := text.Standardise(text.SSN, 0, nil, []byte(v.get(person.SSN)))
	if validity != text.Valid {
		return 0
	}
	return number
}

// surname gives its first four letters; a name in one field is taken apart as its layout says.
func (v *values) surname() string {
	if v.layout.Column(person.Family) >= 0 {
		return fourLetters([]byte(v.get(person.Family)))
	}
	i := v.layout.Column(person.FullName)
	if i < 0 {
		return ""
	}
	form, ok := text.ParseNameForm(v.layout.Columns()[i].Form)
	if !ok {
		return ""
	}
	_, _, family, _ := text.SplitName(form, v.rows.Value(v.row, i))
	return fourLetters(family)
}

func fourLetters(raw []byte) string {
	std, _, _ := text.Standardise(text.Family, 0, nil, raw)
	name := strings.ReplaceAll(string(std), " ", "")
	return name[:min(4, len(name))]
}

// eachRecord reads a file by its layout.
func eachRecord(path, layout string, visit func(*values)) error {
	l, err := sources.Load(layout)
	if err != nil {
		return err
	}
	splitter := l.NewSplitter()
	var rows person.Rows
	_, err = sources.Cut(context.Background(), path, l, sources.CutOptions{}, func(c *sources.Chunk) error {
		defer c.Release()
		if _, err := splitter.Split(c, &rows); err != nil {
			return err
		}
		for row := range rows.Len() {
			visit(&values{l, &rows, row})
		}
		return nil
	})
	return err
}
