package text

// appendAddressWords appends the words of an address line like appendWords, but keeps what means something in one: # as a
// word of its own, a dash (12-34, 4-B, B-4), slash (1/2) or point (39.2) inside a number. A period behind two letters or more
// parts words (ST.PAUL), behind one letter it joins initials (P.O., N.W.).
func appendAddressWords(dst, raw []byte, limit int) (words []byte, alien bool) {
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
		switch {
		case asciiRole[c] >= '0':
			ok = w.put(asciiRole[c])
		case c == '#':
			ok = w.putWord("#")
		case c == '&':
			ok = w.putWord("AND")
		case w.inNumber(c, raw):
			// A mark needs its character behind it: if there is no room for both, stop before it.
			ok = w.n+2 <= len(w.room) && w.put(c)
		case c == '\'' || c == '`' || c == '.' && w.initial():
		default:
			w.gap = true
		}
	}
	return dst[:len(dst)+w.n], w.alien
}

// word gives the word being written; it is empty when a blank is due.
func (w *wordWriter) word() []byte {
	if w.gap {
		return nil
	}
	_, word := lastWord(w.room[:w.n])
	return word
}

// inNumber reports whether the mark c stands inside a number, given what follows.
func (w *wordWriter) inNumber(c byte, next []byte) bool {
	if c != '-' && c != '/' && c != '.' || len(next) == 0 || next[0] >= 0x80 {
		return false
	}
	word := w.word()
	if len(word) == 0 {
		return false
	}
	afterDigit, beforeDigit := isDigit(word[len(word)-1]), isDigit(next[0])
	if c != '-' {
		return afterDigit && beforeDigit
	}
	return afterDigit && asciiRole[next[0]] >= '0' || beforeDigit && len(word) == 1
}

// initial reports whether the word being written is one letter, or initials already joined to two.
func (w *wordWriter) initial() bool {
	word := w.word()
	return len(word) == 1 && isLetter(word[0])
}
