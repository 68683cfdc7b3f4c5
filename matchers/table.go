package matchers

// table holds the subjects' value sets. A subject's first set of every group lies in one row of about a cache line, so
// that most candidates cost one miss; further sets (aliases, earlier addresses) lie in a list a group.
type table struct {
	stride int      // words of a subject's row
	fields int      // of the spec: states a subject
	rows   []uint32 // word 0: bit g%32 tells that group g may have more sets; then group by group
	states []uint8  // text.Validity: why there is no value
	groups []moreSets
}

// moreSets are the sets of one group behind the first: subject s owns rows starts[s] to starts[s+1].
type moreSets struct {
	base   int
	stride int
	fields []int
	starts []uint32 // nil when no subject has more than one
	rows   []uint32
	states []uint8 // len(fields) a set
}

func newTable(p *plan, columns []column, lists []setList, subjects int) table {
	t := table{stride: 1, fields: len(p.fields), groups: make([]moreSets, len(p.groups))}
	for g := range p.groups {
		t.stride += p.groups[g].stride
		t.groups[g] = moreSets{base: p.groups[g].base, stride: p.groups[g].stride, fields: p.groups[g].fields}
	}
	t.stride = withinLine(t.stride)
	t.rows = make([]uint32, t.stride*subjects)
	t.states = make([]uint8, t.fields*subjects)
	for g := range lists {
		hint(p, columns, g, &lists[g])
		t.take(g, &lists[g], subjects)
	}
	return t
}

// lineWords are the words of a cache line.
const lineWords = 16

// withinLine widens a row so that it lies in one cache line, where it can: a row that lies in two costs two misses.
func withinLine(stride int) int {
	for wide := 1; wide <= lineWords; wide *= 2 {
		if stride <= wide {
			return wide
		}
	}
	return stride
}

// hint fills in the second word of hinted fields: part of the hash of an address's door or of an email's user.
func hint(p *plan, columns []column, g int, list *setList) {
	for _, i := range p.groups[g].fields {
		f := &p.fields[i]
		if !f.hinted {
			continue
		}
		for at := f.word; at < len(list.rows); at += list.stride {
			if code := list.rows[at]; code != 0 {
				list.rows[at+1] = columns[i].hint(code)
			}
		}
	}
}

func (c *column) hint(code uint32) uint32 {
	if c.places != nil {
		return uint32(c.places[code].door)
	}
	return uint32(c.names[code].joined)
}

// take moves a group's sets into the table.
func (t *table) take(g int, list *setList, subjects int) {
	more := &t.groups[g]
	if len(list.rows) > subjects*list.stride {
		more.starts = make([]uint32, subjects+1)
	}
	for s := range subjects {
		first, end := list.starts[s], list.starts[s+1]
		copy(t.rows[s*t.stride+more.base:], list.row(first))
		for place, f := range more.fields {
			t.states[s*t.fields+f] = list.states[int(first)*list.fields+place]
		}
		if more.starts == nil {
			continue
		}
		if end > first+1 {
			t.rows[s*t.stride] |= 1 << (g % 32)
			more.rows = append(more.rows, list.rows[int(first+1)*list.stride:int(end)*list.stride]...)
			more.states = append(more.states, list.states[int(first+1)*list.fields:int(end)*list.fields]...)
		}
		more.starts[s+1] = uint32(len(more.rows) / list.stride)
	}
}

// sets is how many value sets a subject has in a group: at least one, perhaps an empty one.
func (t *table) sets(g int, subject uint32) int {
	if t.rows[int(subject)*t.stride]>>(g%32)&1 == 0 {
		return 1
	}
	return t.groups[g].count(subject) + 1
}

func (m *moreSets) count(subject uint32) int {
	if m.starts == nil {
		return 0
	}
	return int(m.starts[subject+1] - m.starts[subject])
}

// row gives one value set's words, indexed by fieldPlan.word.
func (t *table) row(g int, subject uint32, set int) []uint32 {
	more := &t.groups[g]
	if set == 0 {
		at := int(subject)*t.stride + more.base
		return t.rows[at : at+more.stride : at+more.stride]
	}
	at := (int(more.starts[subject]) + set - 1) * more.stride
	return more.rows[at : at+more.stride : at+more.stride]
}

// state says why a field of a value set has no value.
func (t *table) state(f *fieldPlan, field int, subject uint32, set int) uint8 {
	if set == 0 {
		return t.states[int(subject)*t.fields+field]
	}
	more := &t.groups[f.group]
	return more.states[(int(more.starts[subject])+set-1)*len(more.fields)+f.place]
}

func (t *table) bytes() int64 {
	total := 4*int64(cap(t.rows)) + int64(cap(t.states))
	for g := range t.groups {
		total += 4*int64(cap(t.groups[g].starts)+cap(t.groups[g].rows)) + int64(cap(t.groups[g].states))
	}
	return total
}

// number is a numeric field of a value set as it is keyed, counted and compared.
func (f *fieldPlan) number(row []uint32) uint64 { return f.compared(f.stored(row)) }

// stored reads a numeric field from a value set's words.
func (f *fieldPlan) stored(row []uint32) uint64 {
	if f.wide {
		return uint64(row[f.word]) | uint64(row[f.word+1])<<32
	}
	return uint64(row[f.word])
}
