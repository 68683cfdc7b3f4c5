package main

import (
	"cmp"
	"maps"
	"slices"
)

// tray is what lies on the officers' desks: the night's queue and what was not looked at before. Every officer looks at so many
// leads a night, the surest first, of these what is told as current before what is not known to be and what is told as past or
// contradicted last, within that tonight's before older ones and each night's in the order of its queue.
type tray struct {
	truth *truth
	items map[string]item // by lead
}

func newTray(t *truth) *tray { return &tray{t, map[string]item{}} }

// put lays a night's queue on the desks. A lead that stands in it again is there once; leads that were withdrawn, and those of
// people who are protected by now, are taken away.
func (t *tray) put(night int, all, queue []item) {
	for _, q := range queue {
		if !q.factual() || t.items[q.leadID].night == night {
			continue // no fact, or the same lead for another case of the person
		}
		q.night = night
		if q.officer == "" {
			q.officer = t.truth.desks[q.subject]
		}
		t.items[q.leadID] = q
	}
	for _, q := range all {
		if q.lead.Status == "withdrawn" {
			delete(t.items, q.leadID)
		}
	}
	for id, q := range t.items {
		if t.truth.protected(q.subject, night) {
			delete(t.items, id)
		}
	}
}

// take takes what the officers look at tonight.
func (t *tray) take(each int) (work []item) {
	desks := map[string][]item{}
	for _, q := range t.items {
		desks[q.officer] = append(desks[q.officer], q)
	}
	for _, desk := range desks {
		slices.SortFunc(desk, inOrder)
		work = append(work, desk[:min(each, len(desk))]...)
	}
	slices.SortFunc(work, func(a, b item) int {
		return cmp.Or(cmp.Compare(a.officer, b.officer), inOrder(a, b))
	})
	for _, q := range work {
		delete(t.items, q.leadID)
	}
	return work
}

// rest is what still lies on the desks, in the order in which it would be looked at.
func (t *tray) rest() []item { return slices.SortedFunc(maps.Values(t.items), inOrder) }

// inOrder is the order in which an officer looks.
func inOrder(a, b item) int {
	return cmp.Or(cmp.Compare(a.sure(), b.sure()), cmp.Compare(a.gone(), b.gone()), cmp.Compare(b.night, a.night), cmp.Compare(a.rank, b.rank),
		cmp.Compare(a.leadID, b.leadID))
}

// pile is what today's practice leaves to be looked at: each night's dump in the order of its files, on top of what was left.
type pile struct {
	truth *truth
	items []item
}

// take puts a night's dump on the pile and takes the first n.
func (p *pile) take(night int, dump []item, n int) []item {
	p.items = append(slices.Clone(dump), p.items...)
	p.items = slices.DeleteFunc(p.items, func(q item) bool { return p.truth.protected(q.subject, night) })
	n = min(n, len(p.items))
	work := p.items[:n:n]
	p.items = p.items[n:]
	return work
}
