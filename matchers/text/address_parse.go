package text

// AddressForm says what kind of delivery an address asks for.
type AddressForm uint8

// The address forms of Publication 28.
const (
	StreetForm   AddressForm = iota // 12 N OAK ST APT 4; or a street without a number
	BoxForm                         // PO BOX 12
	RuralForm                       // RR 4 BOX 87, HC 68 BOX 23A
	MilitaryForm                    // PSC 3 BOX 4120, CMR 1250 BOX 5, UNIT 2050 BOX 4190
	GeneralForm                     // GENERAL DELIVERY
	UnparsedForm                    // anything else, a unit alone (APT 4) included
)

var addressFormNames = [...]string{"street", "box", "rural", "military", "general", "unparsed"}

// String names the form.
func (f AddressForm) String() string {
	if int(f) >= len(addressFormNames) {
		return "unknown"
	}
	return addressFormNames[f]
}

// AddressParts are the parts of a standard address, each a sub-slice of it, empty when absent.
type AddressParts struct {
	Form   AddressForm
	Number []byte // house number with its fraction, or the box number
	Street []byte // directions, name and suffix; PO BOX, RR 4, PSC 3, GENERAL DELIVERY
	Unit   []byte // what is behind the designator (4B of APT 4B and of # 4B), the designator that stands alone (REAR), or a second line
}

// ParseAddress takes a standard address apart; the parts point into std and nothing is allocated. Text that is not a
// standard address gives UnparsedForm with all of it as Street, or the parts that it has; it never panics.
func ParseAddress(std []byte) AddressParts {
	var words [maxAddressWords + 1][]byte // what an address too long has behind these stays in the last word
	n := 0
	for rest := std; len(rest) > 0; {
		word, behind := firstWord(rest)
		if n == maxAddressWords {
			word, behind = rest, nil
		}
		if rest = behind; len(word) > 0 {
			words[n] = word
			n++
		}
	}
	if n == 0 {
		return AddressParts{Form: UnparsedForm}
	}
	if p, taken := matchPhrase(headPhrases, words[:n]); taken > 0 {
		return partsOfHead(std, words[:n], p, taken)
	}
	return partsOfStreet(std, words[:n])
}

// cut gives the piece of std that words[from:to], words of it, stand in.
func cut(std []byte, words [][]byte, from, to int) []byte {
	if from >= to {
		return nil
	}
	// Each word is a sub-slice of std, so its place follows from what its capacity leaves behind it.
	first, last := words[from], words[to-1]
	start := cap(std) - cap(first)
	end := cap(std) - cap(last) + len(last)
	return std[start:end:end]
}

// partsOfHead parts a box, rural, military or general delivery line.
func partsOfHead(std []byte, words [][]byte, p *phrase, n int) AddressParts {
	parts := AddressParts{Form: headForm(p)}
	switch p.kind {
	case barePhrase:
		parts.Street, parts.Unit = cut(std, words, 0, n), cutUnit(std, words, n)
		return parts
	case boxPhrase:
		parts.Street = cut(std, words, 0, n)
	default:
		n++
		parts.Street = cut(std, words, 0, n)
		if n < len(words) {
			n++ // BOX
		}
	}
	parts.Number, parts.Unit = cut(std, words, n, min(n+1, len(words))), cutUnit(std, words, n+1)
	return parts
}

func headForm(p *phrase) AddressForm {
	switch p.kind {
	case barePhrase:
		return GeneralForm
	case boxPhrase:
		return BoxForm
	case routePhrase:
		return RuralForm
	}
	return MilitaryForm
}

// partsOfStreet parts a street address. Without a number it needs a suffix to be one.
func partsOfStreet(std []byte, words [][]byte) AddressParts {
	if unitAlone(words) {
		return AddressParts{Form: UnparsedForm, Unit: cutUnit(std, words, 0)}
	}
	name := 0
	if hasDigit(words[0]) && len(words) > 1 {
		name = 1
		if len(words) > 2 && isFraction(words[1]) {
			name = 2
		}
	}
	end := unitStart(words, name)
	_, highway := matchPhrase(highwayPhrases, words)
	if name == 0 && highway == 0 && suffixIndex(words[:end]) < 0 {
		return AddressParts{Form: UnparsedForm, Street: cut(std, words, 0, len(words))}
	}
	return AddressParts{Form: StreetForm, Number: cut(std, words, 0, name), Street: cut(std, words, name, end), Unit: cutUnit(std, words, end)}
}

// cutUnit gives what follows a designator, or the words themselves when there is none or nothing follows.
func cutUnit(std []byte, words [][]byte, from int) []byte {
	if from+1 < len(words) {
		if word := words[from]; units.has(word) || string(word) == "#" {
			from++
		}
	}
	return cut(std, words, from, len(words))
}
