package guess

import "bytes"

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
