package matchers

import "locatematch/matchers/text"

// A slip is one digit or letter wrong, missing or too many, or two neighbours exchanged. Two values that are one slip apart
// have a form in common that lacks one character (Mor and Fraenkel 1982, deletion neighbourhoods), so these forms are keys:
// a rule over them finds every value one slip away without looking at the others.

// mostSlips bounds the keys of one name; a slip behind the twelfth letter of a longer one is not looked for.
const mostSlips = 12

// shortestSlip is the least length of a name that makes keys with a letter left out: LEE and LEO are two names.
const shortestSlip = 4

// slips appends the keys of a name or text: itself, and itself without each of its letters. Blanks do not count.
func slips(dst []uint64, std []byte) []uint64 {
	var scratch [maxSlipBytes]byte
	joined := scratch[:0]
	for _, c := range std {
		if c != ' ' && len(joined) < maxSlipBytes {
			joined = append(joined, c)
		}
	}
	if len(joined) == 0 {
		return dst
	}
	dst = append(dst, hashBytes(joined))
	if len(joined) < shortestSlip {
		return dst
	}
	var rest [maxSlipBytes]byte
	for i := range min(len(joined), mostSlips) {
		if i > 0 && joined[i] == joined[i-1] {
			continue // leaves the same letters as the one before
		}
		without := append(append(rest[:0], joined[:i]...), joined[i+1:]...)
		dst = append(dst, hashBytes(without))
	}
	return dst
}

// maxSlipBytes of a text take part; longer ones are cut.
const maxSlipBytes = 64

// slipsOfNumber appends the keys of a number of known length: itself without each of its digits. Two numbers of one length
// are never a digit longer than each other, so the number itself is no key.
func slipsOfNumber(dst []uint64, kind text.Kind, n uint64) []uint64 {
	digits, value := digitsOf(kind, n)
	last := ^uint64(0)
	for i, power := 0, uint64(1); i < digits; i, power = i+1, power*10 {
		without := value/(power*10)*power + value%power
		if without != last {
			dst = append(dst, hashNumber(without*20+uint64(digits))) // a form of nine digits is none of eight
		}
		last = without
	}
	return dst
}
