package sources

import (
	"fmt"
	"slices"
	"unicode"

	"golang.org/x/text/encoding/charmap"

	"locatematch/sources/person"
)

// page is a single-byte code page that is no superset of ASCII, or that is read
// with more patience than ASCII. Text in it is decoded value by value, by a
// look-up per byte.
type page struct {
	blank byte
	ascii [256]byte   // the character of each byte where it is printable ASCII, else notASCII
	text  [256]string // the character of each byte as UTF-8; "" for a stray, which has none
	bytes map[rune]byte
}

// notASCII marks in page.ascii what the quick way cannot decode.
const notASCII = 0x80

// pages are the code pages by the layout's word for them.
var pages = map[string]*page{
	EBCDIC037:  ebcdicPage(charmap.CodePage037),
	EBCDIC1047: ebcdicPage(charmap.CodePage1047),
	Strays:     strayPage(),
}

// ebcdicPage takes a table of IBM's apart. Control codes stand for no text: in
// a record of fixed length they are what other programs left there.
func ebcdicPage(table *charmap.Charmap) *page {
	p := new(page)
	for i := range 256 {
		if r := table.DecodeByte(byte(i)); !unicode.IsControl(r) && r != unicode.ReplacementChar {
			p.text[i] = string(r)
		}
	}
	return p.finish()
}

// strayPage is printable ASCII. Whatever else stands in such a file was left
// there by a conversion from EBCDIC that went by the wrong table.
func strayPage() *page {
	p := new(page)
	for i := ' '; i <= '~'; i++ {
		p.text[i] = string(i)
	}
	return p.finish()
}

func (p *page) finish() *page {
	p.bytes = map[rune]byte{}
	for i, s := range p.text {
		p.ascii[i] = notASCII
		if len(s) == 1 {
			p.ascii[i] = s[0]
		}
		for _, r := range s {
			p.bytes[r] = byte(i)
		}
	}
	p.blank = p.bytes[' ']
	return p
}

// decode puts the text of b behind the rows' data and returns where it lies and
// how many strays it had; they became blanks.
func (p *page) decode(rows *person.Rows, b []byte) (at person.Span, strays int) {
	start := uint32(len(rows.Data))
	room := rows.Extend(len(b))
	var seen byte
	for i, x := range b {
		c := p.ascii[x]
		room[i] = c
		seen |= c
	}
	if seen < notASCII {
		return person.Span{Start: start, End: start + uint32(len(b))}, 0
	}
	rows.Data = rows.Data[:start]
	if unset(b) {
		return person.Span{Start: start, End: start}, 0
	}
	var buf [256]byte
	text, strays := p.appendText(buf[:0], b)
	return rows.Append(text), strays
}

// asciiWord is the look-up of eight bytes in ascii.
func (p *page) asciiWord(x uint64) uint64 {
	t := &p.ascii
	return uint64(t[byte(x)]) | uint64(t[byte(x>>8)])<<8 | uint64(t[byte(x>>16)])<<16 | uint64(t[byte(x>>24)])<<24 |
		uint64(t[byte(x>>32)])<<32 | uint64(t[byte(x>>40)])<<40 | uint64(t[byte(x>>48)])<<48 | uint64(t[x>>56])<<56
}

// appendText appends the text of b.
func (p *page) appendText(dst, b []byte) (text []byte, strays int) {
	for _, x := range b {
		s := p.text[x]
		if s == "" {
			s = " "
			strays++
		}
		dst = append(dst, s...)
	}
	return dst, strays
}

// unset tells whether b is LOW-VALUES or HIGH-VALUES, which COBOL programs
// leave in fields that nothing was moved to.
func unset(b []byte) bool {
	if len(b) == 0 || b[0] != 0 && b[0] != 0xFF {
		return false
	}
	return !slices.ContainsFunc(b, func(x byte) bool { return x != b[0] })
}

// appendBytes appends s in the code page.
func (p *page) appendBytes(dst []byte, s string) ([]byte, error) {
	for _, r := range s {
		b, ok := p.bytes[r]
		if !ok {
			return dst, fmt.Errorf("%w: a character that the code page does not have", errText)
		}
		dst = append(dst, b)
	}
	return dst, nil
}

// ebcdic tells whether the layout's text is in an EBCDIC code page.
func (l *Layout) ebcdic() bool { return l.Encoding == EBCDIC037 || l.Encoding == EBCDIC1047 }
