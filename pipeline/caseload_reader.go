package pipeline

import (
	"context"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/sources"
	"locatematch/sources/arrival"
	"locatematch/sources/person"
)

// caseloadReader brings chunks of the caseload to what the loader takes in. It belongs to one worker: rows depend on nothing
// but themselves, so that all but taking them in is done side by side.
//
//	cut ─▶ chunks ═▶ readers: split, standardise, describe ═▶ (in the order of the file) take in
type caseloadReader struct {
	*caseloadForm
	used     <-chan *caseloadRows // taken in, to be filled again
	splitter *sources.Splitter
	rows     person.Rows
	standard *standardiser
}

// caseloadForm is where a caseload's layout keeps what is read of it.
type caseloadForm struct {
	layout  *sources.Layout
	groups  []matchers.Group
	sets    [][]*binding // by group and repeat
	columns subjectColumns
}

// caseloadRows are the rows of one chunk, read. Their memory serves for many chunks.
type caseloadRows struct {
	err     error
	bytes   int // of the chunk
	rejects []sources.Reject
	invalid []sources.Invalid
	rows    []caseloadRow
	values  []caseloadValue
	forms   []byte // where standard values lie
}

// caseloadRow is one row: what leads need of the subject, and where its values end.
type caseloadRow struct {
	line    int64
	subject leads.Subject
	end     int // in values
}

// caseloadValue is one value of a value set of a row.
type caseloadValue struct {
	group, set, field int32
	validity          text.Validity
	num               uint64
	from, to          uint32 // in forms
}

func (v *caseloadValue) value(forms []byte) matchers.Value {
	return matchers.Value{Std: forms[v.from:v.to:v.to], Num: v.num, Validity: v.validity}
}

// readCaseload cuts one file, has its chunks read side by side, and hands them to take one after another, in the order of the file.
func readCaseload(ctx context.Context, path string, keys *arrival.Keys, form *caseloadForm, spec *matchers.Spec, take func(*caseloadRows)) (rep *sources.FileReport, err error) {
	type job struct {
		chunk *sources.Chunk
		done  chan *caseloadRows
	}
	readers := runtime.GOMAXPROCS(0)
	jobs, queue := make(chan job), make(chan chan *caseloadRows, readers)
	used := make(chan *caseloadRows, 2*readers+1) // as many as are in flight
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(jobs)
		defer close(queue)
		rep, err = sources.Cut(ctx, path, form.layout, sources.CutOptions{Keys: keys}, func(c *sources.Chunk) error {
			done := make(chan *caseloadRows, 1)
			queue <- done
			jobs <- job{c, done}
			return ctx.Err()
		})
		return err
	})
	for range readers {
		r := &caseloadReader{caseloadForm: form, used: used, splitter: form.layout.NewSplitter(), standard: newStandardiser(spec)}
		g.Go(func() error {
			var fault error
			for j := range jobs { // to the end, whatever happens: somebody waits for every chunk
				rows := r.read(j.chunk)
				if fault == nil {
					fault = rows.err
				}
				j.done <- rows
			}
			return fault
		})
	}
	for done := range queue {
		rows := <-done
		if rows.err == nil {
			take(rows)
		}
		select {
		case used <- rows:
		default:
		}
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return rep, nil
}

func (r *caseloadReader) read(c *sources.Chunk) *caseloadRows {
	defer c.Release()
	out := r.empty()
	out.bytes = len(c.Data)
	rejects, err := r.splitter.Split(c, &r.rows)
	if out.err = err; err != nil {
		return out
	}
	out.rejects = append(out.rejects, rejects...) // the splitter's own until it splits again
	out.invalid = append(out.invalid, r.splitter.Invalid()...)
	out.rows = slices.Grow(out.rows, r.rows.Len())
	for row := range r.rows.Len() {
		r.values(row, out)
		out.rows = append(out.rows, caseloadRow{line: r.rows.Lines[row], subject: r.describe(row), end: len(out.values)})
	}
	return out
}

// empty gives rows without any, in the memory of some that were taken in, where there are.
func (r *caseloadReader) empty() *caseloadRows {
	select {
	case out := <-r.used:
		*out = caseloadRows{rejects: out.rejects[:0], invalid: out.invalid[:0], rows: out.rows[:0], values: out.values[:0], forms: out.forms[:0]}
		return out
	default:
		return &caseloadRows{}
	}
}

// values brings the values of a row to standard form, set by set; what is missing is left out.
func (r *caseloadReader) values(row int, out *caseloadRows) {
	for g, group := range r.groups {
		for set, b := range r.sets[g] {
			for _, f := range group.Fields {
				r.standard.field(b, &r.rows, row, f)
				v := &r.standard.values[f]
				if v.Validity == text.Missing {
					continue
				}
				from := len(out.forms)
				out.forms = append(out.forms, v.Std...)
				out.values = append(out.values, caseloadValue{
					group: int32(g), set: int32(set), field: int32(f), validity: v.Validity, num: v.Num, from: uint32(from), to: uint32(len(out.forms)),
				})
			}
			r.standard.named.raw = nil
		}
	}
}

// subjectColumns are the caseload columns that are not matched on.
type subjectColumns struct {
	id, role, participant, protected, office, officer, caseID, sex int
	ssnStatus                                                      int
	ssns                                                           []int
	born, family                                                   int
	name                                                           []int
	addresses                                                      [][6]int // lines 1 to 3, city, state, ZIP of each address
	holdings                                                       [][3]int // of each address: its standing, from when and to when it held
}

func columnsOfSubject(l *sources.Layout) subjectColumns {
	at := func(name string) int { return columnOf(l, name, 1) }
	c := subjectColumns{
		id: at(person.SubjectID), role: at(person.Role), participant: at(person.Participant), protected: at(person.Protected),
		office: at(person.Office), officer: at(person.Officer), caseID: at(person.CaseID), sex: at(person.Sex),
		born: at(person.Born), family: at(person.Family),
	}
	c.ssnStatus = at(person.SSNStatus)
	for i, column := range l.Columns() {
		if column.Name == person.SSN {
			c.ssns = append(c.ssns, i)
		}
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

// describe reads what leads need. Custodial parents and children are shields whatever their role says: a lead on one of
// them is never the product's to give.
func (r *caseloadReader) describe(row int) leads.Subject {
	value := func(col int) string {
		if col < 0 {
			return ""
		}
		return string(r.rows.Value(row, col))
	}
	s := leads.Subject{
		ID: value(r.columns.id), Office: value(r.columns.office), Officer: value(r.columns.officer), Case: value(r.columns.caseID),
		Protected: protects(value(r.columns.protected)),
	}
	participant := strings.ToUpper(value(r.columns.participant))
	s.Participant = agency.Noncustodial
	if p := agency.Participant(participant); slices.Contains([]agency.Participant{agency.Putative, agency.Custodial, agency.Child}, p) {
		s.Participant = p
	}
	s.Shield = strings.EqualFold(value(r.columns.role), "shield") || participant == "CP" || participant == "CH"
	var name []string
	for _, c := range r.columns.name {
		if v := value(c); v != "" {
			name = append(name, v)
		}
	}
	s.Name = strings.Join(name, " ")
	if at := strings.LastIndex(s.Name, value(r.columns.family)); at >= 0 {
		s.Family = s.Name[at : at+len(value(r.columns.family))] // shares the name's memory
	}
	s.Born = r.day(row, r.columns.born)
	s.SSNStatus = r.ssnStatus(row)
	_, sex, _ := text.Standardise(text.Sex, 0, nil, []byte(value(r.columns.sex)))
	s.Sex = uint8(sex)
	for i, a := range r.columns.addresses {
		if value(a[0]) == "" && value(a[1]) == "" && value(a[2]) == "" {
			continue // no line, no door
		}
		if key := leads.AddressKey(value(a[0]), value(a[1]), value(a[2]), value(a[3]), value(a[4]), value(a[5])); key != "" {
			s.Addresses = append(s.Addresses, key)
			s.Holdings = append(s.Holdings, r.holding(row, r.columns.holdings[i]))
		}
	}
	return s
}

// ssnStatus is what the registry said of a person's one SSN; a number without a word on it is unverified. Of several numbers it is
// not known which one a record agrees with.
func (r *caseloadReader) ssnStatus(row int) string {
	if r.columns.ssnStatus < 0 {
		return ""
	}
	numbers := 0
	for _, c := range r.columns.ssns {
		if len(r.rows.Value(row, c)) > 0 {
			numbers++
		}
	}
	if numbers != 1 {
		return ""
	}
	if status := r.rows.Value(row, r.columns.ssnStatus); len(status) > 0 {
		return statusWord(status)
	}
	return "U"
}

// statusWords are the codes of one letter, made once: a caseload has millions of them.
var statusWords = func() (words [256]string) {
	for c := range words {
		words[c] = string(rune(c))
	}
	return words
}()

func statusWord(status []byte) string {
	if len(status) == 1 {
		return statusWords[status[0]]
	}
	return string(status)
}

// protects reads the family violence indicator. Whatever is not a plain no protects: an unknown word is no reason to disclose.
func protects(indicator string) bool {
	switch strings.ToUpper(indicator) {
	case "", "N", "NO", "0", "F", "FALSE", "NONE":
		return false
	}
	return true
}
