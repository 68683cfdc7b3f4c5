package profile

import (
	"context"
	"fmt"

	"locatematch/matchers/text"
	"locatematch/sources"
	"locatematch/sources/person"
)

// shownRejects is how many rejects a trial lists one by one.
const shownRejects = 10

// Trial is a layout tried on a file: the first rows field by field, masked, and what is wrong with the file or with the layout.
type Trial struct {
	Rows    []TrialRow `json:"first_rows"`
	Rejects []Reject   `json:"rejects"` // the first ones
	Records []string   `json:"record_types"`
	Roles   []string   `json:"roles"` // what a person still has to say
	Profile *Profile   `json:"profile"`
}

// TrialRow is one row, its values masked.
type TrialRow struct {
	Line   int64        `json:"line"`
	Values []TrialValue `json:"values"`
}

// TrialValue is one value as it may be shown, and what it is worth.
type TrialValue struct {
	Field    string `json:"field"`
	Shown    string `json:"shown"`
	Validity string `json:"validity"`
}

// Reject is a record that could not be read, and what to do about it.
type Reject struct {
	Line   int64  `json:"line"`
	Reason string `json:"reason"`
	Detail string `json:"detail"`
	Remedy string `json:"remedy"`
}

// TrialOptions are how a layout is tried.
type TrialOptions struct {
	Rows      int  // shown field by field
	ShowNames bool // names and addresses as they stand; numbers stay masked
	Progress  func(bytesRead, bytesTotal int64)
}

// Try tries a layout on a file. The whole file is read, so that its books and trailers are known.
func Try(ctx context.Context, path string, l *sources.Layout, o TrialOptions) (*Trial, error) {
	p := newProfiler(l)
	t := &Trial{Rows: []TrialRow{}, Rejects: []Reject{}, Records: []string{}, Roles: []string{}}
	report, err := eachRows(ctx, path, l, o.Progress, func(rows *person.Rows, rejects []sources.Reject) error {
		t.reject(rejects)
		t.show(rows, p.columns, o)
		return p.rows(rows, rejects)
	})
	if err != nil {
		return nil, err
	}
	if t.Profile, err = p.profile(ctx, l, report); err != nil {
		return nil, err
	}
	t.Records = recordTypes(l, t.Profile)
	t.Roles = roles(l)
	return t, nil
}

func (t *Trial) reject(rejects []sources.Reject) {
	for _, r := range rejects {
		if len(t.Rejects) == shownRejects {
			return
		}
		t.Rejects = append(t.Rejects, Reject{Line: r.Line, Reason: r.Reason, Detail: r.Detail, Remedy: remedy(r.Reason)})
	}
}

func (t *Trial) show(rows *person.Rows, columns []*column, o TrialOptions) {
	for r := 0; r < rows.Len() && len(t.Rows) < o.Rows; r++ {
		row := TrialRow{Line: rows.Line(r)}
		for i, c := range columns {
			raw := rows.Value(r, i)
			v, _ := c.judge.Value(raw)
			row.Values = append(row.Values, TrialValue{Field: c.name, Shown: c.judge.Mask(raw, o.ShowNames), Validity: c.judge.says(v)})
		}
		t.Rows = append(t.Rows, row)
	}
}

// says is a validity, or that nothing was asked.
func (j *Judge) says(v text.Validity) string {
	if v == text.Valid && (j.Kind == Plain || j.Kind == Code || j.Kind == Key || j.unknown) {
		return "not judged"
	}
	return v.String()
}

// recordTypes says what became of each record type of the layout, one line each.
func recordTypes(l *sources.Layout, p *Profile) (list []string) {
	if h := l.Records.Header; h != nil {
		list = append(list, fmt.Sprintf("header: the first record begins with %s, and its literals agree", h.Mark.Text))
	}
	if l.Records.Section != nil {
		list = append(list, fmt.Sprintf("sections: %d", len(p.Sections)))
	}
	if l.Records.Trailer == nil {
		return append(list, "trailer: none in the layout, so that a file cut short is not noticed; is there a count anywhere?")
	}
	agree, counted := 0, 0
	for _, s := range p.Sections {
		if s.Want >= 0 {
			counted++
			if s.Fault == "" {
				agree++
			}
		}
	}
	if counted == 0 {
		return append(list, "trailer: the layout names no field that counts (counts: data)")
	}
	return append(list, fmt.Sprintf("trailer: %d of %d say as many records as were read", agree, counted))
}

// roles says what the layout leaves open: whose knowledge its fields are.
func roles(l *sources.Layout) (list []string) {
	counts := map[sources.Role]int{}
	for _, c := range l.Columns() {
		counts[c.Role]++
	}
	if counts[sources.Own] == 0 {
		list = append(list, "every field is echo or key, so that no row can be evidence: say which fields are the supplier's own (role: own)")
	}
	if counts[sources.Key] > 0 && l.Column(person.Key) < 0 {
		list = append(list, "a field has the role key, but none is named key: only key proposes a pair")
	}
	if l.Status == sources.Unconfirmed {
		list = append(list, "status is unconfirmed: run refuses the layout unless the extract says allow_unconfirmed: true; write published when every place is confirmed by what origin names")
	}
	return list
}
