package policy

import (
	"slices"
	"strings"

	"locatematch/pipeline/leads/agency"
)

const purposeDefault = "purpose.default"

// CaseloadAloneAccounts is the rule that says whether bank data may be used on the caseload's word alone, without facts of the case.
const CaseloadAloneAccounts = "purpose.caseload-alone-accounts"

// AccountsNeedFacts tells an operator, in words, what has to be given before bank data are used; "" where the policy uses them on the
// caseload's word alone.
func (p *Policy) AccountsNeedFacts() string {
	if r := p.find(CaseloadAloneAccounts); !r.off && r.decide == "allow" {
		return ""
	}
	return "Bank data are used for parents alone of whom a cases file says that past-due support is owed: name it in night.yaml under agency.cases " +
		"(layout agency-cases, column arrears). Where your agency's caseload holds nobody but such parents, a policy layer of yours may say so: " +
		CaseloadAloneAccounts + " with decide: allow, words and a citation."
}

// Purpose says whether a source may be used for a person in a case, and by which rule. It is asked before blocking and before
// anything about the person is sent out. p and s count, whatever the case says of them; a status that is not stated is open.
//
// Where rules disagree, one that denies wins: it stands for somebody's protection.
func (p *Policy) Purpose(source string, who agency.Participant, status agency.Status, c agency.Case) (Rule, bool) {
	c.Participant, c.Status = who, status
	s := &Situation{Sources: []string{source}, Case: c}
	var allowed, otherwise Rule
	for _, r := range p.inForce["purpose"] {
		switch {
		case r.id == purposeDefault:
			otherwise = r.shown
		case !among(r.sources, source) || !r.aboutCase(&s.Case) || !r.fits(s):
		case r.decide == "deny":
			return r.shown, false
		case allowed.ID == "":
			allowed = r.shown
		}
	}
	if allowed.ID != "" {
		return allowed, true
	}
	return otherwise, false
}

// findConflicts tells which purpose rules of different layers can fit one person and decide otherwise. Within a layer that is
// how an exception is written; between layers its authors may not know of each other.
func (p *Policy) findConflicts() map[string]string {
	found := map[string]string{}
	for _, a := range p.inForce["purpose"] {
		var against []string
		for _, d := range p.inForce["purpose"] {
			if a.decide == "allow" && d.decide == "deny" && d.id != purposeDefault && a.layer != d.layer && a.meets(d) {
				against = append(against, d.id+" ("+d.layer+")")
				found[d.id] = joined(found[d.id], "wins over "+a.id+" ("+a.layer+") where both fit")
			}
		}
		if len(against) > 0 {
			found[a.id] = "gives way to " + strings.Join(against, ", ") + " where both fit"
		}
	}
	return found
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// meets reports that two rules can be about one person of one source.
func (r *rule) meets(o *rule) bool {
	return overlap(r.sources, o.sources) && overlap(r.participants, o.participants) && overlap(r.statuses, o.statuses) &&
		overlap(r.functions, o.functions)
}

func overlap(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}
