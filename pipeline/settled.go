package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"locatematch/pipeline/leads"
)

// settledFile is of a run: marks of the subjects of whom nothing had changed.
const settledFile = "settled.parquet"

// settledFormat counts the ways in which marks were made, and leads made of what they stand for: a change of either is another number.
const settledFormat = 1

// settled is what the night before left of subjects of whom nothing had changed. A recall makes everybody's leads again.
func (r *runner) settled(a *leads.Assessor) (*leads.Settled, error) {
	if r.recall != nil {
		return nil, nil
	}
	s := &leads.Settled{Key: r.key, Apart: map[string]bool{}, Since: r.guarded.since, Cases: a.InViolence}
	for _, n := range r.caseload.knowledge.Renumbered {
		s.Apart[n.Old], s.Apart[n.New] = true, true
	}
	if r.parent == nil {
		return s, nil
	}
	var err error
	s.Before, err = leads.ReadSettled(filepath.Join(r.plan.Workspace.state(r.parent.Run), settledFile), r.conditions())
	if errors.Is(err, fs.ErrNotExist) { // a run of a version that left none
		err = nil
	}
	return s, err
}

// conditions stand for what decides about everybody at once. Under others nobody is settled.
func (r *runner) conditions() string {
	d := r.digests()
	return hexDigest(fmt.Appendf(nil, "%d %s %s %s %s", settledFormat, Version(), d.Spec, d.Model, d.Policy))
}

// fates are the fates of subjects, by number of person: nothing has become of those who were passed over.
func (r *runner) fates(settled []leads.Settling) func(id string) leads.Fate {
	stood := make([]bool, len(r.caseload.subjects))
	for _, s := range settled {
		stood[s.Number] = s.Stood
	}
	return func(id string) leads.Fate {
		if number, here := r.caseload.numbers[id]; here && stood[number] {
			return leads.Fate{Stood: true}
		}
		return r.caseload.fate(id)
	}
}

// passedOver counts the subjects whose leads were not made again.
func passedOver(settled []leads.Settling) (n int64) {
	for _, s := range settled {
		if s.Stood {
			n++
		}
	}
	return n
}

func (r *runner) writeSettled(d *Draft, settled []leads.Settling) error {
	rows := make([]leads.SettledRow, len(settled))
	for i := range settled {
		rows[i] = settled[i].Row
	}
	return leads.WriteSettled(d.State(settledFile), r.conditions(), rows)
}
