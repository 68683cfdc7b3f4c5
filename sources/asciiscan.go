package sources

import "encoding/binary"

const highBits = 0x8080808080808080

// asciiOnly tells whether no byte has its high bit set, 32 bytes at a time.
func asciiOnly(b []byte) bool {
	for len(b) >= 32 {
		x := binary.LittleEndian.Uint64(b) | binary.LittleEndian.Uint64(b[8:]) |
			binary.LittleEndian.Uint64(b[16:]) | binary.LittleEndian.Uint64(b[24:])
		if x&highBits != 0 {
			return false
		}
		b = b[32:]
	}
	for _, x := range b {
		if x >= 0x80 {
			return false
		}
	}
	return true
}
