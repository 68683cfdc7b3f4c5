package synth

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// someNights is a stretch long enough for late and corrected files, written once for all tests that only look at it.
var someNights = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "nights")
	if err == nil {
		_, err = Nights(context.Background(), NightsOptions{Options: Options{Out: dir, Seed: 3, Subjects: 600, Strangers: 6_000}, Nights: 26})
	}
	return dir, err
})

func stretchOf(t *testing.T) string {
	t.Helper()
	dir, err := someNights()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func writeNights(t *testing.T, o NightsOptions) map[string]string {
	t.Helper()
	o.Out = t.TempDir()
	if _, err := Nights(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	return digests(t, o.Out)
}

// I8: the same options make the same bytes, another seed others.
func TestNights_SameOptionsSameBytes(t *testing.T) {
	o := NightsOptions{Options: Options{Seed: 3, Subjects: 60, Strangers: 600}, Nights: 8}
	one, again := writeNights(t, o), writeNights(t, o)
	o.Seed = 4
	other := writeNights(t, o)
	for name, sum := range one {
		if again[name] != sum {
			t.Errorf("%s differs from one writing to the next", name)
		}
		if other[name] == sum && !strings.HasSuffix(name, "renumbered.csv") && !strings.HasSuffix(name, "invalid-pairs.csv") {
			t.Errorf("%s is the same for two seeds", name)
		}
	}
}

// Each feed comes in its rhythm; a few files are late, and of a few a corrected copy follows.
func TestNights_FilesComeInTheirRhythm(t *testing.T) {
	const want = `
 1 2026-11-23 ncoa-20261123.csv w4-20261123.txt.gz
 2 2026-11-24 scra-20261124.txt w4-20261124.txt.gz
 3 2026-11-25 fidm-20261125.txt w4-20261125.txt.gz
 4 2026-11-26 w4-20261126.txt.gz
 5 2026-11-27 w4-20261127.txt.gz
 6 2026-11-30 ncoa-20261130.csv w4-20261126-corrected.txt.gz w4-20261130.txt.gz
 7 2026-12-01
 8 2026-12-02 ncoa-20261130-corrected.csv w4-20261201.txt.gz w4-20261202.txt.gz
 9 2026-12-03 w4-20261203.txt.gz
10 2026-12-04 fidm-20261204.txt w4-20261204.txt.gz
11 2026-12-07 w4-20261207.txt.gz
12 2026-12-08 fidm-20261204-corrected.txt ncoa-20261207.csv w4-20261208.txt.gz
13 2026-12-09 w4-20261209.txt.gz
14 2026-12-10 w4-20261208-corrected.txt.gz w4-20261210.txt.gz
15 2026-12-11 w4-20261211.txt.gz
16 2026-12-14 ncoa-20261214.csv
17 2026-12-15 fidm-20261215.txt w4-20261215.txt.gz
18 2026-12-16 w4-20261214.txt.gz w4-20261216.txt.gz
19 2026-12-17 w4-20261217.txt.gz
20 2026-12-18 w4-20261218.txt.gz
21 2026-12-21 ncoa-20261221.csv w4-20261221.txt.gz
22 2026-12-22 w4-20261218-corrected.txt.gz w4-20261222.txt.gz
23 2026-12-23 scra-20261223.txt w4-20261223.txt.gz
24 2026-12-24 fidm-20261224.txt w4-20261224.txt.gz
25 2026-12-25
26 2026-12-28 ncoa-20261228.csv w4-20261225.txt.gz w4-20261228.txt.gz
`
	dir := stretchOf(t)
	var got strings.Builder
	for night := 1; night <= 26; night++ {
		fmt.Fprintf(&got, "\n%2d %s", night, asOfOf(t, dir, night))
		for _, path := range filesOf(t, dir, night, "*") {
			got.WriteString(" " + filepath.Base(path))
		}
	}
	if got.String()+"\n" != want {
		t.Errorf("the stretch brings%s\n\nwant%s", got.String(), want)
	}
}

func asOfOf(t *testing.T, dir string, night int) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, nightDir(night), "night.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, date, _ := strings.Cut(string(text), "as_of: ")
	return date[:len("2026-11-23")]
}

func filesOf(t *testing.T, dir string, night int, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, nightDir(night), "in", pattern))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// A corrected copy has the rows of the first edition, in the same places; a few say something else.
func TestNights_CorrectedCopiesDifferInFewRows(t *testing.T) {
	dir := stretchOf(t)
	for _, c := range []struct{ layout, first, corrected string }{
		{"ndnh-w4", "night-12/in/w4-20261208.txt.gz", "night-14/in/w4-20261208-corrected.txt.gz"},
		{"example-ncoalink", "night-06/in/ncoa-20261130.csv", "night-08/in/ncoa-20261130-corrected.csv"},
		{"example-fidm", "night-10/in/fidm-20261204.txt", "night-12/in/fidm-20261204-corrected.txt"},
	} {
		first, corrected := mustReadFile(t, filepath.Join(dir, c.first), c.layout), mustReadFile(t, filepath.Join(dir, c.corrected), c.layout)
		if len(first.rows) != len(corrected.rows) {
			t.Errorf("%s: %d rows, corrected %d", c.first, len(first.rows), len(corrected.rows))
		}
		changed := 0
		for line, row := range first.rows {
			if fmt.Sprint(row) != fmt.Sprint(corrected.rows[line]) {
				changed++
			}
		}
		if changed == 0 || changed*5 > len(first.rows) {
			t.Errorf("%s: %d of %d rows were corrected", c.first, changed, len(first.rows))
		}
	}
}

func mustReadFile(t *testing.T, path, layout string) *readExtract {
	t.Helper()
	x, err := readFile(path, layout)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range x.report.Sections {
		if s.Fault != "" {
			t.Errorf("%s: section %d: %s", path, s.Index, s.Fault)
		}
	}
	return x
}

func TestNights_FaultyOptions(t *testing.T) {
	for _, nights := range []int{0, -1, mostNights + 1} {
		if _, err := Nights(context.Background(), NightsOptions{Options: Options{Out: t.TempDir(), Subjects: 10}, Nights: nights}); !errors.Is(err, ErrOptions) {
			t.Errorf("%d nights: %v, want ErrOptions", nights, err)
		}
	}
}

// What was written before the stretch was cancelled is whole.
func TestNights_CancelledStretchLeavesNoPart(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := NightsOptions{Options: Options{Out: t.TempDir(), Subjects: 60, Progress: func(int64, int64) { cancel() }}, Nights: 5}
	if _, err := Nights(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want context.Canceled", err)
	}
	for name := range digests(t, o.Out) {
		if strings.HasSuffix(name, ".part") || strings.Contains(name, "facts") {
			t.Errorf("%s was left behind", name)
		}
	}
}

// Nights that begin on a weekend begin on the Monday; the calendar counts weekdays, backwards too.
func TestNights_CalendarHasWeekdaysAlone(t *testing.T) {
	for start := dayOf(2026, 11, 21); start < dayOf(2026, 11, 28); start++ {
		c := newStretch(start, 12)
		for night := -20; night <= 12; night++ {
			if at := (int(c.day(night)) + 3) % 7; at >= 5 {
				t.Errorf("first night %v: night %d is %v", start.date(), night, c.day(night).date())
			}
			if night > -20 && c.day(night) <= c.day(night-1) {
				t.Errorf("first night %v: night %d is not after the one before", start.date(), night)
			}
		}
	}
}
