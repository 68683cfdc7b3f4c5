package clerical

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// folder is a sample of so many pairs at or above accept, with its key; the pair ids are P-1, P-2, ….
func folder(t *testing.T, pairs int) (dir string, k *Key) {
	t.Helper()
	k = &Key{Format: KeyFormat, Review: -3.17, Accept: 6.63}
	for _, s := range Strata(k.Review, k.Accept) {
		k.Strata = append(k.Strata, KeyStratum{Stratum: s})
	}
	s := &k.Strata[3]
	s.Pairs, s.Sampled, s.Sampling, s.Stated = int64(2*pairs), pairs, 0.5, 0.995
	s.ByExtract = []ExtractPairs{{"w4", int64(2 * pairs)}}
	for i := range pairs {
		k.Pairs = append(k.Pairs, KeyPair{
			PairID: fmt.Sprint("P-", i+1), SubjectID: fmt.Sprint("S", i), Extract: "w4", Line: int64(i), RecordID: fmt.Sprint("r", i),
			Stratum: "low accept", Sampling: 0.5, Weight: 8,
		})
	}
	dir = t.TempDir()
	page, err := k.Encode()
	if err != nil {
		t.Fatal(err)
	}
	put(t, KeyName(filepath.Join(dir, "review.csv")), string(page))
	return dir, k
}

func put(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFilled_AsSpreadsheetsSaveIt: a byte order mark, capitals, blanks, an apostrophe, columns in another order, empty rows and
// cells that are not there do not count.
func TestFilled_AsSpreadsheetsSaveIt(t *testing.T) {
	dir, _ := folder(t, 4)
	sheet := put(t, filepath.Join(dir, "review.csv"), "\ufeffNote,Pair_ID,Label,Fact\r\n,P-2, Same ,GOOD\r\n"+
		"\"a, b\",P-1,'different,\r\n,p-3,Cannot  tell,empty\r\n,,,\r\n,P-4,same\r\n")
	r, err := Evaluate(Files{Sheets: []string{sheet}})
	if err != nil {
		t.Fatal(err)
	}
	if r.Labels != (LabelCounts{Same: 2, Different: 1, CannotTell: 1}) || r.Facts != (FactCounts{Good: 1, Untold: 3}) {
		t.Errorf("labels %+v, facts %+v", r.Labels, r.Facts)
	}
	if u := r.Precision.Unclear; u == nil || u.AllSame != 0.75 || u.AllDifferent != 0.5 || math.Abs(r.Precision.Estimate-2.0/3) > 1e-12 {
		t.Errorf("precision %+v, unclear %+v", r.Precision, u)
	}
}

// TestFilled_FaultsNameFileAndLine: everything that is wrong comes back together, each with its place and remedy.
func TestFilled_FaultsNameFileAndLine(t *testing.T) {
	dir, _ := folder(t, 6)
	sheet := put(t, filepath.Join(dir, "review.csv"), "pair_id,label,fact\nP-1,same,\nP-1,same,\nQ-9,same,\nP-2,yes,\nP-3,,\nP-4,same,old\n")
	_, err := Evaluate(Files{Sheets: []string{sheet}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		":3: pair P-1 stands in line 2 already", `:4: pair_id "Q-9" is not in this sample`, `:5: pair P-2: label "yes" is none of same, different, cannot tell`,
		":6: pair P-3 has no label: write same, different or cannot tell", `:7: pair P-4: fact "old" is none of good, stale, or empty`,
		"2 of 6 pairs have no row (P-5, P-6)",
	} {
		if !strings.Contains(err.Error(), sheet) || !strings.Contains(err.Error(), want) {
			t.Errorf("error\n  %v\nlacks %s", err, want)
		}
	}
	for content, want := range map[string]string{"": "no header", "pair_id;label\nP-1;same\n": "save the sheet as CSV with commas"} {
		if _, err := Evaluate(Files{Sheets: []string{put(t, sheet, content)}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %s", content, err, want)
		}
	}
}

// TestReviewers_Kappa: Cohen's kappa of the textbook table (20 and 15 alike, 5 and 10 not) is .4, and each pair that two
// reviewers tell differently counts as not told until it is settled.
func TestReviewers_Kappa(t *testing.T) {
	dir, k := folder(t, 50)
	var a, b strings.Builder
	a.WriteString("pair_id,label,fact\n")
	b.WriteString("pair_id,label,fact\n")
	for i, p := range k.Pairs {
		first, second := Same, Same
		switch {
		case i >= 35:
			first, second = Different, Different
		case i >= 25:
			first = Different
		case i >= 20:
			second = Different
		}
		fmt.Fprintf(&a, "%s,%s,good\n", p.PairID, first)
		fmt.Fprintf(&b, "%s,%s,stale\n", p.PairID, second)
	}
	files := Files{Sheets: []string{put(t, filepath.Join(dir, "review-1.csv"), a.String()), put(t, filepath.Join(dir, "review-2.csv"), b.String())}}
	r, err := Evaluate(files)
	if err != nil {
		t.Fatal(err)
	}
	g := r.Agreement
	if g.Agreed != 35 || math.Abs(*g.Kappa-0.4) > 1e-12 || len(g.Disagreements) != 15 || r.Labels.CannotTell != 15 || r.Facts.Disputed != 50 {
		t.Errorf("agreement %+v, labels %+v, facts %+v", g, r.Labels, r.Facts)
	}
	files.Settled = put(t, filepath.Join(dir, "settled.csv"), "pair_id,label\nP-21,same\nP-30,different\n")
	if r, err = Evaluate(files); err != nil {
		t.Fatal(err)
	}
	if r.Settled != 2 || r.Labels != (LabelCounts{Same: 21, Different: 16, CannotTell: 13}) {
		t.Errorf("settled %d, labels %+v", r.Settled, r.Labels)
	}
	put(t, files.Settled, "pair_id,label\nP-1,different\n")
	if _, err = Evaluate(files); err == nil || !strings.Contains(err.Error(), `both reviewers say "same"`) {
		t.Errorf("settling what both agree on: %v", err)
	}
}

// TestReadLabels_OnlyWhatCouldBeTold: a label says where the pair is and how it was drawn; no fact and no doubt makes one.
func TestReadLabels_OnlyWhatCouldBeTold(t *testing.T) {
	dir, _ := folder(t, 3)
	sheet := put(t, filepath.Join(dir, "review.csv"), "pair_id,label,fact\nP-3,different,stale\nP-1,same,stale\nP-2,cannot tell,good\n")
	list, err := ReadLabels(Files{Sheets: []string{sheet}})
	if err != nil {
		t.Fatal(err)
	}
	want := []Label{
		{SubjectID: "S0", Extract: "w4", RecordID: "r0", Same: true, Sampling: 0.5}, {SubjectID: "S2", Extract: "w4", Line: 2, RecordID: "r2", Sampling: 0.5},
	}
	if len(list) != 2 || list[0] != want[0] || list[1] != want[1] {
		t.Errorf("labels %+v, want %+v", list, want)
	}
}

// TestKey_Edited: a key that was cut short or edited is refused with what contradicts itself.
func TestKey_Edited(t *testing.T) {
	dir, k := folder(t, 3)
	sheet := put(t, filepath.Join(dir, "review.csv"), "pair_id,label\nP-1,same\nP-2,same\n")
	k.Pairs = k.Pairs[:2]
	page, err := k.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for content, want := range map[string]string{string(page): "stratum low accept: 3 pairs sampled of 6, but 2 stand here", "{}": `format ""`, "[": "not the key"} {
		put(t, KeyName(sheet), content)
		if _, err := Evaluate(Files{Sheets: []string{sheet}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("key %.20q: error %v, want %s", content, err, want)
		}
	}
}

// FuzzFilled: whatever a spreadsheet saves, a sheet is read or refused, and a sheet that is read has a label for every pair.
func FuzzFilled(f *testing.F) {
	f.Add("pair_id,label,fact\nP-1,same,\nP-2,different,good\n")
	f.Add("\ufeffpair_id,label\r\n\"P-1\",'same\r\n")
	k := &Key{Pairs: []KeyPair{{PairID: "P-1"}, {PairID: "P-2"}}}
	path := filepath.Join(f.TempDir(), "sheet.csv")
	f.Fuzz(func(t *testing.T, content string) {
		put(t, path, content)
		sheet, err := readFilled(path, k, true)
		if err != nil {
			return
		}
		for _, p := range k.Pairs {
			switch sheet.answers[p.PairID].verdict {
			case Same, Different, CannotTell:
			default:
				t.Fatalf("%q: pair %s has no label", content, p.PairID)
			}
		}
	})
}
