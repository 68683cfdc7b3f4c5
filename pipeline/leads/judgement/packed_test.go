package judgement

import (
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/table"
)

var anyKnown = rapid.Custom(func(t *rapid.T) Known {
	var records []Record
	for range rapid.IntRange(0, 3).Draw(t, "records") {
		records = append(records, Record{Extract: rapid.String().Draw(t, "extract"), File: rapid.String().Draw(t, "file"), Line: rapid.Int64().Draw(t, "line"),
			Mark: rapid.Uint64().Draw(t, "mark"), Person: rapid.Uint64().Draw(t, "person"),
			Strength: leads.Strength{Rung: rapid.Int32Range(0, 2).Draw(t, "rung"), Agrees: rapid.Int32Range(0, 9).Draw(t, "agrees")}})
	}
	k := KnownOf(rapid.SampledFrom([]string{leadA, leadB}).Draw(t, "lead"), "S1", rapid.SampledFrom(leads.Kinds()).Draw(t, "kind"), records)
	k.Recalled = rapid.Bool().Draw(t, "recalled")
	return k
})

// Law: what is kept of a lead is what is known of it.
func TestKept_IsWhatIsKnown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		known := anyKnown.Draw(t, "known")
		kept := Keep(&known)
		if err := kept.check(); err != nil {
			t.Fatal(err)
		}
		if got := kept.Known(); !reflect.DeepEqual(got, known) {
			t.Fatalf("got %+v, want %+v", got, known)
		}
	})
}

// What a version that wrote every value as a column left is read as it was; what a later version packed otherwise is refused.
func TestEachKept_ReadsColumnsOfBeforeAndNoLaterOnes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "published.parquet")
	known := []Known{KnownOf(leadA, "S1", leads.KindAddress, []Record{{Extract: "jobs", File: "jobs.csv", Line: 3, Mark: 1, Person: 2}}), KnownOf(leadB, "S2", leads.KindPhone, nil)}
	if _, err := table.Write(path, known, table.Options{}); err != nil {
		t.Fatal(err)
	}
	var got []Known
	if err := EachKnown(path, func(k *Known) error { got = append(got, *k); return nil }); err != nil || !reflect.DeepEqual(got, known) {
		t.Errorf("%+v, %v", got, err)
	}
	later := table.Options{Note: func() (string, string) { return keptNote, "2" }}
	if _, err := table.Write(path, slices.Collect(Memory(known).Kept()), later); err != nil {
		t.Fatal(err)
	}
	if err := EachKept(path, func(*Kept) error { return nil }); err == nil || !strings.Contains(err.Error(), "packed in format 2, this version reads 1") {
		t.Errorf("got %v", err)
	}
}

// FuzzKept: of whatever bytes, an error or a lead that is kept as the same again.
func FuzzKept(f *testing.F) {
	whole := KnownOf(leadA, "S1", leads.KindAddress, []Record{{Extract: "jobs", File: "jobs.csv", Line: 3, Mark: 1, Person: 2}})
	f.Add(Keep(&whole).Packed)
	f.Add([]byte("\x00\x00\xff\xff\x03"))
	f.Fuzz(func(t *testing.T, data []byte) {
		k := Kept{LeadID: leadA, SubjectID: "S1", Packed: data}
		if k.check() != nil {
			return
		}
		known := k.Known()
		again := Keep(&known)
		if got := again.Known(); !reflect.DeepEqual(got, known) {
			t.Fatalf("%+v came back as %+v", known, got)
		}
	})
}
