package matchers

import (
	"fmt"
	"slices"
	"sort"

	"locatematch/matchers/text"
)

// kindID tells the comparison functions apart without comparing strings.
type kindID uint8

const (
	kindExact kindID = iota + 1
	kindKey
	kindSex
	kindSuffix
	kindSSN
	kindDate
	kindDigits
	kindNumber
	kindPhone
	kindEmail
	kindGiven
	kindFamily
	kindCrossed
	kindMiddle
	kindName // name and text
	kindAddress
)

// kindLevel is one level of a comparison kind with its built-in figures (builtin_model.go gives the reasons).
type kindLevel struct {
	name string
	m, h float64
	// u is the stated chance of the level between strangers. 0 = closed form: for the first level from the value
	// frequencies of the caseload; for the last level whatever the others leave; else ratio times the first level's.
	u, ratio float64
	// points, in bits, rank a subject's value sets against each other. They are constants of the kind, not weights of a
	// model: which alias is compared, and so the pattern, depends on the two records alone (I4).
	points int32
}

// comparisonKind is what a spec's `kind` names.
type comparisonKind struct {
	id         kindID
	name       string
	first      []text.Kind // kinds of the first field; nil = any
	second     []text.Kind // kinds of the second field; nil = there is none
	optional   bool        // the second field may be left away
	levels     []kindLevel // nil = made from the thresholds
	thresholds []float64   // default thresholds; nil = the kind takes none
	falling    bool        // thresholds fall (similarities) or rise (distances)
	frequency  bool        // Frequency may be set
	typical    float64     // u of the first level in a population at large: the prior of the closed form
	floor      float64     // the least u of the first level, whatever the caseload says
	sparse     bool        // 0 is the usual outcome: the levels need not exhaust the possibilities
}

var nameKinds = []text.Kind{text.Given, text.Middle, text.Family, text.Name}
var byteKinds = []text.Kind{text.Exact, text.Given, text.Middle, text.Family, text.Suffix, text.Name, text.Text, text.Address, text.Email, text.State}

// comparisonKinds is the table of everything a spec can ask for, by name.
var comparisonKinds = indexKinds(
	&comparisonKind{id: kindExact, name: "exact", levels: exactLevels, frequency: true, typical: 1e-3, floor: 1e-6},
	&comparisonKind{id: kindKey, name: "key", levels: keyLevels, typical: 2e-5, floor: 1e-9},
	&comparisonKind{id: kindSex, name: "sex", first: []text.Kind{text.Sex}, levels: sexLevels, typical: .5, floor: .3},
	&comparisonKind{id: kindSuffix, name: "suffix", first: []text.Kind{text.Suffix}, levels: suffixLevels, typical: .4, floor: .1},
	&comparisonKind{id: kindSSN, name: "ssn", first: []text.Kind{text.SSN}, levels: ssnLevels, typical: 1e-4, floor: 1e-4},
	&comparisonKind{id: kindDate, name: "date", first: []text.Kind{text.Date}, levels: dateLevels, typical: 6e-5, floor: 2e-5},
	&comparisonKind{id: kindDigits, name: "digits", first: []text.Kind{text.Digits, text.SSN, text.Zip, text.Phone, text.Date}, thresholds: []float64{1, 2}, typical: 1e-4, floor: 1e-5},
	&comparisonKind{id: kindNumber, name: "number", first: []text.Kind{text.Number}, thresholds: []float64{1}, typical: 1e-2, floor: 1e-5},
	&comparisonKind{id: kindPhone, name: "phone", first: []text.Kind{text.Phone}, levels: phoneLevels, typical: 1e-5, floor: 1e-5},
	&comparisonKind{id: kindEmail, name: "email", first: []text.Kind{text.Email}, levels: emailLevels, typical: 1e-5, floor: 1e-5},
	&comparisonKind{id: kindGiven, name: "given_name", first: nameKinds, second: nameKinds, optional: true, levels: givenLevels, frequency: true, typical: 8e-3, floor: 1e-5},
	&comparisonKind{id: kindFamily, name: "family_name", first: nameKinds, levels: familyLevels, frequency: true, typical: 8e-4, floor: 1e-5},
	&comparisonKind{id: kindCrossed, name: "crossed_names", first: nameKinds, second: nameKinds, levels: crossedLevels, sparse: true, typical: 2e-7, floor: 1e-8},
	&comparisonKind{id: kindMiddle, name: "middle_name", first: nameKinds, levels: middleLevels, frequency: true, typical: 6e-3, floor: 1e-4},
	&comparisonKind{id: kindName, name: "name", first: byteKinds, thresholds: []float64{.92, .85}, falling: true, frequency: true, typical: 2e-3, floor: 1e-5},
	&comparisonKind{id: kindName, name: "text", first: byteKinds, thresholds: []float64{.92, .85}, falling: true, frequency: true, typical: 2e-3, floor: 1e-5},
	&comparisonKind{id: kindAddress, name: "address", first: []text.Kind{text.Address}, second: []text.Kind{text.Zip}, optional: true, levels: addressLevels, typical: 2e-5, floor: 1e-5},
)

func indexKinds(kinds ...*comparisonKind) map[string]*comparisonKind {
	index := make(map[string]*comparisonKind, len(kinds))
	for _, k := range kinds {
		index[k.name] = k
	}
	return index
}

func comparisonKindNames() []string {
	names := make([]string, 0, len(comparisonKinds))
	for name := range comparisonKinds {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// allows reports whether a field of this kind may stand in the given place of the comparison.
func (k *comparisonKind) allows(place int, kind text.Kind) bool {
	allowed := k.first
	if place == 1 {
		allowed = k.second
	}
	return allowed == nil || slices.Contains(allowed, kind)
}

// levels of the comparison, best first.
func (c *Comparison) levels() []kindLevel {
	k := comparisonKinds[c.Kind]
	switch {
	case k == nil:
		return nil
	case k.id == kindGiven && len(c.Fields) < 2:
		return withoutMiddle
	case k.levels != nil:
		return k.levels
	case len(c.Thresholds) > 0:
		return k.thresholdLevels(c.Thresholds)
	}
	return k.thresholdLevels(k.thresholds)
}

// thresholdLevels makes exact, one level a threshold, different. The agreement that exact leaves is shared out by
// halves: most errors are small ones. Chance rises tenfold a step for digits and numbers, and for similarities to about
// 1 % at the last one, which is what random pairs of names give at Jaro-Winkler .85.
func (k *comparisonKind) thresholdLevels(thresholds []float64) []kindLevel {
	const fuzzyM, fuzzyH, differentM = .07, .05, .06
	n := len(thresholds)
	levels := []kindLevel{{name: "exact", m: 1 - fuzzyM - differentM, h: .05, points: 9}}
	for i, t := range thresholds {
		part := 1 / float64(int(2)<<i)
		if i == n-1 {
			part *= 2 // the last takes the rest
		}
		level := kindLevel{m: fuzzyM * part, h: fuzzyH * part, points: max(1, 5-int32(i))}
		switch {
		case k.falling:
			level.name, level.u = fmt.Sprintf("at least %g", t), .01/float64(int(1)<<(2*(n-1-i)))
		default:
			level.name, level.ratio = fmt.Sprintf("within %g", t), pow10(i+1)
		}
		levels = append(levels, level)
	}
	return append(levels, kindLevel{name: "different", m: differentM, h: 1 - .05 - fuzzyH, points: -4})
}

func pow10(n int) float64 {
	p := 1.0
	for range n {
		p *= 10
	}
	return p
}
