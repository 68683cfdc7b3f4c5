package leads

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"

	"locatematch/pipeline/table"
)

// History is what earlier nights published, by lead id.
type History interface {
	Find(leadID string) (Past, bool)
}

// Past is what is remembered of one lead.
type Past struct {
	FirstSeen, LastSeen, FirstPublished int32    // ccyymmdd
	Evidence                            []uint64 // sorted hashes of evidence
	Sources                             []string // sorted
}

// remember fills what the lead owes to earlier nights: its status and its dates.
func (l *Lead) remember(g *group, history History, asOf int32) {
	past, known := Past{}, false
	if history != nil {
		past, known = history.Find(l.LeadID)
	}
	first, last := int32(0), int32(0)
	var news []reported
	for _, r := range g.reports {
		received := cmp.Or(r.link.Sighting.Received, asOf)
		if first == 0 || received < first {
			first = received
		}
		last = max(last, received)
		mark := r.fact.hash(r.link.Sighting.Source)
		if _, old := slices.BinarySearch(past.Evidence, mark); !old {
			news = append(news, r)
		}
		l.marks = append(l.marks, mark)
	}
	slices.Sort(l.marks)
	l.marks = slices.Compact(l.marks)
	l.past = past
	l.FirstSeen, l.LastSeen, l.FirstPublished = DayOf(first), DayOf(last), DayOf(asOf)
	if known {
		l.FirstSeen, l.LastSeen = min(l.FirstSeen, DayOf(past.FirstSeen)), max(l.LastSeen, DayOf(past.LastSeen))
		l.FirstPublished = DayOf(past.FirstPublished)
	}
	l.Status, l.StatusReason = status(l, known, news)
}

// status says what is new. A better score for an old fact is never news.
func status(l *Lead, known bool, news []reported) (Status, string) {
	switch {
	case !known && l.Address != nil && l.Address.Known:
		return Repeated, "the agency has this address already"
	case !known:
		return New, "not reported before"
	case len(news) == 0:
		return Repeated, "nothing new since it was first published " + (&PartialDate{l.FirstPublished, ByDay}).words(0)
	}
	for _, r := range news {
		if source := r.link.Sighting.Source; !slices.Contains(l.past.Sources, source) {
			return Changed, "now reported by " + sourceName(source) + " too"
		}
	}
	return Changed, changes[l.Kind]
}

// changes say what a further report from a source that had reported before brings.
var changes = map[Kind]string{
	KindAddress: "reported again with another date", KindEmployer: "another hire date was reported",
	KindMilitary: "the dates of service or of the answer are newer", KindAccount: "a newer report of the account",
	KindPhone: "reported again with another date",
}

// Row is one row of history.parquet, state/<run>'s memory of one lead.
type Row struct {
	LeadID         string   `parquet:"lead_id"`
	SubjectID      string   `parquet:"subject_id"`
	Kind           Kind     `parquet:"kind,dict"`
	FirstSeen      Day      `parquet:"first_seen,date"`
	LastSeen       Day      `parquet:"last_seen,date"`
	FirstPublished Day      `parquet:"first_published,date"`
	Sources        []string `parquet:"sources,list"`
	Evidence       []uint64 `parquet:"evidence,list"`
}

// Table is a history in memory, sorted by lead id. The zero Table, and a nil one, is the history of a first night.
type Table struct {
	rows   []Row
	served map[string]bool // by subject, once somebody has asked
}

// Len is the number of leads remembered.
func (t *Table) Len() int {
	if t == nil {
		return 0
	}
	return len(t.rows)
}

// Find gives what is remembered of a lead.
func (t *Table) Find(leadID string) (Past, bool) {
	if t == nil {
		return Past{}, false
	}
	i, ok := slices.BinarySearchFunc(t.rows, leadID, func(r Row, id string) int { return cmp.Compare(r.LeadID, id) })
	if !ok {
		return Past{}, false
	}
	r := &t.rows[i]
	return Past{r.FirstSeen.Integer(), r.LastSeen.Integer(), r.FirstPublished.Integer(), r.Evidence, r.Sources}, true
}

// Served tells whether an earlier night told of a subject's military service: absence from a later file ends none.
func (t *Table) Served(subjectID string) bool {
	if t == nil {
		return false
	}
	if t.served == nil {
		t.served = map[string]bool{}
		for i := range t.rows {
			if t.rows[i].Kind == KindMilitary {
				t.served[t.rows[i].SubjectID] = true
			}
		}
	}
	return t.served[subjectID]
}

// Merge is the history after a night that published leads: what was remembered, with tonight's leads added, sorted by lead
// id. The table itself stays as it is.
func (t *Table) Merge(leads []Lead) []Row { return slices.Collect(t.Merged(Rows(leads))) }

// Merged is Merge without the leads themselves, of which a night may have too many: it takes their rows, in any order, sorts
// the list and gives the merged rows one at a time.
func (t *Table) Merged(tonight []*Row) iter.Seq[Row] {
	slices.SortFunc(tonight, func(a, b *Row) int { return cmp.Compare(a.LeadID, b.LeadID) })
	return func(yield func(Row) bool) {
		tonight := tonight
		for i := range t.Len() {
			row := t.rows[i]
			for len(tonight) > 0 && tonight[0].LeadID < row.LeadID {
				if !yield(*tonight[0]) {
					return
				}
				tonight = tonight[1:]
			}
			if len(tonight) > 0 && tonight[0].LeadID == row.LeadID {
				row, tonight = *tonight[0], tonight[1:]
			}
			if !yield(row) {
				return
			}
		}
		for _, row := range tonight {
			if !yield(*row) {
				return
			}
		}
	}
}

// Rows are what the next night must know of leads; nothing else of the leads is kept.
func Rows(leads []Lead) []*Row {
	rows, at := make([]Row, len(leads)), make([]*Row, len(leads))
	for i := range leads {
		rows[i] = leads[i].row()
		at[i] = &rows[i]
	}
	return at
}

// row is what the next night must know of a lead: tonight's evidence and all before it.
func (l *Lead) row() Row {
	return Row{
		LeadID: l.LeadID, SubjectID: l.SubjectID, Kind: l.Kind, FirstSeen: l.FirstSeen, LastSeen: l.LastSeen,
		FirstPublished: l.FirstPublished, Sources: union(l.past.Sources, l.Sources), Evidence: union(l.past.Evidence, l.marks),
	}
}

// union is the sorted set of two sorted sets.
func union[T cmp.Ordered](a, b []T) []T {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

var personalHistory = table.Options{Personal: []string{"lead_id", "subject_id"}}

// WriteHistory writes history.parquet: rows as Merge gives them, in ascending order of lead id.
func WriteHistory(path string, rows []Row) (int64, error) {
	return WriteHistorySeq(path, slices.Values(rows))
}

// WriteHistorySeq is WriteHistory for rows as Merged gives them. Where a row does not follow the one before it, nothing is
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
