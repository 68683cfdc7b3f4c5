package guess_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline/profile"
	"locatematch/sources"
	"locatematch/sources/sourcetest"
	"locatematch/sources/synth"
)

// The parts of the fields of TestLaw_TheWholeCatalogue that are placed, and of these kinds that are known: as in leastRecall, over every
// built-in layout. Measured: of delimited files 1.000 of all fields, and of the four kinds 1.000; of fixed files .809 of all fields, SSN
// and state 1.000, dates .969, ZIP .909. What is missed in fixed files stands beside fields of its own make with no blank in any row: codes of one
// letter, a key behind an SSN, a quarter behind a wage, a ZIP before a telephone number, an account's balance and its codes.
var leastOfCatalogue = map[string]map[profile.Kind]float64{
	sources.CSV:   {"all": 1, "ssn": 1, "date": 1, "zip": 1, "state": 1},
	sources.Fixed: {"all": 0.80, "ssn": 1, "date": 0.96, "zip": 0.90, "state": 1},
}

// fileOfCatalogue is the file that a synthetic night has in a layout.
func fileOfCatalogue(t *testing.T, dir string, l *sources.Layout) string {
	name := strings.TrimPrefix(l.Name, "example-")
	switch l.Source {
	case "caseload":
		return only(t, filepath.Join(dir, name+".*"))
	case "agency":
		return only(t, filepath.Join(dir, "in", strings.TrimPrefix(name, "agency-")+".csv"))
	}
	return only(t, filepath.Join(dir, "in", name+"-[0-9]*"))
}

// TestLaw_TheWholeCatalogue: of a file in every built-in layout, with the rows that its readers must refuse (blank, cut, of no record
// type, in other bytes), guess finds format, delimiter, length, and the marks and counts of files with several record types; every row
// that the layout reads is read by the guess; and columns and kinds are found as leastOfCatalogue says.
func TestLaw_TheWholeCatalogue(t *testing.T) {
	dir := t.TempDir()
	o := synth.LayoutsOptions{Options: synth.Options{Out: dir, Seed: 5, Subjects: 1500, Strangers: 22_000}, Layouts: []string{"all"}}
	if _, err := synth.Layouts(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	found := map[string]map[profile.Kind]*tally{sources.CSV: {"all": {}}, sources.Fixed: {"all": {}}}
	for _, l := range sources.BuiltIn() {
		t.Run(l.Name, func(t *testing.T) {
			path := fileOfCatalogue(t, dir, l)
			g := guessed(t, path)
			sameShape(t, l.Name, told(l), g.Layout)
			compare(t, path, l, g.Layout, found[l.Format], found[l.Format]["all"])
		})
	}
	for format, least := range leastOfCatalogue {
		for kind, part := range least {
			k := found[format][kind]
			hit := k.named
			if kind == "all" {
				hit = k.placed
			}
			got := float64(hit) / float64(k.fields)
			t.Logf("%s, %s: %d fields, %.3f", format, kind, k.fields, got)
			if got < part {
				t.Errorf("%s, %s: %.3f of %d fields; the law is %.2f", format, kind, got, k.fields, part)
			}
		}
	}
}

// told is a layout as a file tells of it: a mark that all records have in common tells nothing, and is read as a field.
func told(l *sources.Layout) *sources.Layout {
	if l.Records.Header != nil || l.Records.Section != nil || l.Records.Trailer != nil {
		return l
	}
	one, data := *l, *l.Records.Data
	data.Mark = nil
	one.Records.Data = &data
	return &one
}

// TestOneBlankLine: a blank line, or a record of no type, among those of a file with a header, sections and trailers does not hide
// what the types are, nor what the trailer counts.
func TestOneBlankLine(t *testing.T) {
	for name, stray := range map[string]string{"a blank line": "", "a record of another type": "?9" + strings.Repeat("X", 448), "a mark seen once": "Q9" + strings.Repeat("X", 448)} {
		var b strings.Builder
		l, err := sources.Load("example-fidm")
		if err != nil {
			t.Fatal(err)
		}
		e, err := sources.NewEncoder(&b, l)
		if err != nil {
			t.Fatal(err)
		}
		for bank, counts := range []string{"101", "100"} { // the stray is counted
			e.Write("section", map[string]string{"institution": fmt.Sprintf("BANK %d", bank)})
			for i := range 100 {
				e.Write("data", map[string]string{"ssn": fmt.Sprintf("5110%d1001", i%10), "full_name": "SMITH, JOHN", "city": "DOVER", "state": "OH", "zip": "44622"})
			}
			e.Write("trailer", map[string]string{"count": counts})
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		rows := strings.SplitAfter(b.String(), "\n")
		rows[50] += stray + "\n"
		g := guessed(t, sourcetest.WriteFile(t, "fidm.txt", []byte(strings.Join(rows, "")))).Layout
		if r := g.Records; r.Section == nil || r.Trailer == nil || r.Data.Mark == nil || len(r.Trailer.Fields) != 1 || r.Trailer.Fields[0].Counts != "data" {
			t.Errorf("%s: section %v, data %v, trailer %v", name, r.Section, r.Data.Mark, r.Trailer)
		}
	}
}

// TestDatesOfNamedColumns: a column that is known by its name, and for which the product has no kind, keeps the form of its dates:
// without it a run would not read them.
func TestDatesOfNamedColumns(t *testing.T) {
	rows := "Booking No,Last Name,First Name,death_date,entered_on,Quarter,born\n"
	for i := range 20 {
		rows += strings.Join([]string{"B" + string(rune('A'+i)), "SMITH", "JOHN", "0" + string(rune('1'+i%9)) + "/17/2025", "2026-11-0" + string(rune('1'+i%9)), "2026" + string(rune('1'+i%4)), "0" + string(rune('1'+i%9)) + "-05-198" + string(rune('0'+i%10))}, ",") + "\n"
	}
	g := guessed(t, sourcetest.WriteFile(t, "deaths.csv", []byte(rows))).Layout
	for name, form := range map[string]string{"death_date": "MM/DD/CCYY", "entered_on": "CCYY-MM-DD", "quarter": "CCYYQ", "born": "MM/DD/CCYY"} {
		i := g.Column(name)
		if i < 0 || g.Columns()[i].Form != form {
			t.Errorf("%s: column %d of %+v, want form %s", name, i, g.Columns(), form)
		}
	}
}

// TestOneBadByte: a file of UTF-8 in which one line has a byte of another encoding is UTF-8 still; as windows-1252 every accent in it would
// be read as two letters.
func TestOneBadByte(t *testing.T) {
	rows := "LAST NAME,FIRST NAME,CITY\n" + strings.Repeat("PEÑA,JOSÉ,DOVER\n", 30) + strings.Repeat("SMITH,JOHN,DOVER\n", 200) + "PE\xd1A,ANA,DOVER\n"
	if e := guessed(t, sourcetest.WriteFile(t, "names.csv", []byte(rows))).Layout.Encoding; e != sources.UTF8 {
		t.Errorf("encoding %s", e)
	}
}

// TestNamesOverNumbers: column names of which the product knows none are names all the same where they stand over dates and numbers. A
// person's row is never taken for names: not one with words for what is not known, nor one without a value.
func TestNamesOverNumbers(t *testing.T) {
	row := func(i int) string { return fmt.Sprintf("%d,BROWN,19%02d-03-05,4%04d\n", 100_000+i, 50+i%40, 1000+i) }
	var rows strings.Builder
	for i := range 60 {
		rows.WriteString(row(i))
	}
	for first, names := range map[string]string{
		"XREF,QNAME,QSINCE,QPOST\n": "first-line", "XREF,QNAME,UNKNOWN,NONE\n": "none", "XREF,QNAME,UNKNOWN,UNKNOWN\n": "none",
		"XREF,,QSINCE,QPOST\n": "none", "XREF,BROWN,QSINCE,QPOST\n": "none", "100000,QNAME,1981-03-05,QPOST\n": "none",
	} {
		g := guessed(t, sourcetest.WriteFile(t, "list.csv", []byte(first+rows.String()))).Layout
		if g.Names != names {
			t.Errorf("%q: names %s", first, g.Names)
		}
	}
}
