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
	v := &s.values[f]
	raw := s.raw(b, r, row, f)
	v.Std, v.Num, v.Validity = v.Std[:0], 0, text.Missing
	if len(raw) > 0 {
		v.Std, v.Num, v.Validity = text.Standardise(s.spec.Fields[f].Kind, b.fields[f].form, v.Std, raw)
	}
}

// raw is what stands in a row for a field, nil for nothing. It holds until the next call.
func (s *standardiser) raw(b *binding, r valuer, row, f int) []byte {
	switch o := &b.fields[f]; {
	case o.part != noPart:
		return s.part(b, r, row, o.part)
	case o.plus4 > 0:
		s.joined = text.AppendZip(s.joined[:0], r.Value(row, o.columns[0]), r.Value(row, o.plus4-1))
		return s.joined
	case o.kind > 0 && employerKind(r.Value(row, o.kind-1)):
		return nil
	case len(o.columns) == 1:
		return r.Value(row, o.columns[0])
	case len(o.columns) > 1:
		return s.join(r, row, o.columns)
	}
	return nil
}

// employerKind reports that a number is an employer's: it may have the nine digits of somebody's SSN, and is compared with none.
func employerKind(code []byte) bool { return len(code) == 1 && (code[0] == 'E' || code[0] == 'e') }

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
