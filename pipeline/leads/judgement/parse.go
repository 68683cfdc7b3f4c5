package judgement

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"locatematch/pipeline/leads/sheet"
)

// Reject is a row that was not taken, and why.
type Reject struct {
	Row    int    `json:"row"` // of the sheet; of a CSV file the line
	Column string `json:"column"`
	Reason string `json:"reason"` // names the words allowed, never more than the first letters of what was there
}

// String is "row 7, column person_is: …".
func (r Reject) String() string {
	if r.Column == "" {
		return fmt.Sprintf("row %d: %s", r.Row, r.Reason)
	}
	return fmt.Sprintf("row %d, column %s: %s", r.Row, r.Column, r.Reason)
}

// Parsed is what a file of judgements held. Read = Taken + Rejected + Empty.
type Parsed struct {
	Judgements []Judgement // in the order of compare, each once
	Rejects    []Reject
	Taken      int // rows
	Empty      int // rows in which nothing was filled
}

// Defaults fill what a row leaves empty: a queue that comes back filled may lack the date, and names its officer.
type Defaults struct {
	Officer string
	Date    int32             // ccyymmdd
	Latest  int32             // a later date is a slip of the pen; 0: any
	Known   func(string) bool // whether a lead was ever published; nil: every one
}

// Parse reads a file of judgements: CSV, or the queue's workbook. Columns may stand in any order and case, and others beside
// them are passed over; words are taken strictly. The error is for a file that is none at all.
func Parse(data []byte, d Defaults) (*Parsed, error) {
	lines, err := sheet.Read(data)
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		return nil, fmt.Errorf("no header: the first row names the columns %s", strings.Join(Columns(), ", "))
	}
	at, err := header(lines[0].Cells)
	if err != nil {
		return nil, err
	}
	p := &Parsed{}
	for _, line := range lines[1:] {
		p.row(line, at, d)
	}
	slices.SortFunc(p.Judgements, compare)
	p.Judgements = slices.Compact(p.Judgements)
	return p, nil
}

// header finds the columns. Without lead_id, or without any of what is judged, the file is another one.
func header(cells []string) (map[string]int, error) {
	at := map[string]int{}
	for i, cell := range cells {
		name := strings.ToLower(strings.Join(strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == '_' }), "_"))
		if !slices.Contains(Columns(), name) {
			continue
		}
		if _, twice := at[name]; twice {
			return nil, fmt.Errorf("row 1: column %s stands twice", name)
		}
		at[name] = i
	}
	if _, there := at["lead_id"]; !there {
		return nil, fmt.Errorf("row 1: no column lead_id; want %s", strings.Join(Columns(), ", "))
	}
	for _, name := range []string{"person_is", "fact_is", "used"} {
		if _, there := at[name]; there {
			return at, nil
		}
	}
	return nil, fmt.Errorf("row 1: none of the columns person_is, fact_is, used; nothing is judged")
}

var leadIDs = regexp.MustCompile(`^L-[a-z2-7]{20}$`)

// mostText bounds what an officer writes as a reason, in characters.
const mostText = 1000

func (p *Parsed) row(line sheet.Line, at map[string]int, d Defaults) {
	value := func(name string) string {
		if i, there := at[name]; there && i < len(line.Cells) {
			return strings.TrimSpace(line.Cells[i])
		}
		return ""
	}
	j := Judgement{LeadID: value("lead_id"), CaseID: value("case_id"), Officer: value("officer"), Reason: oneLine(value("reason"))}
	for _, w := range []struct {
		column  string
		into    *string
		allowed []string
	}{{"person_is", &j.PersonIs, PersonIs()}, {"fact_is", &j.FactIs, FactIs()}, {"used", &j.Used, Used()}} {
		said, ok := word(value(w.column), w.allowed)
		if !ok {
			p.reject(line.Row, w.column, "%q is none of %s", shortened(said), strings.Join(w.allowed, ", "))
			return
		}
		*w.into = said
	}
	if j.empty() {
		p.Empty++
		return
	}
	if j.Officer == "" {
		j.Officer = d.Officer
	}
	j.Date = d.Date
	if date := value("date"); date != "" {
		var err error
		if j.Date, err = parseDate(date); err != nil {
			p.reject(line.Row, "date", "%v", err)
			return
		}
	}
	if column, reason := j.fault(d); reason != "" {
		p.reject(line.Row, column, "%s", reason)
		return
	}
	p.Judgements = append(p.Judgements, j)
	p.Taken++
}

// fault says what is missing in a judgement, "" for nothing.
func (j *Judgement) fault(d Defaults) (column, reason string) {
	switch {
	case !leadIDs.MatchString(j.LeadID):
		return "lead_id", `want a lead's id, "L-" and 20 letters or digits`
	case d.Known != nil && !d.Known(j.LeadID):
		return "lead_id", "no run has published a lead of that id"
	case j.Officer == "":
		return "officer", "no officer: who judged?"
	case j.Date == 0:
		return "date", "no date: write CCYY-MM-DD, or give one for all rows with --date"
	case d.Latest != 0 && j.Date > d.Latest:
		return "date", "lies more than a year after the live run"
	case len(j.Reason) > mostText:
		return "reason", fmt.Sprintf("longer than %d characters", mostText)
	}
	return "", ""
}

func (p *Parsed) reject(row int, column, format string, args ...any) {
	p.Rejects = append(p.Rejects, Reject{Row: row, Column: column, Reason: fmt.Sprintf(format, args...)})
}

// shortened keeps an error from repeating what was pasted into the wrong column: a number, an address.
func shortened(s string) string {
	if runes := []rune(s); len(runes) > 4 {
		return string(runes[:4]) + "…"
	}
	return s
}

// oneLine puts text on one line and drops what is no text.
func oneLine(s string) string {
	s = strings.ToValidUTF8(s, "")
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
