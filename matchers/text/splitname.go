package text

// NameForm is the order of the parts in a one-field name.
type NameForm uint8

// The name forms.
const (
	LastCommaFirst NameForm = iota // LAST, FIRST MI
	LastFirst                      // LAST FIRST MI
	FirstLast                      // FIRST MI LAST
)

var nameForms = map[string]NameForm{"LAST, FIRST MI": LastCommaFirst, "LAST FIRST MI": LastFirst, "FIRST MI LAST": FirstLast}

// ParseNameForm reads a name form as layouts write it.
func ParseNameForm(s string) (NameForm, bool) {
	f, ok := nameForms[s]
	return f, ok
}

// SplitName takes a one-field name apart. The parts are sub-slices of raw, still raw, nil when absent; nothing is copied.
// Titles are passed over, a generation anywhere behind a name is the suffix, and of several people (JOHN Q PUBLIC OR JANE
// PUBLIC; JOHN & JANE PUBLIC) the first is taken, with the surname they share. A comma before a given name rules over the
// form; a name without one under LAST, FIRST MI is read as LAST FIRST MI. One word alone is a family name.
func SplitName(form NameForm, raw []byte) (given, middle, family, suffix []byte) {
	first, other := firstPerson(raw)
	n := nameWords{raw: first}
	if comma := n.comma(); comma >= 0 {
		n.splitComma(comma)
	} else if n.collect(first); form == FirstLast {
		n.splitFirstLast(other)
	} else {
		n.splitLastFirst()
	}
	return n.given, n.middle, n.family, n.suffix
}

// maxNameWords bounds the words looked at; a name line of 40 bytes has at most 20.
const maxNameWords = 24

// nameWords are the words of one person's name, as places in raw, and the parts found.
type nameWords struct {
	raw                           []byte
	start, end                    [maxNameWords]int
	n                             int
	given, middle, family, suffix []byte
}

// collect finds the words of part, a sub-slice of raw, passing titles over and taking generations out from behind.
func (n *nameWords) collect(part []byte) {
	n.n = 0
	offset := cap(n.raw) - cap(part)
	for i := 0; i < len(part); {
		if nameBlank(part[i]) {
			i++
			continue
		}
		at := i
		for i < len(part) && !nameBlank(part[i]) {
			i++
		}
		n.add(offset+at, offset+i)
	}
	for n.n > 1 && familyEndings.has(n.key(n.n-1, new([wordRoom]byte))) && !n.initial(n.n-1) {
		n.takeSuffix(n.n - 1)
		n.n--
	}
}

// add keeps a word unless it is a title before the name, or marks alone.
func (n *nameWords) add(start, end int) {
	var room [wordRoom]byte
	key := wordKey(n.raw[start:end], &room)
	if len(key) == 0 || n.n == 0 && titles.has(key) || n.n == maxNameWords {
		return
	}
	n.start[n.n], n.end[n.n] = start, end
	n.n++
}

// initial tells V the initial from V the fifth: behind fewer than two words it can only be an initial.
func (n *nameWords) initial(i int) bool {
	return n.end[i]-n.start[i] == 1 && i < 2
}

// takeSuffix notes word i as the suffix when it is a generation; degrees are dropped.
func (n *nameWords) takeSuffix(i int) {
	if _, generation := suffixForms[string(n.key(i, new([wordRoom]byte)))]; generation {
		n.suffix = n.cut(i, i+1)
	}
}

// cut gives the text from word i up to word j, or nil.
func (n *nameWords) cut(i, j int) []byte {
	if i >= j {
		return nil
	}
	return n.raw[n.start[i]:n.end[j-1]:n.end[j-1]]
}

func (n *nameWords) key(i int, room *[wordRoom]byte) []byte {
	return wordKey(n.raw[n.start[i]:n.end[i]], room)
}

// comma finds the comma that parts family from given name: one with a name behind it, not only a generation. -1 if none.
func (n *nameWords) comma() int {
	for i, c := range n.raw {
		if c != ',' {
			continue
		}
		for rest := trimName(n.raw[i+1:]); len(rest) > 0; {
			var word []byte
			word, rest = cutWord(rest)
			var room [wordRoom]byte
			if key := wordKey(word, &room); len(key) > 0 && !familyEndings.has(key) {
				return i
			}
		}
	}
	return -1
}

// splitComma reads LAST, FIRST MI; a generation may stand on either side.
func (n *nameWords) splitComma(comma int) {
	n.collect(n.raw[:comma])
	n.family = n.cut(0, n.n)
	n.collect(n.raw[comma+1:])
	n.given, n.middle = n.cut(0, min(n.n, 1)), n.cut(1, n.n)
}

// splitLastFirst reads LAST FIRST MI: particles belong to the family name, and so does a generation right behind it.
func (n *nameWords) splitLastFirst() {
	last := 0
	for last < n.n-2 && particles.has(n.key(last, new([wordRoom]byte))) {
		last++
	}
	last++
	n.family = n.cut(0, min(last, n.n))
	if last < n.n-1 && familyEndings.has(n.key(last, new([wordRoom]byte))) && n.end[last]-n.start[last] > 1 {
		n.takeSuffix(last)
		last++
	}
	n.given, n.middle = n.cut(last, min(last+1, n.n)), n.cut(last+1, n.n)
}

// splitFirstLast reads FIRST MI LAST. When a first name (and initial) is all there is, the surname is taken from the other
// person it is joined with.
func (n *nameWords) splitFirstLast(other []byte) {
	if len(other) > 0 && (n.n == 1 || n.n == 2 && n.end[1]-n.start[1] == 1) {
		n.given, n.middle = n.cut(0, 1), n.cut(1, n.n)
		second := nameWords{raw: other}
		second.collect(other)
		n.family = second.cut(second.familyStart(), second.n)
		return
	}
	at := n.familyStart()
	n.given, n.middle, n.family = n.cut(0, min(1, at)), n.cut(1, at), n.cut(at, n.n)
}

// familyStart finds where the family name begins at the end of the name, particles included. O and D are not particles
// here: JOHN O SMITH has an initial.
func (n *nameWords) familyStart() int {
	at := max(n.n-1, 0)
	for at > 1 && n.end[at-1]-n.start[at-1] > 1 && particles.has(n.key(at-1, new([wordRoom]byte))) {
		at--
	}
	return at
}
