package text

import "encoding/binary"

// everyByte repeats a byte over a word.
const everyByte = 0x0101010101010101

// appendWord appends one word of 4 to 16 ASCII letters in upper case, eight bytes at a time, and reports whether raw is one, and no
// placeholder resembles it: most names of most files are, and are in standard form and valid with that. Words overlap in the middle; a
// byte seen twice is the same twice.
func appendWord(dst, raw []byte) (std []byte, ok bool) {
	const upper = everyByte * 0xDF // of letters
	n := len(raw)
	if n < 4 || n > 16 || placeholderShapes[ends(raw[0], raw[n-1])]>>n&1 != 0 {
		return dst, false
	}
	if n < 8 {
		low, high := binary.LittleEndian.Uint32(raw), binary.LittleEndian.Uint32(raw[n-4:])
		both := uint64(low) | uint64(high)<<32
		if !letters(both) || oneByte(both&upper) {
			return dst, false
		}
		both &= upper
		dst = append(dst, raw...)
		word := dst[len(dst)-n:]
		binary.LittleEndian.PutUint32(word, uint32(both))
		binary.LittleEndian.PutUint32(word[n-4:], uint32(both>>32))
		return dst, true
	}
	low, high := binary.LittleEndian.Uint64(raw), binary.LittleEndian.Uint64(raw[n-8:])
	if !letters(low) || !letters(high) || oneByte(low&upper) && low&upper == high&upper {
		return dst, false
	}
	dst = append(dst, raw...)
	word := dst[len(dst)-n:]
	binary.LittleEndian.PutUint64(word, low&upper)
	binary.LittleEndian.PutUint64(word[n-8:], high&upper)
	return dst, true
}

// oneByte reports whether all eight bytes are the same.
func oneByte(x uint64) bool { return x == x&0xFF*everyByte }

// letters reports whether all eight bytes are letters A to Z or a to z. Adding to bytes below 0x80 carries into no neighbour.
func letters(x uint64) bool {
	const high = everyByte * 0x80
	if x&high != 0 {
		return false
	}
	lower := x | everyByte*' '
	return (lower+everyByte*(0x80-'a'))&^(lower+everyByte*(0x7F-'z'))&high == high
}
