package leads

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"

	"locatematch/pipeline/table"
)

var personalHistory = table.Options{Personal: []string{"lead_id", "subject_id", "numbered", "split_from", "twin_of", "undecided"}}

// WriteHistory writes history.parquet: rows in ascending order of lead id.
func WriteHistory(path string, rows []Row) (int64, error) {
	return WriteHistorySeq(path, slices.Values(rows))
}

// WriteHistorySeq is WriteHistory for rows as Night.Remember gives them. Where a row does not follow the one before it, nothing is
// left of the file: it would be a whole table of the rows until then.
func WriteHistorySeq(path string, rows iter.Seq[Row]) (int64, error) {
	var fault error
	n, err := table.WriteSeq(path, inOrder(path, rows, &fault), personalHistory)
	if fault != nil {
		return 0, errors.Join(fault, os.Remove(path))
	}
	return n, err
}

// inOrder passes rows on until one does not follow the one before it.
func inOrder(path string, rows iter.Seq[Row], fault *error) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		n, last := 0, ""
		for row := range rows {
			if n++; n > 1 && row.LeadID <= last {
				*fault = fmt.Errorf("%s: row %d: lead %s does not follow %s", path, n, row.LeadID, last)
				return
			}
			if last = row.LeadID; !yield(row) {
				return
			}
		}
	}
}

// LoadHistory reads history.parquet, a batch at a time.
func LoadHistory(path string) (*Table, error) {
	t, last := &Table{}, ""
	err := table.ReadEach(path, func(r *Row) error {
		if t.Len() > 0 && r.LeadID <= last {
			return fmt.Errorf("row %d: lead %s does not follow %s", t.Len()+1, r.LeadID, last)
		}
		last = r.LeadID
		t.add(r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}
