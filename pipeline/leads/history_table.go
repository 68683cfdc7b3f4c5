package leads

import (
	"iter"
	"slices"
	"sort"
)

// Table is a history in memory, sorted by lead id. The zero Table, and a nil one, is the history of a first night. Rows are packed
// (history_pack.go): a caseload's leads of a year are millions, of which a night asks for a few.
type Table struct {
	rows   packedRows
	served map[string]bool     // subjects with a lead on military service
	former map[string][]string // by subject: former numbers of its leads, sorted
	parted map[string][]string // by subject: numbers that it was split from, and of which it has twins, sorted

	scratch Row // of the last row that was loaded
}

// Len is the number of leads remembered.
func (t *Table) Len() int {
	if t == nil {
		return 0
	}
	return t.rows.len()
}

// Rows are the leads remembered, by lead id. Each is the caller's own.
func (t *Table) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for i := range t.Len() {
			if !yield(t.rows.row(i)) {
				return
			}
		}
	}
}

// Served tells whether an earlier night told of a subject's military service: absence from a later file ends none.
func (t *Table) Served(subjectID string) bool { return t != nil && t.served[subjectID] }

// Find gives what is remembered of a lead.
func (t *Table) Find(leadID string) (Row, bool) {
	i := sort.Search(t.Len(), func(i int) bool { return t.rows.id(i) >= leadID })
	if i == t.Len() || t.rows.id(i) != leadID {
		return Row{}, false
	}
	return t.rows.row(i), true
}

// Former gives, by subject, the former numbers under which some of its leads are known, sorted.
func (t *Table) Former() map[string][]string {
	if t == nil {
		return nil
	}
	return t.former
}

// Parted gives, by subject, the numbers that it was split from and of which it has twins, sorted.
func (t *Table) Parted() map[string][]string {
	if t == nil {
		return nil
	}
	return t.parted
}

// add takes up a row that follows all others.
func (t *Table) add(r *Row) {
	t.rows.add(r)
	t.index(r)
}

// index notes what is asked of subjects.
func (t *Table) index(r *Row) {
	if r.Kind == KindMilitary {
		if t.served == nil {
			t.served = map[string]bool{}
		}
		t.served[r.SubjectID] = true
	}
	note(&t.former, r.SubjectID, r.Numbered)
	note(&t.parted, r.SubjectID, r.SplitFrom)
}

// note adds a number, where there is one, to those of a subject.
func note(of *map[string][]string, subject, number string) {
	if number == "" {
		return
	}
	if *of == nil {
		*of = map[string][]string{}
	}
	numbers := (*of)[subject]
	if at, there := slices.BinarySearch(numbers, number); !there {
		(*of)[subject] = slices.Insert(numbers, at, number)
	}
}

// Without is the history as if some files had never come: what they brought is taken out of every lead, and a lead that nothing
// is left of is in gone; touched are the ids of those that something is left of. The table itself stays as it is.
func (t *Table) Without(files map[uint64]bool) (left *Table, gone []Row, touched map[string]bool) {
	left, touched = &Table{}, map[string]bool{}
	for r := range t.Rows() {
		kept := slices.DeleteFunc(slices.Clone(r.Seen), func(s Seen) bool { return files[s.File] })
		if len(kept) == 0 && len(r.Seen) > 0 {
			gone = append(gone, r)
			continue
		}
		if len(kept) < len(r.Seen) {
			r.Seen = kept
			r.settle()
			touched[r.LeadID] = true
		}
		left.add(&r)
	}
	return left, gone, touched
}
