package pipeline

import (
	"locatematch/matchers"
	"locatematch/matchers/text"
)

// valuer is a row store: split rows before the filter, a batch of survivors after it.
type valuer interface {
	Value(row, col int) []byte
}

// standardiser brings a row's fields to standard form in buffers of its own; one per worker.
type standardiser struct {
	spec   *matchers.Spec
	values []matchers.Value // by spec field; each keeps its own buffer
	joined []byte
	named  nameCache
}

// nameCache keeps the split of one row's one-field name, which four fields ask for.
type nameCache struct {
	raw                           []byte
	given, middle, family, suffix []byte
}

func newStandardiser(spec *matchers.Spec) *standardiser {
	return &standardiser{spec: spec, values: make([]matchers.Value, len(spec.Fields))}
}

// row standardises the given fields of one row.
func (s *standardiser) row(b *binding, r valuer, row int, fields []int) {
	s.named.raw = nil
	for _, f := range fields {
		s.field(b, r, row, f)
	}
}

// field standardises one field of a row, in place: values are never copied about.
func (s *standardiser) field(b *binding, r valuer, row, f int) {
	v, o := &s.values[f], &b.fields[f]
	var raw []byte
	switch {
	case o.part != noPart:
		raw = s.part(b, r, row, o.part)
	case o.plus4 > 0:
		s.joined = text.AppendZip(s.joined[:0], r.Value(row, o.columns[0]), r.Value(row, o.plus4-1))
		raw = s.joined
	case len(o.columns) == 1:
		raw = r.Value(row, o.columns[0])
	case len(o.columns) > 1:
		raw = s.join(r, row, o.columns)
	}
	v.Std, v.Num, v.Validity = v.Std[:0], 0, text.Missing
	if len(raw) > 0 {
		v.Std, v.Num, v.Validity = text.Standardise(s.spec.Fields[f].Kind, o.form, v.Std, raw)
	}
}

// keptValues are the standard values that the filters asked for, of the rows that passed: they are not made twice.
type keptValues struct {
	fields []int
	values []keptValue
	bytes  []byte
}

type keptValue struct {
	num      uint64
	from, to uint32
	validity text.Validity
}

func (k *keptValues) clear() { k.values, k.bytes = k.values[:0], k.bytes[:0] }

// keep takes over one row's values.
func (k *keptValues) keep(values []matchers.Value) {
	for _, f := range k.fields {
		v := &values[f]
		from := len(k.bytes)
		k.bytes = append(k.bytes, v.Std...)
		k.values = append(k.values, keptValue{num: v.Num, from: uint32(from), to: uint32(len(k.bytes)), validity: v.Validity})
	}
}

// give puts the values of the n-th row kept into place. They are valid until clear, and not to be appended to.
func (k *keptValues) give(n int, into []matchers.Value) {
	for i, f := range k.fields {
		v := &k.values[n*len(k.fields)+i]
		into[f] = matchers.Value{Std: k.bytes[v.from:v.to:v.to], Num: v.num, Validity: v.validity}
	}
}

func (s *standardiser) join(r valuer, row int, columns []int) []byte {
	s.joined = s.joined[:0]
	for _, c := range columns {
		v := r.Value(row, c)
		if len(v) > 0 && len(s.joined) > 0 {
			s.joined = append(s.joined, ' ')
		}
		s.joined = append(s.joined, v...)
	}
	return s.joined
}

func (s *standardiser) part(b *binding, r valuer, row int, part namePart) []byte {
	n := &s.named
	if n.raw == nil {
		n.raw = r.Value(row, b.fullName)
		n.given, n.middle, n.family, n.suffix = text.SplitName(b.nameForm, n.raw)
	}
	switch part {
	case givenPart:
		return n.given
	case middlePart:
		return n.middle
	case familyPart:
		return n.family
	default:
		return n.suffix
	}
}
