package pipeline

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/casefile"
	"locatematch/pipeline/leads/judgement"
	"locatematch/pipeline/leads/queue"
)

// dossier gathers what happened to leads, over every published run: when they were published, queued for whom, judged,
// withdrawn, and read by whom.
type dossier struct {
	workspace Workspace
	veil      *veil
	entries   map[string]*casefile.Entry // by lead id, as last published
	caseID    string                     // whose queues count; "": those of every case
	protected bool                       // something that was asked for may not be shown
	asOf, run string                     // of the live run
}

// newDossier walks through the runs and takes up the leads that are wanted, with what queues said of them for a case: a person's
// other cases have days, rights and officers of their own. caseID "" is every case.
func (w Workspace) newDossier(caseID string, wanted func(*leads.Lead) bool) (*dossier, error) {
	live, err := w.publishedRun(currentFile)
	if err != nil {
		return nil, err
	}
	d := &dossier{workspace: w, entries: map[string]*casefile.Entry{}, caseID: caseID, run: live}
	if d.veil, err = w.newVeil(live); err != nil {
		return nil, err
	}
	runs, err := w.chain(live)
	if err != nil {
		return nil, err
	}
	for _, m := range runs {
		d.asOf = m.AsOf
		if err := d.published(m.Run, m.AsOf, wanted); err != nil {
			return nil, err
		}
		if err := d.queued(m.Run, m.AsOf); err != nil {
			return nil, err
		}
	}
	if err := d.judged(); err != nil {
		return nil, err
	}
	return d, d.read()
}

// published takes up the leads of one run.
func (d *dossier) published(run, asOf string, wanted func(*leads.Lead) bool) error {
	list, err := leads.ReadLeads(filepath.Join(d.workspace.run(run), leadsFile))
	if err != nil {
		return err
	}
	for i := range list {
		l := &list[i]
		e := d.entries[l.LeadID]
		published := e != nil
		if e == nil && !wanted(l) {
			continue
		}
		if d.veil.hides(l) {
			d.protected = true
			continue
		}
		if e == nil {
			e = &casefile.Entry{}
			d.entries[l.LeadID] = e
			e.History = milestones(l)
		}
		if !l.Tells() && e.Lead.LeadID != "" {
			e.Lead.Status, e.Lead.StatusReason = l.Status, l.StatusReason
		} else {
			e.Lead = *l
		}
		if l.Status != leads.Repeated || !published { // that nothing is new happened to no lead
			d.add(l.LeadID, asOf, happened(l), false)
		}
	}
	return nil
}

// milestones are what happened, by a lead's source, before anybody was told of it.
func milestones(l *leads.Lead) (all []casefile.Event) {
	on := func(day leads.Day, what string) {
		if day != 0 {
			all = append(all, casefile.Event{On: day, What: what})
		}
	}
	if e := l.Employer; e != nil {
		on(e.Entered, "Entered in the state directory of new hires.")
	}
	if m := l.Military; m != nil {
		if m.Active || m.Ended {
			on(wholeDay(m.Begin), "Active duty began, by the Defense Department.")
		}
		if m.Ended {
			on(wholeDay(m.End), "Active duty ended, by the Defense Department.")
		}
	}
	return all
}

// wholeDay is a date that is known to the day, else 0.
func wholeDay(d *leads.PartialDate) leads.Day {
	if d == nil || d.Precision != leads.ByDay {
		return 0
	}
	return d.Date
}

func happened(l *leads.Lead) string {
	if l.Status == leads.Withdrawn {
		return "Withdrawn: " + l.StatusReason + "."
	}
	return "Published: " + l.StatusReason + "."
}

func (d *dossier) add(lead, asOf, what string, said bool) {
	e := d.entries[lead]
	date, _ := businessDate(asOf)
	e.History = append(e.History, casefile.Event{On: leads.DayOf(date), What: what, Said: said})
}

// queued notes for whom a run queued the leads, and what the queue said of them.
func (d *dossier) queued(run, asOf string) error {
	q, err := d.workspace.readQueue(run, d.veil, func(*queue.Place) bool { return false })
	if err != nil {
		return err
	}
	for i, p := range q.Places {
		e := d.entries[p.LeadID]
		if e == nil || d.caseID != "" && d.caseID != p.CaseID {
			continue
		}
		r := &q.Rows[i]
		e.Due, e.WhyDue, e.YouMay, e.Cautions = r.Due, r.WhyDue, r.YouMay, r.Cautions
		place := fmt.Sprintf(", place %d", p.Rank)
		if d.caseID == "" {
			place += ", for case " + p.CaseID
		}
		d.add(p.LeadID, asOf, "Queued for "+deskWords(&p)+place+".", false)
	}
	return nil
}

func deskWords(p *queue.Place) string {
	office := "(" + queue.OfficeWords(p.Office) + ")"
	if p.Officer == queue.Supervisor || p.Officer == queue.Specialist {
		return queue.OfficerWords(p.Officer) + " " + office
	}
	return p.Officer + " " + office
}

// judged notes what officers said, whether a run has taken it in or not.
func (d *dossier) judged() error {
	files, err := judgement.ReadStore(d.workspace.judgementStore())
	if err != nil {
		return err
	}
	recalled, err := d.workspace.recalledJudgements()
	if err != nil {
		return err
	}
	var all []judgement.Judgement
	for _, f := range files {
		all = append(all, f.Judgements...)
	}
	slices.SortStableFunc(all, func(a, b judgement.Judgement) int { return cmp.Compare(a.Date, b.Date) })
	for _, j := range all {
		e := d.entries[j.LeadID]
		if e == nil {
			continue
		}
		said := casefile.Event{On: leads.DayOf(j.Date), What: j.Officer + " judged: " + j.Words() + ".", Said: true}
		if recalled[j] {
			said.What += " It counts no more: the file that had reported this was recalled."
			e.History = append(e.History, said)
			continue
		}
		e.History = append(e.History, said)
		switch {
		case j.PersonIs == judgement.DifferentPerson:
			e.Judged = casefile.AnotherPerson
		case j.FactIs == judgement.Stale:
			e.Judged = casefile.OutOfDate
		case j.PersonIs == judgement.SamePerson, j.FactIs == judgement.Good:
			e.Judged = ""
		}
		if j.FactIs == judgement.Good || j.Used == judgement.WasUsed {
			e.Lead.Verified = leads.DayOf(j.Date)
		}
	}
	return nil
}

// read notes who read or took away the leads, and how.
func (d *dossier) read() error {
	trail, err := d.workspace.auditTrail()
	if err != nil {
		return err
	}
	for _, a := range trail {
		for _, id := range a.Leads {
			if d.entries[id] != nil {
				d.add(id, a.At.Format("2006-01-02"), fmt.Sprintf("Read by %s: %s.", a.Who, strings.TrimSpace(a.Command+" "+a.Format)), false)
			}
		}
	}
	return nil
}

// of gives the entries on one subject.
func (d *dossier) of(subject string) (list []casefile.Entry) {
	for _, e := range d.entries {
		if e.Lead.SubjectID == subject {
			list = append(list, *e)
		}
	}
	return list
}

// leadIDs are the leads in it, sorted.
func (d *dossier) leadIDs() (ids []string) {
	for id := range d.entries {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
