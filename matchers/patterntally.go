package matchers

// patternTally counts patterns. A few make up most pairs, so what comes again soon is counted at its own place, and goes to the map
// when another wants that place.
type patternTally struct {
	counts map[patternKey]int64
	recent []recentPattern
}

type recentPattern struct {
	key patternKey
	n   int64 // 0: nobody's place
}

// recentPatterns is a power of two.
const recentPatterns = 1 << 10 // 40 kB

func newPatternTally() patternTally {
	return patternTally{counts: map[patternKey]int64{}, recent: make([]recentPattern, recentPatterns)}
}

func (t *patternTally) add(key patternKey, n int64) {
	at := mix(uint64(key.pattern), key.rules<<8|uint64(key.source)<<2|uint64(key.label)) % recentPatterns
	r := &t.recent[at]
	if r.key == key {
		r.n += n
		return
	}
	if r.n > 0 {
		t.counts[r.key] += r.n
	}
	r.key, r.n = key, n
}

// all gives every count.
func (t *patternTally) all() map[patternKey]int64 {
	for i := range t.recent {
		if r := &t.recent[i]; r.n > 0 {
			t.counts[r.key] += r.n
			*r = recentPattern{}
		}
	}
	return t.counts
}
