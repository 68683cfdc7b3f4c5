package trial

import (
	"cmp"
	"slices"
	"strings"
)

// Result is what another policy would change in a night.
type Result struct {
	Run     string   `json:"run"`
	AsOf    string   `json:"as_of"`
	From    string   `json:"from"` // digest of the policy of the run
	To      string   `json:"to"`   // of the policy that was tried
	Leads   int      `json:"leads"`
	Rows    int      `json:"rows"` // of queues, as published
	Counts  []Count  `json:"counts"`
	Rules   []Differ `json:"rules"` // that are not the same on both sides, by id
	Changes []Change `json:"changes"`
	Untold  []string `json:"untold"` // what a published night cannot tell, in words
}

// Count is how many changes there are of a kind.
type Count struct {
	Kind    Kind `json:"kind"`
	Changes int  `json:"changes"`
	Leads   int  `json:"leads"`
}

// Differ is a rule that is not the same in both policies.
type Differ struct {
	ID      string `json:"id"`
	From    Rule   `json:"from"` // the zero Rule: there is none
	To      Rule   `json:"to"`
	Changes int    `json:"changes"` // that name the rule
}

// Compare tells what is otherwise in a night under another policy.
func Compare(from, to *Night) *Result {
	c := &comparison{from: ready(from), to: ready(to)}
	for _, id := range names(c.from.leads, c.to.leads, strings.Compare) {
		c.lead(id)
	}
	for _, k := range names(c.from.rows, c.to.rows, func(a, b key) int {
		return cmp.Or(cmp.Compare(a.lead, b.lead), cmp.Compare(a.caseID, b.caseID))
	}) {
		c.row(k)
	}
	slices.SortFunc(c.changes, compareChanges)
	r := &Result{Leads: len(from.Leads), Rows: len(from.Rows), Changes: append([]Change{}, c.changes...),
		Counts: append([]Count{}, counts(c.changes)...), Rules: append([]Differ{}, c.rules()...)}
	if from.Policy != nil {
		r.From = from.Policy.Digest()
	}
	if to.Policy != nil {
		r.To = to.Policy.Digest()
	}
	return r
}

// comparison is a Compare under way.
type comparison struct {
	from, to *side
	changes  []Change
}

func (c *comparison) add(change Change) { c.changes = append(c.changes, change) }

// counts counts changes that come by kind and lead.
func counts(changes []Change) (list []Count) {
	seen := map[string]bool{}
	for _, c := range changes {
		if n := len(list); n == 0 || list[n-1].Kind != c.Kind {
			list = append(list, Count{Kind: c.Kind})
			clear(seen)
		}
		last := &list[len(list)-1]
		last.Changes++
		if !seen[c.LeadID] {
			seen[c.LeadID] = true
			last.Leads++
		}
	}
	return list
}

// rules lists what differs between the policies, whether or not it changes anything tonight.
func (c *comparison) rules() (list []Differ) {
	if c.from.rules == nil || c.to.rules == nil {
		return nil
	}
	for _, id := range names(c.from.rules, c.to.rules, strings.Compare) {
		was, is := c.from.rules[id], c.to.rules[id]
		if was.Does == is.Does && was.Words == is.Words && was.Citation == is.Citation && was.CheckedOn == is.CheckedOn && was.Off == is.Off {
			continue
		}
		d := Differ{ID: id, From: ruleOf(was), To: ruleOf(is)}
		for _, change := range c.changes {
			if change.FromRule.ID == id || change.ToRule.ID == id {
				d.Changes++
			}
		}
		list = append(list, d)
	}
	return list
}
