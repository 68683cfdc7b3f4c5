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
	rarely     = 0.2   // share of rows below which a byte between two words may be blank in all by chance
	differs    = 0.01  // share of rows in which one of two digits is blank and the other is not
	hardly     = 0.002 // the same, where what stands before has the make of a ZIP, an SSN or a date
	slips      = 0.02  // of such a number: rows in which digits are missing
	plateauMin = 2     // bytes of one fill, on both sides, without which a change of fill is a number growing
)

// position is what all rows have at one byte.
type position struct {
	filled  int
	classes [4]int
	starts  int  // filled behind two blanks, or behind the record's first byte
	single  int  // filled behind one blank: the next word of the same value
	byte    byte // of the first row that fills it
	varied  bool // another row has another byte
	falls   int  // blank where the byte before is not
	rises   int  // filled where the byte before is blank
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
			if p.filled == 0 {
				p.byte = row[i]
			}
			p.varied = p.varied || row[i] != p.byte
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

// window is a stretch of bytes whose make is so sharp that it is known wherever it stands: a date, a state.
type window struct {
	width int
	kind  text.Kind
	form  text.DateForm
	marks string // what stands at each byte: 9 a digit, A a letter, marks themselves
}

var windows = []window{
	{10, text.Date, text.MMDDCCYY, "99/99/9999"}, {10, text.Date, text.CCYYMMDD, "9999-99-99"},
	{8, text.Date, text.CCYYMMDD, "99999999"}, {8, text.Date, text.MMDDCCYY, "99999999"},
	{2, text.State, 0, "AA"},
}

// part takes dates and states out of a piece in which nothing is blank between them and their neighbours: 52345678919800229, OH57 ELM ST.
func part(rows [][]byte, all []position, p piece) []piece {
	for i := p.from; i < p.to; i++ {
		for _, w := range windows {
			if i+w.width > p.to || w.width == p.to-p.from || !w.fits(all, i) || w.kind == text.State && !codes(all, p.from, i) || !w.valid(rows, i) {
				continue
			}
			var list []piece
			if i > p.from {
				list = append(list, piece{p.from, i})
			}
			list = append(list, piece{i, i + w.width})
			if i+w.width < p.to {
				list = append(list, part(rows, all, piece{i + w.width, p.to})...)
			}
			return list
		}
	}
	return []piece{p}
}

// fits tells whether the bytes from i have the window's make.
func (w *window) fits(all []position, i int) bool {
	for k := range w.width {
		at := &all[i+k]
		switch c := w.marks[k]; {
		case c == '9' && !at.digits(), c == 'A' && at.share(letter) < 0.97, c != '9' && c != 'A' && !at.isMark(), at.filled == 0:
			return false
		}
	}
	return true
}

// valid tells whether nearly all rows that fill the window have a value of its kind there, dates of our times.
func (w *window) valid(rows [][]byte, i int) bool {
	filled, valid := 0, 0
	var room [text.Limit]byte
	for _, row := range rows[:min(len(rows), 1000)] {
		if i+w.width > len(row) || classOf(row[i]) == blank {
			continue
		}
		filled++
		_, num, v := text.Standardise(w.kind, w.form, room[:0], row[i:i+w.width])
		if v == text.Placeholder || v == text.Valid && (w.kind != text.Date || ourTimes(num)) {
			valid++
		}
	}
	least := 3
	if w.kind == text.State {
		least = 20 // two letters are a state by chance more easily
	}
	return filled >= least && valid*100 >= filled*95
}

// codes tells whether the bytes from start to i are codes of a few letters that every row has: a state may stand behind them.
func codes(all []position, start, i int) bool {
	for k := start + 1; k < i; k++ {
		if all[k].falls > 0 || all[k].rises > 0 {
			return false
		}
	}
	return i-start <= mostMark
}

// dates tells whether nearly all rows have a date of our times in the eight bytes from i.
func dates(rows [][]byte, i int, form text.DateForm) bool {
	w := window{8, text.Date, form, ""}
	return w.valid(rows, i)
}

// ourTimes are the years in which dates of our files lie.
func ourTimes(num uint64) bool { return num >= 1900_00_00 && num < 2100_00_00 }

// join puts together what one blank in all rows has parted: a house number of one length and its street, (513) and 555-0223.
func join(rows [][]byte, list []piece) []piece {
	var joined []piece
	for _, p := range list {
		if last := len(joined) - 1; last >= 0 && p.from-joined[last].to <= 1 && joined[last].to-joined[last].from <= 6 {
			whole := newEvidence()
			for _, row := range rows[:min(len(rows), 500)] {
				whole.add(bytes.Trim(row[min(joined[last].from, len(row)):min(p.to, len(row))], " "))
			}
			if whole.share(whole.phone) >= 0.9 || whole.share(whole.street) >= 0.8 && number(rows, joined[last]) {
				joined[last].to = p.to
				continue
			}
		}
		joined = append(joined, p)
	}
	return joined
}

// number tells whether a piece is digits in every row.
func number(rows [][]byte, p piece) bool {
	for _, row := range rows[:min(len(rows), 100)] {
		for i := p.from; i < min(p.to, len(row)); i++ {
			if c := classOf(row[i]); c != digit && c != blank {
				return false
			}
		}
	}
	return true
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
