package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/report"
	"locatematch/sources"
)

// ErrNotFound marks a question about a lead, subject or record that is not there: exit code 2.
var ErrNotFound = errors.New("not found")

// ErrProtected marks a question that is not answered because the answer could tell where a protected person is (I10).
var ErrProtected = errors.New("not shown")

// Question asks about one pair: a lead of the live run, or a subject and a record. Record is written EXTRACT:LINE, or
// EXTRACT/FILE:LINE where the extract has several files.
type Question struct{ Lead, Subject, Record string }

// Explain takes the weight of one pair apart, linked or not, by the rules of a run: an echo does not score. It reads the
// caseload, and the record's file up to the record, and publishes nothing. A pair that no blocking rule proposes is given
// the weight it would have had.
func Explain(ctx context.Context, p *Plan, q Question) (*Explanation, error) {
	a, err := p.ask(q)
	if err != nil {
		return nil, err
	}
	c, err := loadCaseload(ctx, p)
	if err != nil {
		return nil, err
	}
	number, err := c.find(a.subject)
	if err != nil {
		return nil, err
	}
	feed, path, err := p.file(a.record)
	if err != nil {
		return nil, err
	}
	plan, err := newExtractPlan(p, c, feed)
	if err != nil {
		return nil, fmt.Errorf("%w: extracts.%s: %w", ErrConfig, feed.Name, err)
	}
	at, err := findRecord(ctx, plan, path, a.record.line)
	if err != nil {
		return nil, err
	}
	x := &explainer{plan: p, caseload: c, extract: plan, asked: a, record: at, subject: number}
	if x.guard, err = p.guardOf(c); err != nil {
		return nil, err
	}
	return x.explain()
}

// find gives the number of a subject that may be spoken of. Protection is looked at before any file of an extract is, so
// that the answer is the same wherever the person was seen (I10).
func (c *caseload) find(id string) (uint32, error) {
	number, known := c.numbers[id]
	if !known {
		return 0, fmt.Errorf("%w: no subject %q on the caseload; the column subject_id of its file has the ids", ErrNotFound, id)
	}
	if c.subjects[number].Protected {
		return 0, fmt.Errorf("%w: subject %s is under protection, and no pair of theirs is explained", ErrProtected, id)
	}
	return number, nil
}

// asked is a question resolved: which subject and which record.
type asked struct {
	subject string
	record  recordRef
	lead    *leads.Lead // whose best evidence the record is; nil for a pair
}

func (p *Plan) ask(q Question) (a asked, err error) {
	if q.Lead == "" {
		a.subject = q.Subject
		a.record, err = parseRecordRef(q.Record)
		return a, err
	}
	if a.lead, err = p.Workspace.lead(q.Lead); err != nil {
		return a, err
	}
	best := a.lead.Evidence[0]
	a.subject = a.lead.SubjectID
	a.record = recordRef{extract: best.Extract, file: best.File, line: best.Line}
	return a, nil
}

// lead finds a lead as it was last told, in the live run or in one before it.
func (w Workspace) lead(id string) (*leads.Lead, error) {
	live, err := w.currentID()
	if err != nil {
		return nil, err
	}
	if live == "" {
		return nil, fmt.Errorf("%w: lead %q: nothing has been published in %s; run the night first", ErrNotFound, id, w.Runs)
	}
	v, err := w.newVeil(live)
	if err != nil {
		return nil, err
	}
	for run := live; run != ""; {
		l, err := w.told(run, id, v)
		switch {
		case err != nil:
			return nil, err
		case l != nil && l.Status == leads.Withdrawn:
			return nil, fmt.Errorf("%w: lead %q was withdrawn by run %s: %s", ErrNotFound, id, run, l.StatusReason)
		case l != nil && l.Tells(): // else it asks only whose it is
			return l, nil
		}
		if run, err = w.parentOf(run); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%w: no lead %q in the live run %s or before it; the column lead_id of leads.parquet has the ids", ErrNotFound, id, live)
}

// told gives a lead as one run told it, nil where it did not.
func (w Workspace) told(run, id string, v *veil) (*leads.Lead, error) {
	list, err := w.readLeads(run, v)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(list, func(l leads.Lead) bool { return l.LeadID == id }); at >= 0 {
		return &list[at], nil
	}
	return nil, nil
}

// parentOf is the run before a run, "" where there is none, or none is left on disk.
func (w Workspace) parentOf(run string) (string, error) {
	m, err := w.manifest(run)
	if err != nil || m.Parent == "" {
		return "", err
	}
	if _, err := os.Stat(w.run(m.Parent)); errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return m.Parent, nil
}

// explainer holds what one explanation is made from.
type explainer struct {
	plan     *Plan
	caseload *caseload
	extract  *extractPlan
	asked    asked
	record   *foundRecord
	subject  uint32
	values   []matchers.Value
	repeats  repeats
	guard    *caseloadGuard
	echo     *report.Echo // the record's section, where a run found that it gives back what we sent; else nil
}

func (x *explainer) explain() (*Explanation, error) {
	if err := x.findEcho(); err != nil {
		return nil, err
	}
	standard := newStandardiser(x.plan.Spec)
	fields := make([]int, len(x.plan.Spec.Fields))
	for f := range fields {
		fields[f] = f
	}
	standard.row(x.extract.binding, x.record, x.record.row, fields)
	x.values = standard.values
	m := matchers.NewMatcher(x.caseload.frozen, x.extract.scorer)
	taken := m.Explain(x.values, x.subject)
	if err := x.mayShow(&taken); err != nil {
		return nil, err
	}
	var err error
	if x.repeats, err = x.findRepeats(taken.Total); err != nil {
		return nil, err
	}
	return x.document(&taken, m.Why(x.values, x.subject)), nil
}

// mayShow refuses a record that a protected person claims too: its address may be theirs, and a rival left unnamed would
// tell that it is (I10). It refuses a record with a protected person's address, telephone or e-mail, whoever it is about.
func (x *explainer) mayShow(e *matchers.Explanation) error {
	if x.caseload.guards(e) || x.guard.onRecord(x.extract, x.record, x.record.row, x.values) {
		return fmt.Errorf("%w: this record may concern a person under protection, and is explained for nobody", ErrProtected)
	}
	return nil
}

// ruleName is a blocking rule as links.parquet names it.
func ruleName(rule []string) string { return strings.Join(rule, " + ") }

// echoed reports whether the record holds the field only as an echo of what we sent: by its layout, or as the run that read it found.
func (x *explainer) echoed(name string) bool {
	l := x.extract.feed.Layout
	if x.echo != nil && slices.Contains(x.extract.sent.fields(), x.plan.Spec.Field(name)) {
		return true
	}
	return ownColumn(l, name, sources.Own, 1) < 0 && ownColumn(l, name, sources.Echo, 1) >= 0
}

// findEcho asks the live run, and the runs before it, whether the record's section gave back what we sent, and reads it so.
func (x *explainer) findEcho() error {
	if x.extract.sent == nil {
		return nil
	}
	run, err := x.plan.Workspace.Current()
	for run != nil && err == nil && !x.hasRead(run) {
		var before string
		if before, err = x.plan.Workspace.parentOf(run.Run); err != nil || before == "" {
			return err
		}
		run, err = x.plan.Workspace.manifest(before)
	}
	if run == nil || err != nil {
		return err
	}
	file := x.extract.feed.fileName(x.record.path)
	for _, of := range run.Extracts {
		for i, echo := range of.Echoes {
			if of.Name == x.extract.feed.Name && echo.File == file && echo.Section == x.record.section {
				x.echo, x.extract.binding = &of.Echoes[i], x.extract.echoed
			}
		}
	}
	return nil
}
