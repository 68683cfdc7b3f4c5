package leads

import "locatematch/pipeline/leads/agency"

// Renumber gives the history of merged person numbers to the number that stays, in the order of the list; the same list again
// changes nothing. Leads keep their ids. A split changes nothing: the old number keeps its history, and what fits the new one
// better is withdrawn from the old and told of the new, as for any other person who comes on the caseload.
func (t *Table) Renumber(list []agency.Renumbering) *Table {
	next := map[string]string{}
	for _, n := range list {
		if n.Split || n.Old == n.New {
			continue
		}
		for old, now := range next { // earlier merges into a number that is merged itself
			if now == n.Old {
				next[old] = n.New
			}
		}
		next[n.Old] = n.New
	}
	if len(next) == 0 {
		return t
	}
	renumbered := &Table{}
	for r := range t.Rows() {
		if now, merged := next[r.SubjectID]; merged && now != r.SubjectID {
			if r.Numbered == "" {
				r.Numbered = r.SubjectID
			}
			r.SubjectID = now
			if r.Numbered == now {
				r.Numbered = ""
			}
		}
		renumbered.add(&r)
	}
	return renumbered
}
