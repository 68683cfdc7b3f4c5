package text

import "slices"

// asciiRole says for each ASCII byte what it does in words: its upper-case letter or digit, or one of the marks below.
var asciiRole = buildASCIIRole()

const (
	roleGap  = 0 // ends a word
	roleGlue = 1 // dropped inside a word
	roleAnd  = 2 // the word AND
)

func buildASCIIRole() (role [128]byte) {
	for c := byte('0'); c <= '9'; c++ {
		role[c] = c
	}
	for c := byte('A'); c <= 'Z'; c++ {
		role[c], role[c+'a'-'A'] = c, c
	}
	role['\''], role['`'], role['.'] = roleGlue, roleGlue, roleGlue
	role['&'] = roleAnd
	return role
}

// wordWriter writes upper-case words parted by one blank into a fixed room. It never grows or replaces the room: a slice
// stored through a pointer would send callers' stack arrays to the heap.
type wordWriter struct {
	room  []byte
	n     int  // bytes written
	gap   bool // a blank is due before the next character
	alien bool // a letter was met that ASCII cannot spell
}

// newWordWriter makes room behind dst for what raw can give, at most limit bytes: the longest spelling of one byte is
// " AND ". dst itself is grown when it must be.
func newWordWriter(dst, raw []byte, limit int) (grown []byte, w wordWriter) {
	need := min(limit, 5*len(raw))
	dst = slices.Grow(dst, need)
	return dst, wordWriter{room: dst[len(dst) : len(dst)+need]}
}

// put writes one character and reports whether there was room.
func (w *wordWriter) put(c byte) bool {
	if w.gap && w.n > 0 {
		if w.n+2 > len(w.room) {
			return false
		}
		w.room[w.n] = ' '
		w.n++
	}
	if w.n == len(w.room) {
		return false
	}
	w.gap = false
	w.room[w.n] = c
	w.n++
	return true
}

func (w *wordWriter) putAll(s string) bool {
	for i := 0; i < len(s); i++ {
		if !w.put(s[i]) {
			return false
		}
	}
	return true
}

// putWord writes a word of its own.
func (w *wordWriter) putWord(s string) bool {
	w.gap = true
	ok := w.putAll(s)
	w.gap = true
	return ok
}

// putRune deals with a character beyond ASCII.
func (w *wordWriter) putRune(r rune) bool {
	s, m := fold(r)
	switch {
	case s != "":
		return w.putAll(s)
	case m == gap:
		w.gap = true
	case m == alien:
		w.alien = true
	}
	return true
}

// appendWords appends the words of raw: letters in upper case without accents, digits, & as AND; apostrophes and periods
// vanish, all else parts words. Its own output passes unchanged. alien tells that a letter was lost.
func appendWords(dst, raw []byte, limit int) (words []byte, alien bool) {
	if plain, ok := appendPlain(dst, raw, limit); ok {
		return plain, false
	}
	return appendAny(dst, raw, limit)
}

// appendAny is appendWords for whatever stands there.
func appendAny(dst, raw []byte, limit int) (words []byte, alien bool) {
	dst, w := newWordWriter(dst, raw, limit)
	for ok := true; ok && len(raw) > 0; {
		c := raw[0]
		if c >= 0x80 {
			r, width := decode(raw)
			raw = raw[width:]
			ok = w.putRune(r)
			continue
		}
		raw = raw[1:]
		switch role := asciiRole[c]; role {
		case roleGap:
			w.gap = true
		case roleGlue:
		case roleAnd:
			ok = w.putWord("AND")
		default:
			ok = w.put(role)
		}
	}
	return dst[:len(dst)+w.n], w.alien
}

// appendPlain appends raw in upper case where it is words of ASCII letters and digits parted by single blanks, and reports
// whether it is: most values of most files are, and need no more than one look at each byte.
func appendPlain(dst, raw []byte, limit int) (words []byte, ok bool) {
	if len(raw) == 0 || len(raw) > limit || raw[0] == ' ' {
		return dst, false
	}
	start := len(dst)
	dst = append(dst, raw...)
	out := dst[start:]
	blank := false
	for i, c := range out {
		if c >= 0x80 {
			return dst[:start], false
		}
		role := asciiRole[c]
		if role < '0' {
			if c != ' ' || blank {
				return dst[:start], false
			}
			role = ' '
		}
		blank = c == ' '
		out[i] = role
	}
	if blank {
		return dst[:start], false
	}
	return dst, true
}

// firstWord gives the first word of words and what follows the blank behind it.
func firstWord(words []byte) (word, rest []byte) {
	for i, c := range words {
		if c == ' ' {
			return words[:i], words[i+1:]
		}
	}
	return words, nil
}

// lastWord gives the last word of words and what stands before it, without the blank between.
func lastWord(words []byte) (rest, word []byte) {
	for i := len(words) - 1; i >= 0; i-- {
		if words[i] == ' ' {
			return words[:i], words[i+1:]
		}
	}
	return nil, words
}

// wordSet is a table of words, looked up without allocation.
type wordSet map[string]struct{}

func (s wordSet) has(word []byte) bool {
	_, ok := s[string(word)]
	return ok
}

// newWordSet makes a table; an entry may be several words parted by one blank.
func newWordSet(list ...string) wordSet {
	s := make(wordSet)
	for _, w := range list {
		s[w] = struct{}{}
	}
	return s
}

func isDigit(c byte) bool  { return c-'0' <= 9 }
func isLetter(c byte) bool { return c-'A' <= 'Z'-'A' }

func allDigits(b []byte) bool {
	for _, c := range b {
		if !isDigit(c) {
			return false
		}
	}
	return len(b) > 0
}

func hasDigit(b []byte) bool {
	for _, c := range b {
		if isDigit(c) {
			return true
		}
	}
	return false
}

// allSame reports whether one byte is repeated throughout b.
func allSame(b []byte) bool {
	for _, c := range b {
		if c != b[0] {
			return false
		}
	}
	return len(b) > 0
}
