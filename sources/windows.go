package sources

import (
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// windowsRunes is the character of each byte of windows-1252 as UTF-8; an
// empty one marks the five bytes that the code page leaves undefined.
var windowsRunes = func() (table [256]string) {
	for i := range table {
		switch i {
		case 0x81, 0x8D, 0x8F, 0x90, 0x9D:
		default:
			table[i] = string(charmap.Windows1252.DecodeByte(byte(i)))
		}
	}
	return table
}()

// windowsBytes appends s as windows-1252.
func windowsBytes(dst []byte, s string) ([]byte, error) {
	for _, r := range s {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok || r == utf8.RuneError {
			return dst, fmt.Errorf("%w: not in windows-1252", errText)
		}
		dst = append(dst, b)
	}
	return dst, nil
}

// windowsText appends bytes of windows-1252 as UTF-8.
func windowsText(dst, b []byte) []byte {
	for _, x := range b {
		dst = append(dst, windowsRunes[x]...)
	}
	return dst
}
