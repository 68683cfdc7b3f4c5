package matchers

import (
	"bytes"

	"locatematch/matchers/text"
)

// Levels of a given name, best first; then the last one, different. givenMiddle is only where a middle name is compared.
const (
	givenExact = iota + 1
	givenNickname
	givenInitial
	givenTruncated
	givenNear
	givenClose
	givenMiddle
)

// Similarities (Jaro-Winkler) of near and close names.
const (
	nearName  = .92
	closeName = .85
)

// shortest letters of a given name that a longer one may begin with to count as cut off.
const shortestGiven = 3

// given compares two given names. Two equal initials are only an initial's worth of evidence.
func (v *recordField) given(p *comparisonPlan, known *memo, code uint32) uint8 {
	ours, theirs := v.name, &v.column.names[code]
	switch {
	case ours.size == 1 || theirs.size == 1:
		if ours.letter == theirs.letter {
			return givenInitial
		}
		return p.last
	case v.code == code || ours.joined == theirs.joined:
		return givenExact
	}
	kin := ours.nick != 0 && ours.nick == theirs.nick
	if !kin && !mayBegin(ours, theirs) && v.bound(theirs) < closeName {
		return p.last
	}
	if level, ok := known.get(v.code, code); ok {
		return level
	}
	level := v.givenLevel(p, code, kin)
	known.put(v.code, code, level)
	return level
}

// mayBegin is false only where neither name can begin the other: their first letters differ, or each has a letter that the
// other lacks.
func mayBegin(a, b *nameTraits) bool {
	both := a.sketch & b.sketch
	return a.letter == b.letter && (both == a.sketch || both == b.sketch)
}

func (v *recordField) givenLevel(p *comparisonPlan, code uint32, kin bool) uint8 {
	theirs := v.column.value(code)
	if kin && text.Nicknames(v.std, theirs) {
		return givenNickname
	}
	short, long := v.std, theirs
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) >= shortestGiven && bytes.HasPrefix(long, short) {
		return givenTruncated
	}
	switch similarity := v.jaroWinkler(code); {
	case similarity >= nearName:
		return givenNear
	case similarity >= closeName:
		return givenClose
	}
	return p.last
}

// byMiddle reports whether one side goes by the other's middle name.
func (r *record) byMiddle(p *comparisonPlan, row []uint32) bool {
	given, middle := &r.fields[p.a], &r.fields[p.b]
	theirGiven, theirMiddle := row[given.plan.word], row[middle.plan.word]
	return theirMiddle != 0 && given.same(&middle.column.names[theirMiddle]) ||
		middle.code != 0 && middle.same(&given.column.names[theirGiven])
}

// same reports whether a value of more than a letter is another field's value.
func (v *recordField) same(theirs *nameTraits) bool {
	return v.name.size > 1 && v.name.joined == theirs.joined
}

// Levels of a family name, best first.
const (
	familyExact = iota + 1
	familyTruncated
	familyPart
	familyNear
	familyClose
	familySound
	familyDifferent
)

// shortestCut letters: the narrowest field that cuts family names in these files holds ten.
const shortestCut = 10

// family compares two family names. The space of a double surname does not count.
func (v *recordField) family(known *memo, code uint32) uint8 {
	ours, theirs := v.name, &v.column.names[code]
	if v.code == code || ours.joined == theirs.joined {
		return familyExact
	}
	sound := ours.sound != 0 && ours.sound == theirs.sound
	double := ours.double || theirs.double
	long := min(ours.size, theirs.size) >= shortestCut && mayBegin(ours, theirs)
	if !double && !long && v.bound(theirs) < closeName {
		if sound {
			return familySound
		}
		return familyDifferent
	}
	if level, ok := known.get(v.code, code); ok {
		return level
	}
	level := v.familyLevel(code, sound)
	known.put(v.code, code, level)
	return level
}

func (v *recordField) familyLevel(code uint32, sound bool) uint8 {
	theirs := v.column.value(code)
	if cutOff(v.std, theirs) {
		return familyTruncated
	}
	if shareSurname(v.std, theirs) {
		return familyPart
	}
	switch similarity := v.jaroWinkler(code); {
	case similarity >= nearName:
		return familyNear
	case similarity >= closeName:
		return familyClose
	case sound:
		return familySound
	}
	return familyDifferent
}

// cutOff reports whether the shorter name, of ten letters and more, begins the longer one, spaces aside.
func cutOff(a, b []byte) bool {
	letters := 0
	for i, j := 0, 0; ; i, j = i+1, j+1 {
		for i < len(a) && a[i] == ' ' {
			i++
		}
		for j < len(b) && b[j] == ' ' {
			j++
		}
		if i == len(a) || j == len(b) {
			return letters >= shortestCut
		}
		if a[i] != b[j] {
			return false
		}
		letters++
	}
}

// shareSurname reports whether a whole part of a double surname is the other name, or one of its parts.
func shareSurname(a, b []byte) bool {
	if bytes.IndexByte(a, ' ') < 0 && bytes.IndexByte(b, ' ') < 0 {
		return false
	}
	for len(a) > 0 {
		part, rest, _ := bytes.Cut(a, []byte{' '})
		if len(part) > 1 && hasWord(b, part) {
			return true
		}
		a = rest
	}
	return false
}

func hasWord(words, word []byte) bool {
	for len(words) > 0 {
		first, rest, _ := bytes.Cut(words, []byte{' '})
		if bytes.Equal(first, word) {
			return true
		}
		words = rest
	}
	return false
}

// Levels of a middle name, best first.
const (
	middleExact = iota + 1
	middleInitial
	middleDifferent
)

// middle compares middle names: equal ones of more than a letter, an initial that fits (or a beginning, or a slip), or not.
func (v *recordField) middle(known *memo, code uint32) uint8 {
	ours, theirs := v.name, &v.column.names[code]
	switch {
	case ours.letter != theirs.letter:
		return middleDifferent
	case ours.size == 1 || theirs.size == 1:
		return middleInitial
	case v.code == code || ours.joined == theirs.joined:
		return middleExact
	}
	if level, ok := known.get(v.code, code); ok {
		return level
	}
	level := uint8(middleDifferent)
	other := v.column.value(code)
	if bytes.HasPrefix(v.std, other) || bytes.HasPrefix(other, v.std) || v.jaroWinkler(code) >= closeName {
		level = middleInitial
	}
	known.put(v.code, code, level)
	return level
}

// Levels of exchanged names.
const (
	crossedExact = iota + 1
	crossedNear
	crossedAlone
)

// crossed compares given with family name and family with given. It is evidence only where both agree, one at least
// exactly, or where one agrees and a side lacks what the other would be compared with; 0 otherwise, so that names in their
// right places never count against anybody here.
func (r *record) crossed(p *comparisonPlan, row []uint32) uint8 {
	a, b := &r.fields[p.a], &r.fields[p.b]
	codeA, codeB := row[a.plan.word], row[b.plan.word]
	theirA, theirB := &a.column.names[codeA], &b.column.names[codeB]
	first := a.code != 0 && codeB != 0 && a.same(theirB)
	second := b.code != 0 && codeA != 0 && b.same(theirA)
	switch {
	case !first && !second:
		return 0
	case first && second:
		return crossedExact
	case a.code == 0 || b.code == 0 || codeA == 0 || codeB == 0:
		return crossedAlone
	case first && b.nearly(theirA, a.column.value(codeA)), second && a.nearly(theirB, b.column.value(codeB)):
		return crossedNear
	}
	return 0
}

// nearly reports whether a value is near one of another field's.
func (v *recordField) nearly(theirs *nameTraits, value []byte) bool {
	if v.name.size == 1 || theirs.size == 1 || v.bound(theirs) < nearName {
		return false
	}
	if !v.needled {
		v.needle.Set(v.std)
		v.needled = true
	}
	return v.needle.JaroWinkler(value) >= nearName
}
