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

// withoutPurpose drops the links that no purpose allows, once they have competed, and says how many of tonight's. They are grouped
// by subject.
func (n *night) withoutPurpose(links []leads.Link) (lawful []leads.Link, dropped int64) {
	asked, of := map[string]bool{}, uint32(0) // by source, of one subject
	lawful = slices.DeleteFunc(links, func(l leads.Link) bool {
		if l.Subject != of {
			clear(asked)
			of = l.Subject
		}
		may, known := asked[l.Sighting.Source]
		if !known {
			may = n.lawful(l.Sighting.Source, l.Subject)
			asked[l.Sighting.Source] = may
		}
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
