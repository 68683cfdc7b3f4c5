package leads

import (
	"slices"

	"locatematch/pipeline/leads/agency"
)

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
	renumbered := &Table{rows: slices.Clone(t.Rows())}
	for i := range renumbered.rows {
		r := &renumbered.rows[i]
		now, merged := next[r.SubjectID]
		if !merged || now == r.SubjectID {
			continue
		}
		if r.Numbered == "" {
			r.Numbered = r.SubjectID
		}
		r.SubjectID = now
		if r.Numbered == now {
			r.Numbered = ""
		}
	}
	return renumbered
}
