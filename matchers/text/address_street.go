package text

// frontUnit moves a unit written before the house number (APT 4 12 MAIN ST) away, to be written last.
func frontUnit(in [][]byte) (rest, unit [][]byte) {
	if len(in) < 4 {
		return in, nil
	}
	n := 1
	if string(in[0]) != "#" {
		form, ok := units[string(in[0])]
		if !ok || !strongUnits.has(form) {
			return in, nil
		}
		n += countNumberSigns(in[1:])
	}
	if n+2 < len(in) && isRange(in[n]) && isDigit(in[n+1][0]) && !isBoxWord(in[n+1], routePhrase) {
		return in[n+1:], in[:n+1]
	}
	return in, nil
}

// unitAlone reports whether the line is a second one, with nothing but the unit: APT 4, # 4B, STE 200 FL 3.
func unitAlone(in [][]byte) bool {
	if len(in) < 2 {
		return false
	}
	if string(in[0]) == "#" {
		return len(in) == 2 || units.has(in[2])
	}
	if !units.has(in[0]) {
		return false
	}
	n := 1 + countNumberSigns(in[1:])
	return n < len(in) && isRange(in[n]) && (n+1 == len(in) || units.has(in[n+1]) || string(in[n+1]) == "#")
}

// dropNumberSign takes the # off a house number: #12 MAIN ST.
func dropNumberSign(in [][]byte) [][]byte {
	for len(in) > 2 && string(in[0]) == "#" && hasDigit(in[1]) {
		in = in[1:]
	}
	return in
}

// unitStart finds where street ends and unit begins, street being the index of the first word of the street's name, which
// no unit can be.
func unitStart(in [][]byte, street int) int {
	for i := street + 1; i < len(in); i++ {
		if isUnit(in, i, street) {
			return i
		}
	}
	return len(in)
}

func isUnit(in [][]byte, i, street int) bool {
	word, next := in[i], in[i+1:]
	if string(word) == "#" {
		return true
	}
	if _, n := matchPhrase(boxPhrases, in[i:]); n > 0 {
		return true
	}
	if form, ok := units[string(word)]; ok {
		switch {
		case len(next) == 0:
			return string(form) == "FL" && isOrdinal(in[i-1]) && i > street+1
		case strongUnits.has(form):
			return !streetSuffixes.has(next[0]) || len(next) > 1
		}
		return isRange(next[0]) || string(next[0]) == "#"
	}
	return len(next) == 0 && i >= street+2 && places.has(word)
}

// isOrdinal knows 2ND and 12TH.
func isOrdinal(word []byte) bool {
	n := len(word)
	if n < 3 || !allDigits(word[:n-2]) {
		return false
	}
	switch string(word[n-2:]) {
	case "ST", "ND", "RD", "TH":
		return true
	}
	return false
}

// ordinalFloor recognises 3RD FLOOR at the end of the street, which Publication 28 writes FL 3, and gives the 3.
func ordinalFloor(in [][]byte, street, end int) (floor []byte, ok bool) {
	if end == len(in) || end < street+2 || !isOrdinal(in[end-1]) || string(units[string(in[end])]) != "FL" {
		return nil, false
	}
	if end+1 < len(in) && isRange(in[end+1]) {
		return nil, false
	}
	return in[end-1][:len(in[end-1])-2], true
}

// pushUnits writes what follows the street: designators short, # dropped behind a designator, boxes in their spelling.
func (l *lineWriter) pushUnits(in [][]byte) {
	for i := 0; i < len(in); i++ {
		if p, n := matchPhrase(boxPhrases, in[i:]); n > 0 {
			i += l.pushHead(p, in[i:], n) - 1
			continue
		}
		form, unit := units[string(in[i])]
		if !unit || i+1 == len(in) {
			l.push(shortPlace(in[i], i+1 == len(in)))
			continue
		}
		l.push(form)
		i += countNumberSigns(in[i+1:])
	}
}

// shortPlace abbreviates a designator that stands alone at the end.
func shortPlace(word []byte, last bool) []byte {
	if form, ok := places[string(word)]; ok && last {
		return form
	}
	return word
}

// pushStreet writes the street: number or direction before the name, name, suffix, direction behind.
func (l *lineWriter) pushStreet(s [][]byte) {
	if len(s) == 0 {
		return
	}
	s = l.pushDirection(s)
	if p, n := matchPhrase(highwayPhrases, s); n > 0 {
		l.push(p.to...)
		l.pushName(s[n:], -1)
		return
	}
	l.pushName(s, suffixIndex(s))
}

// suffixIndex finds the suffix: the last word, or the one before a direction, but never the first, which is the name.
func suffixIndex(s [][]byte) int {
	last := len(s) - 1
	if last > 1 && directions.has(s[last]) && streetSuffixes.has(s[last-1]) {
		return last - 1
	}
	if last > 2 && splitDirection(s[last-1], s[last]) != nil && streetSuffixes.has(s[last-2]) {
		return last - 2
	}
	if last > 0 && streetSuffixes.has(s[last]) {
		return last
	}
	return -1
}

// pushDirection writes the direction before the name, if one is there, and gives the rest. A direction with nothing but a
// suffix behind it is itself the name: 12 NORTH AVE.
func (l *lineWriter) pushDirection(s [][]byte) [][]byte {
	suffix := suffixIndex(s)
	if len(s) > 2 && suffix != 2 {
		if both := splitDirection(s[0], s[1]); both != nil {
			l.push(both)
			return s[2:]
		}
	}
	if form, ok := directions[string(s[0])]; ok && len(s) > 1 && suffix != 1 {
		l.push(form)
		return s[1:]
	}
	return s
}

// splitDirection reads N W, NORTH WEST and N WEST as one direction; nil when they are not.
func splitDirection(a, b []byte) []byte {
	first, second := directions[string(a)], directions[string(b)]
	if len(first) != 1 || len(second) != 1 {
		return nil
	}
	switch [2]byte{first[0], second[0]} {
	case [2]byte{'N', 'E'}:
		return directions["NE"]
	case [2]byte{'N', 'W'}:
		return directions["NW"]
	case [2]byte{'S', 'E'}:
		return directions["SE"]
	case [2]byte{'S', 'W'}:
		return directions["SW"]
	}
	return nil
}

// pushName writes name, suffix (at its index, or -1) and the direction behind.
func (l *lineWriter) pushName(s [][]byte, suffix int) {
	for i := 0; i < len(s); i++ {
		switch {
		case i == suffix:
			l.push(streetSuffixes[string(s[i])])
		case suffix > 0 && i == suffix-1 && streetOrdinals.has(s[i]):
			l.push(streetOrdinals[string(s[i])])
		case suffix > 0 && i > suffix || suffix < 0 && i > 0 && isDigit(s[i-1][0]):
			i += l.pushBehind(s[i:])
		default:
			l.push(s[i])
		}
	}
}

// pushBehind writes the direction behind a suffix or road number and says how many words beyond the first it took.
func (l *lineWriter) pushBehind(s [][]byte) int {
	if len(s) == 2 {
		if both := splitDirection(s[0], s[1]); both != nil {
			l.push(both)
			return 1
		}
	}
	if form, ok := directions[string(s[0])]; ok && len(s) == 1 {
		l.push(form)
		return 0
	}
	l.push(s[0])
	return 0
}
