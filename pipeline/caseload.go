package pipeline

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/report"
	"locatematch/sources/person"
)

// caseload is the build side: the frozen table that extracts stream past, and what leads need to know of each subject.
type caseload struct {
	frozen   *matchers.Caseload
	subjects []leads.Subject
	numbers  map[string]uint32 // subject id to subject number
	funnel   report.CaseloadFunnel
	digests  []string // of the files, in order
	rejects  []rejectRow

	knowledge agency.Knowledge
	agency    []report.AgencyFunnel    // of the agency's own files, in the order read
	further   map[uint32][]agency.Case // by subject number: cases beyond the first row's
	violence  map[string]bool          // by case id: somebody in the case is protected

	protectedDigest string // of the list of people protected between nights
}

// loadCaseload reads the caseload's files in order, one row a person and case, and freezes the table. A row without a subject
// id is rejected; too many rejects fail the run, for a caseload half read misses half its leads.
func loadCaseload(ctx context.Context, p *Plan) (*caseload, error) {
	if err := p.Caseload.waiting(); err != nil {
		return nil, fmt.Errorf("caseload: %w", err)
	}
	if len(p.Caseload.Paths) == 0 {
		return nil, fmt.Errorf("%w: caseload.files: no file matches %s", ErrConfig, strings.Join(p.Caseload.Files, ", "))
	}
	l, err := newCaseloadLoader(p)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	for i, path := range p.Caseload.Paths {
		if err := l.file(ctx, path, p.Caseload.Names[i]); err != nil {
			return nil, err
		}
	}
	c, err := l.freeze()
	if err != nil {
		return nil, err
	}
	if err := loadKnowledge(ctx, p, c); err != nil {
		return nil, err
	}
	listed, err := p.Workspace.loadProtected()
	if err != nil {
		return nil, err
	}
	c.protectListed(listed)
	return c, nil
}

type caseloadLoader struct {
	*caseloadForm
	plan    *Plan
	builder *matchers.Builder
	out     *caseload
	tally   *tally
}

func newCaseloadLoader(p *Plan) (*caseloadLoader, error) {
	layout := p.Caseload.Layout
	sets, err := bindCaseload(p.Spec, layout)
	if err != nil {
		return nil, err
	}
	form := &caseloadForm{layout: layout, groups: p.Spec.Groups(), columns: columnsOfSubject(layout)}
	for _, group := range form.groups {
		form.sets = append(form.sets, sets[group.Name])
	}
	l := &caseloadLoader{
		caseloadForm: form, plan: p, builder: matchers.NewBuilder(p.Spec), tally: newTally("caseload", p.Spec, &binding{noted: notedColumns(layout)}),
		out: &caseload{numbers: map[string]uint32{}},
	}
	if l.columns.id < 0 {
		return nil, fmt.Errorf("layout %s: a caseload needs a column %s", layout.Name, person.SubjectID)
	}
	return l, nil
}

func (l *caseloadLoader) file(ctx context.Context, path, name string) error {
	size, first := sizeOf(path), true
	rep, err := readCaseload(ctx, path, l.plan.Caseload.Keys, l.caseloadForm, l.plan.Spec, func(rows *caseloadRows) {
		if first {
			first = false
			l.expect(int(size / int64(max(1, rows.bytes)) * int64(len(rows.rows))))
		}
		l.take(name, rows)
	})
	if err != nil {
		return fmt.Errorf("caseload: %w", err)
	}
	for _, s := range rep.Sections {
		if s.Fault != "" {
			return fmt.Errorf("caseload: %s: %s", rep.Path, s.Fault)
		}
	}
	l.out.digests = append(l.out.digests, rep.SHA256)
	l.out.funnel.Files = append(l.out.funnel.Files, report.InputFile{
		Name: name, SHA256: rep.SHA256, Bytes: rep.Bytes, Records: rep.Records, State: "read",
	})
	return nil
}

// mostExpected bounds the room that is made ahead: what a file's first chunk says of its length is a guess.
const mostExpected = 1 << 22

// expect makes room for so many more subjects. Lists that grow by doubling were a fifth of the loading time.
func (l *caseloadLoader) expect(subjects int) {
	subjects = min(max(0, subjects), mostExpected)
	l.out.subjects = slices.Grow(l.out.subjects, subjects)
	if len(l.out.numbers) == 0 {
		l.out.numbers = make(map[string]uint32, subjects)
	}
}

// sizeOf is a file's size on disk, 0 where it cannot be told.
func sizeOf(path string) int64 {
	if info, err := os.Stat(path); err == nil {
		return info.Size()
	}
	return 0
}

// take takes a chunk's rows in.
func (l *caseloadLoader) take(file string, c *caseloadRows) {
	l.tally.read += int64(len(c.rows) + len(c.rejects))
	l.tally.noteInvalid(file, c.invalid)
	for _, r := range c.rejects {
		l.reject(file, r.Line, r.Reason, r.Detail)
	}
	from := 0
	for i := range c.rows {
		row := &c.rows[i]
		l.subject(file, row, c.values[from:row.end], c.forms)
		from = row.end
	}
}

func (l *caseloadLoader) reject(file string, line int64, reason, detail string) {
	l.tally.reject(rejectRow{File: file, Line: line, Reason: reason, Detail: detail})
}

func (l *caseloadLoader) subject(file string, row *caseloadRow, values []caseloadValue, forms []byte) {
	id := row.subject.ID
	if id == "" {
		l.reject(file, row.line, "no_subject_id", "")
		return
	}
	l.tally.accepted++
	if number, again := l.out.numbers[id]; again {
		l.furtherCase(number, &row.subject)
		return
	}
	l.out.numbers[id] = l.builder.Subject()
	l.out.subjects = append(l.out.subjects, row.subject)
	l.add(file, row.line, values, forms)
	s := &l.out.subjects[len(l.out.subjects)-1]
	if s.Shield {
		l.out.funnel.Shields++
	}
	if s.Protected {
		l.out.funnel.Protected++
		l.out.familyViolence(s.Case)
	}
}

// furtherCase takes in another row of a person who has several cases. Names, numbers and addresses are the first row's; a
// protection on any row protects the person, and who is looked for in any case is no shield, in whatever order the rows stand.
func (l *caseloadLoader) furtherCase(number uint32, further *leads.Subject) {
	s := &l.out.subjects[number]
	l.out.addCase(number, further)
	if further.Protected {
		l.out.protect(s.ID)
		l.out.familyViolence(further.Case)
	}
	if s.Shield && !further.Shield {
		s.Shield = false
		l.out.funnel.Shields--
	}
}

// add gives the builder a subject's values. A set of which all is missing has none among them.
func (l *caseloadLoader) add(file string, line int64, values []caseloadValue, forms []byte) {
	for i := range values {
		v := &values[i]
		if v.validity == text.Invalid {
			l.tally.invalidValue(int(v.field), file, line)
		}
		if i == 0 || v.group != values[i-1].group || v.set != values[i-1].set {
			l.builder.Set(l.groups[v.group].Name)
		}
		l.builder.Add(int(v.field), v.value(forms))
	}
}

func (l *caseloadLoader) freeze() (*caseload, error) {
	t := l.tally
	if t.beyond(DefaultRejectLimit) {
		return nil, fmt.Errorf("caseload: %s, beyond the limit of %g %%; nothing was run", t.rejectsInWords(), DefaultRejectLimit*100)
	}
	if len(l.out.subjects) == 0 {
		return nil, fmt.Errorf("caseload: no subject in %s: nobody to look for", strings.Join(l.plan.Caseload.Names, ", "))
	}
	frozen, err := l.builder.Freeze()
	if err != nil {
		return nil, fmt.Errorf("caseload: %w", err)
	}
	l.out.frozen = frozen
	l.out.rejects = t.rejectRows()
	f := &l.out.funnel
	f.Read, f.Accepted, f.Rejected = t.read, t.accepted, t.rejected
	f.RejectedBy, f.InvalidBy = t.rejectCounts(), t.invalidCounts()
	f.Subjects = int64(len(l.out.subjects))
	return l.out, nil
}
