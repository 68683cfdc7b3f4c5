package leads

import (
	"fmt"
	"slices"
	"strings"

	"locatematch/sources/person"
)

// NumberUnderAnotherName reports that the SSN agrees and the name conflicts. Where the birth date agrees too and one of the names
// does not conflict, or the given name and the address agree, it is the same person under a new name or a misspelt one, and the
// ladder says "check first". A family name and an address are no such sign: they are a relative's too.
func (a *Agreement) NumberUnderAnotherName() bool {
	if a[PartSSN] != Agree || a.name() != Conflict {
		return false
	}
	given, family := a[PartGiven] >= Near, a[PartFamily] >= Near
	sameHome := given && a[PartAddress] == Agree && a[PartBorn] != Conflict
	return !(sameHome || (given || family) && a[PartBorn] == Agree)
}

// isConflict reports that a link is for a specialist: its facts are perhaps another person's, and none of them is told.
func (l *Link) isConflict() bool { return l.Agreement.NumberUnderAnotherName() }

// conflictFact is that somebody of another name is reported under the subject's number. Its key is the source's person, so that
// one person makes one lead, however many records and sources report him. It holds nothing of him: no name, no address, no
// employer, no account.
func conflictFact(l *Link) *fact {
	s := l.Sighting
	who := s.Person
	if who == "" {
		who = fmt.Sprintf("%s:%d", s.Extract, s.Line)
	}
	f := &fact{kind: KindConflict, key: who, display: "Another name under this " + s.Reported.number(), event: s.event()}
	f.clause = func(p pronouns, asOf Day) string {
		return sentenceCase(sourceName(s.Source)) + " gave " + p.possessive + " " + s.Reported.number() + " under another name" + on(f.event, asOf)
	}
	return f
}

// conflictSummary tells a specialist who reported it, what agrees, and what may lie behind it.
//
//	An employer gave his SSN under another name on November 9; SSN agrees; given name differs; this may be a relative's record.
func conflictSummary(best reported, g *group, subject Subject, asOf Day) string {
	clauses := []string{best.fact.clause(pronounsOf(subject.Sex), asOf)}
	clauses = append(clauses, best.link.Agreement.clauses(best.link.Sighting.Reported)...)
	if others := g.otherSources(best.link.Sighting.Source); len(others) > 0 {
		clauses = append(clauses, list(others)+" reported it too")
	}
	clauses = append(clauses, "this may be "+strings.Join(likelyReasons(best.link), "; or "))
	return strings.Join(clauses, "; ") + ". A specialist finds out whose record it is; where that person is, is not shown."
}

// likelyReasons says what may lie behind a number that is reported under another name, the likeliest first (domain.md section
// 10: an EIN, a relative, a shared, borrowed or stolen number, a new name).
func likelyReasons(l *Link) (words []string) {
	a, s := &l.Agreement, l.Sighting
	if strings.Contains(s.value(person.TitleWords), TitleBusiness) {
		words = append(words, "a business whose federal number has the same nine digits")
	}
	switch {
	case a[PartGiven] == Conflict && a[PartFamily] >= Near:
		words = append(words, "a relative's record")
	case a[PartFamily] == Conflict && a[PartGiven] >= Near:
		words = append(words, "a new family name, by marriage for example")
	case a[PartBorn] == Agree:
		words = append(words, "a new name, or one that we do not have")
	}
	if a[PartBorn] != Agree {
		words = append(words, "a shared, borrowed or stolen number", "a wrong number on one of the two sides")
	}
	return words
}

func sentenceCase(words string) string { return strings.ToUpper(words[:1]) + words[1:] }

// ssnConflicts is said of two numbers that differ. Of a record's taxpayer number nothing more is said than the second (domain.md
// section 10).
const (
	ssnConflicts    = "the SSN does not match"
	numberConflicts = "the number does not match"
)

// against says what of the person, and of the record, speaks against the pair.
func (l *Link) against() []string {
	words := l.Agreement.against()
	if i := slices.Index(words, ssnConflicts); i >= 0 && !l.Sighting.Reported.isSSN() {
		words[i] = numberConflicts
	}
	if l.Dispute != nil {
		words = append(words, KeyDisagrees)
	}
	return words
}

// against says what of the person speaks against the pair.
func (a *Agreement) against() (words []string) {
	for _, p := range []struct {
		part  Part
		words string
	}{
		{PartKey, keyOfAnother}, {PartSSN, ssnConflicts}, {PartGiven, "given name differs"},
		{PartFamily, "family name differs"}, {PartBorn, "birth date differs"}, {PartSuffix, "Junior or Senior in the name differs"},
		{PartSex, "sex differs"},
	} {
		if a[p.part] == Conflict {
			words = append(words, p.words)
		}
	}
	return words
}
