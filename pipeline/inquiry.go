package pipeline

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/google/renameio/v2"

	"locatematch/matchers/text"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/report"
	"locatematch/sources"
	"locatematch/sources/person"
)

// InquiryOptions say what is asked of whom.
type InquiryOptions struct {
	Kind             string // fidm (default): accounts of those who owe; scra: active duty status
	Layout           string // path of an agency's own; "": the built-in one of the kind
	AllowUnconfirmed bool   // write in a layout whose positions no named source confirms
	FIPS             string // our five digits, passed back by institutions
	Out              string // the file; it holds SSNs, and is for its owner alone
}

// Inquiry is what was asked. It holds no number of anybody.
type Inquiry struct {
	Kind    string         `json:"kind"`
	Layout  string         `json:"layout"`
	AsOf    string         `json:"as_of"`
	People  int            `json:"people"`
	Records int            `json:"records"`         // one for each SSN of a person
	LeftOut []report.Count `json:"left_out"`        // people of the caseload, by reason
	Needs   string         `json:"needs,omitempty"` // what to give, where people were left out for want of facts of their cases
}

// inquiryKinds are the files that can be written: their layout, the source whose purpose allows asking, and the longest person
// number that comes back whole.
var inquiryKinds = map[string]struct {
	layout, source string
	key            int
}{
	"fidm": {"fidm-inquiry", "financial", 15},
	"scra": {"scra-request", "military", 20}, // sent 28 wide, passed back 20
}

// InquiryKinds lists the kinds.
var InquiryKinds = []string{"fidm", "scra"}

// WriteInquiry writes the file that asks about the people of the caseload: those who may be looked for in the source, by
// policy's purpose, with every valid SSN that the agency does not know to be somebody else's. Shields and protected people are
// not asked about, under whosever name their number stands. The same caseload, policy and date give the same bytes. The trail is written before the file is: what cannot
// be noted is not sent.
func WriteInquiry(ctx context.Context, p *Plan, opt InquiryOptions) (*Inquiry, error) {
	q, err := newInquirer(p, opt)
	if err != nil {
		return nil, err
	}
	if q.caseload, err = loadCaseload(ctx, p); err != nil {
		return nil, err
	}
	if err := q.gather(ctx); err != nil {
		return nil, err
	}
	data, err := q.encode()
	if err != nil {
		return nil, err
	}
	entry := AuditEntry{Command: "inquiry", Format: q.out.Kind, About: fmt.Sprintf("%d records in %s", q.out.Records, filepath.Base(opt.Out)), Subjects: q.people}
	if err := p.Workspace.Audit(entry); err != nil {
		return nil, err
	}
	return q.out, writeSecret(opt.Out, data)
}

// writeSecret writes a file for its owner alone, whoever could read the file that was there before, and whole or not at all.
func writeSecret(path string, data []byte) error {
	f, err := renameio.NewPendingFile(path, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(0o600))
	if err != nil {
		return err
	}
	defer f.Cleanup() // does nothing once the file is in place
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.CloseAtomicallyReplace()
}

// inquirer gathers whom to ask about.
type inquirer struct {
	plan     *Plan
	opt      InquiryOptions
	source   string
	key      int
	layout   *sources.Layout
	caseload *caseload
	asked    []question
	people   []string // sorted
	out      *Inquiry
}

// question is one record of the file.
type question struct {
	subject string
	ssn     uint64
	values  map[string]string
}

func newInquirer(p *Plan, opt InquiryOptions) (*inquirer, error) {
	opt.Kind = cmp.Or(opt.Kind, "fidm")
	kind, known := inquiryKinds[opt.Kind]
	if !known {
		return nil, fmt.Errorf("%w: no inquiry of kind %q; known are %v", ErrConfig, opt.Kind, InquiryKinds)
	}
	if opt.FIPS != "" && (len(opt.FIPS) != 5 || len(bytes.Trim([]byte(opt.FIPS), "0123456789")) > 0) {
		return nil, fmt.Errorf("%w: a FIPS code has five digits", ErrConfig)
	}
	layout, err := sources.Load(cmp.Or(opt.Layout, kind.layout))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	if layout.Status == sources.Unconfirmed && !opt.AllowUnconfirmed {
		return nil, fmt.Errorf("%w: layout %s is unconfirmed (%s); compare it with the receiver's own description, then allow it or name a layout of your own",
			ErrConfig, layout.Name, layout.Origin)
	}
	return &inquirer{plan: p, opt: opt, source: kind.source, key: kind.key, layout: layout,
		out: &Inquiry{Kind: opt.Kind, Layout: layout.Name, AsOf: p.Config.AsOf, LeftOut: []report.Count{}}}, nil
}

// gather reads the caseload's files once more, for what the resident caseload does not keep: names and numbers as written. Of
// several rows of a person the first counts, as it does in a run; but each of them tells numbers that nobody else is asked about by.
func (q *inquirer) gather(ctx context.Context) error {
	seen, theirs, left := map[string]bool{}, map[uint64]bool{}, map[string]int64{}
	err := q.eachRow(ctx, func(r *caseRow, number uint32) {
		s := &q.caseload.subjects[number]
		if s.Shield || s.Protected {
			for _, ssn := range r.numbers() {
				theirs[ssn] = true
			}
		}
		if seen[s.ID] {
			return
		}
		seen[s.ID] = true
		if reason := q.ask(r, number); reason != "" {
			left[reason]++
		}
	})
	if err != nil {
		return err
	}
	left[noNumber] += q.leaveOut(theirs)
	if left[noNumber] == 0 {
		delete(left, noNumber)
	}
	slices.SortFunc(q.asked, func(a, b question) int { return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.ssn, b.ssn)) })
	q.people = q.asking()
	q.out.People, q.out.Records, q.out.LeftOut = len(q.people), len(q.asked), append(q.out.LeftOut, sortedCounts(left)...)
	if left[noPurpose+policy.CaseloadAloneAccounts] > 0 {
		q.out.Needs = q.plan.Policy.AccountsNeedFacts()
	}
	return nil
}

// eachRow visits the caseload's rows of people whom the resident caseload knows.
func (q *inquirer) eachRow(ctx context.Context, visit func(r *caseRow, number uint32)) error {
	layout := q.plan.Caseload.Layout
	b := newBinding(layout)
	split, rows := layout.NewSplitter(), person.Rows{}
	for _, path := range q.plan.Caseload.Paths {
		_, err := sources.Cut(ctx, path, layout, sources.CutOptions{}, func(c *sources.Chunk) error {
			defer c.Release()
			if _, err := split.Split(c, &rows); err != nil {
				return err
			}
			for row := range rows.Len() {
				r := caseRow{layout: layout, binding: b, rows: &rows, row: row}
				if number, known := q.caseload.numbers[r.value(person.SubjectID)]; known {
					visit(&r, number)
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("caseload: %w", err)
		}
	}
	return nil
}

// noNumber is why people are left out of whom the agency has no number, or none but somebody else's. The two have one reason, so that
// the count does not tell of the protected (I10).
const noNumber = "no SSN to ask by"

// leaveOut takes out the questions by a number that stands with a shield or a protected person too: the answer would tell of them. It
// gives how many people are no longer asked about.
func (q *inquirer) leaveOut(theirs map[uint64]bool) (people int64) {
	before := len(q.asking())
	q.asked = slices.DeleteFunc(q.asked, func(a question) bool { return theirs[a.ssn] })
	return int64(before - len(q.asking()))
}

// asking is who is asked about, sorted.
func (q *inquirer) asking() []string {
	ids := make([]string, len(q.asked))
	for i := range q.asked {
		ids[i] = q.asked[i].subject
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// ask adds the records of one person, or says why there are none. Shields and protected people have one reason, so that the
// count does not tell of the protected (I10).
func (q *inquirer) ask(r *caseRow, number uint32) (leftOut string) {
	s := &q.caseload.subjects[number]
	given, middle, family := r.name()
	given, middle, family = federalName(given), federalName(middle), federalName(family)
	switch {
	case s.Shield || s.Protected:
		return "not looked for"
	case q.plan.Policy != nil && !q.caseload.lawful(q.plan.Policy, q.source, number):
		return noPurpose + (&night{plan: q.plan, caseload: q.caseload}).purpose(q.source, number, false).ID
	case len(s.ID) > q.key:
		return "person number too long to come back"
	case family == "":
		return "no family name"
	}
	found := false
	for _, ssn := range r.numbers() {
		if q.caseload.knowledge.InvalidPair(s.ID, uint32(ssn), q.plan.AsOf) {
			continue
		}
		found = true
		number := fmt.Sprintf("%09d", ssn)
		q.asked = append(q.asked, question{subject: s.ID, ssn: ssn, values: map[string]string{
			person.SSN: number, person.Given: given, person.Middle: middle, person.Family: family, person.Key: s.ID, "fips": q.opt.FIPS,
			person.Born: q.day(person.Born, s.Born), person.StatusDate: q.day(person.StatusDate, q.plan.AsOf),
		}})
	}
	if !found {
		return noNumber
	}
	return ""
}

// day is a day as the layout's field writes it, "" for none.
func (q *inquirer) day(field string, day int32) string {
	i := q.layout.Column(field)
	if i < 0 || day == 0 {
		return ""
	}
	return dayInForm(q.layout.Columns()[i].Form, day)
}

// dayInForm writes a day ccyymmdd; "" in a form that it does not know, for a day that is wrong is worse than none.
func dayInForm(form string, day int32) string {
	y, m, d := day/10000, day/100%100, day%100
	switch form {
	case "CCYYMMDD":
		return fmt.Sprintf("%04d%02d%02d", y, m, d)
	case "CCYY-MM-DD":
		return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
	case "MMDDCCYY":
		return fmt.Sprintf("%02d%02d%04d", m, d, y)
	case "MM/DD/CCYY":
		return fmt.Sprintf("%02d/%02d/%04d", m, d, y)
	case "CCYYMM":
		return fmt.Sprintf("%04d%02d", y, m)
	}
	return ""
}

// encode writes the file: a header with the month where the layout has one, the records, a trailer that counts them.
func (q *inquirer) encode() ([]byte, error) {
	var out bytes.Buffer
	e, err := sources.NewEncoder(&out, q.layout)
	if err != nil {
		return nil, err
	}
	if h := q.layout.Records.Header; h != nil {
		values := map[string]string{}
		for _, f := range h.Fields {
			if f.Name == "month" || f.Name == "created" {
				values[f.Name] = dayInForm(f.Form, q.plan.AsOf)
			}
		}
		if err := e.Write("header", values); err != nil {
			return nil, err
		}
	}
	for i := range q.asked {
		values := map[string]string{}
		for _, f := range q.layout.Records.Data.Fields {
			if v := q.asked[i].values[f.Name]; v != "" {
				values[f.Name] = v
			}
		}
		if err := e.Write("data", values); err != nil { // it names a field, never a value
			return nil, fmt.Errorf("subject %s: %w", q.asked[i].subject, err)
		}
	}
	if t := q.layout.Records.Trailer; t != nil {
		values := map[string]string{}
		for _, f := range t.Fields {
			switch f.Counts {
			case "data":
				values[f.Name] = strconv.Itoa(len(q.asked))
			case "records":
				values[f.Name] = strconv.Itoa(len(q.asked) + 1)
			}
		}
		if err := e.Write("trailer", values); err != nil {
			return nil, err
		}
	}
	err = e.Close() // before the bytes are taken: it writes what is held back
	return out.Bytes(), err
}

// caseRow is one row of the caseload, with its values as written.
type caseRow struct {
	layout  *sources.Layout
	binding *binding
	rows    *person.Rows
	row     int
}

func (r *caseRow) value(key string) string {
	if i := r.layout.Column(key); i >= 0 {
		return string(r.rows.Value(r.row, i))
	}
	return ""
}

func (r *caseRow) name() (given, middle, family string) {
	if r.binding.fullName >= 0 {
		g, m, f, _ := text.SplitName(r.binding.nameForm, r.rows.Value(r.row, r.binding.fullName))
		return string(g), string(m), string(f)
	}
	return r.value(person.Given), r.value(person.Middle), r.value(person.Family)
}

// numbers are the valid SSNs of a person. A taxpayer number (ITIN, ATIN) is none.
func (r *caseRow) numbers() (ssns []uint64) {
	for i, c := range r.layout.Columns() {
		if c.Name != person.SSN {
			continue
		}
		_, n, v := text.Standardise(text.SSN, 0, nil, r.rows.Value(r.row, i))
		if v == text.Valid && text.NumberTypeOf(n) == text.SocialSecurity && !slices.Contains(ssns, n) {
			ssns = append(ssns, n)
		}
	}
	return ssns
}

// federalName writes a name as federal files do: capitals, marks and blanks gone, the hyphen kept (domain.md 1.1 and 8).
//
//	O'Brien → OBRIEN, de la Cruz → DELACRUZ, Martínez-Cruz → MARTINEZ-CRUZ
func federalName(name string) string {
	var parts []string
	for _, part := range strings.Split(name, "-") {
		std, _, validity := text.Standardise(text.Name, 0, nil, []byte(part))
		if validity == text.Valid {
			if std = bytes.ReplaceAll(std, []byte(" "), nil); len(std) > 0 {
				parts = append(parts, string(std))
			}
		}
	}
	return strings.Join(parts, "-")
}
