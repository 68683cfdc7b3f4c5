package pipeline

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/report"
)

// remembered is what the parent run left: its leads' history, the sightings on the shelf, and the files that were read.
type remembered struct {
	ledger  *Ledger
	history *leads.Table
	shelf   *sightingShelf
	before  int64 // rows on the shelf
	expired int64 // of them, older than their retention
}

// loadMemory reads the state of the parent run.
func (r *runner) loadMemory() (err error) {
	m := &remembered{ledger: &Ledger{}, history: &leads.Table{}, shelf: &sightingShelf{}}
	r.memory = m
	if r.parent == nil {
		return nil
	}
	state := func(name string) string { return filepath.Join(r.plan.Workspace.State, r.parent.Run, name) }
	if m.ledger, err = LoadLedger(state(ledgerFile)); err != nil {
		return err
	}
	if m.history, err = leads.LoadHistory(state(historyFile)); err != nil {
		return fmt.Errorf("%w; a history of another version cannot be read: begin anew with another --state and --baseline", err)
	}
	if m.shelf, err = loadShelf(state(sightingsFile), state(layoutsFile)); err != nil {
		return err
	}
	m.before = m.shelf.len()
	m.expired = m.shelf.expire(r.plan)
	return nil
}

// meet brings what is remembered before tonight's caseload: merged numbers find their leads, the shelf is made ready to be
// matched.
func (r *runner) meet() error {
	m, c := r.memory, r.caseload
	m.history = m.history.Renumber(c.knowledge.Renumbered)
	if err := r.follow(); err != nil {
		return err
	}
	for id, parted := range m.history.Parted() {
		if number, here := c.numbers[id]; here {
			c.subjects[number].Parted = parted
		}
	}
	for id, former := range m.history.Former() {
		if number, here := c.numbers[id]; here {
			c.subjects[number].Former = former
		}
	}
	for id, cases := range c.knowledge.Cases { // those that the caseload's rows state are open
		if number, here := c.numbers[id]; here {
			c.subjects[number].Closed = allClosed(cases)
		}
	}
	r.night.retain = true
	if err := r.night.unshelve(m.shelf); err != nil {
		return err
	}
	if r.recall != nil {
		r.night.extracts = nil // they have given the shelf their plans; nothing of theirs is read
	}
	return nil
}

// allClosed reports that a person has cases, and no open one.
func allClosed(cases []agency.Case) bool {
	return len(cases) > 0 && !slices.ContainsFunc(cases, func(c agency.Case) bool { return c.Status != agency.Closed })
}

// told is what tonight's leads are told against.
func (r *runner) told() *leads.Night {
	night := &leads.Night{History: r.memory.history, AsOf: r.plan.AsOf, Model: modelMark(r.plan), Baseline: r.plan.Baseline, Shelf: r.memory.shelf.holds(),
		ToldOnly: true, BalanceNews: r.plan.Policy.BalanceNews}
	if r.recall != nil {
		night.Recalled = r.recall.touched
	}
	return night
}

// modelMark stands for spec and model: identities found under others are not compared.
func modelMark(p *Plan) uint64 {
	b, err := hex.DecodeString(hexDigest([]byte(p.Digests.Spec + " " + p.Digests.Model)))
	if err != nil {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

// fate says what has become of a subject that leads were published of.
func (c *caseload) fate(id string) leads.Fate {
	number, here := c.numbers[id]
	if !here {
		return leads.Left
	}
	return leads.FateOf(&c.subjects[number])
}

// retained is the manifest's account of the shelf.
func (r *runner) retained(h *harvest) report.Retained {
	return report.Retained{
		Before: r.memory.before, Expired: r.memory.expired, Recalled: r.recalledRows, Dropped: h.shelf.dropped, Stayed: h.shelf.stayed,
		Added: h.shelf.received, After: h.shelf.left.len(), Links: h.shelf.linked,
	}
}
