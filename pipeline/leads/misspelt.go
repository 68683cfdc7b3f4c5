package leads

import (
	"slices"
	"strings"

	"locatematch/matchers/text"
	"locatematch/pipeline/leads/agency"
)

// leastMisspelt is from how many digits on a slip in a house number can be told from another house: of one digit every other is a slip.
const leastMisspelt = 2

// misspelt says of which address a lead's is one with a slip in the house number, "" of none: street, unit and ZIP code are the same, and
// one digit is another, is missing, is too many, or stands in its neighbour's place. One source says so alone; the number without the slip
// is one that the agency has and has not found bad, or is vouched for by the post office, which knows its houses, or by two sources. A
// letter to the one comes back, and what it could tell an officer he has. Of two sources, one against one, nobody knows which has the
// slip, and both are offered.
func (a *Assessor) misspelt(s *Subject, l *Lead, all []Lead) (words string) {
	if l.Address == nil || l.Address.Known || len(l.Sources) != 1 || l.Sources[0] == sourcePostal {
		return ""
	}
	if slices.ContainsFunc(a.held(s), func(key string) bool { return slipApart(key, l.key()) }) {
		return "it differs from an address that we have by one digit of the house number"
	}
	for i := range all {
		o := &all[i]
		if o.Address != nil && o.vouched() && slipApart(o.key(), l.key()) && !a.bad(s, o) && !a.wrong(s, o) {
			return "it differs from an address that " + o.reporters() + " reported by one digit of the house number"
		}
	}
	return ""
}

// vouched reports that an address is better known than by one source's keying, and not only to be checked first. How sure the person is
// need not be as sure as on the record with the slip: an address one digit apart is itself a sign that both are about one person.
func (l *Lead) vouched() bool {
	return l.Identity != CheckFirst && (len(l.Sources) > 1 || l.Sources[0] == sourcePostal)
}

// reporters names the sources of a lead within a sentence.
func (l *Lead) reporters() string {
	var names []string
	for _, source := range l.Sources {
		names = append(names, sourceName(source))
	}
	return list(names)
}

// held are the keys of the addresses that the agency has of a subject and has not found bad.
func (a *Assessor) held(s *Subject) (keys []string) {
	for _, f := range a.Known.FactsOf(s.ID, agency.AddressFact) {
		keys = append(keys, f.Key)
	}
	keys = append(keys, s.Addresses...)
	return slices.DeleteFunc(keys, func(key string) bool {
		f, _ := a.knownAddress(s, key)
		return f.Known == agency.Bad
	})
}

// slipApart reports that two addresses, in their standard form, differ by one slip in the house number alone.
func slipApart(a, b string) bool {
	numberA, restA, _ := strings.Cut(a, " ")
	numberB, restB, _ := strings.Cut(b, " ")
	return restA == restB && min(len(numberA), len(numberB)) >= leastMisspelt && digits(numberA) == numberA && digits(numberB) == numberB &&
		text.OSA([]byte(numberA), []byte(numberB), 1) == 1
}
