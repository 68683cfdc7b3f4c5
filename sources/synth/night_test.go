package synth

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// digests are the SHA-256 of every file below a directory, by name.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	sums := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		sum := sha256.Sum256(data)
		sums[strings.TrimPrefix(path, dir)] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}

func write(t *testing.T, o Options) map[string]string {
	t.Helper()
	o.Out = t.TempDir()
	if _, err := Night(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	return digests(t, o.Out)
}

// I8: the seed and the sizes decide every byte, the number of processors none.
func TestSameOptionsSameBytes(t *testing.T) {
	o := Options{Seed: 3, Subjects: 400, Strangers: 3_000}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one := write(t, o)
	runtime.GOMAXPROCS(8)
	many := write(t, o)
	if len(one) != 15 {
		t.Fatalf("%d files, want 15: %v", len(one), one)
	}
	for name, sum := range one {
		if many[name] != sum {
			t.Errorf("%s differs between 1 and 8 processors", name)
		}
	}
}

func TestAnotherSeedOtherBytes(t *testing.T) {
	a := write(t, Options{Seed: 3, Subjects: 400, Strangers: 3_000})
	b := write(t, Options{Seed: 4, Subjects: 400, Strangers: 3_000})
	for name, sum := range a {
		if b[name] == sum {
			t.Errorf("%s is the same for two seeds", name)
		}
	}
}

// The heap that is alive while rows are written does not grow with the strangers. 16 bytes kept a row would be 11 MB; writers
// that allocate between the collection and the reading make up to 3 MB of noise.
func TestMemoryFollowsTheCaseload(t *testing.T) {
	peak := func(strangers int) uint64 {
		most := uint64(0)
		o := Options{Out: t.TempDir(), Seed: 5, Subjects: 500, Strangers: strangers}
		o.Progress = func(done, total int64) {
			if done%(8*tickRows) > tickRows && done < total {
				return
			}
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapAlloc)
		}
		if _, err := Night(context.Background(), o); err != nil {
			t.Fatal(err)
		}
		return most
	}
	few, many := peak(20_000), peak(720_000)
	if many > few+6<<20 {
		t.Errorf("live heap %d kB with 20,000 strangers' rows, %d kB with 720,000", few>>10, many>>10)
	}
}

func TestProgressEndsAtTheTotal(t *testing.T) {
	var last, total int64
	o := Options{Out: t.TempDir(), Seed: 1, Subjects: 300, Strangers: 30_000}
	o.Progress = func(done, all int64) {
		if done < last || done > all {
			t.Errorf("progress went from %d to %d of %d", last, done, all)
		}
		last, total = done, all
	}
	s, err := Night(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	rows := int64(0)
	for _, f := range s.Files {
		rows += f.Rows
	}
	if last != total || total != rows {
		t.Errorf("last report %d of %d; files hold %d rows", last, total, rows)
	}
}

func TestCancelledNightLeavesNoPart(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := Options{Out: t.TempDir(), Seed: 1, Subjects: 300, Strangers: 200_000, Progress: func(int64, int64) { cancel() }}
	if _, err := Night(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want context.Canceled", err)
	}
	for name := range digests(t, o.Out) {
		if strings.HasSuffix(name, ".part") || strings.Contains(name, "truth") {
			t.Errorf("%s was left behind", name)
		}
	}
}

func TestFaultyOptionsAreAllReported(t *testing.T) {
	_, err := Night(context.Background(), Options{AsOf: "21.11.2026", Strangers: -1})
	for _, want := range []string{"as of", "no directory", "subjects (0)", "strangers (-1)"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v does not tell of %q", err, want)
		}
	}
}

// The smallest nights: a single subject, and no strangers beyond those planted.
func TestSmallestNights(t *testing.T) {
	for seed := range uint64(40) {
		n, err := readBack(Options{Out: t.TempDir(), Seed: seed, Subjects: 1 + int(seed%3)})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if len(n.caseload) != 1+int(seed%3) {
			t.Errorf("seed %d: %d people on the caseload, want %d", seed, len(n.caseload), 1+seed%3)
		}
	}
}

// A run must find every file healthy, the counts right and the sizes as ordered.
func TestFilesAreHealthy(t *testing.T) {
	n := small(t)
	rows := int64(0)
	for name, x := range n.extracts {
		for _, s := range x.report.Sections {
			if s.Fault != "" {
				t.Errorf("%s: section %d: %s", name, s.Index, s.Fault)
			}
		}
		if int64(len(x.rows)) != x.report.Records {
			t.Errorf("%s: %d rows read of %d", name, len(x.rows), x.report.Records)
		}
		rows += x.report.Records
	}
	if len(n.extracts["fidm"].report.Sections) < 4 {
		t.Errorf("fidm has %d institutions, want several", len(n.extracts["fidm"].report.Sections))
	}
	if len(n.caseload) != 2_000 {
		t.Errorf("%d people on the caseload, want 2000", len(n.caseload))
	}
	if others := rows - n.summary.TruthPairs; others != 20_000 || n.summary.Strangers != 20_000 {
		t.Errorf("%d rows of strangers, summary says %d, want 20000", others, n.summary.Strangers)
	}
}

func TestConfigNamesTheFiles(t *testing.T) {
	n := small(t)
	text, err := os.ReadFile(n.summary.Config)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"as_of: 2026-11-21\n", "allow_unconfirmed: true", "layout: example-fidm", "state: state\n", "out: runs\n", "{files: caseload.csv, layout: caseload}"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("night.yaml lacks %q", want)
		}
	}
}

func BenchmarkNight(b *testing.B) {
	o := Options{Out: b.TempDir(), Seed: 1, Subjects: 5_000, Strangers: 100_000}
	rows := int64(0)
	for b.Loop() {
		s, err := Night(context.Background(), o)
		if err != nil {
			b.Fatal(err)
		}
		rows += s.Strangers + s.TruthPairs
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

func line(t *testing.T, text string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
