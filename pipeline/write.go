package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
)

// Names of the files of a run and of its state.
const (
	leadsFile   = "leads.parquet"
	linksFile   = "links.parquet"
	rejectsFile = "rejects.parquet"
	timingFile  = "timing.json"
	historyFile = "history.parquet"
	ledgerFile  = "ledger.json"
	waitingFile = "waiting.parquet"
	guardedFile = "guarded.parquet"
)

// linkRow is a row of links.parquet: one pair at or above the review weight, for the analyst.
type linkRow struct {
	SubjectID   string  `parquet:"subject_id"`
	Source      string  `parquet:"source,dict"`
	Extract     string  `parquet:"extract,dict"`
	File        string  `parquet:"file,dict"`
	Line        int64   `parquet:"line"`
	RecordID    string  `parquet:"record_id"`
	AsOf        int32   `parquet:"as_of,date"`
	Weight      float64 `parquet:"weight"` // bits
	Probability float64 `parquet:"probability"`
	Margin      float64 `parquet:"margin"`  // bits above the runner-up
	Repeats     float64 `parquet:"repeats"` // bits, <= 0, within weight: what the subject's other records of the source take
	Band        string  `parquet:"band,dict"`
	Held        string  `parquet:"held,dict"`       // why it is in review whatever it weighs; "" where nothing holds it
	KeyOf       string  `parquet:"key_subject_id"`  // of a returned key that disagrees: whose it is, and whom the record fits better;
	Fits        string  `parquet:"fits_subject_id"` // "" of somebody who is not sought
	Rule        string  `parquet:"rule,dict"`
	Pattern     string  `parquet:"pattern,dict"` // 16 hexadecimal digits, one a comparison
}

// publish writes everything into a draft and makes it the live run.
func (r *runner) publish(ctx context.Context, h *harvest) (*Result, error) {
	draft, err := r.plan.Workspace.Begin()
	if err != nil {
		return nil, err
	}
	defer draft.Discard() // does nothing once published
	r.clock.stage("consolidate")
	night, err := r.consolidate(ctx, draft, h)
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	h.conclude()
	r.ended(h)
	r.clock.stage("write")
	m := r.manifest(h)
	m.Leads, m.Warnings = night.counts.Funnel(), r.warnings(h.extracts, m.Links.WithheldBy, night.future)
	m.Leads.WithheldBy, m.Leads.InvalidPairs = night.withheld, h.invalidPairs
	m.Retained.Settled = passedOver(night.tonight.Settled)
	m.Leads.TaxInformation, m.Leads.Vanished = h.taxed, int64(night.vanished)
	queues := night.desk.Queues(r.judged.outOfQueues(night.waiting))
	m.Queues = queues.Counts.Funnel()
	if m.Restricted, err = r.writeRestricted(draft, h); err != nil {
		return nil, err
	}
	err = together(
		func() error { _, err := night.history.Write(draft.State(historyFile)); return err },
		func() error { return h.shelf.left.write(draft.State(sightingsFile), draft.State(layoutsFile)) },
		func() error { return r.writeLedger(draft, h, m) },
		func() error { return writeQueues(draft, &queues) },
		func() error { return r.judged.write(draft, r.key) },
		func() error { return r.guarded.write(draft) },
		func() error { return r.writeSettled(draft, night.tonight.Settled) },
	)
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	if err := r.conclude(draft, m, h); err != nil {
		return nil, err
	}
	r.clock.stage("publish")
	if err := draft.Publish(m); err != nil {
		return nil, err
	}
	return &Result{Manifest: m, Dir: filepath.Join(r.plan.Workspace.Runs, m.Run)}, nil
}

func (r *runner) writeLinks(d *Draft, links iter.Seq[leads.Link]) error {
	_, err := table.WriteSeq(d.Run(linksFile), r.linkRows(links), table.Options{Personal: []string{"subject_id", "record_id", "key_subject_id", "fits_subject_id"}})
	return err
}

func (r *runner) writeRejects(d *Draft, h *harvest) error {
	rejects := slices.Concat(r.caseload.rejects, h.rejects)
	slices.SortFunc(rejects, compareRejects)
	_, err := table.Write(d.Run(rejectsFile), rejects, table.Options{})
	return err
}

// linkRows makes the rows of links.parquet one at a time: there may be many.
func (r *runner) linkRows(links iter.Seq[leads.Link]) iter.Seq[linkRow] {
	asOf := daysSinceEpoch(r.plan.AsOf)
	rules := make([]string, len(r.plan.Spec.Blocking))
	for i, rule := range r.plan.Spec.Blocking {
		rules[i] = strings.Join(rule, " + ")
	}
	return func(yield func(linkRow) bool) {
		for l := range links {
			s, held := l.Sighting, l.Dispute
			if held == nil {
				held = &leads.Dispute{}
			}
			if !yield(linkRow{
				Held: l.Dispute.Short(), KeyOf: held.KeyOf.ID, Fits: held.Fits.ID,
				SubjectID: r.caseload.subjects[l.Subject].ID, Source: s.Source, Extract: s.Extract, File: s.File, Line: s.Line,
				RecordID: s.RecordID, AsOf: asOf, Weight: matchers.Bits(l.Weight), Probability: matchers.Probability(l.Weight),
				Margin: matchers.Bits(l.Margin), Repeats: matchers.Bits(l.Repeats), Band: band(l.Accept), Rule: rules[l.Rule], Pattern: matchers.Pattern(l.Pattern).String(),
			}) {
				return
			}
		}
	}
}

func band(accept bool) string {
	if accept {
		return "accept"
	}
	return "review"
}

func daysSinceEpoch(ccyymmdd int32) int32 {
	return int32(dateOf(ccyymmdd).Unix() / 86400)
}

// writeLedger remembers the files that were read to a healthy end. A refused or withheld file is not in it: its corrected
// copy, or the same file once the cause is mended, is read tomorrow.
func (r *runner) writeLedger(d *Draft, h *harvest, m *report.Manifest) error {
	next := r.memory.ledger.Clone()
	if r.recall != nil {
		r.recall.mark(next, m.Run)
	}
	for _, e := range h.consumed {
		e.Run = m.Run
		next.Add(e)
	}
	b, err := next.Encode()
	if err != nil {
		return err
	}
	return os.WriteFile(d.State(ledgerFile), b, 0o640)
}

// manifest begins the run's account of itself; leads and outputs are added as they come to be.
func (r *runner) manifest(h *harvest) *report.Manifest {
	m := &report.Manifest{
		Format: report.Format, Run: r.runID(h), Parent: r.parentID(), AsOf: r.plan.Config.AsOf, Code: Version(),
		Digests: r.digests(), Priors: r.priors(), Caseload: r.caseload.funnel, Agency: r.caseload.agency, Extracts: h.extracts, Links: h.funnel,
		Retained: r.retained(h), Baseline: r.plan.Baseline,
	}
	if r.recall != nil {
		m.Recalled = r.recall.recalled()
	}
	stats := r.caseload.frozen.Stats()
	m.Caseload.Bytes = stats.Bytes
	m.Caseload.CappedBy, m.Caseload.Blocks = cappedRules(r.plan.Spec, stats), blocksOf(r.plan.Spec, stats)
	return m
}

// conclude balances the books, says how the run ended, and writes timing.json, which ends with the stage before publishing:
// what is published is not touched again.
func (r *runner) conclude(d *Draft, m *report.Manifest, h *harvest) error {
	if err := m.Balance(); err != nil {
		return fmt.Errorf("the books do not balance, nothing is published: %w", err)
	}
	code := ExitPublished
	if h.short {
		code = ExitShort
	}
	m.Outcome = report.Conclude(m, code, "")
	timing, err := r.clock.encode(r.links.spilled)
	if err != nil {
		return err
	}
	return os.WriteFile(d.Run(timingFile), timing, 0o640)
}

// cappedRules counts, by blocking rule, the keys that were left out of the index because too many subjects share them.
func cappedRules(spec *matchers.Spec, stats matchers.Stats) (counts []report.Count) {
	for i, rule := range stats.Rules {
		if rule.CappedKeys > 0 {
			counts = append(counts, report.Count{Name: strings.Join(spec.Blocking[i], " + "), N: int64(rule.CappedKeys)})
		}
	}
	return counts
}
