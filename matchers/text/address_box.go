package text

import "bytes"

// postOffices are the cities of military and diplomatic mail (Publication 28, section 225; Domestic Mail Manual 703.2.2),
// postAreas the codes that stand for their state.
var (
	postOffices = newWordSet("APO", "FPO", "DPO")
	postAreas   = newWordSet("AA", "AE", "AP")
)

// dropPostOffice takes city, state and ZIP of the military off the end of a delivery line: suppliers whose fields for them
// take no APO write PSC 3 BOX 4120 APO AE 09021.
func dropPostOffice(in [][]byte) [][]byte {
	for i := 2; i < len(in); i++ {
		if !postOffices.has(in[i]) {
			continue
		}
		rest := in[i+1:]
		if len(rest) > 0 && postAreas.has(rest[0]) {
			rest = rest[1:]
		}
		if len(rest) == 0 || len(rest) == 1 && isDigit(rest[0][0]) {
			return in[:i]
		}
	}
	return in
}

// pushBox writes a line's box, route or mail room and says how many words of in it took, 0 where the line begins otherwise.
func (l *lineWriter) pushBox(in [][]byte) (taken int) {
	if p, end := boxFirst(in); p != nil {
		l.push(p.to...)
		l.push(trimZeros(in[end-1]), wordBox, trimZeros(in[1]))
		return end
	}
	if p, n := matchPhrase(headPhrases, in); n > 0 {
		return l.pushHead(p, in, n)
	}
	return 0
}

// boxFirst recognises BOX 87 RR 4 and BOX 4120 PSC 3, which Publication 28 writes the other way round; end is behind the
// route's number. BOX 12 UNIT 4 is a box and a unit.
func boxFirst(in [][]byte) (p *phrase, end int) {
	if len(in) < 4 || string(in[0]) != "BOX" || !isRange(in[1]) {
		return nil, 0
	}
	list := headPhrases[string(in[2])]
	for i := range list {
		p, at := &list[i], 2+len(list[i].from)
		if (p.kind == routePhrase || p.kind == militaryPhrase) && at < len(in) && startsWith(in[2:at], p.from) && isDigit(in[at][0]) {
			return p, at + 1
		}
	}
	return nil, 0
}

// namesStreet reports whether a street follows a box, in a line that names both (Publication 28, section 215), and not a unit.
func namesStreet(in [][]byte) bool { return len(in) > 2 && isDigit(in[0][0]) }

// Dual takes a line apart that names two places of delivery, a street and a box: 12 MAIN ST PO BOX 45, in either order.
// Such lines are common where mail is not delivered to the door; the parts point into the same text. ok is false for other
// lines.
func (p AddressParts) Dual() (street, box AddressParts, ok bool) {
	if p.Form == StreetForm {
		at := boxWithin(p.Unit)
		if at < 0 {
			return p, box, false
		}
		street, box = p, ParseAddress(p.Unit[at:])
		street.Unit = bytes.TrimRight(p.Unit[:at:at], " ")
		return street, box, box.Form == BoxForm
	}
	street, box = ParseAddress(p.Unit), p
	box.Unit = nil
	named := bytes.IndexByte(street.Street, ' ') > 0 // 12 MAIN ST, and not the 4 B that is a unit
	return street, box, (p.Form == BoxForm || p.Form == RuralForm) && len(p.Number) > 0 && street.Form == StreetForm && len(street.Number) > 0 && named
}

// boxWithin finds PO BOX among the words of a unit, -1 for none.
func boxWithin(unit []byte) int {
	const words = "PO BOX "
	if bytes.HasPrefix(unit, []byte(words)) {
		return 0
	}
	if at := bytes.Index(unit, []byte(" "+words)); at >= 0 {
		return at + 1
	}
	return -1
}
