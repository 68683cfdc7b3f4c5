package restricted

import (
	"cmp"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
)

// Row is one row of the restricted queue: one lead about a protected person for one of the person's cases.
type Row struct {
	Rank     int32          `parquet:"rank"` // 1 is first; counted for each officer
	Due      leads.Day      `parquet:"due,date,optional"`
	WhyDue   string         `parquet:"why_due"`
	CaseID   string         `parquet:"case_id"`
	Subject  string         `parquet:"subject_id"`
	Person   string         `parquet:"person"`
	Kind     leads.Kind     `parquet:"kind,dict"`
	Headline string         `parquet:"headline"`
	HowSure  leads.Identity `parquet:"how_sure,dict"`
	YouMay   string         `parquet:"you_may"`
	Cautions []string       `parquet:"cautions,list"`
	Why      string         `parquet:"why"`
	Order    string         `parquet:"order"`
	Arrears  *int64         `parquet:"arrears,optional"` // past due, cents
	LastPaid leads.Day      `parquet:"last_paid,date,optional"`
	Office   string         `parquet:"office,dict"`
	Officer  string         `parquet:"officer,dict"` // the case's own; whoever holds the key decides who is told what
	Sources  []string       `parquet:"sources,list"`
	LeadID   string         `parquet:"lead_id"`

	Employer       string `parquet:"employer"` // this and the next five: of an employer's lead
	EIN            string `parquet:"ein"`
	EmployerLine   string `parquet:"employer_address"`
	EmployerCity   string `parquet:"employer_city"`
	EmployerState  string `parquet:"employer_state"`
	EmployerZip    string `parquet:"employer_zip"`
	Institution    string `parquet:"institution"` // this and the next two: of an account's
	InstitutionTIN string `parquet:"institution_tin"`
	AccountToken   string `parquet:"account_token"` // last digits
}

// Guarded is a lead as the restricted queue may have it: of an address or a telephone only that there is one.
func Guarded(l leads.Lead) leads.Lead {
	switch l.Kind {
	case leads.KindAddress:
		l.Address, l.Display = nil, "an address"
		l.Summary = "A source reported an address. It is not written here, since it says where a protected person is."
	case leads.KindPhone:
		l.Phone, l.Display = nil, "a telephone number"
		l.Summary = "A source reported a telephone number. It is not written here, since it says where a protected person is."
	default:
		return l
	}
	l.Conflicts, l.StandingReasons = nil, nil
	return l
}

// Rows puts the rows of a queue and its leads together.
func Rows(q queue.Queues, list []leads.Lead) (rows []Row) {
	byID := map[string]*leads.Lead{}
	for i := range list {
		byID[list[i].LeadID] = &list[i]
	}
	at := 0
	for _, office := range q.Offices {
		for i := range office.Rows {
			rows = append(rows, rowOf(&office.Rows[i], &q.Index[at], byID[q.Index[at].LeadID]))
			at++
		}
	}
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Office, b.Office), cmp.Compare(a.Officer, b.Officer), cmp.Compare(a.Rank, b.Rank))
	})
	return rows
}

func rowOf(r *queue.Row, p *queue.Place, l *leads.Lead) Row {
	row := Row{
		Rank: r.Rank, Due: r.Due, WhyDue: r.WhyDue, CaseID: r.CaseID, Subject: p.SubjectID, Person: r.Person, Kind: p.Kind,
		Headline: r.Headline, HowSure: r.HowSure, YouMay: r.YouMay, Cautions: r.Cautions, Why: r.Why, Order: r.Order, Arrears: r.Arrears,
		LastPaid: r.LastPaid, Office: r.Office, Officer: r.Officer, LeadID: r.LeadID,
	}
	if l == nil {
		return row
	}
	row.Sources = l.Sources
	if e := l.Employer; e != nil {
		row.Employer, row.EIN, row.EmployerLine = e.Name, e.EIN, e.Line
		row.EmployerCity, row.EmployerState, row.EmployerZip = e.City, e.State, e.Zip
	}
	if a := l.Account; a != nil {
		row.Institution, row.InstitutionTIN, row.AccountToken = a.Institution, a.InstitutionTIN, a.Token
	}
	return row
}

// Leads counts the leads of rows: one that is for two cases counts once.
func Leads(rows []Row) int { return len(LeadIDs(rows)) }

// LeadIDs are the leads of rows, sorted, each once.
func LeadIDs(rows []Row) (ids []string) {
	for i := range rows {
		ids = append(ids, rows[i].LeadID)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
