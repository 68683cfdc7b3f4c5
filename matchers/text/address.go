package text

import "bytes"

// standardAddress brings a delivery address line to the forms of Publication 28: suffixes and designators abbreviated,
// directions short, PO BOX, RR, HC and military lines in their one spelling, unit last.
func standardAddress(dst, raw []byte) ([]byte, Validity) {
	var room [AddressLimit]byte
	words, alien := appendAddressWords(room[:0], raw, AddressLimit)
	if len(words) == 0 && alien {
		return dst, Invalid
	}
	if placeholderIn(anywhere|inAddress, words) == Placeholder {
		return dst, Placeholder
	}
	start := len(dst)
	dst = settle(dst, words)
	// Once more, for rewriting can bring a placeholder to light (00 is 0), and I2 holds for validities too.
	return dst, placeholderIn(anywhere|inAddress, dst[start:])
}

// maxRounds bounds the rewriting of one address; all but contrived ones stand still after the first.
const maxRounds = 5

// settle appends the standard form of cleaned text: it is rewritten until it no longer changes, for one rule may make work for
// another (NO HWY THIRD AVE: the ordinal becomes a number, which makes a numbered highway). What does not come to rest, or
// grows too long, stays as cleaned. Either way the form is its own standard form (I2).
func settle(dst, words []byte) []byte {
	var lines [2][AddressLimit]byte
	before := words
	for round := range maxRounds {
		n, ok := rewriteText(lines[round%2][:], before)
		if !ok {
			break
		}
		after := lines[round%2][:n]
		if bytes.Equal(before, after) {
			return append(dst, after...)
		}
		before = after
	}
	return append(dst, words...)
}

// rewriteText writes the rewritten text into room and gives its length; ok is false when there is not enough.
func rewriteText(room, text []byte) (n int, ok bool) {
	var words [maxAddressWords][]byte // filled here and not in a method: see wordWriter
	count := 0
	for ; len(text) > 0; count++ {
		words[count], text = addressWord(text)
	}
	out := lineWriter{room: room}
	out.rewrite(words[:count])
	return out.n, !out.full
}

// maxAddressWords is how many words AddressLimit bytes can hold; a word that is cut in two has at least three bytes.
const maxAddressWords = AddressLimit / 2

// lineWriter writes words parted by one blank into a fixed room.
type lineWriter struct {
	room []byte
	n    int
	full bool // a word found no room
}

func (l *lineWriter) push(words ...[]byte) {
	for _, w := range words {
		if l.n > 0 && l.n < len(l.room) {
			l.room[l.n] = ' '
			l.n++
		}
		if l.n+len(w) > len(l.room) {
			l.full = true
			return
		}
		l.n += copy(l.room[l.n:], w)
	}
}

// addressWord gives the first word of cleaned text and the rest; a word written into one with its number (APT4) is cut in two.
func addressWord(text []byte) (word, rest []byte) {
	word, rest = firstWord(text)
	if at := firstDigit(word); at > 1 && at < len(word) && gluedPrefixes.has(word[:at]) {
		return text[:at], text[at:]
	}
	return word, rest
}

func firstDigit(word []byte) int {
	for i, c := range word {
		if isDigit(c) {
			return i
		}
	}
	return len(word)
}

// The words of the tables that the rewriting adds by itself.
var wordBox, wordOne = []byte("BOX"), []byte("1")

// rewrite appends the standard form of the words in.
func (l *lineWriter) rewrite(in [][]byte) {
	in = dropPostOffice(dropCareOf(in))
	if taken := l.pushBox(in); taken > 0 {
		if in = in[taken:]; !namesStreet(in) {
			l.pushUnits(in)
			return
		}
	}
	in, front := frontUnit(in)
	if front == nil {
		in, front = frontUrbanization(in)
	}
	if unitAlone(in) {
		l.pushUnits(in)
		return
	}
	in = dropNumberSign(in)
	street := 0
	if len(in) > 0 && hasDigit(in[0]) {
		l.push(trimZeros(in[0]))
		street = 1
	} else if len(in) > 2 && string(in[0]) == "ONE" {
		l.push(wordOne)
		street = 1
	}
	if len(in) > street+1 && isFraction(in[street]) {
		l.push(in[street])
		street++
	}
	end := unitStart(in, street)
	rest := in[end:]
	if floor, ok := ordinalFloor(in, street, end); ok {
		l.pushStreet(in[street : end-1])
		l.push(units["FL"], floor)
		rest = rest[1:]
	} else {
		l.pushStreet(in[street:end])
	}
	l.pushUnits(rest)
	l.pushUnits(front)
}

// matchPhrase finds the phrase that in begins with, number and all, and how many words its spelling takes.
func matchPhrase(phrases phraseBook, in [][]byte) (*phrase, int) {
	if len(in) == 0 {
		return nil, 0
	}
	list := phrases[string(in[0])]
	for i := range list {
		p := &list[i]
		n := len(p.from)
		if len(in) >= n && startsWith(in, p.from) && p.kind.holds(in[n:]) {
			return p, n
		}
	}
	return nil, 0
}

func startsWith(in [][]byte, words []string) bool {
	for i, w := range words {
		if string(in[i]) != w {
			return false
		}
	}
	return true
}

// holds reports whether what follows the words of a phrase is as it must be.
func (k phraseKind) holds(rest [][]byte) bool {
	switch k {
	case barePhrase:
		return true
	case highwayPhrase:
		return len(rest) > 0 && isDigit(rest[0][0])
	}
	rest = rest[countNumberSigns(rest):]
	if len(rest) == 0 || !isRange(rest[0]) {
		return false
	}
	if k == boxPhrase {
		return true
	}
	if !isDigit(rest[0][0]) {
		return false
	}
	if k != unitPhrase && len(rest) == 1 {
		return true
	}
	return len(rest) > 1 && isBoxWord(rest[1], k)
}

// isBoxWord knows what stands between route and box number: BOX, and on rural routes also BX or # alone.
func isBoxWord(word []byte, k phraseKind) bool {
	return string(word) == "BOX" || string(word) == "BX" || k == routePhrase && string(word) == "#"
}

// isRange reports whether a word can number a box or unit: it has a digit or is one letter.
func isRange(word []byte) bool {
	return hasDigit(word) || len(word) == 1 && isLetter(word[0])
}

// countNumberSigns counts leading # (and NO, NUM, NUMBER) before a number.
func countNumberSigns(in [][]byte) int {
	n := 0
	for n < len(in)-1 {
		switch string(in[n]) {
		case "#", "NO", "NUM", "NUMBER":
			n++
			continue
		}
		break
	}
	return n
}

// pushHead writes a phrase of the head with its numbers and says how many words of in it took.
func (l *lineWriter) pushHead(p *phrase, in [][]byte, n int) (taken int) {
	l.push(p.to...)
	if p.kind == barePhrase {
		return n
	}
	n += countNumberSigns(in[n:])
	l.push(trimZeros(in[n]))
	n++
	if p.kind == boxPhrase || n == len(in) {
		return n
	}
	n++ // BOX, BX or #
	n += countNumberSigns(in[n:])
	l.push(wordBox)
	if n < len(in) {
		l.push(trimZeros(in[n]))
		n++
	}
	return n
}

// trimZeros takes leading zeros off a number: RR 03, PO BOX 0012 and 0123 MAIN ST were padded by a program.
func trimZeros(word []byte) []byte {
	if !allDigits(word) {
		return word
	}
	for len(word) > 1 && word[0] == '0' {
		word = word[1:]
	}
	return word
}

func isFraction(word []byte) bool {
	return len(word) == 3 && word[1] == '/'
}
