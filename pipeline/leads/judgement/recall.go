package judgement

import (
	"iter"
	"slices"
)

// Without is what is remembered as if some files, by their marks, had never come. A lead that nothing is left of stays as recalled, so
// that it can be said who had received it.
func Without(before iter.Seq[Kept], files map[uint64]bool) iter.Seq[Kept] {
	if len(files) == 0 {
		return before
	}
	return func(yield func(Kept) bool) {
		for k := range before {
			if k.touches(files) {
				left := k.Known()
				left.Records, _ = without(left.Records, files)
				left.Recalled = len(left.Records) == 0
				k = Keep(&left)
			}
			if !yield(k) {
				return
			}
		}
	}
}

// WithoutFiles are judgements as if some files had never come: they are about what remains of their leads. One on a lead that nothing
// is left of is recalled: it is no label, it keeps nothing out of a queue, and it does not come back with a corrected file. It stays in
// the table, so that its own file is not taken in again.
func WithoutFiles(rows []Taken, files map[uint64]bool) []Taken {
	left := slices.Clone(rows)
	for i := range left {
		t := &left[i]
		if records, touched := without(t.Records, files); touched {
			t.Records, t.Recalled = records, len(records) == 0
			t.Persons, t.Strength = summary(records)
		}
	}
	return left
}

func without(records []Record, files map[uint64]bool) (left []Record, touched bool) {
	left = slices.DeleteFunc(slices.Clone(records), func(r Record) bool { return files[r.Mark] })
	return left, len(left) < len(records)
}

// Standing are the judgements that count: all but those on leads that were recalled.
func Standing(rows []Taken) []Taken {
	return slices.DeleteFunc(slices.Clone(rows), func(t Taken) bool { return t.Recalled })
}
