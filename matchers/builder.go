package matchers

import (
	"errors"
	"fmt"
	"slices"
)

// setList holds the value sets of one group while they are taken in, one row of words after another. Subject s owns rows
// starts[s] to starts[s+1].
type setList struct {
	stride int
	fields int
	starts []uint32
	rows   []uint32
	states []uint8 // text.Validity, one a field and row: why there is no value
}

func (l *setList) row(set uint32) []uint32 {
	at := int(set) * l.stride
	return l.rows[at : at+l.stride : at+l.stride]
}

// Builder takes in the caseload, subject by subject. It is not safe for concurrent use.
//
//	id := b.Subject()
//	b.Set("names"); b.Add(given, v1); b.Add(family, v2)   // as filed
//	b.Set("names"); b.Add(given, v3); b.Add(family, v4)   // an alias
//	b.Add(born, v5)                                       // a group of one field needs no Set
type Builder struct {
	plan     *plan
	tables   []setList
	first    []uint32 // row at which the current subject's sets begin, by group
	open     []bool   // the group has a set for the current subject
	fresh    []bool   // and Set asked for another one
	columns  []column // by field
	subjects uint32
	err      error
}

// NewBuilder starts an empty caseload. A spec that does not Validate is reported by Freeze.
func NewBuilder(spec *Spec) *Builder {
	b := &Builder{}
	if b.err = spec.Validate(); b.err != nil {
		return b
	}
	b.plan = newPlan(spec)
	b.tables = make([]setList, len(b.plan.groups))
	for g := range b.tables {
		b.tables[g] = setList{stride: b.plan.groups[g].stride, fields: len(b.plan.groups[g].fields)}
	}
	b.first = make([]uint32, len(b.tables))
	b.open = make([]bool, len(b.tables))
	b.fresh = make([]bool, len(b.tables))
	b.columns = make([]column, len(b.plan.fields))
	for i := range b.columns {
		if !b.plan.fields[i].numeric {
			b.columns[i].dictionary = newDictionary(1 << 10)
		}
	}
	return b
}

// Subject begins the next subject and gives its number, counted from 0.
func (b *Builder) Subject() uint32 {
	if b.err != nil {
		return 0
	}
	if b.subjects > 0 {
		b.finishSubject()
	}
	for g := range b.tables {
		b.first[g] = uint32(len(b.tables[g].rows) / b.tables[g].stride)
		b.tables[g].starts = append(b.tables[g].starts, b.first[g])
		b.open[g], b.fresh[g] = false, false
	}
	b.subjects++
	return b.subjects - 1
}

// Set begins one more value set of the current subject in a group. Sets without a value and repeated sets are dropped.
func (b *Builder) Set(group string) {
	for g := range b.tables {
		if b.err == nil && b.plan.groups[g].name == group {
			b.fresh[g] = true
			return
		}
	}
	if b.err == nil {
		b.err = fmt.Errorf("caseload: the spec has no group %q", group)
	}
}

// Add gives a field its value in the current set of its group. A second value replaces the first.
func (b *Builder) Add(field int, v Value) {
	if b.err != nil {
		return
	}
	if field < 0 || field >= len(b.columns) || b.subjects == 0 {
		b.err = fmt.Errorf("caseload: field %d of %d, subject %d: Add needs a field of the spec and a subject begun", field, len(b.columns), b.subjects)
		return
	}
	f := &b.plan.fields[field]
	t := &b.tables[f.group]
	b.ensureRow(f.group)
	row := t.rows[len(t.rows)-t.stride:]
	t.states[len(t.states)-t.fields+f.place] = uint8(v.Validity)
	switch {
	case f.wide:
		row[f.word], row[f.word+1] = uint32(v.Num), uint32(v.Num>>32)
	case f.numeric:
		row[f.word] = uint32(v.Num)
	case len(v.Std) > 0:
		row[f.word] = b.columns[field].intern(hashValue(v.Std), v.Std)
	default:
		row[f.word] = 0
	}
}

// ensureRow opens a row where the group has none yet or Set asked for another.
func (b *Builder) ensureRow(g int) {
	t := &b.tables[g]
	if b.open[g] && !b.fresh[g] {
		return
	}
	if b.open[g] {
		b.dropUseless(g)
	}
	b.open[g], b.fresh[g] = true, false
	b.addRow(t)
}

func (b *Builder) addRow(t *setList) {
	for range t.stride {
		t.rows = append(t.rows, 0)
	}
	for range t.fields {
		t.states = append(t.states, 0)
	}
}

// dropUseless takes the subject's last row away again when it repeats an earlier one, or is empty and not the only one.
func (b *Builder) dropUseless(g int) {
	t := &b.tables[g]
	last := uint32(len(t.rows)/t.stride) - 1
	if last < b.first[g] {
		return
	}
	row := t.row(last)
	empty := !slices.ContainsFunc(row, func(w uint32) bool { return w != 0 })
	repeated := false
	for i := b.first[g]; i < last; i++ {
		repeated = repeated || b.repeats(g, row, t.row(i))
	}
	switch {
	case repeated || empty && last > b.first[g]:
		t.rows = t.rows[:len(t.rows)-t.stride]
		t.states = t.states[:len(t.states)-t.fields]
	case last > b.first[g]:
		b.dropEmptyFirst(g, last)
	}
}

// dropEmptyFirst moves the last row over an empty first one: an empty set stays only when the subject has no other.
func (b *Builder) dropEmptyFirst(g int, last uint32) {
	t := &b.tables[g]
	first := t.row(b.first[g])
	if slices.ContainsFunc(first, func(w uint32) bool { return w != 0 }) {
		return
	}
	copy(first, t.row(last))
	at := int(b.first[g]) * t.fields
	copy(t.states[at:at+t.fields], t.states[len(t.states)-t.fields:])
	t.rows = t.rows[:len(t.rows)-t.stride]
	t.states = t.states[:len(t.states)-t.fields]
}

// finishSubject settles the current subject's sets; one with no value at all in a group has one empty row there.
func (b *Builder) finishSubject() {
	for g := range b.tables {
		if b.open[g] {
			b.dropUseless(g)
			continue
		}
		b.addRow(&b.tables[g])
	}
}

// Freeze ends the building. The caseload is immutable and may be shared; the builder must not be used again.
func (b *Builder) Freeze() (*Caseload, error) {
	if b.err != nil {
		return nil, b.err
	}
	if b.plan == nil {
		return nil, errors.New("caseload: frozen twice")
	}
	if b.subjects > 0 {
		b.finishSubject()
	}
	for g := range b.tables {
		b.tables[g].starts = append(b.tables[g].starts, uint32(len(b.tables[g].rows)/b.tables[g].stride))
	}
	c := &Caseload{plan: b.plan, columns: b.columns, subjects: int(b.subjects)}
	c.describe()
	c.table = newTable(b.plan, b.columns, b.tables, c.subjects)
	*b = Builder{}
	c.freeze()
	return c, nil
}
