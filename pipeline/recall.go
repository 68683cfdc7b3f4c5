package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/report"
)

// RecallOrder says which files are to be as if they had never come.
type RecallOrder struct {
	Extract string // "": every file that the run read
	Run     string // "": the one run that read the extract
	Reason  string // told to officers with each lead that is withdrawn
}

// RecallResult is what a recall came to.
type RecallResult struct {
	*Result
	Changed  int       // leads that stand without what the files reported
	Receipts []Receipt // who had received a lead that was withdrawn or changed
}

// Receipt is how many of the leads concerned one officer's queue of one run held.
type Receipt struct {
	Run     string `json:"run"`
	Office  string `json:"office"`
	Officer string `json:"officer"`
	Leads   int    `json:"leads"`
}

// Recall publishes a run in which files are as if they had never come. It reads no extract: what earlier nights retained is
// matched again without the files' rows, and everything that the history says of a lead is made anew from the reports that
// remain. Leads that nothing remains of are withdrawn, with the reason. The files stay in the ledger, recalled, so that they are
// not read again; a corrected file has other bytes and is read like any new one.
//
// One thing cannot be undone: what a report of the files kept from becoming a lead, in a source whose records compete for a
// subject, becomes one tonight and not on the night it was read.
func Recall(ctx context.Context, p *Plan, opt Options, order RecallOrder) (*RecallResult, error) {
	opt = opt.withDefaults()
	release, err := p.Workspace.Lock()
	if err != nil {
		return nil, err
	}
	defer release()
	r := &runner{plan: p, opt: opt, clock: newClock(opt.Observer)}
	if r.recall, err = p.findRecalled(order); err != nil {
		return nil, err
	}
	result, err := r.run(ctx)
	if err != nil {
		return nil, err
	}
	concerned := r.recall.touched
	for _, row := range r.recall.gone {
		concerned[row.LeadID] = true
	}
	receipts, err := p.Workspace.receipts(concerned)
	return &RecallResult{Result: result, Changed: len(concerned) - len(r.recall.gone), Receipts: receipts}, err
}

// recallOrder is a RecallOrder with its files found.
type recallOrder struct {
	files   []LedgerEntry // by digest
	reason  string
	gone    []leads.Row     // leads that nothing is left of
	touched map[string]bool // ids of those that something is
}

// findRecalled finds the files in the live run's ledger.
func (p *Plan) findRecalled(order RecallOrder) (*recallOrder, error) {
	if strings.TrimSpace(order.Reason) == "" {
		return nil, fmt.Errorf("%w: a recall needs a reason: officers read it", ErrConfig)
	}
	current, err := p.Workspace.Current()
	if err != nil {
		return nil, err
	}
	if current == nil {
		return nil, fmt.Errorf("%w: nothing has been published yet", ErrNotFound)
	}
	ledger, err := LoadLedger(filepath.Join(p.Workspace.state(current.Run), ledgerFile))
	if err != nil {
		return nil, err
	}
	run := order.Run
	if run == "" {
		if run, err = ledger.onlyRun(order.Extract); err != nil {
			return nil, err
		}
	}
	files := ledger.Read(order.Extract, run)
	if len(files) == 0 {
		return nil, fmt.Errorf("%w: run %s has read no file%s that is not recalled already", ErrNotFound, run, of(order.Extract))
	}
	return &recallOrder{files: files, reason: strings.TrimSuffix(strings.TrimSpace(order.Reason), ".")}, nil
}

func of(extract string) string {
	if extract == "" {
		return ""
	}
	return " of extract " + extract
}

// onlyRun is the run that read an extract, where there is one: of several, somebody must say which.
func (l *Ledger) onlyRun(extract string) (string, error) {
	var runs []string
	recalled := false
	for _, e := range l.bySum {
		recalled = recalled || e.Extract == extract && e.Recalled != ""
		if e.Extract == extract && e.Recalled == "" && !slices.Contains(runs, e.Run) {
			runs = append(runs, e.Run)
		}
	}
	slices.Sort(runs)
	switch len(runs) {
	case 0:
		if recalled {
			return "", fmt.Errorf("%w: every file of extract %s that a run has read is recalled already", ErrNotFound, extract)
		}
		return "", fmt.Errorf("%w: no run has read extract %q, and it is no run that has read anything", ErrNotFound, extract)
	case 1:
		return runs[0], nil
	}
	return "", fmt.Errorf("%w: extract %s was read by several runs (%s): say which with --run", ErrConfig, extract, strings.Join(runs, ", "))
}

// HasRead reports whether a run of that name has read files that are not recalled, as the live run's ledger has it.
func (w Workspace) HasRead(run string) (bool, error) {
	current, err := w.Current()
	if err != nil || current == nil {
		return false, err
	}
	ledger, err := LoadLedger(filepath.Join(w.state(current.Run), ledgerFile))
	if err != nil {
		return false, err
	}
	return len(ledger.Read("", run)) > 0, nil
}

// forget takes the files out of what is remembered.
func (r *runner) forget() {
	o, marks := r.recall, r.recall.marks()
	r.memory.history, o.gone, o.touched = r.memory.history.Without(marks)
	r.recalledRows = r.memory.shelf.take(func(f *shelvedFile) bool { return marks[leads.FileMark(f.sha256)] })
}

// marks are the files' marks, as history and judgements have them.
func (o *recallOrder) marks() map[uint64]bool {
	marks := map[uint64]bool{}
	for _, f := range o.files {
		marks[leads.FileMark(f.SHA256)] = true
	}
	return marks
}

// withdrawForgotten tells of the leads that nothing is left of. The history does not: it is as if they had never been.
func (r *runner) withdrawForgotten(night *leads.Night, tonight leads.Heard) (list []leads.Lead) {
	if r.recall == nil {
		return nil
	}
	standing := tonight.Has()
	for _, row := range r.recall.gone {
		if row.Withdrawn == 0 && !standing[row.LeadID] && !r.caseload.fate(row.SubjectID).Vanish {
			list = append(list, night.Withdraw(&row, "the file that reported it was recalled, for this reason: "+r.recall.reason))
		}
	}
	return list
}

func (o *recallOrder) mark(l *Ledger, run string) {
	for _, f := range o.files {
		l.Recall(f.SHA256, run, o.reason)
	}
}

func (o *recallOrder) recalled() (list []report.Recalled) {
	for _, f := range o.files {
		list = append(list, report.Recalled{Extract: f.Extract, File: f.Name, SHA256: f.SHA256, Run: f.Run, Reason: o.reason})
	}
	return list
}

// words are what of the order enters the run id.
func (o *recallOrder) words() (words []string) {
	for _, f := range o.files {
		words = append(words, "recalled "+f.SHA256)
	}
	return append(words, o.reason)
}

// receipts looks through the queues of every published run for leads.
func (w Workspace) receipts(concerned map[string]bool) (list []Receipt, err error) {
	paths, err := filepath.Glob(filepath.Join(w.Runs, "*", filepath.FromSlash(queue.IndexFile)))
	if err != nil {
		return nil, err
	}
	counts := map[Receipt]map[string]bool{}
	for _, path := range paths {
		places, readErr := queue.ReadIndex(path)
		err = errors.Join(err, readErr)
		for _, p := range places {
			to := Receipt{Run: filepath.Base(filepath.Dir(filepath.Dir(path))), Office: p.Office, Officer: p.Officer}
			if !concerned[p.LeadID] {
				continue
			}
			if counts[to] == nil {
				counts[to] = map[string]bool{}
			}
			counts[to][p.LeadID] = true
		}
	}
	for to, ids := range counts {
		to.Leads = len(ids)
		list = append(list, to)
	}
	slices.SortFunc(list, func(a, b Receipt) int {
		return cmp.Or(cmp.Compare(a.Run, b.Run), cmp.Compare(a.Office, b.Office), cmp.Compare(a.Officer, b.Officer))
	})
	return list, err
}
