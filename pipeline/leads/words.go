package leads

import (
	"strings"
	"unicode"

	"locatematch/sources/person"
)

// pronouns stand for the subject in a sentence.
type pronouns struct{ subject, object, possessive string }

var (
	male    = pronouns{"he", "him", "his"}
	female  = pronouns{"she", "her", "her"}
	unknown = pronouns{"this person", "this person", "this person's"}
)

func pronounsOf(sex uint8) pronouns {
	switch sex {
	case 1:
		return male
	case 2:
		return female
	}
	return unknown
}

// reporter names who stands behind a sighting, as the subject of a sentence.
func reporter(s *Sighting) string {
	switch s.Source {
	case sourcePostal:
		return "The post office"
	case sourceMilitary:
		return "The Defense Department"
	case sourceEmployment:
		if name := ProperName(s.value(person.Employer)); name != "" {
			return name
		}
		if s.claim() {
			return "A claim for unemployment pay"
		}
		return "An employer"
	case sourceFinancial:
		if name := ProperName(s.value(person.Institution)); name != "" {
			return name
		}
		return "A bank"
	}
	if words := s.words(person.LocateSource); words != "" {
		return sentenceCase(words)
	}
	if s.Source == "other" { // a word for no source in particular
		return "The " + s.Extract + " file"
	}
	return "The " + s.Source + " file"
}

// claim reports that an employment record names no employer and no work: it is a claim for unemployment pay.
func (s *Sighting) claim() bool {
	for _, column := range []string{person.Employer, person.EIN, person.HireDate, person.Wage} {
		if s.value(column) != "" {
			return false
		}
	}
	return true
}

// sourceWords name a source that also reported a fact, inside a sentence.
var sourceWords = map[string]string{
	sourcePostal: "the post office", sourceEmployment: "an employer", sourceMilitary: "the Defense Department",
	sourceFinancial: "a bank", "other": "another agency",
}

func sourceName(source string) string {
	if words, ok := sourceWords[source]; ok {
		return words
	}
	return "the " + source + " file"
}

// SourceNames are sources as officers read them: "an employer and a bank".
func SourceNames(sources []string) string {
	names := make([]string, len(sources))
	for i, s := range sources {
		names[i] = sourceName(s)
	}
	return list(names)
}

// on is " on November 9", or nothing where there is no date.
func on(d *PartialDate, asOf Day) string {
	if d == nil {
		return ""
	}
	return " " + d.words(asOf)
}

// list joins words as a sentence does: "a", "a and b", "a, b and c".
func list(words []string) string {
	if n := len(words); n > 1 {
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
	return strings.Join(words, "")
}

var (
	keptUpper = wordSet("PO RR HC APO FPO DPO PSC CMR N S E W NE NW SE SW USA US AA AE AP")
	keptLower = wordSet("OF THE AND FOR IN AT ON BY DE LA")
)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// ProperName writes a name, a street or a town that came in capitals as a person would: ACME FREIGHT LLC becomes Acme Freight LLC. Names
// already in mixed case are left as they are.
func ProperName(raw string) string {
	words := strings.Fields(raw)
	if strings.IndexFunc(raw, unicode.IsLower) >= 0 {
		return strings.Join(words, " ")
	}
	for i, w := range words {
		words[i] = properWord(w, i == 0)
	}
	return strings.Join(words, " ")
}

func properWord(w string, first bool) string {
	bare := strings.Trim(w, ".,()&")
	switch {
	case keptUpper[bare], len(bare) <= 4 && !strings.ContainsAny(bare, "AEIOUY") && !ordinal(bare) && !streetWords[bare]:
		return w
	case keptLower[bare] && !first:
		return strings.ToLower(w)
	}
	lower := []rune(strings.ToLower(w))
	start := true
	for i, r := range lower {
		if start && unicode.IsLetter(r) {
			lower[i] = unicode.ToUpper(r)
		}
		start = r == '-' || r == '/' || r == '.' || r == '(' || r == '\'' && i == 1
	}
	if len(lower) > 4 && lower[0] == 'M' && lower[1] == 'c' {
		lower[2] = unicode.ToUpper(lower[2])
	}
	return string(lower)
}

// streetWords have no vowel and are no initials.
var streetWords = wordSet("ST RD DR LN CT PL PT PKWY SQ TRL TER BLVD HWY STN FT MT MR MRS DR JR SR SPC LNDG XRD XING BLDG FL FRNT DEPT")

// ordinal reports a numbered street: 1ST, 42ND.
func ordinal(w string) bool {
	n := len(w)
	return n > 2 && w[0] >= '0' && w[0] <= '9' && (strings.HasSuffix(w, "ST") || strings.HasSuffix(w, "ND") ||
		strings.HasSuffix(w, "RD") || strings.HasSuffix(w, "TH"))
}
