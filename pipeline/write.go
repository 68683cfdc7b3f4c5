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
	Rule        string  `parquet:"rule,dict"`
	Pattern     string  `parquet:"pattern,dict"` // 16 hexadecimal digits, one a comparison
}

// publish writes everything into a draft and makes it the live run. Links and rejects are written while leads are
// consolidated: neither needs the other.
func (r *runner) publish(ctx context.Context, h *harvest) (*Result, error) {
	draft, err := r.plan.Workspace.Begin()
	if err != nil {
		return nil, err
	}
	defer draft.Discard() // does nothing once published
	m := r.manifest(h)
	var night consolidated
	r.clock.stage("consolidate")
	err = together(
		func() (err error) { night, err = r.consolidate(h); return err },
		func() error { return r.writeLinks(draft, h) },
		func() error { return r.writeRejects(draft, h) },
	)
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	r.clock.stage("write")
	m.Leads, m.Warnings = leads.Funnel(night.leads), r.warnings(night.leads)
	err = together(
		func() error { _, err := leads.WriteLeads(draft.Run(leadsFile), night.leads); return err },
		func() error {
			_, err := leads.WriteHistory(draft.State(historyFile), night.history.Merge(night.leads))
			return err
		},
		func() error { return r.writeLedger(draft, h, m) },
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

// consolidated is what a night's links became, and the history they are told against.
type consolidated struct {
	leads   []leads.Lead
	history *leads.Table
}

func (r *runner) consolidate(h *harvest) (c consolidated, err error) {
	if c.history, err = r.loadHistory(); err == nil {
		c.leads = Consolidate(r.caseload.subjects, h.links, c.history, r.plan.AsOf)
	}
	return c, err
}

// Consolidate turns the links of one night into leads, subject by subject. Links may come in any order within a subject;
// they must be grouped by subject. It is the second of the two functions that a cluster runs.
func Consolidate(subjects []leads.Subject, links []leads.Link, history leads.History, asOf int32) []leads.Lead {
	var all []leads.Lead
	for len(links) > 0 {
		n := 1
		for n < len(links) && links[n].Subject == links[0].Subject {
			n++
		}
		all = append(all, leads.Consolidate(subjects[links[0].Subject], links[:n], history, asOf)...)
		links = links[n:]
	}
	return all
}

func (r *runner) loadHistory() (*leads.Table, error) {
	if r.parent == nil {
		return &leads.Table{}, nil
	}
	return leads.LoadHistory(filepath.Join(r.plan.Workspace.State, r.parent.Run, historyFile))
}

func (r *runner) writeLinks(d *Draft, h *harvest) error {
	_, err := table.WriteSeq(d.Run(linksFile), r.linkRows(h.links), table.Options{Personal: []string{"subject_id", "record_id"}})
	return err
}

func (r *runner) writeRejects(d *Draft, h *harvest) error {
	rejects := slices.Concat(r.caseload.rejects, h.rejects)
	slices.SortFunc(rejects, compareRejects)
	_, err := table.Write(d.Run(rejectsFile), rejects, table.Options{})
	return err
}

// linkRows makes the rows of links.parquet one at a time: there may be many.
func (r *runner) linkRows(links []leads.Link) iter.Seq[linkRow] {
	asOf := daysSinceEpoch(r.plan.AsOf)
	rules := make([]string, len(r.plan.Spec.Blocking))
	for i, rule := range r.plan.Spec.Blocking {
		rules[i] = strings.Join(rule, " + ")
	}
	return func(yield func(linkRow) bool) {
		for i := range links {
			l := &links[i]
			s := l.Sighting
			if !yield(linkRow{
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
	next := r.ledger.Clone()
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
		Digests: r.digests(), Priors: r.priors(), Caseload: r.caseload.funnel, Extracts: h.extracts, Links: h.funnel,
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
	timing, err := r.clock.encode()
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
