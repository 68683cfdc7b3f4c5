package text

import "encoding/binary"

// eightDigits reads eight digits packed in a word, the first in its lowest byte, and reports whether all are digits. Pairs,
// fours and eights are put together with one multiplication each (Muła and Lemire, reading eight digits at a time).
func eightDigits(x uint64) (n uint64, ok bool) {
	const high, zeros = everyByte * 0xF0, everyByte * '0'
	if x&high != zeros || (x+everyByte*6)&high != zeros {
		return 0, false
	}
	x -= zeros
	x = x*10 + x>>8
	const pairs = 0x000000FF000000FF
	return (x&pairs*(100+1_000_000<<32) + x>>16&pairs*(1+10_000<<32)) >> 32, true
}

// bareDigits reads eight or nine digits with nothing between: most SSNs and account numbers.
func bareDigits(raw []byte) (n uint64, ok bool) {
	if len(raw) != 9 && len(raw) != 8 {
		return 0, false
	}
	if n, ok = eightDigits(binary.LittleEndian.Uint64(raw)); !ok || len(raw) == 8 {
		return n, ok
	}
	return n*10 + uint64(raw[8]-'0'), isDigit(raw[8])
}
