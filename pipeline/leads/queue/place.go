package queue

import (
	"cmp"
	"maps"
	"slices"
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
	var all []placed
	for _, d := range slices.SortedFunc(maps.Keys(desks), compareDesks) {
		if d.officer == "" {
			continue
		}
		kept, overflow := b.cap(desks[d])
		all = append(all, placed{d, kept})
		desks[desk{d.office, ""}] = append(desks[desk{d.office, ""}], overflow...)
	}
	for _, d := range slices.SortedFunc(maps.Keys(desks), compareDesks) {
		if d.officer == "" && len(desks[d]) > 0 {
			all = append(all, placed{desk{d.office, Supervisor}, rejoin(desks[d])})
		}
	}
	return b.queues(all)
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
		d := desk{e.office, e.officer}
		who := person{d, e.news.SubjectID}
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
func (b *Builder) cap(alerts []alert) (kept, overflow []alert) {
	rows := 0
	for _, a := range alerts {
		switch {
		case b.in.PerOfficer <= 0 || rows+len(a) <= b.in.PerOfficer || rows == 0:
			kept = append(kept, a)
			rows += len(a)
		case a.statutory():
			rows = max(rows, b.in.PerOfficer) // a small alert does not slip past one that found no room
			for i := range a {
				a[i].passedBy = a[i].officer
			}
			overflow = append(overflow, a)
		default:
			rows = max(rows, b.in.PerOfficer)
			for _, e := range a {
				b.counts.Capped++
				e.news.waits = true
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
		entries[i].officer = ""
	}
	for _, joined := range byDesk(sorted(entries)) {
		return joined
	}
	return nil
}

// queues numbers the rows and counts them.
func (b *Builder) queues(all []placed) Queues {
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
			for j := range a {
				rank++
				row, place := b.row(&a[j])
				row.Rank, row.Officer = rank, p.officer
				place.Rank, place.Alert, place.Officer = rank, int32(i+1), p.officer
				office.Rows, q.Index = append(office.Rows, row), append(q.Index, place)
				a[j].news.queued = append(slices.Clip(a[j].news.queued), a[j].caseID)
				b.counts.count(row, a[j].special)
			}
		}
	}
	q.Waiting, q.Counts = b.waits(), b.counts
	return q
}

// waits is the news that some queue had no room for.
func (b *Builder) waits() (list []Waiting) {
	for _, n := range b.news {
		if !n.waits {
			continue
		}
		w := Waiting{News: *n, Queued: slices.Sorted(slices.Values(n.queued))}
		for _, c := range b.in.Cases(n.SubjectID) {
			w.Cases = append(w.Cases, c.ID)
		}
		w.granted, w.queued, w.waits = nil, nil, false
		list = append(list, w)
	}
	slices.SortFunc(list, func(x, y Waiting) int { return cmp.Compare(x.LeadID, y.LeadID) })
	return list
}
