package pipeline

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline/report"
)

func faultsOf(t *testing.T, w Workspace) string {
	t.Helper()
	c, err := w.Check("current")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(c.Faults, "\n")
}

// outputPath is where an output lies by its name in the manifest.
func outputPath(w Workspace, run, name string) string {
	if rest, ok := strings.CutPrefix(name, statePrefix); ok {
		return filepath.Join(w.state(run), rest)
	}
	return filepath.Join(w.run(run), name)
}

// One byte in any output, anywhere in it, is found, and the file is named.
func TestCheckFindsAFlippedByte(t *testing.T) {
	w := shelf(t)
	mustPublish(t, w, "night", "")
	m, err := w.Current()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range append(m.Outputs, report.File{Name: manifestFile}) {
		file := outputPath(w, "night", f.Name)
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []int{0, len(whole) / 3, len(whole) / 2, len(whole) - 1} {
			damaged := append([]byte(nil), whole...)
			damaged[at] ^= 1
			if err := os.WriteFile(file, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			if got := faultsOf(t, w); !strings.Contains(got, f.Name) || strings.Contains(got, "\n") {
				t.Errorf("%s, byte %d: found %q", f.Name, at, got)
			}
		}
		if err := os.WriteFile(file, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustBeWhole(t, w, "current")
}

func TestCheckNamesEveryFault(t *testing.T) {
	w := shelf(t)
	mustPublish(t, w, "night", "")
	if err := errors.Join(
		os.Remove(outputPath(w, "night", "leads.parquet")),
		os.WriteFile(outputPath(w, "night", "queues/south.parquet"), []byte("x"), 0o600),
		os.WriteFile(outputPath(w, "night", "state/notes.txt"), []byte("x"), 0o600),
		os.Truncate(outputPath(w, "night", "state/history.parquet"), 10),
		os.WriteFile(outputPath(w, "night", timingFile), []byte("other clocks are no fault"), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	got := faultsOf(t, w)
	for _, want := range []string{
		"leads.parquet: is missing", "queues/south.parquet: is not in the manifest", "state/notes.txt: is not in the manifest",
		"state/history.parquet: has 10 bytes, was published with",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q not found in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "\n") + 1; n != 4 {
		t.Errorf("%d faults, want 4:\n%s", n, got)
	}
}

func TestCheckFindsALostState(t *testing.T) {
	w := shelf(t)
	mustPublish(t, w, "night", "")
	if err := os.RemoveAll(w.state("night")); err != nil {
		t.Fatal(err)
	}
	got := faultsOf(t, w)
	if !strings.Contains(got, "state/history.parquet: is missing") || !strings.Contains(got, "state/ledger.json: is missing") {
		t.Errorf("found %q", got)
	}
}

// A manifest that was sealed by somebody, but whose books do not balance or whose row counts are not those of the tables.
func TestCheckFindsWrongBooks(t *testing.T) {
	w := shelf(t)
	mustPublish(t, w, "night", "")
	m, err := w.Current()
	if err != nil {
		t.Fatal(err)
	}
	m.Leads.Total = 3
	m.Outputs[0].Rows = 9
	data, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(outputPath(w, "night", manifestFile), data, 0o600); err != nil {
		t.Fatal(err)
	}
	got := faultsOf(t, w)
	for _, want := range []string{"leads: total is 3, but leads by kind is 2", "leads.parquet: has 2 rows, the manifest says 9"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q not found in\n%s", want, got)
		}
	}
}

func TestCheckBrokenManifest(t *testing.T) {
	w := shelf(t)
	mustPublish(t, w, "night", "")
	for _, broken := range []string{"", "{}", `{"format":1,`, "no JSON"} {
		if err := os.WriteFile(outputPath(w, "night", manifestFile), []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := faultsOf(t, w); !strings.Contains(got, manifestFile) {
			t.Errorf("%q: found %q", broken, got)
		}
	}
}

func TestCheckOfNoRun(t *testing.T) {
	w := shelf(t)
	for run, want := range map[string]string{
		"current": "nothing has been published yet", "2026-11-21-x": "no run 2026-11-21-x", "../x": "is not the name of a run",
	} {
		if c, err := w.Check(run); c != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v", run, c, err)
		}
	}
}
