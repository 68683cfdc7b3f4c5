package pipeline

import (
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
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

// purposes answers lawful for many links. People of whom nothing but one row of the caseload tells differ in little that a purpose
// rule can ask about, so the rules are asked once for each kind of them.
type purposes struct {
	night *night
	plain map[plainCase]bool
}

// plainCase is all that rules can see of a case that a caseload row states (caseOf), and the source.
type plainCase struct {
	source      string
	participant agency.Participant
	protected   bool
}

func (p *purposes) lawful(source string, subject uint32) bool {
	if !p.night.caseload.hasPlainCase(subject) {
		return p.night.lawful(source, subject)
	}
	s := &p.night.caseload.subjects[subject]
	of := plainCase{source, s.Participant, s.Protected}
	may, known := p.plain[of]
	if !known {
		may = p.night.lawful(source, subject)
		p.plain[of] = may
	}
	return may
}

// withoutPurpose drops the links that no purpose allows, once they have competed, and says how many of tonight's.
func (n *night) withoutPurpose(links []leads.Link) (lawful []leads.Link, dropped int64) {
	p := purposes{night: n, plain: map[plainCase]bool{}}
	lawful = slices.DeleteFunc(links, func(l leads.Link) bool {
		may := p.lawful(l.Sighting.Source, l.Subject)
		if !may && !l.Sighting.Retained {
			dropped++
		}
		return !may
	})
	return lawful, dropped
}

// lawful leaves out what no purpose allows of a partition's links, and counts the links; held pairs are none.
func (h *harvest) lawful(links, held []leads.Link) (kept, conflicts []leads.Link) {
	kept, dropped := h.night.withoutPurpose(links)
	h.withhold("purpose", dropped)
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
