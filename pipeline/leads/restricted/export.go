package restricted

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/leads/sheet"
)

// Formats are what Export writes.
var Formats = []string{"table", "csv", "json", "xlsx"}

var columns = []sheet.Column{
	{Name: "rank", Width: 6}, {Name: "due", Width: 12}, {Name: "why_due", Width: 36}, {Name: "case_id", Width: 14}, {Name: "subject_id", Width: 14},
	{Name: "person", Width: 26}, {Name: "kind", Width: 12}, {Name: "headline", Width: 60}, {Name: "how_sure", Width: 12}, {Name: "you_may", Width: 44},
	{Name: "cautions", Width: 44}, {Name: "why", Width: 44}, {Name: "order", Width: 16}, {Name: "arrears", Width: 13}, {Name: "last_paid", Width: 12},
	{Name: "office", Width: 12}, {Name: "officer", Width: 14}, {Name: "sources", Width: 20}, {Name: "lead_id", Width: 25},
	{Name: "employer", Width: 30}, {Name: "ein", Width: 12}, {Name: "employer_address", Width: 30}, {Name: "employer_city", Width: 18},
	{Name: "employer_state", Width: 8}, {Name: "employer_zip", Width: 8}, {Name: "institution", Width: 30}, {Name: "institution_tin", Width: 12},
	{Name: "account_token", Width: 8},
}

func day(d leads.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func (r *Row) cells() []string {
	arrears := ""
	if r.Arrears != nil {
		arrears = fmt.Sprintf("%d.%02d", *r.Arrears/100, *r.Arrears%100)
	}
	return []string{
		strconv.Itoa(int(r.Rank)), day(r.Due), r.WhyDue, r.CaseID, r.Subject, r.Person, string(r.Kind), r.Headline, string(r.HowSure), r.YouMay,
		strings.Join(r.Cautions, "\n"), r.Why, r.Order, arrears, day(r.LastPaid), r.Office, r.Officer, strings.Join(r.Sources, ", "), r.LeadID,
		r.Employer, r.EIN, r.EmployerLine, r.EmployerCity, r.EmployerState, r.EmployerZip, r.Institution, r.InstitutionTIN, r.AccountToken,
	}
}

// Export writes rows in one of Formats; width is a terminal's.
func Export(w io.Writer, format, run string, rows []Row, width int) error {
	switch format {
	case "json":
		return writeJSON(w, run, rows)
	case "csv", "xlsx":
		s := &sheet.Sheet{Title: "restricted", Columns: columns}
		for i := range rows {
			s.Rows = append(s.Rows, rows[i].cells())
		}
		if format == "csv" {
			return s.WriteCSV(w)
		}
		return s.WriteXLSX(w)
	}
	_, err := io.WriteString(w, Text(rows, width))
	return err
}

func writeJSON(w io.Writer, run string, rows []Row) error {
	list := make([]map[string]string, len(rows))
	for i := range rows {
		list[i] = map[string]string{}
		for c, cell := range rows[i].cells() {
			if cell != "" {
				list[i][columns[c].Name] = cell
			}
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Format string              `json:"format"`
		Run    string              `json:"run"`
		Rows   []map[string]string `json:"rows"`
	}{"locatematch-restricted-1", run, list})
}

// Text shows rows as a queue is shown, with the place of each employer.
func Text(rows []Row, width int) string {
	plain := make([]queue.Row, len(rows))
	for i := range rows {
		r := &rows[i]
		plain[i] = queue.Row{Rank: r.Rank, Due: r.Due, WhyDue: r.WhyDue, CaseID: r.CaseID, Person: r.Person, Headline: r.Headline + r.where(),
			HowSure: r.HowSure, Why: r.Why, Cautions: r.Cautions, YouMay: r.YouMay, Order: r.Order, Arrears: r.Arrears, LastPaid: r.LastPaid,
			Office: r.Office, Officer: r.Officer, LeadID: r.LeadID}
	}
	return queue.Text(plain, width)
}

// where is the employer's or institution's place and number in words.
func (r *Row) where() string {
	var parts []string
	for _, part := range []string{r.EmployerLine, strings.TrimSpace(r.EmployerCity + " " + r.EmployerState + " " + r.EmployerZip)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	words := ""
	if len(parts) > 0 {
		words = " The employer is at " + strings.Join(parts, ", ") + "."
	}
	if r.EIN != "" {
		words += " Its employer number is " + r.EIN + "."
	}
	return words
}
