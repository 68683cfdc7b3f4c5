package guess

import (
	"bytes"
	"math"

	"locatematch/matchers/text"
)

// class is what kind of character a byte is.
type class uint8

const (
	blank class = iota
	digit
	letter
	other
)

func classOf(c byte) class {
	switch {
	case c == ' ' || c == 0:
		return blank
	case c >= '0' && c <= '9':
		return digit
	case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= 0x80:
		return letter
	}
	return other
}

// piece is a stretch of bytes, from inclusive and 0-based to exclusive.
type piece struct{ from, to int }

// The figures by which breaks are found. They were set on the files of the built-in layouts, whose breaks are known, and on rows with
// fields taken out; the law of recall in law_test.go holds them.
const (
	switches   = 0.85 // the share of digits changes by this much from one byte to the next
	startsAt   = 0.5  // share of a byte's values that begin behind two blanks
	fewStarts  = 0.005
	rarely     = 0.2  // share of rows below which a byte between two words may be blank in all by chance
	differs    = 0.01 // share of rows in which one of two digits is blank and the other is not
	plateauMin = 2    // bytes of one fill, on both sides, without which a change of fill is a number growing
)

// position is what all rows have at one byte.
type position struct {
	filled  int
	classes [4]int
	starts  int // filled behind two blanks, or behind the record's first byte
	single  int // filled behind one blank: the next word of the same value
	falls   int // blank where the byte before is not
	rises   int // filled where the byte before is blank
}

func (p *position) share(c class) float64 {
	if p.filled == 0 {
		return 0
	}
	return float64(p.classes[c]) / float64(p.filled)
}

// kind is the class that most values have: a digit, or a letter or mark.
func (p *position) digits() bool { return p.share(digit) >= 0.97 }

// marks tells whether the byte is the mark inside dates and numbers: 1980-02-29.
func (p *position) isMark() bool { return p.share(other) >= 0.9 }

// survey counts classes byte by byte.
func survey(rows [][]byte, from, length int) []position {
	all := make([]position, length)
	for _, row := range rows {
		run := 2 // blanks before the first field
		before := true
		for i := from; i < length; i++ {
			c := blank
			if i < len(row) {
				c = classOf(row[i])
			}
			p := &all[i]
			if c == blank {
				if !before {
					p.falls++
				}
				run++
				before = true
				continue
			}
			p.filled++
			p.classes[c]++
			switch {
			case run >= 2:
				p.starts++
			case run == 1:
				p.single++
			}
			if before {
				p.rises++
			}
			run, before = 0, false
		}
	}
	return all
}

// breaks finds the fields of a fixed record behind its mark:
//
//   - bytes that no row fills part fields;
//   - a field begins where the values turn from letters to digits or back;
//   - text, which stands to the left, begins where values appear behind two blanks and more;
//   - of digits side by side, which are blank in different rows, each is a field; a number that grows to the left is one;
//   - digits that are always there are parted by the dates among them.
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
		list = append(list, partDigits(rows, all, piece{i, end})...)
		i = end
	}
	list = streets(rows, list)
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
	for k := i - 1; before.isMark() && k > start; k-- {
		before = &all[k-1] // the class on the other side of a date's hyphen
	}
	if here.isMark() || float64(here.single) >= startsAt*float64(here.filled) {
		return false
	}
	if math.Abs(before.share(digit)-here.share(digit)) >= switches {
		return true
	}
	if here.digits() && before.digits() {
		return changes(all, start, i, rows)
	}
	return float64(here.starts) >= startsAt*float64(here.filled) && here.starts >= 3 && float64(here.starts) > few
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
	few := differs * float64(len(rows))
	falls, rises := float64(all[i].falls), float64(all[i].rises)
	if i-start < plateauMin || falls <= few && rises <= few {
		return false
	}
	if falls > few && rises > few {
		return true
	}
	if !steady(all, start+1, i, few) {
		return false
	}
	switch i - start {
	case 5, 9:
		return true
	case 8:
		if dates(rows, start, text.CCYYMMDD) || dates(rows, start, text.MMDDCCYY) {
			return true
		}
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

// steady tells whether the bytes from…to-1 are blank in the same rows as the byte before each.
func steady(all []position, from, to int, few float64) bool {
	for k := from; k < to; k++ {
		if k >= len(all) || !all[k].digits() || float64(all[k].falls) > few || float64(all[k].rises) > few || all[k].filled == 0 {
			return false
		}
	}
	return true
}

// partDigits takes the dates out of a run of digits that is always filled: 523456789 and 19800229 without a blank between.
func partDigits(rows [][]byte, all []position, p piece) []piece {
	for i := p.from; i < p.to; i++ {
		if !all[i].digits() {
			return []piece{p}
		}
	}
	if p.to-p.from <= 8 {
		return []piece{p}
	}
	for _, form := range []text.DateForm{text.CCYYMMDD, text.MMDDCCYY} {
		for i := p.from; i+8 <= p.to; i++ {
			if dates(rows, i, form) {
				var list []piece
				if i > p.from {
					list = append(list, partDigits(rows, all, piece{p.from, i})...)
				}
				list = append(list, piece{i, i + 8})
				if i+8 < p.to {
					list = append(list, partDigits(rows, all, piece{i + 8, p.to})...)
				}
				return list
			}
		}
	}
	return []piece{p}
}

// dates tells whether nearly all rows have a date of our times in the eight bytes from i.
func dates(rows [][]byte, i int, form text.DateForm) bool {
	filled, valid := 0, 0
	for _, row := range rows {
		if i+8 > len(row) || classOf(row[i]) == blank {
			continue
		}
		filled++
		if _, num, v := text.Standardise(text.Date, form, nil, row[i:i+8]); v == text.Valid && ourTimes(num) {
			valid++
		}
	}
	return filled >= 3 && valid*100 >= filled*95
}

// ourTimes are the years in which dates of our files lie.
func ourTimes(num uint64) bool { return num >= 1900_00_00 && num < 2100_00_00 }

// streets joins a house number that has one length in all rows with the street behind it.
func streets(rows [][]byte, list []piece) []piece {
	var joined []piece
	for _, p := range list {
		if last := len(joined) - 1; last >= 0 && p.from-joined[last].to <= 1 && joined[last].to-joined[last].from <= 6 {
			whole := newEvidence()
			for _, row := range rows[:min(len(rows), 500)] {
				whole.add(bytes.Trim(row[min(joined[last].from, len(row)):min(p.to, len(row))], " "))
			}
			if whole.share(whole.street) >= 0.8 {
				joined[last].to = p.to
				continue
			}
		}
		joined = append(joined, p)
	}
	return joined
}

// stretch lets text run up to the next field.
func stretch(list []piece, all []position, length int) {
	for k := range list {
		next := length
		if k+1 < len(list) {
			next = list[k+1].from
		}
		last := &all[list[k].to-1]
		if !last.digits() || last.falls > 0 || list[k].to < length && all[list[k].to].falls > 0 && varies(all, list[k]) {
			list[k].to = next
		}
	}
}

// varies tells whether a run of digits ends at different bytes: a number that stands to the left and may be longer tomorrow.
func varies(all []position, p piece) bool {
	for i := p.from + 1; i < p.to; i++ {
		if all[i].falls > 0 {
			return true
		}
	}
	return false
}
