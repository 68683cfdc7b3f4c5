package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
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

// lead reads one lead of the live run.
func (w Workspace) lead(id string) (*leads.Lead, error) {
	run, err := w.currentID()
	if err != nil {
		return nil, err
	}
	if run == "" {
		return nil, fmt.Errorf("%w: lead %q: nothing has been published in %s; run the night first", ErrNotFound, id, w.Runs)
	}
	v, err := w.newVeil(run)
	if err != nil {
		return nil, err
	}
	list, err := w.readLeads(run, v)
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].LeadID == id && len(list[i].Evidence) > 0 {
			return &list[i], nil
		}
	}
	return nil, fmt.Errorf("%w: no lead %q in the live run %s; the column lead_id of its leads.parquet has the ids", ErrNotFound, id, run)
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
}

func (x *explainer) explain() (*Explanation, error) {
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
// tell that it is (I10).
func (x *explainer) mayShow(e *matchers.Explanation) error {
	if x.caseload.guards(e) {
		return fmt.Errorf("%w: this record may concern a person under protection, and is explained for nobody", ErrProtected)
	}
	return nil
}

// ruleName is a blocking rule as links.parquet names it.
func ruleName(rule []string) string { return strings.Join(rule, " + ") }

// echoed reports whether the layout holds the field only as an echo of what we sent.
func echoed(l *sources.Layout, name string) bool {
	return ownColumn(l, name, sources.Own, 1) < 0 && ownColumn(l, name, sources.Echo, 1) >= 0
}
