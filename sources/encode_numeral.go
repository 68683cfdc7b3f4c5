package sources

import (
	"fmt"
	"strings"
)

// encode writes the number s into room, which is blank. Digits beyond the
// decimals of the field, or beyond its digits, are an error: a number is never
// cut.
func (n *numeral) encode(room []byte, s string) error {
	g, err := n.parse(s)
	if err != nil {
		return err
	}
	width := len(room)
	if n.way == Packed {
		width = 2*len(room) - 1
	}
	digits := make([]byte, 0, 2*maxNumberWidth)
	for range width - g.n {
		digits = append(digits, 0)
	}
	digits = append(digits, g.digit[:g.n]...)
	switch n.way {
	case Packed:
		pack(room, digits, g.negative)
	case Zoned:
		n.zone(room, digits, g.negative)
	default:
		return n.punch(room, digits, g.negative)
	}
	return nil
}

// figures are a number's digits as bytes 0 to 9.
type figures struct {
	digit    [2 * maxNumberWidth]byte
	n        int
	negative bool
}

func (g *figures) add(d byte) bool {
	g.digit[g.n] = d
	g.n++
	return d <= 9
}

// parse takes a number's text apart: a sign, digits, a point and decimals.
func (n *numeral) parse(s string) (*figures, error) {
	g := new(figures)
	rest, negative := strings.CutPrefix(s, "-")
	g.negative = negative
	whole, part, _ := strings.Cut(rest, ".")
	if len(part) > n.decimals {
		return nil, fmt.Errorf("%w: more than %d decimals", errText, n.decimals)
	}
	part += strings.Repeat("0", n.decimals-len(part))
	all := whole + part
	if excess := len(all) - n.digits; excess > 0 && strings.Trim(all[:excess], "0") == "" {
		all = all[excess:]
	}
	if len(all) > n.digits {
		return nil, fmt.Errorf("%w: %d digits do not fit %d", errText, len(all), n.digits)
	}
	for i := range len(all) {
		if !g.add(all[i] - '0') {
			return nil, fmt.Errorf("%w: not a number", errText)
		}
	}
	return g, nil
}

func pack(room, digits []byte, negative bool) {
	sign := byte(0x0C)
	if negative {
		sign = 0x0D
	}
	digits = append(digits, sign)
	for i := range room {
		room[i] = digits[2*i]<<4 | digits[2*i+1]
	}
}

func (n *numeral) zone(room, digits []byte, negative bool) {
	plain, plus, minus := byte(0x30), byte(0x30), byte(0x70)
	if n.ebcdic {
		plain, plus, minus = 0xF0, 0xC0, 0xD0
	}
	for i, d := range digits {
		room[i] = plain | d
	}
	last := len(room) - 1
	room[last] = plus | digits[last]
	if negative {
		room[last] = minus | digits[last]
	}
}

func (n *numeral) punch(room, digits []byte, negative bool) error {
	text := make([]byte, len(digits))
	for i, d := range digits {
		text[i] = '0' + d
	}
	last := len(text) - 1
	text[last] = plusDigits[digits[last]]
	if negative {
		text[last] = minusDigits[digits[last]]
	}
	if n.page == nil {
		copy(room, text)
		return nil
	}
	encoded, err := n.page.appendBytes(nil, string(text))
	copy(room, encoded)
	return err
}
