package synth

import "strconv"

// home names an address: the people who live together have the same one. It is a stream's number and a place, not a
// text; addressOf writes it out.
type home struct {
	number uint64
	place  uint16
	away   bool // a military address
}

type addressKind uint8

const (
	streetAddress addressKind = iota
	boxAddress
	ruralAddress
	highwayAddress
	generalAddress
	militaryAddress
)

// address is a home's address in parts.
type address struct {
	kind             addressKind
	number, box      int
	before, after    int // directions, -1 none
	street           string
	streetType       int
	unit             string // APT, "" none
	unitNumber       int
	unitLetter       byte
	military         string // PSC, CMR, UNIT
	city, state, zip string
	zip4             int
	area             int
}

// addressOf is a pure function of the home.
func (w *world) addressOf(h home) address {
	s := streamOf(w.seed, ofAddress, h.number, uint64(h.place))
	p := &places().places[h.place]
	a := address{before: -1, after: -1, city: p.city, state: p.state, zip: p.zip, area: p.area, zip4: s.between(1, 9899)}
	if h.away {
		return a.sendAbroad(&s)
	}
	switch x := s.below(1000); {
	case x < perMille(rateBox):
		a.kind, a.box = boxAddress, s.between(1, 9999)
	case x < perMille(rateBox+rateRural):
		a.kind, a.number, a.box = ruralAddress, s.between(1, 9), s.between(1, 480)
	case x < perMille(rateBox+rateRural+rateHighway):
		a.kind, a.number, a.box = highwayAddress, s.between(10, 89), s.between(1, 480)
	case x < perMille(rateBox+rateRural+rateHighway+rateGeneral):
		a.kind = generalAddress
	default:
		a.onStreet(&s)
	}
	return a
}

func perMille(p float64) int { return int(p*1000 + 0.5) }

func (a *address) onStreet(s *stream) {
	a.number = s.between(1, 99)
	if s.chance(0.88) {
		a.number = s.between(100, 9999)
	}
	a.streetType = min(s.below(len(streetTypes)), s.below(len(streetTypes)))
	a.street = streetNames[min(s.below(len(streetNames)), s.below(len(streetNames)))]
	if s.chance(0.12) {
		a.street = ordinalStreets[s.below(len(ordinalStreets))]
	}
	if s.chance(0.26) {
		a.before = s.below(4)
	} else if s.chance(0.05) {
		a.after = s.below(len(directions))
	}
	if s.chance(rateUnit) {
		a.unit = []string{"APT", "APT", "APT", "UNIT", "LOT", "TRLR", "STE", "FL", "#"}[s.below(9)]
		a.unitNumber = []int{s.between(1, 24), s.between(101, 420)}[s.below(2)]
		if s.chance(0.3) {
			a.unitLetter = byte('A' + s.below(6))
		}
	}
}

// sendAbroad makes a military address; the state and ZIP prefixes are those of the Postal Bulletin (domain 3.4).
func (a address) sendAbroad(s *stream) address {
	a.kind = militaryAddress
	a.military = []string{"PSC", "CMR", "UNIT"}[s.below(3)]
	a.number, a.box = s.between(1, 9999), s.between(1, 9999)
	a.city = []string{"APO", "APO", "FPO"}[s.below(3)]
	switch s.below(5) {
	case 0:
		a.state, a.zip = "AA", "340"+pad2(s.between(1, 99))
	case 1:
		a.state, a.zip = "AP", "96"+strconv.Itoa(s.between(200, 699))
	default:
		a.state, a.zip = "AE", "09"+strconv.Itoa(s.between(100, 899))
	}
	return a
}

func pad2(n int) string { return string(appendDigits(nil, n, 2)) }

// writing is how one record writes an address.
type writing struct {
	inLine, spelt bool
	typo          bool
	zip4          bool
}

func drawWriting(s *stream) writing {
	return writing{s.chance(rateUnitInLine), s.chance(rateWordsSpelt), s.chance(rateNumberTypo), s.chance(rateZip4)}
}

// appendLine1 appends the delivery line.
func (a *address) appendLine1(dst []byte, how writing) []byte {
	switch a.kind {
	case boxAddress:
		return appendInt(append(dst, pickText(how.spelt, "P.O. BOX ", "PO BOX ")...), a.box)
	case ruralAddress:
		dst = appendInt(append(dst, pickText(how.spelt, "RURAL ROUTE ", "RR ")...), a.number)
		return appendInt(append(dst, " BOX "...), a.box)
	case highwayAddress:
		return appendInt(append(appendInt(append(dst, "HC "...), a.number), " BOX "...), a.box)
	case generalAddress:
		return append(dst, "GENERAL DELIVERY"...)
	case militaryAddress:
		dst = appendInt(append(append(dst, a.military...), ' '), a.number)
		return appendInt(append(dst, " BOX "...), a.box)
	}
	dst = a.appendStreet(dst, how)
	if a.unit != "" && how.inLine {
		dst = a.appendUnit(append(dst, ' '))
	}
	return dst
}

func (a *address) appendStreet(dst []byte, how writing) []byte {
	form := 0
	if how.spelt {
		form = 1
	}
	number := a.number
	if how.typo {
		number += 10 - 20*(number/10%2)
		number = max(number, 1)
	}
	dst = append(appendInt(dst, number), ' ')
	if a.before >= 0 {
		dst = append(append(dst, directions[a.before][form]...), ' ')
	}
	for i := range len(a.street) { // underscores join the words of a table entry
		c := a.street[i]
		if c == '_' {
			c = ' '
		}
		dst = append(dst, c)
	}
	dst = append(append(dst, ' '), streetTypes[a.streetType][form]...)
	if a.after >= 0 {
		dst = append(append(dst, ' '), directions[a.after][form]...)
	}
	return dst
}

func (a *address) appendUnit(dst []byte) []byte {
	dst = appendInt(append(append(dst, a.unit...), ' '), a.unitNumber)
	if a.unitLetter != 0 {
		dst = append(dst, a.unitLetter)
	}
	return dst
}

// secondLine tells whether the unit stands in a line of its own.
func (a *address) secondLine(how writing) bool { return a.unit != "" && !how.inLine }

// String is the address on one line, as facts.csv has it.
func (a *address) String() string {
	dst := a.appendLine1(nil, writing{inLine: true})
	return string(dst) + ", " + a.city + " " + a.state + " " + a.zip
}

func appendInt(dst []byte, n int) []byte { return strconv.AppendInt(dst, int64(n), 10) }

func pickText(b bool, yes, no string) string {
	if b {
		return yes
	}
	return no
}
