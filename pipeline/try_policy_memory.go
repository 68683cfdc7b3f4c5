package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/leads/trial"
	"locatematch/pipeline/table"
)

// trialMemory is what a published night remembered when it began, and after it. What an earlier night told stands by rows that were
// matched again; where no purpose allows their source any more, the night would withdraw it.
type trialMemory struct {
	before, after *leads.Table
	shelf         []shelvedRow // before anything expired
}

// shelvedRow is where a retained row is, without what it says.
type shelvedRow struct {
	Source   string    `parquet:"source,dict"`
	SHA256   string    `parquet:"sha256,dict"`
	Received leads.Day `parquet:"received,date"`
	Line     int64     `parquet:"line"`
}

// loadMemory reads what the run before had left, and what this one left; nothing where this was the first, and nothing of a recall,
// which began with another history than was left to it.
func (t *policyTrial) loadMemory() error {
	w, m := t.plan.Workspace, t.manifest
	if m.Parent == "" {
		return nil
	}
	if len(m.Recalled) > 0 {
		t.note("The run recalled files in place of a night. Which leads of earlier nights would be withdrawn is not told.")
		return nil
	}
	before, err := leads.LoadHistory(filepath.Join(w.state(m.Parent), historyFile))
	if errors.Is(err, fs.ErrNotExist) {
		t.note("The state of the run before, %s, is put away: which leads of earlier nights would be withdrawn is not told.", m.Parent)
		return nil
	}
	if err != nil {
		return err
	}
	after, err := leads.LoadHistory(filepath.Join(w.state(m.Run), historyFile))
	if err != nil {
		return err
	}
	shelf, err := table.Read[shelvedRow](filepath.Join(w.state(m.Parent), sightingsFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("what run %s kept: %w", m.Parent, err)
	}
	t.memory = &trialMemory{before: before.Renumber(t.caseload.knowledge.Renumbered), after: after, shelf: shelf}
	return nil
}

// remembering is a policyTrial's memory under one policy.
type remembering struct {
	*trialMemory
	sieve *night
	night *leads.Night
}

// remembering makes the memory ready to be asked under a policy. A row is on its shelf that neither the run's own policy nor this one
// lets expire: what a longer retention would have kept was not matched again, and what it would have given nobody can tell.
func (t *policyTrial) remembering(sieve *night, p *policy.Policy) *remembering {
	type place struct {
		file uint64
		line int64
	}
	held, rules := map[place]bool{}, []*policy.Policy{p}
	if t.own != nil {
		rules = append(rules, t.own)
	}
	for _, r := range t.memory.shelf {
		expired := slices.ContainsFunc(rules, func(p *policy.Policy) bool {
			plan := *t.plan
			plan.Policy = p
			return plan.expired(r.Source, r.Received.Integer())
		})
		if !expired {
			held[place{leads.FileMark(r.SHA256), r.Line}] = true
		}
	}
	return &remembering{trialMemory: t.memory, sieve: sieve, night: &leads.Night{History: t.memory.before, AsOf: t.plan.AsOf,
		Model: modelMark(t.plan), Shelf: func(file uint64, line int64) bool { return held[place{file, line}] }}}
}

// found parts the sources of what the night found of a lead into those that may be used and those that no purpose allows any more, each
// sorted. What stands in the history from before and was not matched again was not found.
func (m *remembering) found(r *leads.Row) (lawful, lost []string) {
	number, here := m.sieve.caseload.numbers[r.SubjectID]
	if !here || r.Withdrawn != 0 {
		return nil, nil
	}
	past, _ := m.before.Find(r.LeadID)
	for _, s := range r.Seen {
		old := slices.ContainsFunc(past.Seen, s.SameReport)
		switch {
		case s.Gone || old && !m.night.Shelf(s.File, s.Line):
		case m.sieve.lawful(s.Source, number):
			lawful = append(lawful, s.Source)
		default:
			lost = append(lost, s.Source)
		}
	}
	slices.Sort(lawful)
	slices.Sort(lost)
	return slices.Compact(lawful), slices.Compact(lost)
}

// withdraw adds to a night what it would withdraw beside what the run did, by the step of a run that looks for what no report was
// found of. It counts the leads of earlier nights that would rest on less, and be told again: what they say was not published.
func (t *policyTrial) withdraw(n *trial.Night, sieve *night, kept map[string]bool) {
	if t.memory == nil {
		return
	}
	m, published := t.remembering(sieve, n.Policy), map[string]leads.Status{}
	for i := range t.published {
		published[t.published[i].LeadID] = t.published[i].Status
	}
	var heard []*leads.Row
	missing := map[string][]string{} // sources, by lead
	for r := range m.after.Rows() {
		lawful, lost := m.found(&r)
		if _, told := published[r.LeadID]; !told && len(lawful) > 0 && len(lost) > 0 {
			n.Retold = append(n.Retold, r.LeadID)
		}
		if len(lawful) > 0 {
			heard = append(heard, &r)
		} else if len(lost) > 0 {
			missing[r.LeadID] = lost
		}
	}
	_, withdrawn, _ := m.night.Remember(m.before, leads.Heard{Rows: heard}, t.caseload.fate)
	for _, l := range withdrawn {
		lost := missing[l.LeadID]
		if len(lost) == 0 || kept[l.LeadID] {
			continue
		}
		n.Leads = append(n.Leads, l)
		if _, told := published[l.LeadID]; told { // and why is said already
			continue
		}
		number := t.caseload.numbers[l.SubjectID]
		n.NotAllowed = append(n.NotAllowed, trial.NotAllowed{LeadID: l.LeadID, Sources: lost, Whole: true, Withdrawn: true,
			Rule: sieve.purpose(lost[0], number, false), Was: t.allowed(lost[0], number)})
	}
}
