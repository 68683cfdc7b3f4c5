package leads

import (
	"slices"
	"strings"
)

// summary is a lead in one sentence: who reported what and when, what of identity agrees, what does not, who else reported
// it. It holds no weights, no codes and no numbers of accounts.
//
//	Acme Freight reported hiring him on November 9; SSN and name agree; birth date was not reported.
func summary(g *group, subject Subject, asOf Day) string {
	best := g.reports[0]
	if g.kind == KindConflict {
		return conflictSummary(best, g, subject, asOf)
	}
	if g.kind == KindIncome {
		best.fact.clause = g.income().clause
	}
	clauses := []string{best.fact.clause(pronounsOf(subject.Sex), asOf)}
	if a := best.fact.account; a != nil && a.Joint && g.kind == KindAccount {
		clauses = append(clauses, pronounsOf(subject.Sex).subject+" is not the sole owner")
	}
	clauses = append(clauses, best.link.Agreement.clauses(best.link.Sighting.Reported)...)
	clauses = named(append(clauses, heldDown(best.link)...), best.link.Dispute)
	if words, tell := subject.ssnWords(best.link); tell {
		clauses = append(clauses, words)
	}
	clauses = append(clauses, toldCodes(best.link.Sighting)...)
	if others := g.otherSources(best.link.Sighting.Source); len(others) > 0 {
		clauses = append(clauses, list(others)+" reported it too")
	}
	if a := best.fact.address; a != nil {
		if g.careOf() {
			clauses = append(clauses, "mail goes there in care of somebody else")
		}
		if slices.Contains(subject.Addresses, best.fact.key) {
			clauses = append(clauses, "we have this address already")
		}
	}
	return strings.Join(clauses, "; ") + "."
}

// named puts both people in the place of the short reason, and leaves out what that says of the key.
func named(clauses []string, d *Dispute) []string {
	if d == nil {
		return clauses
	}
	clauses = slices.DeleteFunc(clauses, func(c string) bool { return c == KeyCameBack || c == keyOfAnother })
	if i := slices.Index(clauses, KeyDisagrees); i >= 0 {
		clauses[i] = d.Words()
	}
	return clauses
}

// clauses say what agrees and what does not.
func (a *Agreement) clauses(reported Parts) (clauses []string) {
	if agreeing := a.agreeing(reported); len(agreeing) > 0 {
		verb := " agree"
		if len(agreeing) == 1 {
			verb = " agrees"
		}
		clauses = append(clauses, list(agreeing)+verb)
	}
	return append(clauses, a.others(reported)...)
}

// otherSources names the independent sources beside the one the sentence begins with.
func (g *group) otherSources(first string) (words []string) {
	for _, source := range g.sources() {
		if source != first {
			words = append(words, sourceName(source))
		}
	}
	return words
}
