package queue

import (
	"cmp"
	"maps"
	"slices"

	"locatematch/pipeline/leads"
)

// alert is what one officer is told of one person tonight: all rows of that person, best first.
type alert []entry

func (a alert) statutory() bool {
	return slices.ContainsFunc(a, func(e entry) bool { return e.statutory })
}

// desk is one officer's place of work; officer "" is the supervisor's.
type desk struct{ office, officer string }

func compareDesks(a, b desk) int {
	return cmp.Or(cmp.Compare(a.office, b.office), cmp.Compare(a.officer, b.officer))
}

// placed is one desk's share of the queues.
type placed struct {
	desk
	alerts []alert
}

// place gives every entry its queue and its rank.
func (b *Builder) place(entries []entry) Queues {
	desks := byDesk(sorted(entries))
	capped := map[string]leads.Lead{}
	var all []placed
	for _, d := range slices.SortedFunc(maps.Keys(desks), compareDesks) {
		if d.officer == "" {
			continue
		}
		kept, overflow := b.cap(desks[d], capped)
		all = append(all, placed{d, kept})
		desks[desk{d.office, ""}] = append(desks[desk{d.office, ""}], overflow...)
	}
	for _, d := range slices.SortedFunc(maps.Keys(desks), compareDesks) {
		if d.officer == "" && len(desks[d]) > 0 {
			all = append(all, placed{desk{d.office, Supervisor}, rejoin(desks[d])})
		}
	}
	return b.queues(all, capped)
}

// byDesk gathers sorted entries by desk and person.
func byDesk(entries []entry) map[desk][]alert {
	type person struct {
		desk
		subject string
	}
	at := map[person]int{}
	desks := map[desk][]alert{}
	for _, e := range entries {
		d := desk{e.row.Office, e.row.Officer}
		who := person{d, e.place.SubjectID}
		i, there := at[who]
		if !there {
			i = len(desks[d])
			at[who] = i
			desks[d] = append(desks[d], nil)
		}
		desks[d][i] = append(desks[d][i], e)
	}
	return desks
}

// cap keeps as many alerts as an officer has room for, and always the first. Of the rest, those under a statutory clock go on to the supervisor, and
// the others wait. An alert that goes on is whole: whoever follows the clock sees what else is known of the person.
func (b *Builder) cap(alerts []alert, waiting map[string]leads.Lead) (kept, overflow []alert) {
	rows := 0
	for _, a := range alerts {
		switch {
		case b.in.PerOfficer <= 0 || rows+len(a) <= b.in.PerOfficer || rows == 0:
			kept = append(kept, a)
			rows += len(a)
		case a.statutory():
			rows = max(rows, b.in.PerOfficer) // a small alert does not slip past one that found no room
			for i := range a {
				a[i].row.Why += " It comes to you because " + a[i].row.Officer + " has as many leads as one night allows, and a clock set by law runs."
			}
			overflow = append(overflow, a)
		default:
			rows = max(rows, b.in.PerOfficer)
			for _, e := range a {
				b.counts.Capped++
				waiting[e.lead.LeadID] = *e.lead
			}
		}
	}
	return kept, overflow
}

// rejoin is the supervisor's alerts in order, one a person: several officers may have passed the same person on.
func rejoin(alerts []alert) []alert {
	var entries []entry
	for _, a := range alerts {
		entries = append(entries, a...)
	}
	for i := range entries {
		entries[i].row.Officer = ""
	}
	for _, joined := range byDesk(sorted(entries)) {
		return joined
	}
	return nil
}

// queues numbers the rows and counts them.
func (b *Builder) queues(all []placed, waiting map[string]leads.Lead) Queues {
	slices.SortStableFunc(all, func(x, y placed) int { return cmp.Compare(x.office, y.office) }) // an office's supervisor stays last
	q := Queues{}
	for _, p := range all {
		if n := len(q.Offices); n == 0 || q.Offices[n-1].Name != p.office {
			q.Offices = append(q.Offices, Office{Name: p.office})
		}
		office := &q.Offices[len(q.Offices)-1]
		rank := int32(0)
		for i, a := range p.alerts {
			b.counts.Alerts++
			for _, e := range a {
				rank++
				e.row.Rank, e.row.Officer = rank, p.officer
				e.place.Rank, e.place.Alert, e.place.Officer = rank, int32(i+1), p.officer
				office.Rows = append(office.Rows, e.row)
				q.Index = append(q.Index, e.place)
				b.counts.count(e.row)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(waiting)) {
		q.Waiting = append(q.Waiting, waiting[id])
	}
	q.Counts = b.counts
	return q
}
