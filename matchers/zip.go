package matchers

import (
	"slices"

	"locatematch/matchers/text"
)

// compared is a standard integer as keys, counts and comparisons take it: of a ZIP the five digits alone, since the same
// supplier states the four behind them for one person and leaves them away for the next. plus4 are those four; they are
// evidence in one place, at a level of the address, where leaving them away is none.
func (f *fieldPlan) compared(n uint64) uint64 {
	n, _ = f.split(n)
	return n
}

func (f *fieldPlan) split(n uint64) (compared, plus4 uint64) {
	if f.kind == text.Zip {
		return text.SplitZip(n)
	}
	return n, 0
}

// zipAgreement says how far the ZIPs of two addresses agree.
type zipAgreement uint8

const (
	noZips zipAgreement = iota // a side has none
	otherZips
	sameArea  // the first three digits
	sameZip   // five digits
	samePlus4 // nine
)

// zips compares the record's ZIP with the one of a value set.
func (v *recordField) zips(row []uint32) zipAgreement {
	theirs, behind := text.SplitZip(v.plan.stored(row))
	switch {
	case v.num == 0 || theirs == 0:
		return noZips
	case v.num == theirs && v.plus4 != 0 && v.plus4 == behind:
		return samePlus4
	case v.num == theirs:
		return sameZip
	case v.num/100 == theirs/100:
		return sameArea
	}
	return otherZips
}

// repeats reports whether a row says nothing that an earlier one of its group does not, ZIPs compared by their five digits:
// an address with the four digits behind its ZIP and without is one address, and to choose among two would cost a bit. The
// earlier row takes over four digits that it lacks.
func (b *Builder) repeats(g int, row, earlier []uint32) bool {
	for word := range row {
		if row[word] != earlier[word] && !b.sameZip(g, word, row[word], earlier[word]) {
			return false
		}
	}
	for word := range row {
		if _, plus4 := text.SplitZip(uint64(earlier[word])); row[word] != earlier[word] && plus4 == 0 {
			earlier[word] = row[word]
		}
	}
	return true
}

// sameZip reports whether a word of a group's rows holds ZIPs and both are the same five digits.
func (b *Builder) sameZip(g, word int, x, y uint32) bool {
	zips := slices.ContainsFunc(b.plan.groups[g].fields, func(f int) bool {
		return b.plan.fields[f].word == word && b.plan.fields[f].kind == text.Zip
	})
	a, _ := text.SplitZip(uint64(x))
	c, _ := text.SplitZip(uint64(y))
	return zips && a == c
}
