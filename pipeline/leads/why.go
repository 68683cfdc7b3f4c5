package leads

import "strings"

// Why says in one sentence, for an officer, whether a record is taken to be a subject's and what speaks for it and against
// it. It holds no weights, bands or probabilities. reached: the link is at or above the review weight; further clauses are
// the caller's.
//
//	A record from an employer is likely about Maria Delgado: name, birth date and address agree; no SSN was reported.
//	A record from an employer is not taken to be about Maria Delgado: the SSN does not match; the name differs.
func Why(subject Subject, l *Link, reached bool, further ...string) string {
	name := properName(subject.Name)
	if name == "" {
		name = "subject " + subject.ID
	}
	clauses := append(whyClauses(l, reached), further...)
	sentence := "A record from " + sourceName(l.Sighting.Source) + whyVerdict(l, reached) + name
	if len(clauses) > 0 {
		sentence += ": " + strings.Join(clauses, "; ")
	}
	return sentence + "."
}

func whyVerdict(l *Link, reached bool) string {
	if !reached {
		return " is not taken to be about "
	}
	switch climb(l) {
	case Strong:
		return " is about "
	case Likely:
		return " is likely about "
	}
	return " may be about "
}

func whyClauses(l *Link, reached bool) (clauses []string) {
	clauses = l.Agreement.clauses()
	if !reached {
		return clauses // the verdict has said it
	}
	clauses = append(clauses, heldDown(l)...)
	if climb(l) == CheckFirst {
		clauses = append(clauses, "check first")
	}
	return clauses
}
