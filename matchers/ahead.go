package matchers

// aheadWith is the most that a step and all behind it can bring with one subject, what comparisons say together included: what he
// has no value for brings nothing, and an exact agreement brings what his own value's frequency says.
func (m *Matcher) aheadWith(i int, row []uint32, pattern Pattern) (ahead int32) {
	ahead = m.s.mostTogether
	for at := i; at < len(m.steps); at++ {
		s := &m.steps[at]
		if s.only < 0 || row[0]>>(s.group%32)&1 != 0 {
			ahead += s.most
		} else {
			ahead += min(s.most, m.mostWith(s.only, row[s.base:s.base+s.stride], pattern))
		}
	}
	return ahead
}

// mostWith is the greatest S that a comparison can bring with one value set of a subject. Where a comparison is done that it hangs
// together with, the two are bounded together, less what the dependence could bring at most: who lives in another ZIP does not
// agree on the address by chance.
func (m *Matcher) mostWith(i int, set []uint32, pattern Pattern) int32 {
	f := &m.c.plan.fields[m.c.plan.comparisons[i].a]
	exact := m.s.s[i][1]
	switch {
	case f.numeric:
		if f.stored(set) == 0 {
			return 0
		}
	case set[f.word] == 0:
		return 0
	case m.s.frequency[i] != nil:
		exact += m.s.frequency[i][set[f.word]]
	}
	if len(m.s.partners[i]) > 0 {
		return m.s.mostBeside(i, exact, pattern)
	}
	return max(0, exact, m.s.topFuzzy[i])
}

// approach looks at what comparing the pending values with a subject will want, all of it before any is used, so that the misses
// overlap: the places of the record's values in the dictionaries, and the traits of the subject's.
func (m *Matcher) approach(i int, row []uint32) {
	for at := i; at < len(m.steps); at++ {
		s := &m.steps[at]
		if !s.pending || s.only < 0 {
			continue
		}
		v := &m.record.fields[m.c.plan.comparisons[s.only].a]
		if code := row[s.base+v.plan.word]; len(v.column.names) > 0 {
			m.touched += uint32(v.column.names[code].size)
		}
		if v.value != nil {
			m.touched += uint32(v.column.slots[hashValue(v.value.Std)&v.column.mask])
		}
	}
}

// approachAll looks at the rows of subjects, and then at the traits of their values, before the first is compared.
func (m *Matcher) approachAll(subjects []uint32) {
	m.prober.touch(subjects)
	rows, stride := m.c.table.rows, m.c.table.stride
	for _, f := range m.record.used {
		v := &m.record.fields[f]
		if len(v.column.names) == 0 {
			continue
		}
		word := m.c.plan.groups[v.plan.group].base + v.plan.word
		for _, subject := range subjects {
			m.touched += uint32(v.column.names[rows[int(subject)*stride+word]].size)
		}
	}
}
