package matchers

import (
	"fmt"
	"strconv"
	"strings"

	"locatematch/matchers/text"
)

// transformID says what part of a value a blocking key takes.
type transformID uint8

const (
	whole transformID = iota
	bySound
	byNickname
	byInitial
	byPrefix // first N characters or digits
	byLast   // last N digits
	byYear
	byMonthday
	byNumber // street number, of an address
	byStreet // street name, of an address
	byToken  // any word
	bySlip   // values one slip apart: a digit or letter wrong, missing or too many, or two neighbours exchanged
)

// Transform is the part of a value that a blocking key takes, with its length where it has one.
type Transform struct {
	id transformID
	n  int
}

var transformNames = map[string]transformID{
	"sound": bySound, "nickname": byNickname, "initial": byInitial, "year": byYear, "monthday": byMonthday,
	"number": byNumber, "street": byStreet, "token": byToken, "slip": bySlip,
}

// several reports whether a value has several keys by the transform, any of which may agree.
func (t Transform) several() bool { return t.id == byToken || t.id == bySlip }

// dear reports whether a part of a value costs several times its hash. Parts of addresses are worked out together.
func (t Transform) dear() bool { return t.several() || t.id == bySound }

// String gives the transform as a spec writes it; "" for the whole value.
func (t Transform) String() string {
	switch t.id {
	case whole:
		return ""
	case byPrefix:
		return "prefix" + strconv.Itoa(t.n)
	case byLast:
		return "last" + strconv.Itoa(t.n)
	}
	for name, id := range transformNames {
		if id == t.id {
			return name
		}
	}
	return ""
}

// takes reports whether the transform applies to values of a kind.
func (t Transform) takes(kind text.Kind) bool {
	switch t.id {
	case whole:
		return true
	case byPrefix:
		return kind != text.Number && kind != text.Sex
	case byLast:
		return kind.Numeric() && kind != text.Number && kind != text.Sex
	case byYear, byMonthday:
		return kind == text.Date
	case byNumber, byStreet:
		return kind == text.Address
	case bySlip:
		return kind != text.Number && kind != text.Sex && kind != text.Address && kind != text.Email
	}
	return !kind.Numeric()
}

// Operand is a field and the part of it that goes into the key.
type Operand struct {
	Field     string
	Transform Transform
}

// Element is one part of a blocking rule: the record's operand must agree with the subject's. Max above 0 stands for a
// "max:N" element, which limits the rule's subjects per key and names no field.
type Element struct {
	Record, Subject Operand
	Max             int
}

// ParseElement reads "field", "field.transform", "a=b" or "max:N". Transforms: sound, nickname, initial, prefixN (also
// written firstN), lastN, year, monthday, number, street, token, slip.
func ParseElement(word string) (Element, error) {
	if limit, ok := strings.CutPrefix(word, "max:"); ok {
		n, err := strconv.Atoi(limit)
		if err != nil || n < 1 {
			return Element{}, fmt.Errorf("%q: max takes a number of subjects of at least 1", word)
		}
		return Element{Max: n}, nil
	}
	left, right, crossed := strings.Cut(word, "=")
	record, err := parseOperand(left)
	if err != nil {
		return Element{}, fmt.Errorf("%q: %w", word, err)
	}
	if !crossed {
		return Element{Record: record, Subject: record}, nil
	}
	subject, err := parseOperand(right)
	if err != nil {
		return Element{}, fmt.Errorf("%q: %w", word, err)
	}
	return Element{Record: record, Subject: subject}, nil
}

func parseOperand(word string) (Operand, error) {
	field, name, dotted := strings.Cut(strings.TrimSpace(word), ".")
	if field == "" {
		return Operand{}, fmt.Errorf("no field is named")
	}
	if !dotted {
		return Operand{Field: field}, nil
	}
	transform, err := parseTransform(name)
	return Operand{Field: field, Transform: transform}, err
}

func parseTransform(name string) (Transform, error) {
	if id, ok := transformNames[name]; ok {
		return Transform{id: id}, nil
	}
	for _, measured := range []struct {
		prefix string
		id     transformID
	}{{"prefix", byPrefix}, {"first", byPrefix}, {"last", byLast}} {
		if length, ok := strings.CutPrefix(name, measured.prefix); ok {
			n, err := strconv.Atoi(length)
			if err != nil || n < 1 || n > 16 {
				return Transform{}, fmt.Errorf("%s takes a length of 1 to 16, as in %s4", measured.prefix, measured.prefix)
			}
			return Transform{id: measured.id, n: n}, nil
		}
	}
	known := append(sortedKeys(transformNames), "prefix4", "first5", "last4")
	return Transform{}, fmt.Errorf("no transform named %q%s", name, suggest(name, known))
}
