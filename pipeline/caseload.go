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
	"locatematch/sources"
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
}

// loadCaseload reads the caseload's files in order, one row a person and case, and freezes the table. A row without a subject
// id is rejected; too many rejects fail the run, for a caseload half read misses half its leads.
func loadCaseload(ctx context.Context, p *Plan) (*caseload, error) {
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
	return c, loadKnowledge(ctx, p, c)
}

type caseloadLoader struct {
	plan     *Plan
	layout   *sources.Layout
	sets     map[string][]*binding
	groups   []matchers.Group
	builder  *matchers.Builder
	standard *standardiser
	splitter *sources.Splitter
	rows     person.Rows
	columns  subjectColumns
	out      *caseload
	tally    *tally
}

// subjectColumns are the caseload columns that are not matched on.
type subjectColumns struct {
	id, role, participant, protected, office, officer, caseID, sex int
	born, family                                                   int
	name                                                           []int
	addresses                                                      [][6]int // lines 1 to 3, city, state, ZIP of each address
	holdings                                                       [][3]int // of each address: its standing, from when and to when it held
}

func newCaseloadLoader(p *Plan) (*caseloadLoader, error) {
	layout := p.Caseload.Layout
	sets, err := bindCaseload(p.Spec, layout)
	if err != nil {
		return nil, err
	}
	l := &caseloadLoader{
		plan: p, layout: layout, sets: sets, builder: matchers.NewBuilder(p.Spec), standard: newStandardiser(p.Spec),
		splitter: layout.NewSplitter(), columns: columnsOfSubject(layout), tally: newTally("caseload", p.Spec, nil),
		groups: p.Spec.Groups(), out: &caseload{numbers: map[string]uint32{}},
	}
	if l.columns.id < 0 {
		return nil, fmt.Errorf("layout %s: a caseload needs a column %s", layout.Name, person.SubjectID)
	}
	return l, nil
}

func columnsOfSubject(l *sources.Layout) subjectColumns {
	at := func(name string) int { return columnOf(l, name, 1) }
	c := subjectColumns{
		id: at(person.SubjectID), role: at(person.Role), participant: at(person.Participant), protected: at(person.Protected),
		office: at(person.Office), officer: at(person.Officer), caseID: at(person.CaseID), sex: at(person.Sex),
		born: at(person.Born), family: at(person.Family),
	}
	for repeat := 1; repeat <= maxRepeat(l); repeat++ {
		var a [6]int
		for i, name := range []string{person.Address1, person.Address2, person.Address3, person.City, person.State, person.Zip} {
			a[i] = columnOf(l, name, repeat)
		}
		c.addresses = append(c.addresses, a)
		c.holdings = append(c.holdings, [3]int{columnOf(l, person.AddressStanding, repeat), columnOf(l, person.AddressFrom, repeat), columnOf(l, person.AddressTo, repeat)})
	}
	for _, name := range []string{person.Given, person.Middle, person.Family, person.Suffix, person.FullName} {
		if i := at(name); i >= 0 {
			c.name = append(c.name, i)
		}
	}
	return c
}

func (l *caseloadLoader) file(ctx context.Context, path, name string) error {
	size, first := sizeOf(path), true
	rep, err := sources.Cut(ctx, path, l.layout, sources.CutOptions{}, func(c *sources.Chunk) error {
		defer c.Release()
		bytes := len(c.Data)
		if err := l.chunk(name, c); err != nil || !first {
			return err
		}
		first = false
		l.expect(int(size / int64(max(1, bytes)) * int64(l.rows.Len())))
		return nil
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
	l.out.subjects = slices.Grow(l.out.subjects, min(max(0, subjects), mostExpected))
}

// sizeOf is a file's size on disk, 0 where it cannot be told.
func sizeOf(path string) int64 {
	if info, err := os.Stat(path); err == nil {
		return info.Size()
	}
	return 0
}

func (l *caseloadLoader) chunk(file string, c *sources.Chunk) error {
	rejects, err := l.splitter.Split(c, &l.rows)
	if err != nil {
		return fmt.Errorf("caseload: %s: %w", file, err)
	}
	l.tally.read += int64(l.rows.Len() + len(rejects))
	for _, r := range rejects {
		l.reject(file, r.Line, r.Reason, r.Detail)
	}
	for row := range l.rows.Len() {
		l.subject(file, row)
	}
	return nil
}

func (l *caseloadLoader) reject(file string, line int64, reason, detail string) {
	l.tally.reject(rejectRow{File: file, Line: line, Reason: reason, Detail: detail})
}

func (l *caseloadLoader) subject(file string, row int) {
	id := string(l.rows.Value(row, l.columns.id))
	if id == "" {
		l.reject(file, l.rows.Lines[row], "no_subject_id", "")
		return
	}
	l.tally.accepted++
	if number, again := l.out.numbers[id]; again {
		l.furtherCase(number, row)
		return
	}
	l.out.numbers[id] = l.builder.Subject()
	l.out.subjects = append(l.out.subjects, l.describe(row, id))
	for _, group := range l.groups {
		for _, b := range l.sets[group.Name] {
			l.set(file, group, b, row)
		}
	}
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
func (l *caseloadLoader) furtherCase(number uint32, row int) {
	s, further := &l.out.subjects[number], l.describe(row, "")
	l.out.addCase(number, &further)
	if further.Protected {
		l.out.protect(s.ID)
		l.out.familyViolence(further.Case)
	}
	if s.Shield && !further.Shield {
		s.Shield = false
		l.out.funnel.Shields--
	}
}

// set adds one value set (a name, an address, a number) unless all of it is missing.
func (l *caseloadLoader) set(file string, group matchers.Group, b *binding, row int) {
	begun := false
	for _, f := range group.Fields {
		l.standard.field(b, &l.rows, row, f)
		v := l.standard.values[f]
		if v.Validity == text.Invalid {
			l.tally.invalidValue(f, file, l.rows.Lines[row])
		}
		if v.Validity == text.Missing {
			continue
		}
		if !begun {
			l.builder.Set(group.Name)
			begun = true
		}
		l.builder.Add(f, v)
	}
	l.standard.named.raw = nil
}

// describe reads what leads need. Custodial parents and children are shields whatever their role says: a lead on one of
// them is never the product's to give.
func (l *caseloadLoader) describe(row int, id string) leads.Subject {
	value := func(col int) string {
		if col < 0 {
			return ""
		}
		return string(l.rows.Value(row, col))
	}
	s := leads.Subject{
		ID: id, Office: value(l.columns.office), Officer: value(l.columns.officer), Case: value(l.columns.caseID),
		Protected: protects(value(l.columns.protected)),
	}
	participant := strings.ToUpper(value(l.columns.participant))
	s.Participant = agency.Noncustodial
	if p := agency.Participant(participant); slices.Contains([]agency.Participant{agency.Putative, agency.Custodial, agency.Child}, p) {
		s.Participant = p
	}
	s.Shield = strings.EqualFold(value(l.columns.role), "shield") || participant == "CP" || participant == "CH"
	var name []string
	for _, c := range l.columns.name {
		if v := value(c); v != "" {
			name = append(name, v)
		}
	}
	s.Name = strings.Join(name, " ")
	if at := strings.LastIndex(s.Name, value(l.columns.family)); at >= 0 {
		s.Family = s.Name[at : at+len(value(l.columns.family))] // shares the name's memory
	}
	s.Born = l.day(row, l.columns.born)
	_, sex, _ := text.Standardise(text.Sex, 0, nil, []byte(value(l.columns.sex)))
	s.Sex = uint8(sex)
	for i, a := range l.columns.addresses {
		if value(a[0]) == "" && value(a[1]) == "" && value(a[2]) == "" {
			continue // no line, no door
		}
		if key := leads.AddressKey(value(a[0]), value(a[1]), value(a[2]), value(a[3]), value(a[4]), value(a[5])); key != "" {
			s.Addresses = append(s.Addresses, key)
			s.Holdings = append(s.Holdings, l.holding(row, l.columns.holdings[i]))
		}
	}
	return s
}

// protects reads the family violence indicator. Whatever is not a plain no protects: an unknown word is no reason to disclose.
func protects(indicator string) bool {
	switch strings.ToUpper(indicator) {
	case "", "N", "NO", "0", "F", "FALSE", "NONE":
		return false
	}
	return true
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
