package matchers

import (
	"slices"

	"locatematch/matchers/text"
)

// keyParts lists, by kind of field, what of a value a candidate blocking rule may take: "" for all of it, else a transform.
// It is what a search for rules knows of transforms.
var keyParts = map[text.Kind][]string{
	text.Exact:   {""},
	text.Given:   {"", "nickname", "sound", "prefix3", "initial", "token"},
	text.Middle:  {"", "initial"},
	text.Family:  {"", "sound", "prefix4", "token", "initial"},
	text.Suffix:  {""},
	text.Name:    {"", "sound", "prefix4", "token"},
	text.Text:    {"", "prefix3", "prefix5", "token"},
	text.Date:    {"", "year", "monthday"},
	text.SSN:     {"", "prefix5", "last4"},
	text.Digits:  {"", "prefix3", "last4"},
	text.Number:  {""},
	text.Address: {"", "number", "street"},
	text.State:   {""},
	text.Zip:     {"", "prefix3"},
	text.Phone:   {"", "last7"},
	text.Email:   {""},
	text.Sex:     {""},
}

// KeyElements lists the elements that candidate blocking rules of a valid spec are made of: each field with each transform
// that makes sense for its kind, and given and family name exchanged where the spec compares them crossed.
func KeyElements(spec *Spec) (words []string) {
	for _, f := range spec.Fields {
		for _, part := range keyParts[f.Kind] {
			word := f.Name
			if part != "" {
				word += "." + part
			}
			words = append(words, word)
		}
	}
	for _, c := range spec.Comparisons {
		if c.Kind == "crossed_names" {
			words = append(words, c.Fields[0]+"="+c.Fields[1], c.Fields[1]+"="+c.Fields[0])
		}
	}
	return words
}

// Conjoined reports whether two elements make one rule: each says something that the other does not. Two transforms of one
// field do not, but for the number and the street of an address.
func Conjoined(a, b string) bool {
	x, errX := ParseElement(a)
	y, errY := ParseElement(b)
	return errX == nil && errY == nil && apart(x.Record, y.Record) && apart(x.Subject, y.Subject)
}

func apart(a, b Operand) bool {
	return a.Field != b.Field || parted(a.Transform.id, b.Transform.id) || parted(b.Transform.id, a.Transform.id)
}

func parted(a, b transformID) bool { return a == byNumber && b == byStreet }

// Parts gives the record's and subject's parts that a rule's elements take of the fields, as MaxParts counts them.
func Parts(rule []string) (parts []string) {
	for _, word := range rule {
		e, err := ParseElement(word)
		if err != nil || e.Max > 0 {
			continue
		}
		for _, o := range []Operand{e.Record, e.Subject} {
			if part := o.Field + "." + o.Transform.String(); !slices.Contains(parts, part) {
				parts = append(parts, part)
			}
		}
	}
	return parts
}
