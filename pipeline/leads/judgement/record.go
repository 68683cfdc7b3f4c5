package judgement

import (
	"cmp"
	"slices"

	"locatematch/pipeline/leads"
)

// Record is one record that made a lead: where it stood, whom its source meant, and how much spoke for it. So a file can be taken out
// of what is known of a lead as if it had never come.
type Record struct {
	Extract  string         `parquet:"extract,dict"`
	File     string         `parquet:"file,dict"` // its name, which a supplier may use again
	Line     int64          `parquet:"line"`
	Mark     uint64         `parquet:"mark"`     // leads.FileMark of the file
	Person   uint64         `parquet:"person"`   // the source person, 0 where the record names nobody
	Strength leads.Strength `parquet:"strength"` // of the link
}

func compareRecords(a, b Record) int {
	return cmp.Or(cmp.Compare(a.Extract, b.Extract), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Mark, b.Mark))
}

// weakest is what speaks for a lead before any record does.
var weakest = leads.Strength{Rung: 2}

// KnownOf is what is known of a lead by its records, which need no order.
func KnownOf(leadID, subjectID string, kind leads.Kind, records []Record) Known {
	k := Known{LeadID: leadID, SubjectID: subjectID, Kind: kind, Records: joinedRecords(nil, records), Strength: weakest}
	k.Persons, k.Strength = summary(k.Records)
	return k
}

// summary is whom records mean, sorted, and how much speaks for the strongest.
func summary(records []Record) (persons []uint64, strength leads.Strength) {
	strength = weakest
	for _, r := range records {
		if r.Person != 0 {
			persons = append(persons, r.Person)
		}
		if r.Strength.Compare(strength) > 0 {
			strength = r.Strength
		}
	}
	slices.Sort(persons)
	return slices.Compact(persons), strength
}

// joinedRecords are the records of two nights, each once and as the later night found it.
func joinedRecords(past, now []Record) []Record {
	all := slices.Concat(now, past)
	slices.SortStableFunc(all, compareRecords)
	return slices.CompactFunc(all, func(a, b Record) bool { return compareRecords(a, b) == 0 })
}
