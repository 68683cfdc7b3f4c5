package guess

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
