package synth

import "strings"

// written is a name as one record has it.
type written struct {
	given, middle, family, suffix string
	traps                         trapSet
}

// manner is how a kind of record writes names.
type manner struct {
	nickname float64 // of those whose name has a short form
	typo     float64 // factor on the keying errors
	dressed  bool    // apostrophes and blanks may stand in surnames; else blanks vanish
	suffix   bool    // there is a place for JR and SR
	stray    float64 // of those who have one: it stands behind the surname all the same
}

// write draws one record's version of a name.
func (p *person) write(s *stream, m manner) written {
	n := written{given: p.given, middle: p.middle}
	n.writeGiven(s, p, m)
	n.writeMiddle(s)
	n.family = p.writeFamily(s, m, &n.traps)
	if s.chance(rateTypoGiven * m.typo) {
		n.given = mistype(s, n.given)
		n.traps.add(MisspeltName)
	}
	if s.chance(rateTypoFamily * m.typo) {
		n.family = mistype(s, n.family)
		n.traps.add(MisspeltName)
	}
	if s.chance(rateSwapped * m.typo) {
		n.given, n.family = n.family, n.given
		n.traps.add(SwappedNames)
	}
	n.narrow(s)
	stray := s.chance(m.stray)
	switch {
	case m.suffix && s.chance(0.75):
		n.suffix = p.suffix
	case !m.suffix && stray && p.suffix != "":
		n.family += " " + p.suffix
		n.traps.add(StraySuffix)
	}
	return n
}

// Widths of an older system's name fields, behind which names were cut before they came into this file.
const (
	narrowGiven  = 9
	narrowFamily = 11
)

func (n *written) narrow(s *stream) {
	if !s.chance(rateNarrow) {
		return
	}
	n.traps.addIf(len(n.given) > narrowGiven || len(n.family) > narrowFamily, CutName)
	n.given = n.given[:min(len(n.given), narrowGiven)]
	n.family = n.family[:min(len(n.family), narrowFamily)]
}

func (n *written) writeGiven(s *stream, p *person, m manner) {
	short := nicknames[p.given]
	nick, initial, middle := s.chance(m.nickname), s.chance(rateInitial*m.typo), s.chance(rateMiddleFirst)
	pick := s.below(max(1, len(short)))
	switch {
	case nick && len(short) > 0:
		n.given = short[pick]
		n.traps.add(Nickname)
	case middle && p.middle != "":
		n.given, n.middle = p.middle, ""
		n.traps.add(MiddleAsGiven)
	case initial:
		n.given = p.given[:1]
		n.traps.add(InitialOnly)
	}
}

func (n *written) writeMiddle(s *stream) {
	how := s.pick(middleFull, middleInitial, middleBlank)
	switch {
	case n.middle == "" || how == 2:
		n.middle = ""
	case how == 1:
		n.middle = n.middle[:1]
	}
}

// writeFamily writes one or both surnames.
func (p *person) writeFamily(s *stream, m manner, traps *trapSet) string {
	other, way, dressed := s.chance(rateMaiden), s.pick(writeBoth, writeHyphen, writeJoined, writeFirst, writeSecond), s.chance(rateDress)
	first := p.family.text
	switch {
	case other && p.other != nil:
		traps.add(OtherSurname)
		return p.other.text
	case p.second != nil && p.hyphen:
		return p.writeHyphenated(way, traps)
	case p.second != nil && way == 0 && !m.dressed:
		return p.writeTwo(2, traps)
	case p.second != nil:
		return p.writeTwo(way, traps)
	case m.dressed && dressed && p.family.dressed != "":
		traps.add(DressedName)
		return p.family.dressed
	}
	return first
}

// writeHyphenated writes the surnames of a married woman who kept hers: mostly with the hyphen.
func (p *person) writeHyphenated(way int, traps *trapSet) string {
	traps.add(Hyphenated)
	switch way {
	case 2:
		traps.add(JoinedSurname)
		return p.family.text + p.second.text
	case 4:
		return p.second.text
	}
	return p.family.text + "-" + p.second.text
}

// writeTwo writes two Hispanic surnames in the ways that files have them.
func (p *person) writeTwo(way int, traps *trapSet) string {
	if way == 3 {
		return p.family.text
	}
	traps.add(TwoSurnames)
	switch way {
	case 0:
		return p.family.text + " " + p.second.text
	case 1:
		return p.family.text + "-" + p.second.text
	case 2:
		traps.add(JoinedSurname)
		return p.family.text + p.second.text
	}
	return p.second.text
}

// keyboard lists, for A to Z, the keys beside each.
var keyboard = [26]string{"SQZ", "VNG", "XVD", "SFE", "WRD", "DGR", "FHT", "GJY", "UOK", "HKU", "JLI", "KO", "NK",
	"BMH", "IPL", "OL", "WA", "ETF", "ADW", "RYG", "YIJ", "CBF", "QES", "ZCS", "TUH", "XAS"}

// mistype makes one keying error: a letter lost, doubled, swapped with the next, hit beside, or heard wrong.
func mistype(s *stream, text string) string {
	if len(text) < 3 {
		return text
	}
	at := 1 + s.below(len(text)-2) // the first letter is seldom wrong
	kind := s.below(5)
	b := []byte(text)
	switch kind {
	case 0:
		return text[:at] + text[at+1:]
	case 1:
		return text[:at] + text[at:at+1] + text[at:]
	case 2:
		if b[at] != b[at+1] {
			b[at], b[at+1] = b[at+1], b[at]
			return string(b)
		}
	case 3:
		for _, sound := range soundAlikes {
			if i := strings.Index(text, sound[0]); i > 0 {
				return text[:i] + sound[1] + text[i+len(sound[0]):]
			}
		}
	}
	if c := b[at]; c >= 'A' && c <= 'Z' {
		near := keyboard[c-'A']
		b[at] = near[s.below(len(near))]
	}
	return string(b)
}

var soundAlikes = [][2]string{{"PH", "F"}, {"CK", "K"}, {"IE", "EI"}, {"EY", "Y"}, {"SEN", "SON"}, {"LL", "L"}, {"NN", "N"}, {"TT", "T"}, {"Y", "I"}, {"EE", "EA"}, {"C", "K"}, {"S", "Z"}, {"A", "E"}}

// writeNumber draws one record's version of a nine-digit number: right, or wrong in one of the usual ways. A wrong one
// is nobody else's.
func (w *world) writeNumber(s *stream, number uint32, factor float64, traps *trapSet) string {
	transposed, mistyped := s.chance(rateSSNTransposed*factor), s.chance(rateSSNMistyped*factor)
	dummy, letters := s.chance(rateSSNDummy*factor), s.chance(rateSSNLetters*factor)
	switch {
	case transposed:
		number = w.wrongNumber(s, number, transposeDigits)
		traps.add(TransposedSSN)
	case mistyped:
		number = w.wrongNumber(s, number, changeDigit)
		traps.add(MistypedSSN)
	case dummy:
		number = dummyNumbers[s.below(len(dummyNumbers))]
		traps.add(DummySSN)
	case letters:
		traps.add(BrokenSSN)
		text := []byte(nineDigits(number))
		text[s.between(1, 8)] = "OIl"[s.below(2)]
		return string(text)
	}
	return nineDigits(number)
}

// wrongNumber spoils a number until it is another, and nobody's.
func (w *world) wrongNumber(s *stream, number uint32, spoil func(*stream, uint32) uint32) uint32 {
	for range 64 {
		if wrong := spoil(s, number); wrong != number && !w.numbers.taken(wrong) {
			return wrong
		}
	}
	return number
}

var powersOfTen = [9]uint32{1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000}

func transposeDigits(s *stream, number uint32) uint32 {
	at := powersOfTen[s.below(8)]
	low, high := number/at%10, number/at/10%10
	return number - low*at - high*at*10 + high*at + low*at*10
}

func changeDigit(s *stream, number uint32) uint32 {
	at := powersOfTen[s.below(9)]
	was := number / at % 10
	return number - was*at + uint32(s.below(10))*at
}

func nineDigits(number uint32) string { return string(appendDigits(nil, int(number), 9)) }

// writeDate draws one record's version of a birth date.
func writeDate(s *stream, born day, traps *trapSet) date {
	d := born.date()
	transposed, mistyped, swapped := s.chance(rateDateTransposed), s.chance(rateDateMistyped), s.chance(rateDaySwapped)
	rounded, invalid, x := s.chance(rateDateFirst), s.chance(rateDateInvalid), s.below(3)
	switch {
	case transposed:
		if t := transposeDate(d, x); t != d {
			traps.add(TransposedDate)
			return t
		}
	case mistyped:
		traps.add(MistypedDate)
		return mistypeDate(d, x)
	case swapped && d.day != d.month && d.day <= 12:
		traps.add(SwappedDate)
		return date{d.year, d.day, d.month}
	case rounded:
		traps.add(RoundedDate)
		return date{d.year, []int{1, d.month, d.month}[x], 1}
	case invalid:
		traps.add(MistypedDate)
		return date{d.year, []int{13, 2, d.month}[x], []int{d.day, 30, 32}[x]}
	}
	return d
}

// transposeDate swaps the two digits of the day or of the year's end, where a date comes of it.
func transposeDate(d date, x int) date {
	day := d.day%10*10 + d.day/10
	year := d.year/100*100 + d.year%10*10 + d.year/10%10
	switch {
	case x > 0 && day >= 1 && day <= 28:
		return date{d.year, d.month, day}
	case year >= 1930 && year <= 2015:
		return date{year, d.month, d.day}
	}
	return d
}

// mistypeDate moves year, month or day by a little.
func mistypeDate(d date, x int) date {
	switch x {
	case 0:
		d.year += 1 - 2*(d.year%2)
	case 1:
		d.month = d.month%12 + 1
		d.day = min(d.day, 28)
	default:
		d.day = d.day%28 + 1
	}
	return d
}
