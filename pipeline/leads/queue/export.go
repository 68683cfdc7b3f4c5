package queue

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/judgement"
	"locatematch/pipeline/leads/sheet"
)

// columns are what officers see, with the width a workbook gives them; an officer fills the last five.
var columns = []sheet.Column{
	{Name: "rank", Width: 6}, {Name: "due", Width: 12}, {Name: "why_due", Width: 36}, {Name: "case_id", Width: 14},
	{Name: "person", Width: 26}, {Name: "headline", Width: 60}, {Name: "how_sure", Width: 12}, {Name: "why", Width: 44},
	{Name: "cautions", Width: 44}, {Name: "you_may", Width: 44}, {Name: "order", Width: 16}, {Name: "arrears", Width: 13},
	{Name: "last_paid", Width: 12}, {Name: "office", Width: 12}, {Name: "officer", Width: 14}, {Name: "lead_id", Width: 25},
	{Name: "person_is", Width: 18, Choices: judgement.PersonIs()}, {Name: "fact_is", Width: 12, Choices: judgement.FactIs()},
	{Name: "used", Width: 12, Choices: judgement.Used()}, {Name: "reason", Width: 40}, {Name: "date", Width: 12},
}

// filled are the columns that an officer fills.
const filled = 5

// isoDay is a day as CCYY-MM-DD, "" for none.
func isoDay(d leads.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

// dollars writes cents as a number of dollars: 4200.00.
func dollars(cents *int64) string {
	if cents == nil {
		return ""
	}
	sign, n := "", *cents
	if n < 0 {
		sign, n = "-", -n
	}
	return fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
}

func inWords(cents *int64) string {
	if cents == nil {
		return ""
	}
	return leads.Money(*cents)
}

// cells are a row's texts in the order of columns.
func (r *Row) cells(amount func(*int64) string) []string {
	return append([]string{
		fmt.Sprint(r.Rank), isoDay(r.Due), r.WhyDue, r.CaseID, r.Person, r.Headline, string(r.HowSure), r.Why,
		strings.Join(r.Cautions, "\n"), r.YouMay, r.Order, amount(r.Arrears), isoDay(r.LastPaid), r.Office, r.Officer, r.LeadID,
	}, make([]string, filled)...)
}

func sheetOf(title string, rows []Row, amount func(*int64) string) *sheet.Sheet {
	s := &sheet.Sheet{Title: title, Columns: columns}
	for i := range rows {
		s.Rows = append(s.Rows, rows[i].cells(amount))
	}
	return s
}

// WriteXLSX writes rows as a workbook that comes back filled.
func WriteXLSX(w io.Writer, title string, rows []Row) error {
	return sheetOf(title, rows, inWords).WriteXLSX(w)
}

// WriteCSV writes rows as CSV, with amounts as plain numbers and the columns that an officer fills.
func WriteCSV(w io.Writer, rows []Row) error { return sheetOf("", rows, dollars).WriteCSV(w) }

// document is a row as JSON.
type document struct {
	Rank     int32       `json:"rank"`
	Due      string      `json:"due,omitempty"`
	WhyDue   string      `json:"why_due,omitempty"`
	CaseID   string      `json:"case_id"`
	Person   string      `json:"person"`
	Headline string      `json:"headline"`
	HowSure  string      `json:"how_sure"`
	Why      string      `json:"why"`
	Cautions []string    `json:"cautions"`
	YouMay   string      `json:"you_may"`
	Order    string      `json:"order,omitempty"`
	Arrears  json.Number `json:"arrears,omitempty"` // dollars
	LastPaid string      `json:"last_paid,omitempty"`
	Office   string      `json:"office"`
	Officer  string      `json:"officer"`
	LeadID   string      `json:"lead_id"`
}

// WriteJSON writes rows as one JSON document.
func WriteJSON(w io.Writer, run string, rows []Row) error {
	list := make([]document, len(rows))
	for i, r := range rows {
		list[i] = document{
			Rank: r.Rank, Due: isoDay(r.Due), WhyDue: r.WhyDue, CaseID: r.CaseID, Person: r.Person, Headline: r.Headline,
			HowSure: string(r.HowSure), Why: r.Why, Cautions: append([]string{}, r.Cautions...), YouMay: r.YouMay, Order: r.Order,
			Arrears: json.Number(dollars(r.Arrears)), LastPaid: isoDay(r.LastPaid), Office: r.Office, Officer: r.Officer, LeadID: r.LeadID,
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(struct {
		Format string     `json:"format"`
		Run    string     `json:"run"`
		Rows   []document `json:"rows"`
	}{"locatematch-queue-1", run, list})
}
