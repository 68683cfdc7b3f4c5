package queue

import (
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/policy"
)

// Row is one row of queues/<office>.parquet: one lead for one case, as an officer reads it.
type Row struct {
	Rank     int32          `parquet:"rank"`              // 1 is first; counted for each officer
	Due      leads.Day      `parquet:"due,date,optional"` // of the earliest clock; null where none runs
	WhyDue   string         `parquet:"why_due"`
	CaseID   string         `parquet:"case_id"`
	Person   string         `parquet:"person"`   // name and number
	Headline string         `parquet:"headline"` // the lead in one sentence
	HowSure  leads.Identity `parquet:"how_sure,dict"`
	Why      string         `parquet:"why"` // why it is here, and at this place
	Cautions []string       `parquet:"cautions,list"`
	YouMay   string         `parquet:"you_may"`
	Order    string         `parquet:"order"`                   // "$250 a month", "no order", "" where it is not known
	Arrears  *int64         `parquet:"arrears,optional"`        // past due, cents; null where it is not known
	LastPaid leads.Day      `parquet:"last_paid,date,optional"` // null where it is not known
	Office   string         `parquet:"office,dict"`
	Officer  string         `parquet:"officer,dict"` // Supervisor and Specialist for queues that are the office's own
	LeadID   string         `parquet:"lead_id"`

	may, clock string // ids of the rules behind YouMay and WhyDue
}

// Rules are the ids of the rules behind you_may and why_due, of a row that was built here; a row that was read has their words alone.
func (r *Row) Rules() (may, clock string) { return r.may, r.clock }

// Supervisor is the officer of a queue that nobody of the office has alone.
const Supervisor = "supervisor"

// Place is one row of queues/index.parquet: what went to whom.
type Place struct {
	Office    string       `parquet:"office,dict"`
	Officer   string       `parquet:"officer,dict"`
	LeadID    string       `parquet:"lead_id"`
	CaseID    string       `parquet:"case_id"`
	Rank      int32        `parquet:"rank"`
	Alert     int32        `parquet:"alert"` // 1 is first: which person of the officer's queue
	SubjectID string       `parquet:"subject_id"`
	Kind      leads.Kind   `parquet:"kind,dict"`
	Status    leads.Status `parquet:"status,dict"`
	Step      policy.Step  `parquet:"step,dict"` // what may be done
}
