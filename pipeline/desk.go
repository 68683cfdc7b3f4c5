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
// would tell where that person is, because it is the same address, account or telephone number, or may be the other parent's in
// a case of family violence (I10).
type veil struct {
	people, violence map[string]bool // subjects protected; cases in which somebody is
	guard            *leads.Guard    // their places
}

// newVeil puts together what the live run left of protected people (guarded.go) and who was protected since.
func (w Workspace) newVeil(run string) (*veil, error) {
	list, err := w.loadProtected()
	if err != nil {
		return nil, err
	}
	if live, err := w.currentID(); err != nil {
		return nil, err
	} else if live != "" {
		run = live
	}
	return w.veilOf(run, list)
}

func (w Workspace) veilOf(run string, list *protectedList) (*veil, error) {
	rows, err := w.readGuarded(run)
	if err != nil {
		return nil, err
	}
	key, err := w.keyOf(run)
	if err != nil {
		return nil, err
	}
	v := &veil{people: map[string]bool{}, violence: map[string]bool{}, guard: leads.NewGuard(key)}
	for _, row := range rows {
		v.people[row.SubjectID] = true
		v.violence[row.CaseID] = true
		if row.Place != 0 {
			v.guard.AddHashes([]uint64{uint64(row.Place)})
		}
	}
	list.veil(v)
	delete(v.violence, "")
	return v, nil
}

func (v *veil) hides(l *leads.Lead) bool {
	violence := slices.ContainsFunc(l.MayDo, func(m leads.MayDo) bool { return v.violence[m.CaseID] })
	return v.people[l.SubjectID] || slices.ContainsFunc(l.Named, func(id string) bool { return v.people[id] }) || v.guard.Hides(l, violence)
}

func (v *veil) hidesWaiting(w *queue.Waiting) bool {
	violence := slices.ContainsFunc(w.Cases, func(id string) bool { return v.violence[id] })
	named := slices.ContainsFunc(w.Named, func(id string) bool { return v.people[id] })
	return v.people[w.SubjectID] || named || v.guard.HidesTrace(&w.Trace, violence)
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

// elsewhere names the officers of the office that was asked for, or else the offices, for whom something is queued.
func (d Desk) elsewhere(places []queue.Place) string {
	if d.Case != "" || d.Office == "" && d.Officer == "" {
		return ""
	}
	var offices, officers []string
	for _, p := range places {
		offices = append(offices, queue.OfficeWords(p.Office))
		if p.Office == d.Office {
			officers = append(officers, p.Officer)
		}
	}
	switch {
	case len(officers) > 0:
		return "Officers of " + queue.OfficeWords(d.Office) + " for whom something is: " + strings.Join(slices.Compact(officers), ", ") + "."
	case len(offices) > 0:
		return "Offices in which something is: " + strings.Join(slices.Compact(offices), ", ") + "."
	}
	return ""
}

func (d Desk) wants(p *queue.Place) bool {
	return (d.Office == "" || d.Office == p.Office) && (d.Officer == "" || d.Officer == p.Officer) && (d.Case == "" || d.Case == p.CaseID)
}

// QueueView is what a run queued, as it may be read now.
type QueueView struct {
	Run, AsOf string
	Rows      []queue.Row // by office, officer and rank
	Places    []queue.Place
	Elsewhere string // where nothing is queued for the desk that was asked for: at which desks something is
}

// Queue reads a run's queues as they are now: rows that may no longer be shown are cut out, and those whose leads were recalled since,
// and ranks count on without a gap. A recall's queues are those of the night that it mends, with what it found in addition.
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
	runs, err := w.asQueued(m)
	if err != nil {
		return nil, err
	}
	parts := make([]QueueView, len(runs))
	for i, run := range runs {
		gone, err := w.recalledSince(run)
		if err != nil {
			return nil, err
		}
		if parts[i], err = w.readQueue(run, v, func(p *queue.Place) bool { return gone[p.LeadID] }); err != nil {
			return nil, err
		}
	}
	all, q := &QueueView{}, &QueueView{Run: id, AsOf: m.AsOf}
	all.byDesk(parts)
	q.cut(all.Places, all.Rows, d, func(*queue.Place) bool { return false })
	if len(q.Rows) == 0 {
		q.Elsewhere = d.elsewhere(all.Places)
	}
	return q, nil
}

// readQueue reads what one run queued, but for what is hidden or may not be shown.
func (w Workspace) readQueue(run string, v *veil, hidden func(*queue.Place) bool) (q QueueView, err error) {
	places, err := queue.ReadIndex(filepath.Join(w.run(run), queue.IndexFile))
	if errors.Is(err, fs.ErrNotExist) { // of a version without queues
		return q, nil
	}
	if err != nil {
		return q, err
	}
	veiled := map[string]bool{}
	if len(v.people) > 0 {
		if veiled, err = w.hiddenLeads(run, v); err != nil {
			return q, err
		}
	}
	rows, err := w.rowsOf(run, places)
	if err != nil {
		return q, err
	}
	q.cut(places, rows, Desk{}, func(p *queue.Place) bool { return v.people[p.SubjectID] || veiled[p.LeadID] || hidden(p) })
	return q, nil
}

// hiddenLeads are the leads in a run's queues that may no longer be shown: of that night, and those that waited for room.
func (w Workspace) hiddenLeads(run string, v *veil) (map[string]bool, error) {
	hidden := map[string]bool{}
	m, err := w.manifest(run)
	if err != nil {
		return nil, err
	}
	list, err := leads.ReadLeads(filepath.Join(w.run(run), leadsFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for i := range list {
		hidden[list[i].LeadID] = v.hides(&list[i])
	}
	if m.Parent == "" {
		return hidden, nil
	}
	waited, err := w.readWaiting(m.Parent)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // the parent may be put away, or keep none
		return nil, err
	}
	for i := range waited {
		hidden[waited[i].LeadID] = hidden[waited[i].LeadID] || v.hidesWaiting(&waited[i])
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
		if d.wants(&p) {
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
