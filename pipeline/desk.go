package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/report"
)

// publishedRun is the id of a run that was asked for: a run id, or "current".
func (w Workspace) publishedRun(run string) (string, error) {
	id, err := w.resolve(run)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	if id == "" {
		return "", fmt.Errorf("%w: nothing has been published in %s; run the night first", ErrNotFound, w.Runs)
	}
	return id, nil
}

// chain gives the manifests of a run and of all before it that are still there, the oldest first.
func (w Workspace) chain(run string) (runs []*report.Manifest, err error) {
	for run != "" {
		m, err := w.manifest(run)
		if errors.Is(err, fs.ErrNotExist) && len(runs) > 0 {
			break // older runs may be put away
		}
		if err != nil {
			return nil, err
		}
		runs = append(runs, m)
		run = m.Parent
	}
	slices.Reverse(runs)
	return runs, nil
}

// veil is what protection hides of published runs: every lead on a protected person, and every lead on somebody else that
// would tell where that person is, because it is the same address, account or telephone number (I10).
type veil struct {
	list   *protectedList
	guard  leads.Guard     // their addresses
	places map[string]bool // their accounts and telephone numbers
}

// newVeil looks through every run for places of protected people. Where nobody is protected between nights it reads nothing.
func (w Workspace) newVeil(run string) (*veil, error) {
	list, err := w.loadProtected()
	if err != nil {
		return nil, err
	}
	v := &veil{list: list, places: map[string]bool{}}
	if len(list.people) == 0 {
		return v, nil
	}
	runs, err := w.chain(run)
	if err != nil {
		return nil, err
	}
	for _, m := range runs {
		published, err := leads.ReadLeads(filepath.Join(w.run(m.Run), leadsFile))
		if err != nil {
			return nil, err
		}
		for i := range published {
			if l := &published[i]; list.has(l.SubjectID) {
				v.guard.Add(l.PlaceKey())
				if place := placeOf(l); place != "" {
					v.places[place] = true
				}
			}
		}
	}
	return v, nil
}

// placeOf is what, beside an address, two people's leads share where one would tell of the other; "" where they share nothing.
func placeOf(l *leads.Lead) string {
	switch {
	case l.Account != nil:
		return strings.Join([]string{"account", l.Account.InstitutionTIN, l.Account.Token}, "|")
	case l.Phone != nil:
		return "phone|" + l.Phone.Number
	}
	return ""
}

func (v *veil) hides(l *leads.Lead) bool {
	return v.list.has(l.SubjectID) || v.guard.Hides(l) || len(v.places) > 0 && v.places[placeOf(l)]
}

// readLeads reads a run's leads, without those that may no longer be shown. Every command that shows leads reads them here.
func (w Workspace) readLeads(run string, v *veil) ([]leads.Lead, error) {
	list, err := leads.ReadLeads(filepath.Join(w.run(run), leadsFile))
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(l leads.Lead) bool { return v.hides(&l) }), nil
}

// Leads reads a published run's leads; run is a run id or "current".
func (w Workspace) Leads(run string) (id string, list []leads.Lead, err error) {
	if id, err = w.publishedRun(run); err != nil {
		return "", nil, err
	}
	v, err := w.newVeil(id)
	if err != nil {
		return "", nil, err
	}
	list, err = w.readLeads(id, v)
	return id, list, err
}

// Desk says whose queue is asked for; "" is everybody's.
type Desk struct{ Office, Officer, Case string }

// QueueView is what a run queued, as it may be read now.
type QueueView struct {
	Run, AsOf string
	Rows      []queue.Row // by office, officer and rank
	Places    []queue.Place
}

// Queue reads a run's queues as they are now: rows that may no longer be shown are cut out, and ranks count on without a gap.
func (w Workspace) Queue(run string, d Desk) (*QueueView, error) {
	id, err := w.publishedRun(run)
	if err != nil {
		return nil, err
	}
	v, err := w.newVeil(id)
	if err != nil {
		return nil, err
	}
	m, err := w.manifest(id)
	if err != nil {
		return nil, err
	}
	q := &QueueView{Run: id, AsOf: m.AsOf}
	return q, w.readQueue(q, v, d)
}

func (w Workspace) readQueue(q *QueueView, v *veil, d Desk) error {
	places, err := queue.ReadIndex(filepath.Join(w.run(q.Run), queue.IndexFile))
	if errors.Is(err, fs.ErrNotExist) { // of a version without queues
		return nil
	}
	if err != nil {
		return err
	}
	hidden := map[string]bool{}
	if len(v.list.people) > 0 {
		if hidden, err = w.hiddenLeads(q.Run, v); err != nil {
			return err
		}
	}
	rows, err := w.rowsOf(q.Run, places)
	if err != nil {
		return err
	}
	q.cut(places, rows, d, func(p *queue.Place) bool { return v.list.has(p.SubjectID) || hidden[p.LeadID] })
	return nil
}

// hiddenLeads are the leads of a run that may no longer be shown, those waiting for room among them.
func (w Workspace) hiddenLeads(run string, v *veil) (map[string]bool, error) {
	hidden := map[string]bool{}
	m, err := w.chain(run)
	if err != nil {
		return nil, err
	}
	for _, past := range m { // a row may be of a lead that waited
		list, err := leads.ReadLeads(filepath.Join(w.run(past.Run), leadsFile))
		if err != nil {
			return nil, err
		}
		for i := range list {
			if v.hides(&list[i]) {
				hidden[list[i].LeadID] = true
			}
		}
	}
	return hidden, nil
}

// rowsOf reads the rows of every office in the index, in its order.
func (w Workspace) rowsOf(run string, places []queue.Place) (rows []queue.Row, err error) {
	for i, p := range places {
		if i > 0 && places[i-1].Office == p.Office {
			continue
		}
		office, err := queue.ReadRows(filepath.Join(w.run(run), filepath.FromSlash(queue.FileName(p.Office))))
		if err != nil {
			return nil, err
		}
		rows = append(rows, office...)
	}
	if len(rows) != len(places) {
		return nil, fmt.Errorf("run %s: its index of queues has %d places, its queues %d rows", run, len(places), len(rows))
	}
	return rows, nil
}

// cut keeps what is asked for and may be shown, and numbers each officer's rows and alerts anew.
func (q *QueueView) cut(places []queue.Place, rows []queue.Row, d Desk, hidden func(*queue.Place) bool) {
	var rank, alert, lastAlert int32
	for i := range places {
		p, r := places[i], rows[i]
		if i == 0 || places[i-1].Office != p.Office || places[i-1].Officer != p.Officer {
			rank, alert, lastAlert = 0, 0, 0
		}
		if hidden(&p) {
			continue
		}
		rank++
		if p.Alert != lastAlert {
			alert, lastAlert = alert+1, p.Alert
		}
		p.Rank, r.Rank, p.Alert = rank, rank, alert
		if (d.Office == "" || d.Office == p.Office) && (d.Officer == "" || d.Officer == p.Officer) && (d.Case == "" || d.Case == p.CaseID) {
			q.Places, q.Rows = append(q.Places, p), append(q.Rows, r)
		}
	}
}

// LeadIDs are the leads of the rows, each once, for the audit trail.
func (q *QueueView) LeadIDs() (ids []string) {
	for _, p := range q.Places {
		ids = append(ids, p.LeadID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
