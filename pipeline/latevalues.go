package pipeline

import "locatematch/matchers"

// lateValues brings the values of a record that no filter asks for to standard form when they are wanted, each once.
type lateValues struct {
	standard *standardiser
	binding  *binding
	rows     valuer
	row      int
	done     []bool // by field
}

func (l *lateValues) begin(b *binding, rows valuer, row int) {
	l.binding, l.rows, l.row = b, rows, row
	l.standard.named.raw = nil
	clear(l.done)
}

// Written reports whether anything stands in the columns of a field.
func (l *lateValues) Written(f int) bool {
	o := &l.binding.fields[f]
	if o.part != noPart {
		return len(l.rows.Value(l.row, l.binding.fullName)) > 0
	}
	for _, column := range o.columns {
		if len(l.rows.Value(l.row, column)) > 0 {
			return true
		}
	}
	return false
}

// Value is a field's value in standard form.
func (l *lateValues) Value(f int) *matchers.Value {
	if !l.done[f] {
		l.done[f] = true
		l.standard.field(l.binding, l.rows, l.row, f)
	}
	return &l.standard.values[f]
}

// all brings the given fields to standard form, those that have been wanted aside.
func (l *lateValues) all(fields []int) {
	for _, f := range fields {
		l.Value(f)
	}
}
