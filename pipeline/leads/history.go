package leads

import (
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"sync"

	"locatematch/pipeline/table"
)

// Seen is one report of a lead's fact, remembered: which record of which file said it, and what it said, as a hash. Nothing in
// it says where anybody is.
type Seen struct {
	Mark     uint64 `parquet:"mark"`          // hash of what was said and by which source
	Source   string `parquet:"source,dict"`   //
	File     uint64 `parquet:"file"`          // FileMark of the file that it came in
	Line     int64  `parquet:"line"`          // of the file
	Received Day    `parquet:"received,date"` // business date of the night that read the file
	Told     Day    `parquet:"told,date"`     // business date of the night that made it evidence of the lead
	Rung     int32  `parquet:"rung"`          // of the identity it gave when it was last matched, 0 best
	Model    uint64 `parquet:"model"`         // Night.Model at that time
	Gone     bool   `parquet:"gone"`          // matched again and no longer taken to be about the subject
}

// Row is one row of history.parquet, state/<run>'s memory of one lead. Everything in it but Withdrawn follows from Seen, so that
// a file can be taken out of it as if it had never come.
type Row struct {
	LeadID         string   `parquet:"lead_id"`
	SubjectID      string   `parquet:"subject_id"`
	Numbered       string   `parquet:"numbered"` // the former number that the lead id was made from; "" where it is SubjectID
	Kind           Kind     `parquet:"kind,dict"`
	FirstSeen      Day      `parquet:"first_seen,date"`      // earliest receipt
	LastSeen       Day      `parquet:"last_seen,date"`       // latest receipt
	FirstPublished Day      `parquet:"first_published,date"` // earliest night that told it
	Sources        []string `parquet:"sources,list"`         // sorted
	Seen           []Seen   `parquet:"seen,list"`            // by day told, file, line and mark
	Withdrawn      Day      `parquet:"withdrawn,date"`       // 0: it stands
	Reason         string   `parquet:"reason"`               // why it was withdrawn
}

// FileMark stands for a file in the history: the first eight bytes of its SHA-256, which is given in hexadecimal.
func FileMark(sha256 string) uint64 {
	b, err := hex.DecodeString(sha256)
	if err != nil || len(b) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

func compareSeen(a, b Seen) int {
	return cmp.Or(cmp.Compare(a.Told, b.Told), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Mark, b.Mark),
		cmp.Compare(a.Source, b.Source))
}

// SameReport tells whether two are one report of one record.
func (s Seen) SameReport(o Seen) bool {
	return s.Mark == o.Mark && s.File == o.File && s.Line == o.Line && s.Source == o.Source
}

// settle sorts what was seen and derives what follows from it.
func (r *Row) settle() {
	r.Seen = slices.Clone(r.Seen)
	slices.SortFunc(r.Seen, compareSeen)
	r.Sources = nil
	for i, s := range r.Seen {
		if i == 0 {
			r.FirstSeen, r.LastSeen, r.FirstPublished = s.Received, s.Received, s.Told
		}
		r.FirstSeen, r.LastSeen = min(r.FirstSeen, s.Received), max(r.LastSeen, s.Received)
		r.Sources = append(r.Sources, s.Source)
	}
	slices.Sort(r.Sources)
	r.Sources = slices.Compact(r.Sources)
}

// rung is the best that any report gave.
func (r *Row) rung() int32 {
	best := int32(len(rungs) - 1)
	for _, s := range r.Seen {
		best = min(best, s.Rung)
	}
	return best
}

// knows reports whether something was said before, by any record.
func (r *Row) knows(mark uint64) bool {
	return slices.ContainsFunc(r.Seen, func(s Seen) bool { return s.Mark == mark })
}

// History is what earlier nights published, by lead id.
type History interface {
	Find(leadID string) (Row, bool)
}

// Table is a history in memory, sorted by lead id. The zero Table, and a nil one, is the history of a first night.
type Table struct {
	rows   []Row
	asked  sync.Once
	served map[string]bool // by subject, once somebody has asked
}

// Len is the number of leads remembered.
func (t *Table) Len() int {
	if t == nil {
		return 0
	}
	return len(t.rows)
}

// Rows are the leads remembered, by lead id. They are the table's own.
func (t *Table) Rows() []Row {
	if t == nil {
		return nil
	}
	return t.rows
}

// Served tells whether an earlier night told of a subject's military service: absence from a later file ends none.
func (t *Table) Served(subjectID string) bool {
	if t == nil {
		return false
	}
	t.asked.Do(func() {
		t.served = map[string]bool{}
		for i := range t.rows {
			if t.rows[i].Kind == KindMilitary {
				t.served[t.rows[i].SubjectID] = true
			}
		}
	})
	return t.served[subjectID]
}

// Find gives what is remembered of a lead.
func (t *Table) Find(leadID string) (Row, bool) {
	if i, ok := t.search(leadID); ok {
		return t.rows[i], true
	}
	return Row{}, false
}

func (t *Table) search(leadID string) (int, bool) {
	if t == nil {
		return 0, false
	}
	return slices.BinarySearchFunc(t.rows, leadID, compareID)
}

func compareID(r Row, id string) int { return cmp.Compare(r.LeadID, id) }

// Former gives, by subject, the former numbers under which some of its leads are known, sorted.
func (t *Table) Former() map[string][]string {
	former := map[string][]string{}
	for _, r := range t.Rows() {
		if r.Numbered != "" && !slices.Contains(former[r.SubjectID], r.Numbered) {
			former[r.SubjectID] = append(former[r.SubjectID], r.Numbered)
		}
	}
	for _, numbers := range former {
		slices.Sort(numbers)
	}
	return former
}

// Without is the history as if some files had never come: what they brought is taken out of every lead, and a lead that nothing
// is left of is in gone; touched are the ids of those that something is left of. The table itself stays as it is.
func (t *Table) Without(files map[uint64]bool) (left *Table, gone []Row, touched map[string]bool) {
	left, touched = &Table{}, map[string]bool{}
	for _, r := range t.Rows() {
		kept := slices.DeleteFunc(slices.Clone(r.Seen), func(s Seen) bool { return files[s.File] })
		switch {
		case len(kept) == len(r.Seen):
			left.rows = append(left.rows, r)
		case len(kept) == 0:
			gone = append(gone, r)
		default:
			r.Seen = kept
			r.settle()
			touched[r.LeadID] = true
			left.rows = append(left.rows, r)
		}
	}
	return left, gone, touched
}

var personalHistory = table.Options{Personal: []string{"lead_id", "subject_id", "numbered"}}

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

// LoadHistory reads history.parquet.
func LoadHistory(path string) (*Table, error) {
	rows, err := table.Read[Row](path)
	if err != nil {
		return nil, err
	}
	if i := unsorted(rows); i > 0 {
		return nil, fmt.Errorf("%s: row %d: lead %s does not follow %s", path, i+1, rows[i].LeadID, rows[i-1].LeadID)
	}
	return &Table{rows: rows}, nil
}

// unsorted is the first row that does not follow the one before it, 0 where all do.
func unsorted(rows []Row) int {
	for i := 1; i < len(rows); i++ {
		if rows[i].LeadID <= rows[i-1].LeadID {
			return i
		}
	}
	return 0
}
