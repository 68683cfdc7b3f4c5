package text

import "math/bits"

// Sketch says in 64 bits which characters a string has: two bits per letter (one of it, a second one), one per digit, one
// for a blank, one (foreign) for bytes beyond ASCII. What the bits do not count is surplus, known from the length. Two
// sketches bound the characters that their strings can have in common, and so their Jaro-Winkler similarity.
type Sketch uint64

const (
	sketchSecond  = 26 // first bit of second letters
	sketchDigit   = 52
	sketchBlank   = 62
	sketchForeign = Sketch(1) << 63
)

// SketchOf makes the sketch of a standard form. Letters count in either case: coarser classes keep the bound a bound.
func SketchOf(std []byte) Sketch {
	var s Sketch
	for _, c := range std {
		switch letter := c&^0x20 - 'A'; {
		case c >= 0x80:
			s |= sketchForeign
		case letter < 26:
			one := Sketch(1) << letter
			s |= one | (s&one)<<sketchSecond
		case isDigit(c):
			s |= 1 << (sketchDigit + c - '0')
		case c == ' ':
			s |= 1 << sketchBlank
		}
	}
	return s
}

// boundSlack covers the rounding of the last addition, whose order of sizes floating point does not promise to keep.
const boundSlack = 1e-12

// JaroWinklerBound gives a value that the Jaro-Winkler similarity of two strings never exceeds, from their sketches, their
// lengths in bytes and the length of their common prefix (4 when it is not known; more counts as 4). If it lies below a
// threshold, so does the similarity.
//
// Of a letter that stands ca and cb times, min(ca, cb) can match. The bits give min(min(ca,2), min(cb,2)); what is left is
// at most the smaller of the two surpluses, a surplus being the characters that set no bit.
func JaroWinklerBound(a, b Sketch, la, lb, prefix int) float64 {
	if la == 0 || lb == 0 {
		return 0
	}
	if (a|b)&sketchForeign != 0 {
		return 1
	}
	surplus := min(la-bits.OnesCount64(uint64(a)), lb-bits.OnesCount64(uint64(b)))
	common := bits.OnesCount64(uint64(a&b)) + max(surplus, 0)
	if common == 0 {
		return 0
	}
	d := jaro(min(common, la, lb), 0, la, lb)
	if d > boostAbove {
		d = boost(d, min(prefix, prefixMost)) + boundSlack
	}
	return min(d, 1)
}
