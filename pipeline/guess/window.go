package guess

import "locatematch/matchers/text"

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
