package text

import "encoding/binary"

// everyByte repeats a byte over a word.
const everyByte = 0x0101010101010101

// appendLetters appends one word of 4 to 16 ASCII letters in upper case, eight bytes at a time, and reports whether raw is
// one: most names of most files are, and are in standard form with that. Words overlap in the middle; a byte seen twice is the
// same twice.
func appendLetters(dst, raw []byte) (word []byte, ok bool) {
	n := len(raw)
	switch {
	case n >= 8 && n <= 16:
		low, high := binary.LittleEndian.Uint64(raw), binary.LittleEndian.Uint64(raw[n-8:])
		if !letters(low) || !letters(high) {
			return dst, false
		}
		start := len(dst)
		dst = append(dst, raw...)
		word = dst[start:]
		binary.LittleEndian.PutUint64(word, low&^(everyByte*' '))
		binary.LittleEndian.PutUint64(word[n-8:], high&^(everyByte*' '))
		return dst, true
	case n >= 4 && n < 8:
		low, high := binary.LittleEndian.Uint32(raw), binary.LittleEndian.Uint32(raw[n-4:])
		if !letters(uint64(low) | uint64(high)<<32) {
			return dst, false
		}
		start := len(dst)
		dst = append(dst, raw...)
		word = dst[start:]
		const blanks = everyByte * ' ' & 0xFFFFFFFF
		binary.LittleEndian.PutUint32(word, low&^blanks)
		binary.LittleEndian.PutUint32(word[n-4:], high&^blanks)
		return dst, true
	}
	return dst, false
}

// letters reports whether all eight bytes are letters A to Z or a to z. Adding to bytes below 0x80 carries into no neighbour.
func letters(x uint64) bool {
	const high = everyByte * 0x80
	if x&high != 0 {
		return false
	}
	lower := x | everyByte*' '
	return (lower+everyByte*(0x80-'a'))&^(lower+everyByte*(0x7F-'z'))&high == high
}
