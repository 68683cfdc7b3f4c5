package text

import "unicode/utf8"

// foldings lists, for each ASCII spelling, the accented letters of Latin-1 and Latin Extended-A that are written so in
// files without accents; the Vietnamese letters, and a few of Latin Extended-B (Romanian, pinyin), follow the same rule.
// Umlauts lose their dots (MULLER, not MUELLER): that is what American clerks and keyboards do.
var foldings = []struct{ ascii, letters string }{
	{"A", "ÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặ"},
	{"AE", "Ææ"},
	{"C", "ÇçĆćĈĉĊċČč"},
	{"D", "ÐðĎďĐđ"},
	{"E", "ÈÉÊËèéêëĒēĔĕĖėĘęĚěẸẹẺẻẼẽẾếỀềỂểỄễỆệ"},
	{"G", "ĜĝĞğĠġĢģ"},
	{"H", "ĤĥĦħ"},
	{"I", "ÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐỈỉỊị"},
	{"IJ", "Ĳĳ"},
	{"J", "Ĵĵ"},
	{"K", "Ķķĸ"},
	{"L", "ĹĺĻļĽľĿŀŁł"},
	{"N", "ÑñŃńŅņŇňŉŊŋ"},
	{"O", "ÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơǑǒỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợ"},
	{"OE", "Œœ"},
	{"R", "ŔŕŖŗŘř"},
	{"S", "ŚśŜŝŞşŠšſȘș"},
	{"SS", "ßẞ"},
	{"T", "ŢţŤťŦŧȚț"},
	{"TH", "Þþ"},
	{"U", "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔỤụỦủỨứỪừỬửỮữỰự"},
	{"W", "Ŵŵ"},
	{"Y", "ÝýÿŶŷŸỲỳỴỵỶỷỸỹ"},
	{"Z", "ŹźŻżŽž"},
}

// Runes at and above foldEnd have no folding.
const foldEnd = 0x1F00

// foldIndex gives for a rune its place in foldings plus one, 0 for none.
var foldIndex = buildFoldIndex()

func buildFoldIndex() (index [foldEnd]uint8) {
	for i, f := range foldings {
		for _, r := range f.letters {
			index[r] = uint8(i + 1)
		}
	}
	return index
}

// mark says what a character that is no letter does to a word.
type mark uint8

const (
	gap   mark = iota // ends the word
	glue              // is dropped inside the word: apostrophes, combining accents
	alien             // a letter of another script: lost
)

// fold gives the ASCII spelling of a rune beyond ASCII, or "" and what else to do about it.
func fold(r rune) (string, mark) {
	if r < foldEnd {
		if i := foldIndex[r]; i != 0 {
			return foldings[i-1].ascii, gap
		}
	}
	switch {
	case r == '\u2018', r == '\u2019', r == '\u02BC', r == '\u00B4', r == '\u02BB', // quotes written as apostrophes
		r == 0x91, r == 0x92, // the same in Windows-1252
		r >= 0x300 && r <= 0x36F,                    // combining accents of a decomposed text
		r == '\u00AD', r == '\uFEFF', r == '\u200B': // soft hyphen, byte order mark, zero-width blank
		return "", glue
	case r <= 0xBF, r == 0xD7, r == 0xF7, r >= 0x2000 && r <= 0x206F, r == 0x3000:
		return "", gap
	}
	return "", alien
}

// decode reads the next character of raw, bytes that are not UTF-8 as Latin-1.
func decode(raw []byte) (r rune, width int) {
	r, width = utf8.DecodeRune(raw)
	if r == utf8.RuneError && width <= 1 {
		return rune(raw[0]), 1
	}
	return r, width
}
