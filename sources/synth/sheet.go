package synth

import (
	"slices"

	"locatematch/sources"
)

// sheet is the data record being written: values by field name, those that are composed side by side in one buffer,
// so that a row costs one allocation.
type sheet struct {
	index  map[string]int
	fields []sources.Field
	values []string
	buf    []byte
	spans  []composed
}

// composed is a value in the buffer.
type composed struct{ field, start, end int }

func newSheet(l *sources.Layout) *sheet {
	fields := l.Records.Data.Fields
	s := &sheet{index: make(map[string]int, len(fields)), fields: fields, values: make([]string, len(fields))}
	for i, f := range fields {
		s.index[f.Name] = i
	}
	return s
}

// start empties the row.
func (s *sheet) start() {
	clear(s.values)
	s.buf, s.spans = s.buf[:0], s.spans[:0]
}

// set gives a field a value, and tells whether the layout will cut it. A field that the layout lacks is passed over:
// an edition may drop one.
func (s *sheet) set(field, value string) (cut bool) {
	i, ok := s.index[field]
	if !ok {
		return false
	}
	s.values[i] = value
	return s.cuts(i, len(value))
}

// cuts tells whether the layout cuts a text of so many bytes. Of a number it cuts nothing.
func (s *sheet) cuts(field, length int) bool {
	f := &s.fields[field]
	return f.Number == "" && f.Width > 0 && length > f.Width
}

// take gives a field what stands in the buffer from start on.
func (s *sheet) take(field string, start int) (cut bool) {
	i, ok := s.index[field]
	if !ok {
		return false
	}
	s.spans = append(s.spans, composed{i, start, len(s.buf)})
	return s.cuts(i, len(s.buf)-start)
}

// date writes a date in the field's form.
func (s *sheet) date(field string, d date) {
	if i, ok := s.index[field]; ok {
		start := len(s.buf)
		s.buf = appendDate(s.buf, s.fields[i].Form, d)
		s.take(field, start)
	}
}

// known writes a day that may not be known: day 0 is none.
func (s *sheet) known(field string, d day) {
	if d != 0 {
		s.date(field, d.date())
	}
}

// digits writes a number in exactly width digits.
func (s *sheet) digits(field string, n, width int) {
	start := len(s.buf)
	s.buf = appendDigits(s.buf, n, width)
	s.take(field, start)
}

// amount writes a sum of whole dollars in the field's form.
func (s *sheet) amount(field string, dollars int) {
	i, ok := s.index[field]
	if !ok {
		return
	}
	if s.fields[i].Form == "cents" {
		dollars *= 100
	}
	start := len(s.buf)
	s.buf = appendInt(s.buf, dollars)
	s.take(field, start)
}

// addressFields are the names under which a layout keeps an address.
type addressFields struct{ line1, line2, city, state, zip, zip4 string }

// address writes an address the way the record has it.
func (s *sheet) address(to addressFields, a *address, how writing) {
	start := len(s.buf)
	s.buf = a.appendLine1(s.buf, how)
	if a.secondLine(how) {
		if _, ok := s.index[to.line2]; ok {
			s.take(to.line1, start)
			start = len(s.buf)
			s.buf = a.appendUnit(s.buf)
			s.take(to.line2, start)
		} else {
			s.buf = a.appendUnit(append(s.buf, ' '))
			s.take(to.line1, start)
		}
	} else {
		s.take(to.line1, start)
	}
	s.set(to.city, a.city)
	s.set(to.state, a.state)
	s.set(to.zip, a.zip)
	if how.zip4 {
		s.plus4(to, a)
	}
}

// plus4 writes the four digits behind the ZIP: in their own field, or behind a hyphen where the layout has none for them and room for
// one.
func (s *sheet) plus4(to addressFields, a *address) {
	if to.zip4 != "" {
		s.digits(to.zip4, a.zip4, 4)
		return
	}
	start := len(s.buf)
	s.buf = append(s.buf, a.zip...)
	if i, ok := s.index[to.zip]; ok && !s.cuts(i, len("99999-9999")) {
		s.buf = append(s.buf, '-')
	}
	s.buf = appendDigits(s.buf, a.zip4, 4)
	s.take(to.zip, start)
}

// row is the finished row, in the layout's order; valid until the next start.
func (s *sheet) row() []string {
	text := string(s.buf)
	for _, c := range s.spans {
		s.values[c.field] = text[c.start:c.end]
	}
	for i := range s.fields {
		if !holds(&s.fields[i], s.values[i]) {
			s.values[i] = ""
		}
	}
	return s.values
}

// holds tells whether a field can be written with a value: a number of COBOL and a typed column have no place for a mistyped
// digit or a day that does not exist.
func holds(f *sources.Field, v string) bool {
	switch {
	case v == "" || f.Number == "" && (f.Type == "" || f.Type == "string"):
		return true
	case f.Type == "boolean":
		return v == "Y" || v == "N"
	case f.Type == "date":
		return realDay(f.Form, v)
	}
	for i := range len(v) {
		if v[i] < '0' || v[i] > '9' {
			return false
		}
	}
	return true
}

// text is what a field of the row has been given so far.
func (s *sheet) text(field string) string {
	i, ok := s.index[field]
	if !ok {
		return ""
	}
	text := s.values[i]
	for _, c := range s.spans {
		if c.field == i {
			text = string(s.buf[c.start:c.end])
		}
	}
	return text
}

// clear takes back what fields have been given.
func (s *sheet) clear(fields ...string) {
	for _, field := range fields {
		i, ok := s.index[field]
		if !ok {
			continue
		}
		s.values[i] = ""
		s.spans = slices.DeleteFunc(s.spans, func(c composed) bool { return c.field == i })
	}
}

// has tells whether the layout has a field; owns, whether it is the supplier's own knowledge.
func (s *sheet) has(field string) bool {
	_, ok := s.index[field]
	return ok
}

func (s *sheet) owns(field string) bool {
	i, ok := s.index[field]
	return ok && s.fields[i].Role == sources.Own
}

// lastCut tells whether the layout will cut the value that a field was given in the buffer.
func (s *sheet) lastCut(field string) bool {
	i, ok := s.index[field]
	if !ok {
		return false
	}
	for _, c := range s.spans {
		if c.field == i {
			return s.cuts(i, c.end-c.start)
		}
	}
	return false
}
