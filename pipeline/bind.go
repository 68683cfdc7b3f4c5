package pipeline

import (
	"errors"
	"fmt"
	"slices"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/sources"
	"locatematch/sources/person"
)

// binding says where a layout keeps each field of a spec. Only fields the supplier owns are bound: what we sent and got back
// (echo) is no evidence, and our own pass-back (key) is bound to the field `key` alone.
type binding struct {
	fields   []origin // by spec field
	recordID int      // column of the layout's record id, -1 where the line serves
	nameForm text.NameForm
	fullName int // column of a one-field name, -1 when names come in parts
	dates    []dateColumn
	secret   []int // columns of numbers that no output may hold whole (I11)
	noted    []notedColumn
}

// notedColumn is a column whose values the splitter itself may find invalid, or mend and count.
type notedColumn struct {
	column       int
	name, strays string // what its invalid values and its strays are counted under
}

// origin is where one field of one value set comes from: columns joined by a blank, a ZIP and the four digits behind it, a number
// of which another column says what kind it is, or a part of a one-field name.
type origin struct {
	columns []int
	plus4   int // column of the four digits plus one, 0 none
	kind    int // column that says what kind of number it is, plus one, 0 none
	form    text.DateForm
	part    namePart
}

func (o origin) bound() bool { return len(o.columns) > 0 || o.part != noPart }

// plain reports whether the field is one column as it stands.
func (o *origin) plain() bool {
	return o.part == noPart && o.plus4 == 0 && o.kind == 0 && len(o.columns) == 1
}

// dateColumn is a dated fact whose values are checked in every row, so that the funnel counts invalid ones.
type dateColumn struct {
	column int
	name   string
	form   text.DateForm
}

type namePart uint8

const (
	noPart namePart = iota
	givenPart
	middlePart
	familyPart
	suffixPart
)

var nameParts = map[string]namePart{
	person.Given: givenPart, person.Middle: middlePart, person.Family: familyPart, person.Suffix: suffixPart,
}

// addressLines are joined to one delivery address: suppliers spread it over up to three lines in any way.
var addressLines = []string{person.Address1, person.Address2, person.Address3}

// bindExtract binds an extract's layout. A spec field the layout does not have is simply missing in its records.
func bindExtract(spec *matchers.Spec, l *sources.Layout) (*binding, error) {
	b := newBinding(l)
	b.fields = make([]origin, len(spec.Fields))
	var faults []error
	for i, f := range spec.Fields {
		role := sources.Own
		if f.Name == person.Key {
			role = sources.Key
		}
		var err error
		if b.fields[i], err = b.origin(l, f, role, 1); err != nil {
			faults = append(faults, err)
		}
	}
	b.bindDates(spec, l)
	return b, errors.Join(faults...)
}

// bindCaseload binds the caseload's layout once for every repeat of a value set (aliases, earlier addresses, additional
// SSNs): result[group][repeat].
func bindCaseload(spec *matchers.Spec, l *sources.Layout) (map[string][]*binding, error) {
	sets := map[string][]*binding{}
	var faults []error
	for _, g := range spec.Groups() {
		for range maxRepeat(l) {
			b := newBinding(l)
			b.fields = make([]origin, len(spec.Fields))
			sets[g.Name] = append(sets[g.Name], b)
		}
		for _, f := range g.Fields {
			faults = append(faults, bindRepeats(sets[g.Name], spec.Fields[f], f, l))
		}
	}
	return sets, errors.Join(faults...)
}

// bindRepeats binds one field in every repeat of its group.
func bindRepeats(sets []*binding, field matchers.Field, at int, l *sources.Layout) error {
	found := false
	if field.Name == person.Key { // a subject's key is its own number: what a supplier passes back
		field.Name = person.SubjectID
		sets = sets[:1]
	}
	for i, b := range sets {
		o, err := b.origin(l, field, sources.Own, i+1)
		if err != nil {
			return err
		}
		b.fields[at] = o
		found = found || o.bound()
	}
	if !found {
		return fmt.Errorf("spec field %s: the caseload's layout %s has no column of that name", field.Name, l.Name)
	}
	return nil
}

func maxRepeat(l *sources.Layout) int {
	most := 1
	for _, c := range l.Columns() {
		most = max(most, c.Repeat)
	}
	return most
}

func newBinding(l *sources.Layout) *binding {
	b := &binding{recordID: columnOf(l, person.RecordID, 1), fullName: -1}
	for i, c := range l.Columns() {
		if c.Name == person.SSN || c.Name == person.Account {
			b.secret = append(b.secret, i)
		}
	}
	b.noted = notedColumns(l)
	if at := ownColumn(l, person.FullName, sources.Own, 1); at >= 0 {
		if form, ok := text.ParseNameForm(l.Columns()[at].Form); ok {
			b.fullName, b.nameForm = at, form
		}
	}
	return b
}

func notedColumns(l *sources.Layout) (list []notedColumn) {
	for _, i := range l.Noting() {
		name := l.Columns()[i].Key()
		list = append(list, notedColumn{i, name, name + " (strays)"})
	}
	return list
}

func (b *binding) origin(l *sources.Layout, f matchers.Field, role sources.Role, repeat int) (origin, error) {
	var o origin
	names := []string{f.Name}
	if f.Name == "address" {
		names = addressLines
		if ownColumn(l, "address", role, repeat) >= 0 {
			names = []string{"address"}
		}
	}
	for _, name := range names {
		if at := ownColumn(l, name, role, repeat); at >= 0 {
			o.columns = append(o.columns, at)
		}
	}
	if f.Name == person.Zip && f.Kind == text.Zip && len(o.columns) == 1 {
		o.plus4 = 1 + ownColumn(l, person.Zip4, role, repeat)
	}
	if f.Name == person.SSN && len(o.columns) == 1 {
		o.kind = 1 + ownColumn(l, person.NumberType, sources.Own, repeat)
	}
	if len(o.columns) == 0 && b.fullName >= 0 && repeat == 1 && role == sources.Own {
		o.part = nameParts[f.Name]
	}
	if f.Kind == text.Date && len(o.columns) == 1 {
		form, ok := text.ParseDateForm(l.Columns()[o.columns[0]].Form)
		if !ok {
			return o, fmt.Errorf("layout %s, field %s: no date form %q", l.Name, f.Name, l.Columns()[o.columns[0]].Form)
		}
		o.form = form
	}
	return o, nil
}

func ownColumn(l *sources.Layout, name string, role sources.Role, repeat int) int {
	return slices.IndexFunc(l.Columns(), func(c sources.Column) bool {
		return c.Name == name && c.Role == role && max(c.Repeat, 1) == repeat
	})
}

func columnOf(l *sources.Layout, name string, repeat int) int {
	return slices.IndexFunc(l.Columns(), func(c sources.Column) bool { return c.Name == name && max(c.Repeat, 1) == repeat })
}

// bindDates finds the supplier's own dated facts beyond the spec's fields.
func (b *binding) bindDates(spec *matchers.Spec, l *sources.Layout) {
	for i, c := range l.Columns() {
		inSpec := slices.ContainsFunc(spec.Fields, func(f matchers.Field) bool { return f.Name == c.Name })
		form, ok := text.ParseDateForm(c.Form)
		if c.Role == sources.Own && c.Form != "" && ok && !inSpec {
			b.dates = append(b.dates, dateColumn{column: i, name: c.Name, form: form})
		}
	}
}
