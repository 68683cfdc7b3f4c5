package sources_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

// everyLayout lists the built-in layouts and those of testdata, which have the
// formats and options that no built-in one has.
func everyLayout(tb testing.TB) []*sources.Layout {
	tb.Helper()
	all := sources.BuiltIn()
	paths, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(paths) == 0 {
		tb.Fatal("no layouts in testdata", err)
	}
	for _, path := range paths {
		l, err := sources.Load(path)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// TestContract holds every layout to the reader's contract, by a sample that
// the Encoder wrote.
func TestContract(t *testing.T) {
	for _, l := range everyLayout(t) {
		t.Run(l.Name, func(t *testing.T) { sourcetest.Check(t, l, sourcetest.Sample(t, l, 250)) })
	}
}

// TestContractOfRoughCSV holds CSV to it by what people's files look like:
// quotes in every place, line ends within them, rows that must be rejected.
func TestContractOfRoughCSV(t *testing.T) {
	l := loadTest(t, "extract-csv")
	names := "record_id,ssn,given,middle,family,born,sex,address_1,city,state,zip,phone"
	rows := []string{
		`1,,"ADA",,"DE LA CRUZ, JR",,,"12 ELM ST` + "\n" + `APT 3",DOVER,KS,,`,
		`2,,"SAID ""ADA""",,"",,,5" PIPE ROAD,DOVER,KS,,`,
		`3,,too,few`,
		`4,,"not closed,,,,,,,,,`,
		`5,,"goes"on,,,,,,,,,`,
		``,
		"6,,N\x00L,,,,,,,,,",
		"7,,\xC3\x28,,,,,,,,,",
		`8,,JOSÉ,,NÚÑEZ,,,,,,,`,
		`9,," BLANK ",,  WIDE  ,,,,,,,"""`,
	}
	sample := names + "\n" + strings.Repeat(strings.Join(rows, "\n")+"\n", 25)
	sourcetest.Check(t, l, []byte(sample))
}

func loadTest(tb testing.TB, name string) *sources.Layout {
	tb.Helper()
	path := name
	if _, err := os.Stat("testdata/" + name + ".yaml"); err == nil {
		path = "testdata/" + name + ".yaml"
	}
	l, err := sources.Load(path)
	if err != nil {
		tb.Fatal(err)
	}
	return l
}
