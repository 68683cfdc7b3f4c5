package leads

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"locatematch/matchers/text"
	"locatematch/sources/person"
)

// addressFact is the new address of a forwarding order, or the address that another source has for the person.
func addressFact(l *Link) *fact {
	s := l.Sighting
	if s.Source == sourcePostal {
		return postalAddress(l)
	}
	if s.Source == sourceMilitary {
		return nil // its address, where it has one, is ours repeated
	}
	if s.value(person.AddressOf) == "1" { // the employer's
		return nil
	}
	city, state, zip := s.value(person.City), s.value(person.State), s.value(person.Zip)
	lines := []string{s.value(person.Address1), s.value(person.Address2), s.value(person.Address3)}
	if free, c, st, z := freeAddress(s); free != nil {
		lines, city, state, zip = free, c, st, z
	}
	a, key := standardAddress(city, state, zip, lines...)
	if a == nil {
		return nil
	}
	f := &fact{kind: KindAddress, key: key, display: a.display(), event: s.event(), answer: dayOfAnswer(KindAddress, s.Source), address: a}
	who, when := reporter(s), f.event
	f.clause = func(p pronouns, asOf Day) string {
		switch {
		case s.Source == sourceEmployment && !s.claim():
			return who + " gave " + f.display + " as " + p.possessive + " address when hiring " + p.object + on(when, asOf)
		case s.Source == sourceFinancial:
			return who + " had " + f.display + " as " + p.possessive + " address" + on(when, asOf)
		}
		return who + " gave " + f.display + " as " + p.possessive + " address" + on(when, asOf)
	}
	return f
}

// postalAddress reads a forwarding order. Codes other than A, 91 and 92 carry no usable address (domain.md 3.1). A business
// move is not a person's, and a family move names nobody: it counts only where the given name agrees, for the family that
// moved from the old home is usually the other parent.
func postalAddress(l *Link) *fact {
	s := l.Sighting
	switch code := s.value(person.ReturnCode); code {
	case "", "A", "91", "92":
	default:
		return nil
	}
	switch s.value(person.MoveType) {
	case "B":
		return nil
	case "F":
		if l.Agreement[PartGiven] < Near {
			return nil
		}
	}
	a, key := standardAddress(s.value(person.ToCity), s.value(person.ToState), s.value(person.ToZip),
		s.value(person.ToAddress1), s.value(person.ToAddress2))
	if a == nil {
		return nil
	}
	a.MoveDate = s.event()
	f := &fact{kind: KindAddress, key: key, display: a.display(), event: a.MoveDate, address: a}
	f.clause = func(p pronouns, asOf Day) string {
		words := "The post office has an order to forward " + p.possessive + " mail to " + f.display
		if f.event != nil {
			words += " after a move" + on(f.event, asOf)
		}
		return words
	}
	return f
}

// AddressKey is the standard form of an address, the same for every spelling of it: house number, street and unit of the
// delivery line, and the ZIP code (city and state where there is none). "" where it is no address.
func AddressKey(line1, line2, line3, city, state, zip string) string {
	_, key := standardAddress(city, state, zip, line1, line2, line3)
	return key
}

// AddressesOf lists the keys of every address on a record: where the person is said to live, and where a forwarding order goes.
// They guard those whom the record may be about; no lead is made of them.
func AddressesOf(s *Sighting) (keys []string) {
	for _, a := range [][5]string{
		{s.value(person.Address1), s.value(person.Address2) + " " + s.value(person.Address3), s.value(person.City), s.value(person.State), s.value(person.Zip)},
		{s.value(person.ToAddress1), s.value(person.ToAddress2), s.value(person.ToCity), s.value(person.ToState), s.value(person.ToZip)},
	} {
		if key := AddressKey(a[0], a[1], "", a[2], a[3], a[4]); key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

var addressForms = map[text.AddressForm]string{
	text.StreetForm: "street", text.BoxForm: "po box", text.RuralForm: "rural route", text.MilitaryForm: "military",
	text.GeneralForm: "general delivery", text.UnparsedForm: "unparsed",
}

func standardAddress(city, state, zip string, lines ...string) (*Address, string) {
	lines, careOf := withoutCareOf(lines)
	line, parts := deliveryLine(lines)
	a := &Address{
		Line: line, Form: addressForms[parts.Form], CareOf: careOf,
		City: standard(text.Text, city), State: standard(text.State, state), Zip: zip5(zip),
	}
	place := a.Zip
	if place == "" {
		place = strings.TrimSpace(a.City + " " + a.State)
	}
	if !locates(parts) || place == "" {
		return nil, ""
	}
	// The unit comes without its designator: "APT 4", "UNIT 4" and "# 4" are one door.
	key := strings.Join(strings.Fields(string(parts.Number)+" "+string(parts.Street)+" "+string(parts.Unit)), " ")
	return a, key + "|" + place
}

// locates reports that a line says more than which door: a unit or a bare number is no address.
func locates(parts text.AddressParts) bool {
	return bytes.ContainsFunc(parts.Street, unicode.IsLetter)
}

// withoutCareOf drops lines that name somebody else: third parties are in no lead.
func withoutCareOf(lines []string) (kept []string, careOf bool) {
	for _, line := range lines {
		upper := strings.ToUpper(strings.TrimSpace(line))
		switch {
		case upper == "":
		case strings.HasPrefix(upper, "C/O"), strings.HasPrefix(upper, "%"), strings.HasPrefix(upper, "ATTN"),
			strings.HasPrefix(upper, "CARE OF"):
			careOf = true
		default:
			before, within := beforeCareOf(upper)
			careOf = careOf || within
			kept = append(kept, before)
		}
	}
	return kept, careOf
}

// beforeCareOf is a line up to the words that begin somebody else's name: suppliers with one address line write the name
// behind the street.
func beforeCareOf(line string) (before string, within bool) {
	words := strings.Fields(line)
	for i, word := range words {
		switch {
		case strings.HasPrefix(word, "C/O"), strings.HasPrefix(word, "%"), strings.HasPrefix(word, "ATTN"),
			word == "CARE" && i+1 < len(words) && words[i+1] == "OF":
			return strings.Join(words[:i], " "), true
		}
	}
	return line, false
}

// deliveryLine joins the lines to one delivery line. Suppliers put unit, street and building in any order, so the first
// arrangement that parses is taken: all lines as they come, turned round, then each line alone.
func deliveryLine(lines []string) (string, text.AddressParts) {
	if len(lines) == 0 {
		return "", text.AddressParts{}
	}
	first := standard(text.Address, strings.Join(lines, " "))
	if first == "" {
		return "", text.AddressParts{}
	}
	parts := text.ParseAddress([]byte(first))
	if parts.Form != text.UnparsedForm || len(lines) == 1 {
		return first, parts
	}
	reversed := slices.Clone(lines)
	slices.Reverse(reversed)
	for _, try := range append([]string{strings.Join(reversed, " ")}, lines...) {
		std := standard(text.Address, try)
		if again := text.ParseAddress([]byte(std)); std != "" && again.Form != text.UnparsedForm {
			return std, again
		}
	}
	return first, parts
}

// display is the address on one line as it is written on a letter.
func (a *Address) display() string {
	words := ProperName(a.Line)
	if a.City != "" {
		words += ", " + ProperName(a.City)
	}
	if a.State != "" {
		words += ", " + a.State
	}
	if a.Zip != "" {
		words += " " + a.Zip
	}
	return words
}

// standard is the standard form of a value, "" where there is none.
func standard(kind text.Kind, raw string) string {
	std, _, validity := text.Standardise(kind, 0, nil, []byte(raw))
	if validity < text.Invalid {
		return ""
	}
	return string(std)
}

func zip5(raw string) string {
	d := digits(raw)
	if len(d) < 5 || d[:5] == "00000" || d[:5] == "99999" {
		return ""
	}
	return d[:5]
}
