package queue

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/leads/sheet"
)

// Interface describes a file in an agency's own action codes, which its system of record takes in.
type Interface struct {
	Format  string            `yaml:"format"`  // csv or fixed
	Header  bool              `yaml:"header"`  // csv: a first line with the columns' names
	Codes   []ActionCode      `yaml:"codes"`   // the first that fits a row is its code
	Columns []InterfaceColumn `yaml:"columns"` // in order
}

// ActionCode is the agency's code for a kind of lead and what may be done with it; a kind or step left out fits any.
type ActionCode struct {
	Kind string `yaml:"kind"`
	Step string `yaml:"step"`
	Code string `yaml:"code"`
}

// InterfaceColumn is one column of the file: a column of the queue, or of values.
type InterfaceColumn struct {
	Name  string `yaml:"name"`
	Value string `yaml:"value"`      // which value it holds; default: the one of its name
	Text  string `yaml:"text"`       // in place of a value: the same in every row
	Width int    `yaml:"width"`      // fixed: characters
	Form  string `yaml:"form"`       // of days: CCYY-MM-DD (default), CCYYMMDD, MM/DD/CCYY; of amounts: dollars (default), cents
	Align string `yaml:"align"`      // fixed: left (default), or right
	Fill  string `yaml:"fill"`       // fixed: what pads a value, default a blank
	May   bool   `yaml:"may_be_cut"` // fixed: a value that is too long is cut; else it is an error
}

// values an interface file can hold, beside "code", which its own table gives.
var values = map[string]func(interfaceRow, string) string{
	"as_of":      func(r interfaceRow, form string) string { return dayIn(r.asOf, form) },
	"run":        func(r interfaceRow, _ string) string { return r.run },
	"subject_id": func(r interfaceRow, _ string) string { return r.place.SubjectID },
	"kind":       func(r interfaceRow, _ string) string { return string(r.place.Kind) },
	"step":       func(r interfaceRow, _ string) string { return string(r.place.Step) },
	"status":     func(r interfaceRow, _ string) string { return string(r.place.Status) },
	"rank":       func(r interfaceRow, _ string) string { return fmt.Sprint(r.row.Rank) },
	"due":        func(r interfaceRow, form string) string { return dayIn(isoDay(r.row.Due), form) },
	"why_due":    func(r interfaceRow, _ string) string { return r.row.WhyDue },
	"case_id":    func(r interfaceRow, _ string) string { return r.row.CaseID },
	"person":     func(r interfaceRow, _ string) string { return r.row.Person },
	"headline":   func(r interfaceRow, _ string) string { return r.row.Headline },
	"how_sure":   func(r interfaceRow, _ string) string { return string(r.row.HowSure) },
	"why":        func(r interfaceRow, _ string) string { return r.row.Why },
	"cautions":   func(r interfaceRow, _ string) string { return strings.Join(r.row.Cautions, " ") },
	"you_may":    func(r interfaceRow, _ string) string { return r.row.YouMay },
	"order":      func(r interfaceRow, _ string) string { return r.row.Order },
	"arrears":    func(r interfaceRow, form string) string { return amountIn(r.row.Arrears, form) },
	"last_paid":  func(r interfaceRow, form string) string { return dayIn(isoDay(r.row.LastPaid), form) },
	"office":     func(r interfaceRow, _ string) string { return r.row.Office },
	"officer":    func(r interfaceRow, _ string) string { return r.row.Officer },
	"lead_id":    func(r interfaceRow, _ string) string { return r.row.LeadID },
	"code":       func(r interfaceRow, _ string) string { return r.code },
}

type interfaceRow struct {
	row       Row
	place     Place
	run, asOf string
	code      string
}

func dayIn(iso, form string) string {
	if iso == "" {
		return ""
	}
	switch form {
	case "CCYYMMDD":
		return strings.ReplaceAll(iso, "-", "")
	case "MM/DD/CCYY":
		return iso[5:7] + "/" + iso[8:] + "/" + iso[:4]
	}
	return iso
}

func amountIn(cents *int64, form string) string {
	if cents != nil && form == "cents" {
		return fmt.Sprint(*cents)
	}
	return dollars(cents)
}

// ParseInterface reads an interface's description strictly: an unknown key is an error with the line shown. All faults come
// back together.
func ParseInterface(raw []byte) (f *Interface, err error) {
	defer func() { // the library panics at some nonsense, a tag without a value among it
		if r := recover(); r != nil {
			f, err = nil, fmt.Errorf("not YAML that can be read: %v", r)
		}
	}()
	f = &Interface{}
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(f); err != nil {
		return nil, errors.New(yaml.FormatError(err, false, true))
	}
	return f, f.check()
}

func (f *Interface) check() error {
	var faults []error
	add := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if f.Format != "csv" && f.Format != "fixed" {
		add("format: %q is neither csv nor fixed", f.Format)
	}
	if len(f.Columns) == 0 {
		add("columns: name at least one")
	}
	steps := []string{"", "specialist", "contact_only", "verify_first", "review_for_withholding", "review_for_levy"}
	for i, c := range f.Codes {
		if c.Code == "" {
			add("codes[%d]: no code", i)
		}
		if !slices.Contains(steps, c.Step) {
			add("codes[%d].step: %q is none of %s", i, c.Step, strings.Join(steps[1:], ", "))
		}
	}
	for i := range f.Columns {
		c := &f.Columns[i]
		if c.Value == "" {
			c.Value = c.Name
		}
		if _, there := values[c.Value]; !there && c.Text == "" {
			add("columns[%d]: no value %q; there are %s", i, c.Value, strings.Join(valueNames(), ", "))
		}
		if f.Format == "fixed" && c.Width < 1 {
			add("columns[%d].width: a fixed file needs the width of %s", i, c.Name)
		}
		if !slices.Contains([]string{"", "left", "right"}, c.Align) {
			add("columns[%d].align: %q is neither left nor right", i, c.Align)
		}
		if !slices.Contains([]string{"", "CCYY-MM-DD", "CCYYMMDD", "MM/DD/CCYY", "dollars", "cents"}, c.Form) {
			add("columns[%d].form: %q is none of CCYY-MM-DD, CCYYMMDD, MM/DD/CCYY, dollars, cents", i, c.Form)
		}
		if c.Fill == "" {
			c.Fill = " "
		}
		if utf8.RuneCountInString(c.Fill) != 1 {
			add("columns[%d].fill: want one character", i)
		}
	}
	return errors.Join(faults...)
}

func valueNames() (names []string) {
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// code is the first code that fits.
func (f *Interface) code(p Place) (string, error) {
	for _, c := range f.Codes {
		if (c.Kind == "" || c.Kind == string(p.Kind)) && (c.Step == "" || policy.Step(c.Step) == p.Step) {
			return c.Code, nil
		}
	}
	return "", fmt.Errorf("no code for kind %s with step %s: add one, or a last one without kind and step that fits all", p.Kind, p.Step)
}

// Write writes rows with their places, in order; asOf is CCYY-MM-DD.
func (f *Interface) Write(w io.Writer, run, asOf string, rows []Row, places []Place) error {
	out := csv.NewWriter(w)
	if f.Format == "csv" && f.Header {
		names := make([]string, len(f.Columns))
		for i, c := range f.Columns {
			names[i] = c.Name
		}
		if err := out.Write(names); err != nil {
			return err
		}
	}
	for i := range rows {
		cells, err := f.cells(interfaceRow{row: rows[i], place: places[i], run: run, asOf: asOf})
		if err != nil {
			return err
		}
		if f.Format == "csv" {
			err = out.Write(cells)
		} else {
			_, err = io.WriteString(w, strings.Join(cells, "")+"\n")
		}
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (f *Interface) cells(r interfaceRow) (cells []string, err error) {
	if r.code, err = f.code(r.place); err != nil {
		return nil, err
	}
	for _, c := range f.Columns {
		value := c.Text
		if value == "" {
			value = values[c.Value](r, c.Form)
		}
		value = strings.Join(strings.Fields(value), " ") // a line's end in a value would end the record
		if f.Format == "csv" {
			cells = append(cells, sheet.Neutral(value))
			continue
		}
		n := utf8.RuneCountInString(value)
		if n > c.Width && !c.May {
			return nil, fmt.Errorf("column %s: a value of %d characters does not fit %d; widen it, or say may_be_cut: true", c.Name, n, c.Width)
		}
		if n > c.Width {
			value, n = string([]rune(value)[:c.Width]), c.Width
		}
		pad := strings.Repeat(c.Fill, c.Width-n)
		if c.Align == "right" {
			cells = append(cells, pad+value)
		} else {
			cells = append(cells, value+pad)
		}
	}
	return cells, nil
}
