package profile

import (
	"context"
	"fmt"

	"locatematch/matchers/text"
	"locatematch/sources"
	"locatematch/sources/person"
)

// Profile is what a whole file is, field by field.
type Profile struct {
	File     string    `json:"file"`
	Layout   string    `json:"layout"`
	Guessed  bool      `json:"guessed"` // the layout was made from this very file
	Format   string    `json:"format"`
	SHA256   string    `json:"sha256"`
	Bytes    int64     `json:"bytes"` // on disk
	Records  int64     `json:"records"`
	Rows     int64     `json:"rows"`
	Rejected []Count   `json:"rejected"` // by reason
	Sections []Section `json:"sections"`
	Fields   []Field   `json:"fields"`
	Hints    []Hint    `json:"hints"`
}

// Section is a part of the file with books of its own; the file as a whole where there are no sections.
type Section struct {
	Name  string `json:"name"`
	Line  int64  `json:"line"`
	Rows  int64  `json:"rows"`
	Want  int64  `json:"want"` // as its trailer says, -1 without one
	Fault string `json:"fault"`
}

// Field is one field of all rows. Patterns and codes that fewer than five rows hold are counted together, for they may be one person.
type Field struct {
	Name        string  `json:"name"`
	Column      string  `json:"column,omitempty"` // what the file calls it
	At          int     `json:"at,omitempty"`     // 1-based position, fixed layouts
	Width       int     `json:"width,omitempty"`
	Role        string  `json:"role"`
	Kind        Kind    `json:"kind"`
	Form        string  `json:"form,omitempty"`
	Filled      int64   `json:"filled"`
	Valid       int64   `json:"valid"`
	Placeholder int64   `json:"placeholder"`
	Invalid     int64   `json:"invalid"`
	Distinct    int64   `json:"distinct"`
	Exact       bool    `json:"distinct_exact"`
	First       string  `json:"first_month,omitempty"` // dates, CCYY-MM
	Last        string  `json:"last_month,omitempty"`
	Shortest    int     `json:"shortest"` // characters
	Longest     int     `json:"longest"`
	Sampled     int64   `json:"patterns_sampled"` // filled rows whose patterns were taken
	Patterns    []Count `json:"patterns"`
	Rare        int64   `json:"patterns_rare"` // sampled rows with another pattern
	Codes       []Count `json:"codes,omitempty"`
	OtherCodes  int64   `json:"codes_other,omitempty"`
}

// Options are how a file is profiled. The zero value works.
type Options struct {
	Progress func(bytesRead, bytesTotal int64)
	Guessed  bool
}

// Of profiles a file by a layout. A fault of the whole file is an error, those of sections and rows are in the profile.
func Of(ctx context.Context, path string, l *sources.Layout, o Options) (*Profile, error) {
	p := newProfiler(l)
	report, err := eachRows(ctx, path, l, o.Progress, p.rows)
	if err != nil {
		return nil, err
	}
	out, err := p.profile(ctx, l, report)
	if err == nil {
		out.Guessed = o.Guessed
	}
	return out, err
}

// eachRows reads a whole file and gives its rows chunk by chunk.
func eachRows(ctx context.Context, path string, l *sources.Layout, progress func(int64, int64), each func(*person.Rows, []sources.Reject) error) (*sources.FileReport, error) {
	s := l.NewSplitter()
	var rows person.Rows
	return sources.Cut(ctx, path, l, sources.CutOptions{Pool: new(sources.Pool), Progress: progress}, func(c *sources.Chunk) error {
		defer c.Release()
		rejects, err := s.Split(c, &rows)
		if err != nil {
			return err
		}
		return each(&rows, rejects)
	})
}

// profiler is a profile being made.
type profiler struct {
	columns  []*column
	near     *neighbours
	n        int64
	rejected map[string]int64
}

func newProfiler(l *sources.Layout) *profiler {
	p := &profiler{rejected: map[string]int64{}, near: newNeighbours(l)}
	for _, c := range l.Columns() {
		p.columns = append(p.columns, newColumn(c))
	}
	return p
}

func (p *profiler) rows(rows *person.Rows, rejects []sources.Reject) error {
	for _, r := range rejects {
		p.rejected[r.Reason]++
	}
	for r := range rows.Len() {
		for i, c := range p.columns {
			c.add(p.n, rows.Value(r, i))
		}
		p.near.row(rows, r)
		p.n++
	}
	return nil
}

// profile makes the profile of what has been counted, with its hints.
func (p *profiler) profile(ctx context.Context, l *sources.Layout, report *sources.FileReport) (*Profile, error) {
	out := &Profile{
		File: report.Path, Layout: l.Name, Format: l.Format, SHA256: report.SHA256, Bytes: report.Bytes, Records: report.Records, Rows: p.n,
		Rejected: reasons(p.rejected), Sections: sectionsOf(report), Fields: []Field{}, Hints: []Hint{},
	}
	written := writtenFields(l)
	for i, c := range l.Columns() {
		out.Fields = append(out.Fields, p.columns[i].field(c, written[i]))
	}
	shifts, err := shiftsOf(ctx, report.Path, l)
	if err != nil {
		return nil, err
	}
	out.Hints = append(append(out.Hints, shifts...), p.near.hints(shifts)...)
	out.Hints = append(out.Hints, fieldHints(out)...)
	return out, nil
}

func reasons(counts map[string]int64) []Count {
	list := []Count{}
	for _, reason := range sources.Reasons() {
		if n := counts[reason]; n > 0 {
			list = append(list, Count{reason, n})
		}
	}
	return list
}

func sectionsOf(report *sources.FileReport) []Section {
	list := []Section{}
	for _, s := range report.Sections {
		list = append(list, Section{Name: s.Name, Line: s.Line, Rows: s.Rows, Want: s.Want, Fault: s.Fault})
	}
	return list
}

// writtenFields are the layout's fields as written, in the order of its columns.
func writtenFields(l *sources.Layout) []sources.Field {
	all := l.Records.Data.Fields
	if s := l.Records.Section; s != nil {
		all = append(all[:len(all):len(all)], s.Fields...)
	}
	if h := l.Records.Header; h != nil {
		for _, f := range h.Fields {
			if f.Carry {
				all = append(all[:len(all):len(all)], f)
			}
		}
	}
	return all
}

func (c *column) field(col sources.Column, f sources.Field) Field {
	out := Field{
		Name: c.name, At: f.At, Width: f.Width, Role: string(col.Role), Kind: c.judge.Kind, Form: col.Form,
		Filled: c.filled, Valid: c.validity[text.Valid], Placeholder: c.validity[text.Placeholder], Invalid: c.validity[text.Invalid],
		Shortest: c.shortest, Longest: c.longest, Sampled: c.sampled,
	}
	if f.Column != c.name {
		out.Column = f.Column
	}
	out.Distinct, out.Exact = c.distinct.count()
	if c.months.first > 0 {
		out.First, out.Last = month(c.months.first), month(c.months.last)
	}
	out.Patterns, out.Rare = most(c.patterns)
	out.Rare += c.others
	if !c.noCodes && c.filled > 0 {
		out.Codes, out.OtherCodes = most(c.codes)
	}
	return out
}

// month writes yyyymm as CCYY-MM; the month may be unknown.
func month(yyyymm uint64) string {
	if yyyymm%100 == 0 {
		return fmt.Sprintf("%04d", yyyymm/100)
	}
	return fmt.Sprintf("%04d-%02d", yyyymm/100, yyyymm%100)
}
