package pipeline

import (
	"fmt"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/report"
)

// lawful reports that a source may be used about a person in at least one of his cases. One index serves every source, so who may
// not be looked for in a source still competes for its records, as a shield does, and yields nothing: no link, and no word of
// which records would have been his.
func (n *night) lawful(source string, subject uint32) bool {
	return n.plan.Policy == nil || n.caseload.lawful(n.plan.Policy, source, subject)
}

func (c *caseload) lawful(rules *policy.Policy, source string, subject uint32) bool {
	return slices.ContainsFunc(c.knowledge.CasesOf(c.subjects[subject].ID), func(of agency.Case) bool {
		_, allowed := rules.Purpose(policySource(source), of.Participant, of.Status, of)
		return allowed
	})
}

// purposes answers lawful for many links, with the rule by which a source may not be used. People of whom nothing but one row of the
// caseload tells differ in little that a purpose rule can ask about, so the rules are asked once for each kind of them.
type purposes struct {
	night *night
	plain map[plainCase]ruling
}

// plainCase is all that rules can see of a case that a caseload row states (caseOf), and the source.
type plainCase struct {
	source      string
	participant agency.Participant
	protected   bool
}

// ruling is whether a source may be used, and by which rule it may not.
type ruling struct {
	may  bool
	rule string
}

func (p *purposes) ruling(source string, subject uint32) ruling {
	if !p.night.caseload.hasPlainCase(subject) {
		return p.night.ruling(source, subject)
	}
	s := &p.night.caseload.subjects[subject]
	of := plainCase{source, s.Participant, s.Protected}
	r, known := p.plain[of]
	if !known {
		r = p.night.ruling(source, subject)
		p.plain[of] = r
	}
	return r
}

func (n *night) ruling(source string, subject uint32) ruling {
	if n.lawful(source, subject) {
		return ruling{may: true}
	}
	return ruling{rule: n.purpose(source, subject, false).ID}
}

// withoutPurpose drops the links that no purpose allows, once they have competed, and says how many of tonight's, by the rule that
// does not.
func (n *night) withoutPurpose(links []leads.Link) (lawful []leads.Link, dropped map[string]int64) {
	p := purposes{night: n, plain: map[plainCase]ruling{}}
	dropped = map[string]int64{}
	lawful = slices.DeleteFunc(links, func(l leads.Link) bool {
		r := p.ruling(l.Sighting.Source, l.Subject)
		if !r.may && !l.Sighting.Retained {
			dropped[r.rule]++
		}
		return !r.may
	})
	return lawful, dropped
}

// noPurpose begins the reason for which a link is withheld that no purpose allows; the rule follows.
const noPurpose = "no purpose: "

// accountsWithoutFacts says what to do where bank data were left unused because the agency gave no facts of the case; "" elsewhere.
func (r *runner) accountsWithoutFacts(withheld []report.Count) string {
	const reason = noPurpose + policy.CaseloadAloneAccounts
	at := slices.IndexFunc(withheld, func(c report.Count) bool { return c.Name == reason })
	if at < 0 {
		return ""
	}
	return fmt.Sprintf("links of bank data left unused for want of facts of the case: %s (rule %s). %s", report.Thousands(withheld[at].N),
		policy.CaseloadAloneAccounts, r.plan.Policy.AccountsNeedFacts())
}

// lawful leaves out what no purpose allows of a partition's links, and counts the links; held pairs are none.
func (h *harvest) lawful(links, held []leads.Link) (kept, conflicts []leads.Link) {
	kept, dropped := h.night.withoutPurpose(links)
	for rule, links := range dropped {
		h.withhold(noPurpose+rule, links)
	}
	conflicts, _ = h.night.withoutPurpose(held)
	return kept, conflicts
}

// policySource is a source as policy knows it; an agency's own are other.
func policySource(source string) string {
	switch source {
	case "postal", "employment", "military", "financial":
		return source
	}
	return "other"
}
