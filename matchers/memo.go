package matchers

// memo remembers the levels of string comparisons by the two values' codes. It is direct-mapped and so bounded: a
// clash forgets the older pair. It holds results of pure functions under their full arguments and can change none.
type memo struct {
	keys   []uint64 // record's code and subject's code; 0 = free
	levels []uint8
}

// memoSize pairs a comparison: 72 KB, which leaves room in a core's cache for the index. A memo of eight times as many
// hits little more: within a chunk the same common names come again, the rare ones do not.
const memoSize = 1 << 13

func newMemo() *memo { return &memo{keys: make([]uint64, memoSize), levels: make([]uint8, memoSize)} }

func (m *memo) at(key uint64) uint64 { return key * hashA >> (64 - 13) }

func (m *memo) get(ours, theirs uint32) (uint8, bool) {
	key := uint64(ours)<<32 | uint64(theirs)
	i := m.at(key)
	return m.levels[i], m.keys[i] == key
}

func (m *memo) put(ours, theirs uint32, level uint8) {
	key := uint64(ours)<<32 | uint64(theirs)
	i := m.at(key)
	m.keys[i], m.levels[i] = key, level
}

func (m *memo) forget() {
	if m != nil {
		clear(m.keys)
	}
}
