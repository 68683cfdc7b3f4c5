package trial

import (
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/leads/queue"
)

// Night is a night as it is under one policy.
type Night struct {
	Policy     *policy.Policy // nil: not at hand; then its rules are told in the words that were published
	Leads      []leads.Lead   // each id once
	NotAllowed []NotAllowed   // leads that rest on sources which this policy does not allow
	Retold     []string       // leads of earlier nights that would be told again on fewer sources: nobody can tell what they say
	Places     []queue.Place
	Rows       []queue.Row     // one for each of Places
	Waiting    []queue.Waiting // leads that found no room
}

// NotAllowed is a lead that loses what some of its sources report.
type NotAllowed struct {
	LeadID    string
	Sources   []string    // sorted
	Whole     bool        // no source is left: there is no lead
	Withdrawn bool        // the lead is one of an earlier night, not told on this one, and would be withdrawn
	Rule      policy.Rule // that denies
	Was       policy.Rule // that allowed it under the other policy, where that is at hand
}

// side is a night made ready to be asked.
type side struct {
	*Night
	leads      map[string]*leads.Lead
	rows       map[key]int // index of Places and Rows
	waiting    map[string]*queue.Waiting
	notAllowed map[string]*NotAllowed
	rules      map[string]policy.Rule // that count, by id; those switched off are among them
}

// key is a lead in a case.
type key struct{ lead, caseID string }

func ready(n *Night) *side {
	s := &side{Night: n, leads: map[string]*leads.Lead{}, rows: map[key]int{}, waiting: map[string]*queue.Waiting{}, notAllowed: map[string]*NotAllowed{}}
	for i := range n.Leads {
		s.leads[n.Leads[i].LeadID] = &n.Leads[i]
	}
	for i := range n.Places {
		s.rows[key{n.Places[i].LeadID, n.Places[i].CaseID}] = i
	}
	for i := range n.Waiting {
		s.waiting[n.Waiting[i].LeadID] = &n.Waiting[i]
	}
	for i := range n.NotAllowed {
		s.notAllowed[n.NotAllowed[i].LeadID] = &n.NotAllowed[i]
	}
	s.rules = counting(n.Policy)
	return s
}

// waits reports that a lead has found no room for a case.
func (s *side) waits(p *queue.Place) bool {
	w := s.waiting[p.LeadID]
	return w != nil && w.For(p.CaseID)
}

// counting are the rules of a policy that no later layer has changed, by id.
func counting(p *policy.Policy) map[string]policy.Rule {
	if p == nil {
		return nil
	}
	rules := map[string]policy.Rule{}
	for _, r := range p.Rules() {
		if r.OverriddenBy != "" {
			continue
		}
		if before, there := rules[r.ID]; there { // each layer's calendar counts
			r.Does = before.Does + "; " + r.Does
		}
		rules[r.ID] = r
	}
	return rules
}

// names lists the keys of both sides, each once, sorted.
func names[K comparable, V, W any](a map[K]V, b map[K]W, order func(x, y K) int) (all []K) {
	for k := range a {
		all = append(all, k)
	}
	for k := range b {
		if _, both := a[k]; !both {
			all = append(all, k)
		}
	}
	slices.SortFunc(all, order)
	return all
}

// Drop leaves rows out of a night's queues.
func (n *Night) Drop(out func(*queue.Place) bool) {
	var places []queue.Place
	var rows []queue.Row
	for i := range n.Places {
		if !out(&n.Places[i]) {
			places, rows = append(places, n.Places[i]), append(rows, n.Rows[i])
		}
	}
	n.Places, n.Rows = places, rows
}
