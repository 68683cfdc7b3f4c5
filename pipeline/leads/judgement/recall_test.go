package judgement

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads"
)

// Whatever nights brought, a file taken out of what is known leaves what nights without it had left; and so it is with a judgement that
// was taken in meanwhile. Only that somebody had received a lead is still known.
func TestWithout_AsIfTheFileHadNeverCome(t *testing.T) {
	record := rapid.Custom(func(t *rapid.T) Record {
		file := rapid.IntRange(1, 4).Draw(t, "file")
		line := rapid.Int64Range(1, 3).Draw(t, "line")
		person := uint64(file*3 + int(line)) // one record names one person
		return Record{Extract: "jobs", File: "jobs.csv", Line: line, Mark: uint64(file), Person: person % 4,
			Strength: leads.Strength{Rung: int32(person % 3), Agrees: int32(person % 5)}}
	})
	rapid.Check(t, func(t *rapid.T) {
		bad := map[uint64]bool{rapid.Uint64Range(1, 4).Draw(t, "recalled file"): true}
		var with, without Memory
		for range rapid.IntRange(1, 4).Draw(t, "nights") {
			var tonight, unspoilt []Known
			for _, id := range []string{leadA, leadB} {
				records := rapid.SliceOfN(record, 0, 3).Draw(t, "records")
				good := slices.DeleteFunc(slices.Clone(records), func(r Record) bool { return bad[r.Mark] })
				if len(records) > 0 {
					tonight = append(tonight, KnownOf(id, "S1", leads.KindEmployer, records))
				}
				if len(good) > 0 {
					unspoilt = append(unspoilt, KnownOf(id, "S1", leads.KindEmployer, good))
				}
			}
			with, without = Recollect(After(with.Kept(), tonight)), Recollect(After(without.Kept(), unspoilt))
		}
		left := slices.DeleteFunc(Recollect(Without(with.Kept(), bad)), func(k Known) bool { return k.Recalled })
		if len(left)+len(without) > 0 && !reflect.DeepEqual(left, without) {
			t.Fatalf("recalled:\n%+v\nnever come:\n%+v", left, without)
		}
		files := []File{{Name: "a.csv", Judgements: []Judgement{
			{LeadID: leadA, PersonIs: DifferentPerson, Date: 20261122}, {LeadID: leadB, FactIs: Stale, Date: 20261122}}}}
		said := Standing(WithoutFiles(Take(files, nil, with), bad))
		for _, s := range said {
			if k, known := without.Find(s.LeadID); known && (!slices.Equal(s.Persons, k.Persons) || s.Strength != k.Strength || !slices.Equal(s.Records, k.Records)) {
				t.Fatalf("judged %+v, known %+v", s, k)
			} else if _, was := with.Find(s.LeadID); was && !known {
				t.Fatalf("a judgement of a recalled lead stands: %+v", s)
			}
		}
		if again := Take(files, WithoutFiles(Take(files, nil, with), bad), without); len(again) != 2 {
			t.Fatalf("the judgements came back: %+v", again)
		}
	})
}
