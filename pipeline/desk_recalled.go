package pipeline

import (
	"cmp"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/report"
)

// asQueued gives the runs whose queues are read as those of one, the oldest first: of a night the night alone, of a recall also the
// night that it mends. What a recall finds in addition is news of the same night, and what it leaves standing nobody queues again.
func (w Workspace) asQueued(m *report.Manifest) (runs []string, err error) {
	for {
		runs = append(runs, m.Run)
		if len(m.Recalled) == 0 || m.Parent == "" {
			break
		}
		parent, err := w.manifest(m.Parent)
		if errors.Is(err, fs.ErrNotExist) { // put away
			break
		}
		if err != nil {
			return nil, err
		}
		m = parent
	}
	slices.Reverse(runs)
	return runs, nil
}

// recalledSince are the leads that recalls have withdrawn since a run: its queues are as if they had never been.
func (w Workspace) recalledSince(run string) (map[string]bool, error) {
	gone := map[string]bool{}
	live, err := w.currentID()
	if err != nil {
		return nil, err
	}
	for at := live; at != "" && at != run; {
		m, err := w.manifest(at)
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(m.Recalled) > 0 {
			list, err := leads.ReadLeads(filepath.Join(w.run(at), leadsFile))
			if err != nil {
				return nil, err
			}
			for i := range list {
				if list[i].Status == leads.Withdrawn {
					gone[list[i].LeadID] = true
				}
			}
		}
		at = m.Parent
	}
	return gone, nil
}

// byDesk brings the rows of several runs together desk by desk, an office's supervisor last as in each of them; within a desk the
// earlier run's come first, and no alert of the one is an alert of the other.
func (q *QueueView) byDesk(parts []QueueView) {
	type line struct {
		place queue.Place
		row   queue.Row
	}
	var all []line
	for n, part := range parts {
		for i, p := range part.Places {
			p.Alert = p.Alert*int32(len(parts)) + int32(n)
			all = append(all, line{p, part.Rows[i]})
		}
	}
	last := func(p *queue.Place) int {
		if p.Officer == queue.Supervisor {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.place.Office, b.place.Office), last(&a.place)-last(&b.place), cmp.Compare(a.place.Officer, b.place.Officer))
	})
	for _, l := range all {
		q.Places, q.Rows = append(q.Places, l.place), append(q.Rows, l.row)
	}
}
