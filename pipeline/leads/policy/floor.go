package policy

import (
	"slices"
	"strings"
)

// floor is what no layer may take away. It is code and not data, because a file that could change it would make it no floor.
type floor struct {
	group  string
	words  string
	broken func(*rule) bool
}

var floors = []floor{
	{"purpose", "a person who is never looked for stays so: this rule cannot be switched off or made to allow", func(r *rule) bool {
		return slices.Contains([]string{"purpose.child", "purpose.closed"}, r.id) &&
			(r.off || r.decide != "deny" || !bare(r, map[string][]string{"purpose.child": {"CH"}, "purpose.closed": {"closed"}}[r.id]))
	}},
	{"purpose", "where no rule fits, the answer is no: the default stays deny, for all", func(r *rule) bool {
		return r.id == purposeDefault && (r.off || r.decide != "deny" || !bare(r, nil))
	}},
	{"purpose", "bank data are used only for participants: [NP], when: [owes_past_due] or [case_facts_unknown]", func(r *rule) bool {
		return r.decide == "allow" && among(r.sources, "financial") &&
			(!slices.Equal(r.participants, []string{"NP"}) || !r.asks("owes_past_due") && !r.asks("case_facts_unknown"))
	}},
	{"may_do", "a review for levy needs ssn_agrees, name_agrees and address_agrees", func(r *rule) bool {
		return r.allows == ReviewForLevy && !(r.asks("ssn_agrees") && r.asks("name_agrees") && r.asks("address_agrees"))
	}},
	{"may_do", "a review for withholding needs order and ssn_agrees", func(r *rule) bool {
		return r.allows == ReviewForWithholding && !(r.asks("order") && r.asks("ssn_agrees"))
	}},
	{"may_do", "nothing is done in a closed case or about a child: this rule cannot be switched off or narrowed", func(r *rule) bool {
		kept := map[string]string{"may.closed": "closed_case", "may.child": "child"}[r.id]
		return kept != "" && (r.off || r.holds != Specialist || len(r.kinds)+len(r.participants)+len(r.functions) > 0 ||
			!slices.Contains(r.unless, conditionNamed(kept)))
	}},
	{"clocks", "a clock for withholding needs order and ssn_agrees", func(r *rule) bool {
		return strings.HasPrefix(r.id, "clock.withholding") && !(r.asks("order") && r.asks("ssn_agrees"))
	}},
	{"retention", "unmatched rows of banks and of the post office are never kept", func(r *rule) bool {
		return r.unmatched && (slices.Contains(r.sources, "financial") || slices.Contains(r.sources, "postal"))
	}},
	{"retention", "new hire and wage data are kept 730 days at most", func(r *rule) bool {
		return slices.Contains(r.sources, "employment") && r.days > 730
	}},
}

// asks reports that a rule counts only where a condition holds.
func (r *rule) asks(name string) bool {
	c := conditionNamed(name)
	return slices.Contains(r.needs, c) || slices.Contains(r.when, c)
}

// bare reports that a purpose rule selects by these participants or statuses alone.
func bare(r *rule, by []string) bool {
	return len(r.sources)+len(r.functions)+len(r.when)+len(r.unless) == 0 && slices.Equal(slices.Concat(r.participants, r.statuses), by)
}
