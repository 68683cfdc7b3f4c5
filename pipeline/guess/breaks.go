package guess

import (
	"math"

	"locatematch/matchers/text"
)

// piece is a stretch of bytes, from inclusive and 0-based to exclusive.
type piece struct{ from, to int }

// The figures by which breaks are found. They were set on files of the built-in layouts and on drawn layouts, whose breaks are known;
// law_test.go and unseen_test.go hold what they find.
const (
	switches   = 0.85 // the share of digits changes by this much from one byte to the next
	startsAt   = 0.5  // share of a byte's values that begin behind two blanks
	fewStarts  = 0.005
	rarely     = 0.2   // share of rows below which a byte between two words may be blank in all by chance
	differs    = 0.01  // share of rows in which one of two digits is blank and the other is not
	hardly     = 0.002 // the same, where what stands before has the make of a ZIP, an SSN or a date
	slips      = 0.02  // of such a number: rows in which digits are missing
	plateauMin = 2     // bytes of one fill, on both sides, without which a change of fill is a number growing
)

// breaks finds the fields of a fixed record behind its mark:
//
//   - bytes that no row fills part fields;
//   - a field begins where the values turn from letters to digits or back;
//   - text, which stands to the left, begins where values appear behind two blanks and more;
//   - of digits side by side, which are blank in different rows, each is a field; a number that grows to the left is one;
//   - where no blank ever parts fields, the dates and states among them do.
//
// A field of text runs up to the next one: what no row has filled may be filled tomorrow.
func breaks(rows [][]byte, from, length int) []piece {
	all := survey(rows, from, length)
	var list []piece
	for i := from; i < length; {
		if all[i].filled == 0 {
			i++
			continue
		}
		end := i + 1
		for end < length && !begins(all, i, end, rows) {
			end++
		}
		list = append(list, part(rows, all, piece{i, end})...)
		i = end
	}
	list = join(rows, list)
	stretch(list, all, length)
	return list
}

// begins tells whether a field begins at byte i, or the one at hand, which began at start, ends there.
func begins(all []position, start, i int, rows [][]byte) bool {
	before, here := &all[i-1], &all[i]
	few := fewStarts * float64(len(rows))
	if here.filled == 0 {
		return !byChance(all, i, len(rows))
	}
	if before.filled == 0 {
		return false // by chance: see above
	}
	if here.isMark() && here.byte == '(' && !here.varied {
		return true // (513) 555-0123 begins here
	}
	if here.isMark() || float64(here.single) >= startsAt*float64(here.filled) {
		return false
	}
	for k := i - 1; before.isMark(); k-- {
		if k == start {
			return false // a value may begin with marks: (513) 555-0123
		}
		before = &all[k-1] // the class on the other side of a date's hyphen
	}
	if math.Abs(before.share(digit)-here.share(digit)) >= switches {
		return !prefix(all, start, i)
	}
	if here.digits() && before.digits() {
		return changes(all, start, i, rows)
	}
	return float64(here.starts) >= startsAt*float64(here.filled) && here.starts >= 3 && float64(here.starts) > few
}

// prefix tells whether the bytes from start to i are the constant letters that a supplier puts before its numbers: C00000146.
func prefix(all []position, start, i int) bool {
	for k := start; k < i; k++ {
		if all[k].varied || all[k].filled != all[i].filled {
			return false
		}
	}
	return i-start <= mostMark && all[i].digits()
}

// byChance tells whether a byte that no row fills is the blank between two words of long values, which few rows have.
func byChance(all []position, i, rows int) bool {
	if i+1 >= len(all) || all[i+1].filled == 0 {
		return false
	}
	return float64(all[i-1].filled) < rarely*float64(rows) && float64(all[i+1].starts) < startsAt*float64(all[i+1].filled)
}

// changes tells whether two digits side by side belong to two fields: they are blank in different rows. Where one is blank only when
// the other is, it may be a number growing to the left or right, unless what stands before has the make of a ZIP, an SSN or a date, or
// both sides keep their fill.
func changes(all []position, start, i int, rows [][]byte) bool {
	n := float64(len(rows))
	falls, rises := float64(all[i].falls), float64(all[i].rises)
	if i-start < plateauMin || falls+rises <= max(2, hardly*n) {
		return false
	}
	few := differs * n
	if falls > few && rises > few || rises > few && fallen(all, start, i, few) {
		return true
	}
	if steady(all, start+1, i, slips*n) && wholeNumber(rows, start, i) {
		return true
	}
	if falls <= few && rises <= few || !steady(all, start+1, i, few) {
		return false
	}
	right := 1
	for steady(all, i+right, i+right+1, few) {
		right++
	}
	switch right {
	case 9:
		return true
	case 8:
		return dates(rows, i, text.CCYYMMDD) || dates(rows, i, text.MMDDCCYY)
	}
	return rises > few && right >= plateauMin
}

// fallen tells whether digits from start to i end at different bytes, as those that stand to the left do: what rises behind them is
// another field.
func fallen(all []position, start, i int, few float64) bool {
	fell := false
	for k := start + 1; k < i; k++ {
		if float64(all[k].rises) > few {
			return false
		}
		fell = fell || float64(all[k].falls) > few
	}
	return fell
}

// wholeNumber tells whether the digits from start to i have the length of a ZIP or an SSN, or are dates.
func wholeNumber(rows [][]byte, start, i int) bool {
	switch i - start {
	case 5, 9:
		return true
	case 8:
		return dates(rows, start, text.CCYYMMDD) || dates(rows, start, text.MMDDCCYY)
	}
	return false
}

// steady tells whether the bytes from…to-1 are blank in the same rows as the byte before each.
func steady(all []position, from, to int, few float64) bool {
	for k := from; k < to; k++ {
		if k >= len(all) || !all[k].digits() || float64(all[k].falls) > few || float64(all[k].rises) > few || all[k].filled == 0 {
			return false
		}
	}
	return true
}
