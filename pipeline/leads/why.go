package leads

import "strings"

// Pair is a record and a subject, linked or not, for Why.
type Pair struct {
	Link
	Reached bool     // the weight is at or above review, and some blocking rule proposes the pair
	Further []string // clauses of the caller's
}

// Why says in one sentence, for an officer, whether a record is taken to be a subject's and what speaks for it and against
// it. It holds no weights, bands or probabilities.
//
//	A record from an employer is likely about Maria Delgado: name, birth date and address agree; no SSN was reported.
//	A record from an employer is not taken to be about Maria Delgado: the SSN does not match; the name differs.
func Why(subject Subject, p *Pair) string {
	name := ProperName(subject.Name)
	if name == "" {
		name = "subject " + subject.ID
	}
	sentence := "A record from " + sourceName(p.Sighting.Source) + p.verdict() + name
	if clauses := p.clauses(); len(clauses) > 0 {
		sentence += ": " + strings.Join(clauses, "; ")
	}
	return sentence + "."
}

func (p *Pair) verdict() string {
	if !p.Reached {
		return " is not taken to be about "
	}
	switch climb(&p.Link) {
	case Strong:
		return " is about "
	case Likely:
		return " is likely about "
	}
	return " may be about "
}

func (p *Pair) clauses() []string {
	clauses := p.Agreement.clauses(p.Sighting.Reported)
	if p.Reached { // where it is not, the verdict has said it
		clauses = named(append(clauses, heldDown(&p.Link)...), p.Dispute)
		if climb(&p.Link) == CheckFirst {
			clauses = append(clauses, "check first")
		}
	}
	return append(clauses, p.Further...)
}
