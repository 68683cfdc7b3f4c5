package leads

import (
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/table"
)

// Law: a history that was read, remembered anew after a night and written is, row for row, what the night came to: what it did not
// touch was copied as it was packed, also where other rows brought words and files that had no number before.
func TestRemembered_WhatIsWrittenIsWhatIsRemembered(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		history, path := reload(t, dir, byID(rapid.SliceOfN(anyHistoryRow, 0, 6).Draw(t, "known"))), filepath.Join(dir, "history.parquet")
		for range rapid.IntRange(1, 3).Draw(t, "nights") {
			var heard Heard
			for _, r := range byID(rapid.SliceOfN(anyHistoryRow, 0, 4).Draw(t, "tonight")) {
				heard.Rows = append(heard.Rows, &r)
			}
			gone := rapid.SampledFrom([]string{"", "S1"}).Draw(t, "protected")
			all, _, _ := (&Night{AsOf: tonight}).Remember(history, heard, func(id string) Fate { return Fate{Vanish: id == gone} })
			want := slices.Collect(all.Rows())
			if n, err := all.Write(path); err != nil || n != int64(len(want)) {
				t.Fatalf("%d of %d rows, %v", n, len(want), err)
			}
			var err error
			if history, err = LoadHistory(path); err != nil {
				t.Fatal(err)
			}
			if got := slices.Collect(history.Rows()); len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				t.Fatalf("read\n%+v\nremembered\n%+v", got, want)
			}
		}
	})
}

// byID are rows in their order, each lead once.
func byID(rows []Row) []Row {
	slices.SortStableFunc(rows, func(a, b Row) int { return strings.Compare(a.LeadID, b.LeadID) })
	return slices.CompactFunc(rows, func(a, b Row) bool { return a.LeadID == b.LeadID })
}

// anyHistoryRow is a row whose lists, where they are empty, are not there.
var anyHistoryRow = rapid.Custom(func(t *rapid.T) Row {
	word := rapid.SampledFrom([]string{"financial", "employment", "the file was recalled", ""})
	r := Row{LeadID: "L-" + rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "id"), SubjectID: rapid.SampledFrom([]string{"S1", "S2"}).Draw(t, "subject"),
		Kind: rapid.SampledFrom(Kinds()).Draw(t, "kind"), Numbered: word.Draw(t, "numbered"), Withdrawn: Day(rapid.Int32Range(0, 30000).Draw(t, "withdrawn")),
		Reason: word.Draw(t, "reason"), SplitFrom: word.Draw(t, "split from"), SplitOn: Day(rapid.Int32().Draw(t, "split on"))}
	if rapid.Bool().Draw(t, "parted") {
		r.PartedTo = []string{"S7", "S8"}
	}
	for range rapid.IntRange(0, 3).Draw(t, "reports") {
		r.Seen = append(r.Seen, Seen{Mark: rapid.Uint64().Draw(t, "mark"), Source: word.Draw(t, "source"), File: rapid.Uint64Range(0, 9).Draw(t, "file"),
			Line: rapid.Int64().Draw(t, "line"), Received: Day(rapid.Int32Range(1, 30000).Draw(t, "received")), Told: 9, Rung: rapid.Int32Range(0, 2).Draw(t, "rung"),
			Model: rapid.Uint64().Draw(t, "model"), Gone: rapid.Bool().Draw(t, "gone"), Event: Day(rapid.Int32().Draw(t, "event")),
			Balance: rapid.SampledFrom([]int64{NoBalance, 0, -5, 1 << 40}).Draw(t, "balance")})
	}
	r.settle()
	return r
})

// The history of a version that wrote every value as a column is read as it was.
func TestLoadHistory_ReadsColumnsOfBefore(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		rows, path := byID(rapid.SliceOfN(anyHistoryRow, 1, 4).Draw(t, "rows")), filepath.Join(dir, "before.parquet")
		if _, err := table.Write(path, rows, table.Options{}); err != nil {
			t.Fatal(err)
		}
		history, err := LoadHistory(path)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := slices.Collect(history.Rows()), slices.Collect(reload(t, dir, rows).Rows()); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

// A history that a later version has packed otherwise is refused, and so is one whose numbers are damaged.
func TestLoadHistory_RefusesOtherNumbers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history.parquet")
	for text, want := range map[string]string{
		`{"format": 2}`: "rows are packed in format 2, this version reads 1", `{"format": 1, "words": ["a", "a"]}`: "a number is given twice", `{`: numbersKey,
	} {
		options := table.Options{Note: func() (string, string) { return numbersKey, text }}
		if _, err := table.Write(path, []historyRow{{LeadID: "L-a"}}, options); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadHistory(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v", text, err)
		}
	}
}

// FuzzPackedRow: of whatever bytes, a row is made or an error; and of a row that is whole the same row again.
func FuzzPackedRow(f *testing.F) {
	n := &numbers{}
	n.words.number("")
	n.words.number("financial")
	n.marks.number(7)
	row := Row{LeadID: "L-a", SubjectID: "S1", Kind: "financial", PartedTo: []string{"S2"}, SplitFrom: "S3", Sources: []string{"financial"},
		Seen: []Seen{{Mark: 1, Source: "financial", File: 7, Line: 3, Received: 5, Told: 6, Rung: 1, Model: 7, Event: 9, Balance: 12}}}
	f.Add(n.pack(nil, &row))
	f.Add([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		p := &packedRows{numbers: *n.clone()}
		var scratch Row
		if p.load([]byte("L-a"), []byte("S1"), data, &scratch) != nil {
			return
		}
		again := &packedRows{numbers: *n.clone()}
		again.add(&scratch)
		got, err := json.Marshal(again.row(0))
		want, err2 := json.Marshal(p.row(0))
		if err != nil || err2 != nil || string(got) != string(want) {
			t.Fatalf("%s came back as %s, %v, %v", want, got, err, err2)
		}
	})
}
