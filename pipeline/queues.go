package pipeline

import (
	"errors"
	"fmt"
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
		Rules: r.plan.Policy, PerOfficer: r.plan.Policy.Caps().PerOfficer, Specialist: r.plan.Policy.Specialist(),
	})
	return nil
}

// name is a subject's name as a person would write it.
func (c *caseload) name(subject string) string {
	if number, known := c.numbers[subject]; known {
		return leads.ProperName(c.subjects[number].Name)
	}
	return ""
}

// loadWaiting reads the news that a queue had no room for, without those of people who must have no leads any more.
func (r *runner) loadWaiting(a *leads.Assessor) ([]queue.Waiting, error) {
	if r.parent == nil {
		return nil, nil
	}
	waiting, err := r.plan.Workspace.readWaiting(r.parent.Run)
	if errors.Is(err, fs.ErrNotExist) { // the parent is of a version that kept none
		return nil, nil
	}
	return slices.DeleteFunc(waiting, func(w queue.Waiting) bool {
		number, known := r.caseload.numbers[w.SubjectID]
		namesProtected := slices.ContainsFunc(w.Named, func(id string) bool {
			other, known := r.caseload.numbers[id]
			return known && r.caseload.subjects[other].Protected
		})
		return !known || namesProtected || r.caseload.subjects[number].Shield || r.caseload.subjects[number].Protected ||
			!a.MayTell(&w.Trace, r.caseload.knowledge.CasesOf(w.SubjectID))
	}), err
}

// readWaiting reads the news that the queues of a run had no room for.
func (w Workspace) readWaiting(run string) ([]queue.Waiting, error) {
	waiting, err := queue.ReadWaiting(filepath.Join(w.state(run), waitingFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("%w; what another version left waiting cannot be read: begin anew with another --state and --baseline", err)
	}
	return waiting, err
}

func writeQueues(d *Draft, q *queue.Queues) error {
	if err := q.Write(d.Run); err != nil {
		return err
	}
	return queue.WriteWaiting(d.State(waitingFile), q.Waiting)
}
