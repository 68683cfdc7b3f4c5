package matchers

import "locatematch/matchers/text"

// count works out how many subjects hold each value of a field, and the chance that two of them agree. A subject counts
// once for a value, however many of its sets have it; spellings that compare as exact count together.
func (c *Caseload) count(field int) {
	f, column := &c.plan.fields[field], &c.columns[field]
	if f.numeric {
		tally := newTally(c.subjects)
		column.holders = c.eachNumber(field, tally.add)
		column.pairs = tally.agreement(column.holders)
		if f.kind == text.Zip {
			area := newTally(1 << 10)
			holders := c.eachNumber(field, func(zip uint64, subject uint32) { area.add(zip%100000/100, subject) })
			column.areaPairs = area.agreement(holders)
		}
		return
	}
	leaders := column.leaders(f.kind)
	column.counts = make([]uint32, column.distinct()+1)
	last := make([]uint32, column.distinct()+1)
	for subject := uint32(0); subject < uint32(c.subjects); subject++ {
		held := false
		for set := range c.table.sets(f.group, subject) {
			code := c.table.row(f.group, subject, set)[f.word]
			if code == 0 {
				continue
			}
			held = true
			if leader := leaders[code]; last[leader] != subject+1 {
				last[leader] = subject + 1
				column.counts[leader]++
			}
		}
		if held {
			column.holders++
		}
	}
	column.pairs = agreement(column.counts, column.holders)
	for code, leader := range leaders {
		column.counts[code] = column.counts[leader]
	}
}

// leaders gives every code the first code of the same joined form.
func (c *column) leaders(kind text.Kind) []uint32 {
	leaders := make([]uint32, c.distinct()+1)
	first := map[uint64]uint32{}
	for code := uint32(1); code < uint32(len(leaders)); code++ {
		leaders[code] = code
		if !joins(kind) {
			continue
		}
		if leader, seen := first[c.names[code].joined]; seen {
			leaders[code] = leader
		} else {
			first[c.names[code].joined] = code
		}
	}
	return leaders
}

// eachNumber calls add for every value of a numeric field, repeats of a subject included, and counts its holders.
func (c *Caseload) eachNumber(field int, add func(value uint64, subject uint32)) (holders int) {
	f := &c.plan.fields[field]
	for subject := uint32(0); subject < uint32(c.subjects); subject++ {
		held := false
		for set := range c.table.sets(f.group, subject) {
			if n := f.number(c.table.row(f.group, subject, set)); n != 0 {
				held = true
				add(n, subject)
			}
		}
		if held {
			holders++
		}
	}
	return holders
}

// agreement is the chance that two different holders have the same value: sum of c(c-1) over n(n-1).
func agreement(counts []uint32, holders int) float64 {
	if holders < 2 {
		return 0
	}
	var pairs float64
	for _, c := range counts {
		if c > 1 {
			pairs += float64(c) * float64(c-1)
		}
	}
	return min(1, pairs/(float64(holders)*float64(holders-1)))
}

// tally counts the subjects of each number in an open-addressing table.
type tally struct {
	keys   []uint64
	counts []uint32
	last   []uint32
	used   int
}

func newTally(expected int) *tally {
	size := 1 << 10
	for size < expected*2 {
		size *= 2
	}
	return &tally{keys: make([]uint64, size), counts: make([]uint32, size), last: make([]uint32, size)}
}

// add counts a value for a subject; subjects come in order.
func (t *tally) add(value uint64, subject uint32) {
	if t.used*4 >= len(t.keys)*3 {
		t.grow()
	}
	i := t.slot(value)
	if t.counts[i] == 0 {
		t.keys[i] = value
		t.used++
	} else if t.last[i] == subject {
		return
	}
	t.last[i] = subject
	t.counts[i]++
}

func (t *tally) slot(value uint64) uint64 {
	mask := uint64(len(t.keys) - 1)
	i := mix(keySeed, value) & mask
	for t.counts[i] != 0 && t.keys[i] != value {
		i = (i + 1) & mask
	}
	return i
}

func (t *tally) grow() {
	old := *t
	*t = *newTally(len(old.keys))
	t.used = old.used
	for i, count := range old.counts {
		if count != 0 {
			at := t.slot(old.keys[i])
			t.keys[at], t.counts[at], t.last[at] = old.keys[i], count, old.last[i]
		}
	}
}

func (t *tally) agreement(holders int) float64 { return agreement(t.counts, holders) }
