package clerical

import (
	"bytes"
	"encoding/csv"
	"testing"
)

func idsOf(t *testing.T, d *Drawn, reviewer int) (ids []string) {
	t.Helper()
	page, err := d.Sheet(nil, reviewer)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(page)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		ids = append(ids, row[0])
	}
	return ids
}

// TestSheet_NoFormula: what a supplier put into a name is no formula in the reviewer's spreadsheet, and a value that is none
// stays as it is.
func TestSheet_NoFormula(t *testing.T) {
	values := []string{"=HYPERLINK(1)", "+1", "-2", "@SUM(A1)", "\tx", "\rx", "O'BRIEN", "1981-03-05", "***-**-7891", ""}
	want := []string{"'=HYPERLINK(1)", "'+1", "'-2", "'@SUM(A1)", "'\tx", "'\rx", "O'BRIEN", "1981-03-05", "***-**-7891", ""}
	s := NewSampler(Strata(-3.17, 6.63), 5, 1)
	offer(s, Pair{SubjectID: "S1", Extract: "w4", Source: "employment", Values: values})
	page, err := s.Draw(about).Sheet([]string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(page)).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, v := range want {
		if rows[1][2+i] != v {
			t.Errorf("%q stands as %q, want %q", values[i], rows[1][2+i], v)
		}
	}
	if last := rows[0][len(rows[0])-3:]; last[0] != "label" || last[1] != "fact" || last[2] != "note" {
		t.Errorf("the columns to fill in are %v", last)
	}
}
