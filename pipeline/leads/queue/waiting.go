package queue

import (
	"slices"

	"locatematch/pipeline/table"
)

// Waiting is a row of state/<run>/waiting.parquet: news that some queue had no room for. It waits for every open case of the person
// but those in whose queue it has been: one lead may be for two officers, and only one of them may have had room.
type Waiting struct {
	News
	Cases  []string `parquet:"cases,list"`  // of the person, on the night that wrote this, sorted
	Queued []string `parquet:"queued,list"` // in whose queue it has been, sorted
}

// For reports that a lead waits for a case.
func (w *Waiting) For(caseID string) bool { return !slices.Contains(w.Queued, caseID) }

var personalWaiting = table.Options{Personal: []string{"lead_id", "subject_id", "summary", "trace", "named", "cases", "queued"}}

// WriteWaiting writes waiting.parquet, rows in ascending order of lead id.
func WriteWaiting(path string, rows []Waiting) error {
	_, err := table.Write(path, rows, personalWaiting)
	return err
}

// ReadWaiting reads waiting.parquet.
func ReadWaiting(path string) ([]Waiting, error) { return table.Read[Waiting](path) }
