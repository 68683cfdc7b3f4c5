package pipeline

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
)

// openDesk makes ready for the night's news: what still waits, and what is known of the cases.
func (r *runner) openDesk(c *consolidated, a *leads.Assessor) (err error) {
	if c.waiting, err = r.loadWaiting(a); err != nil {
		return err
	}
	known := &r.caseload.knowledge
	c.desk = queue.NewBuilder(queue.Input{
		AsOf: r.plan.AsOf, Waiting: c.waiting, Person: r.caseload.name, Cases: known.CasesOf, Levies: known.LeviesOf,
		Rules: r.plan.Policy, PerOfficer: r.plan.Policy.Caps().PerOfficer,
	})
	return nil
}

// name is a subject's name as a person would write it.
func (c *caseload) name(subject string) string {
	if number, known := c.numbers[subject]; known {
		return leads.PersonName(c.subjects[number].Name)
	}
	return ""
}

// loadWaiting reads the news that no queue had room for, without those of people who must have no leads any more.
func (r *runner) loadWaiting(a *leads.Assessor) ([]leads.Lead, error) {
	if r.parent == nil {
		return nil, nil
	}
	waiting, err := leads.ReadLeads(filepath.Join(r.plan.Workspace.state(r.parent.Run), waitingFile))
	if errors.Is(err, fs.ErrNotExist) { // the parent is of a version that kept none
		return nil, nil
	}
	return slices.DeleteFunc(waiting, func(l leads.Lead) bool {
		number, known := r.caseload.numbers[l.SubjectID]
		namesProtected := slices.ContainsFunc(l.Named, func(id string) bool {
			other, known := r.caseload.numbers[id]
			return known && r.caseload.subjects[other].Protected
		})
		return !known || namesProtected || r.caseload.subjects[number].Shield || r.caseload.subjects[number].Protected || !a.MayTell(&l, r.caseload.knowledge.CasesOf(l.SubjectID))
	}), err
}

func writeQueues(d *Draft, q *queue.Queues) error {
	if err := q.Write(d.Run); err != nil {
		return err
	}
	_, err := leads.WriteLeads(d.State(waitingFile), q.Waiting)
	return err
}
