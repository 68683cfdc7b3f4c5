package leads

import (
	"cmp"
	"slices"

	"locatematch/pipeline/leads/agency"
)

// Renumber takes in a crosswalk of person numbers, in the order of the list; the same list again changes nothing. The history of merged
// numbers goes to the number that stays, that of a split number is parted (split.go). Leads keep their ids.
func (t *Table) Renumber(list []agency.Renumbering) *Table {
	if len(list) == 0 {
		return t
	}
	x := newCrosswalk(t, list)
	for _, n := range list {
		switch {
		case n.Split:
			x.split(n)
		case n.Old != n.New:
			x.merge(n)
		}
	}
	return x.over(t)
}

// crosswalk is the part of a history whose person numbers may change.
type crosswalk struct {
	rows  []Row            // of subjects that the list names, and their twins
	of    map[string][]int // by subject: places in rows
	known map[string]int   // by lead id
	named map[string]bool  // leads that a split names
	since map[string]int32 // day of the merge, by number that was merged into another
}

func newCrosswalk(t *Table, list []agency.Renumbering) *crosswalk {
	x := &crosswalk{of: map[string][]int{}, known: map[string]int{}, named: map[string]bool{}, since: map[string]int32{}}
	about := map[string]bool{}
	for _, n := range list {
		about[n.Old], about[n.New] = true, true
		x.named[n.LeadID] = true
		if !n.Split {
			x.since[n.Old] = n.On
		}
	}
	for r := range t.Rows() {
		if about[r.SubjectID] {
			x.of[r.SubjectID] = append(x.of[r.SubjectID], len(x.rows))
			x.known[r.LeadID] = len(x.rows)
			x.rows = append(x.rows, r)
		}
	}
	return x
}

// over is a history with these rows in the place of its own, and beside them.
func (x *crosswalk) over(t *Table) *Table {
	rows, renumbered := x.rows, &Table{}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(a.LeadID, b.LeadID) })
	for r := range t.Rows() {
		for len(rows) > 0 && rows[0].LeadID < r.LeadID {
			renumbered.add(&rows[0])
			rows = rows[1:]
		}
		if len(rows) > 0 && rows[0].LeadID == r.LeadID {
			r, rows = rows[0], rows[1:]
		}
		renumbered.add(&r)
	}
	for i := range rows {
		renumbered.add(&rows[i])
	}
	return renumbered
}

// give makes a lead another number's; its id is still made from the first.
func (x *crosswalk) give(at int, to string) {
	r := &x.rows[at]
	if r.Numbered == "" {
		r.Numbered = r.SubjectID
	}
	if r.SubjectID = to; r.Numbered == to {
		r.Numbered = ""
	}
	x.of[to] = append(x.of[to], at)
}

func (x *crosswalk) merge(n agency.Renumbering) {
	for _, at := range x.of[n.Old] {
		x.give(at, n.New)
	}
	delete(x.of, n.Old)
}
