package matchers

import (
	"bytes"
	"unicode"

	"locatematch/matchers/text"
)

// nameTraits are what the comparison functions want to know of a string value, worked out once for each distinct value.
type nameTraits struct {
	joined uint64 // hash without spaces; for emails of the user part
	low    uint64 // the bytes themselves, of a value of at most sixteen
	high   uint64
	sketch text.Sketch
	sound  uint32 // phonetic code, packed; 0 none
	nick   uint32 // nickname group; 0 none
	size   uint16
	letter byte // the first
	double bool // has a space
}

// placeTraits are the parts of an address.
type placeTraits struct {
	door   uint64 // form, number and street; 0 where the line says less than that
	box    uint64 // the door of a box beside a street; 0 none
	street uint64 // form and street, rural route or mail room; 0 where the form has none that two addresses could share
	number uint64 // form and number; 0 none
	unit   uint64 // 0 none
	from   uint16 // the street's bytes in the value, for a misspelt street at the same number and ZIP
	to     uint16
	form   text.AddressForm
}

// newNameTraits works out the traits of a value of at least one byte.
func newNameTraits(kind text.Kind, std []byte, sound uint32) nameTraits {
	t := nameTraits{
		sketch: text.SketchOf(std), sound: sound, size: uint16(min(len(std), 1<<16-1)), letter: std[0],
		double: bytes.IndexByte(std, ' ') >= 0,
	}
	if len(std) <= inTwoWords {
		t.low, t.high = twoWords(std)
	}
	if kind == text.Email {
		user, _, _ := bytes.Cut(std, []byte{'@'})
		t.joined = hashBytes(user)
		return t
	}
	t.joined = hashJoined(std)
	if kind == text.Given || kind == text.Name {
		t.nick = text.NicknameGroup(std)
	}
	return t
}

// soundsLike reports whether a field's values get phonetic codes.
func soundsLike(kind text.Kind) bool { return kind == text.Family || kind == text.Name }

// soundOf packs a phonetic code of up to four letters into a word; 0 when there is none.
func soundOf(scratch, std []byte) (uint32, []byte) {
	scratch = text.Sound(scratch[:0], std)
	var code uint32
	if len(scratch) > 4 {
		return uint32(hashBytes(scratch)>>32) | 1, scratch
	}
	for _, c := range scratch {
		code = code<<8 | uint32(c)
	}
	return code, scratch
}

func newPlaceTraits(std []byte) placeTraits {
	parts := text.ParseAddress(std)
	street, box, dual := parts.Dual()
	if !dual {
		return traitsOfPlace(std, parts)
	}
	t := traitsOfPlace(std, street)
	t.box = traitsOfPlace(std, box).door
	return t
}

// traitsOfPlace works out the traits of one place of delivery, parts of std.
func traitsOfPlace(std []byte, parts text.AddressParts) placeTraits {
	form := hashNumber(uint64(parts.Form) + 1)
	t := placeTraits{form: parts.Form}
	if len(parts.Unit) > 0 {
		t.unit = hashBytes(parts.Unit)
	}
	if parts.Form == text.UnparsedForm || len(parts.Street) == 0 {
		if locates(parts.Street) {
			t.door = mix(form, hashBytes(std)) // comparable as a whole only
		}
		return t
	}
	street := hashBytes(parts.Street)
	t.door = mix(form, street)
	if len(parts.Number) > 0 {
		t.number = mix(form, hashBytes(parts.Number))
		t.door = mix(t.door, t.number)
	}
	switch parts.Form {
	case text.RuralForm, text.MilitaryForm:
		t.street = mix(form, street)
	case text.StreetForm:
		t.street = mix(form, street)
		at := bytes.Index(std, parts.Street)
		if at >= 0 && at+len(parts.Street) < 1<<16 {
			t.from, t.to = uint16(at), uint16(at+len(parts.Street))
		}
	}
	return t
}

// locates reports whether a line that could not be parted says where: a unit alone, a bare number, or PO BOX without its
// number does not.
func locates(line []byte) bool {
	return string(line) != "PO BOX" && bytes.ContainsFunc(line, unicode.IsLetter)
}
