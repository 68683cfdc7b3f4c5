package matchers

// hashCounts counts by hash, in an open-addressing table: one miss of the cache a count where a map's takes three. Hash 0 is none.
type hashCounts struct {
	slots []hashCount
	n     int
}

type hashCount struct {
	hash  uint64
	count uint32
}

// at is the place of a hash's count, with 0 where it was not there before. It holds until the next call.
func (h *hashCounts) at(hash uint64) *uint32 {
	if 4*(h.n+1) > 3*len(h.slots) {
		h.grow()
	}
	s := h.slot(hash)
	if s.hash == 0 {
		s.hash = hash
		h.n++
	}
	return &s.count
}

// of is the count of a hash.
func (h *hashCounts) of(hash uint64) uint32 {
	if len(h.slots) == 0 {
		return 0
	}
	return h.slot(hash).count
}

// slot is a hash's own, or a free one for it.
func (h *hashCounts) slot(hash uint64) *hashCount {
	mask := uint64(len(h.slots) - 1)
	for i := hash >> 8 & mask; ; i = (i + 1) & mask {
		if s := &h.slots[i]; s.hash == hash || s.hash == 0 {
			return s
		}
	}
}

func (h *hashCounts) grow() {
	old := h.slots
	h.slots = make([]hashCount, max(16, 2*len(old)))
	for _, s := range old {
		if s.hash != 0 {
			*h.slot(s.hash) = s
		}
	}
}
