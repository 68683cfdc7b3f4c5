package pipeline

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
)

// unsynced is the operating system without waiting for the disk, which takes up nine tenths of these tests' time.
type unsynced struct{ osFiles }

func (unsynced) Sync(path string) error {
	_, err := os.Stat(path)
	return err
}

func (unsynced) Replace(path string, data []byte) error {
	return errors.Join(os.WriteFile(path+".new", data, 0o600), os.Rename(path+".new", path))
}

// shelf is an empty, locked workspace.
func shelf(t *testing.T) Workspace {
	t.Helper()
	dir := t.TempDir()
	w := Workspace{Runs: filepath.Join(dir, "runs"), State: filepath.Join(dir, "state"), files: unsynced{}}
	release, err := w.Lock()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := release(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func bareManifest(run, parent string) *report.Manifest {
	m := &report.Manifest{Format: report.Format, Run: run, Parent: parent, AsOf: "2026-11-21", Code: "test"}
	two := []report.Count{{Name: "of a test", N: 2}} // as many as fill writes
	m.Leads = report.LeadFunnel{Total: 2, Subjects: 2, ByKind: two, ByStatus: two, ByIdentity: two}
	m.Queues = report.QueueFunnel{Candidates: 2, Rows: 2, Alerts: 2, ByOffice: two}
	m.Outcome = report.Conclude(m, 0, "")
	return m
}

type sampleRow struct {
	Name string `parquet:"name"`
	N    int64  `parquet:"n"`
}

// fill writes what a run writes: tables, a queue in a directory of its own, clocks, a ledger.
func fill(d *Draft, word string) error {
	rows := []sampleRow{{word, 1}, {word, 2}}
	for _, name := range []string{"leads.parquet", "queues/north.parquet"} {
		if _, err := table.Write(d.Run(name), rows, table.Options{}); err != nil {
			return err
		}
	}
	if _, err := table.Write(d.State("history.parquet"), rows[:1], table.Options{}); err != nil {
		return err
	}
	l := &Ledger{}
	l.Add(LedgerEntry{SHA256: strings.Repeat("a", 64), Name: word, Bytes: 7})
	ledger, err := l.Encode()
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(d.State(ledgerFile), ledger, 0o600), os.WriteFile(d.Run(timingFile), []byte("{}"), 0o600))
}

// publishNight is a night in little: begin, write, publish.
func publishNight(w Workspace, run, parent string) (err error) {
	d, err := w.Begin()
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, d.Discard())
		}
	}()
	if err := fill(d, run); err != nil {
		return err
	}
	return d.Publish(bareManifest(run, parent))
}

func mustPublish(t *testing.T, w Workspace, run, parent string) {
	t.Helper()
	if err := publishNight(w, run, parent); err != nil {
		t.Fatal(err)
	}
}

func mustBeWhole(t *testing.T, w Workspace, run string) {
	t.Helper()
	c, err := w.Check(run)
	if err != nil {
		t.Fatal(err)
	}
	if !c.OK() {
		t.Fatalf("run %s: %s", c.Run, strings.Join(c.Faults, "; "))
	}
}

func TestPublish(t *testing.T) {
	w := shelf(t)
	w.files = nil // the real thing
	if m, err := w.Current(); m != nil || err != nil {
		t.Fatalf("before the first run: %v, %v", m, err)
	}
	mustPublish(t, w, "2026-11-20-a", "")
	mustPublish(t, w, "2026-11-21-b", "2026-11-20-a")
	m, err := w.Current()
	if err != nil {
		t.Fatal(err)
	}
	var outputs []string
	for _, f := range m.Outputs {
		outputs = append(outputs, fmt.Sprint(f.Name, " ", f.Rows))
	}
	want := []string{"leads.parquet 2", "queues/north.parquet 2", "report.html 0", "report.md 0", "state/history.parquet 1", "state/ledger.json 0"}
	if m.Run != "2026-11-21-b" || !slices.Equal(outputs, want) {
		t.Errorf("run %s, outputs %q", m.Run, outputs)
	}
	for _, run := range []string{"2026-11-20-a", "2026-11-21-b", "current"} {
		mustBeWhole(t, w, run)
	}
	if got := strings.Join(namesIn(t, w.Runs), " "); got != "2026-11-20-a 2026-11-21-b current" {
		t.Errorf("runs holds %s", got)
	}
	if got := strings.Join(namesIn(t, w.State), " "); got != "2026-11-20-a 2026-11-21-b lock" {
		t.Errorf("state holds %s", got)
	}
}

// The pages are made from the very manifest they lie beside.
func TestPublishedPagesAreOfTheManifest(t *testing.T) {
	w := shelf(t)
	mustPublish(t, w, "night", "")
	m, err := w.Current()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]byte{reportMD: report.Markdown(m), reportHTML: report.HTML(m)} {
		if got, err := os.ReadFile(filepath.Join(w.run("night"), name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not the page of the manifest (%v)", name, err)
		}
	}
}

func namesIn(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// The same run twice is the same run; it becomes current again where it was not.
func TestPublishTheSameAgain(t *testing.T) {
	w := shelf(t)
	mustPublish(t, w, "one", "")
	mustPublish(t, w, "two", "one")
	mustPublish(t, w, "one", "")
	if m, err := w.Current(); err != nil || m.Run != "one" {
		t.Fatalf("current is %v, %v", m, err)
	}
	mustBeWhole(t, w, "one")
	mustBeWhole(t, w, "two")
}

// A published run is never changed, not even by a run of the same name.
func TestPublishRefusesAnotherOfTheSameName(t *testing.T) {
	w := shelf(t)
	mustPublish(t, w, "one", "")
	err := publishNight(w, "one", "zero")
	if err == nil || !strings.Contains(err.Error(), "never changed") {
		t.Fatalf("got %v", err)
	}
	mustBeWhole(t, w, "current")
	if got := strings.Join(namesIn(t, w.Runs), " "); got != "current one" {
		t.Errorf("runs holds %s", got)
	}
}

// The state of a run whose directory was taken away is not this package's to remove.
func TestPublishLeavesStrangersAlone(t *testing.T) {
	for _, stranger := range []func(Workspace) string{
		func(w Workspace) string { return w.state("one") },
		func(w Workspace) string { return w.run("one") },
	} {
		w := shelf(t)
		path := filepath.Join(stranger(w), "precious")
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		if err := publishNight(w, "one", ""); err == nil || !strings.Contains(err.Error(), "move it away") {
			t.Fatalf("got %v", err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}

func TestPublishRefuses(t *testing.T) {
	unbalanced := bareManifest("night", "")
	unbalanced.Leads.Total = 1
	for want, m := range map[string]*report.Manifest{
		"the books do not balance":       unbalanced,
		"cannot be the name of a run":    bareManifest("../night", ""),
		`"" cannot be the name of a run`: bareManifest("", ""),
	} {
		w := shelf(t)
		d, err := w.Begin()
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Publish(m); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
		if m, err := w.Current(); m != nil || err != nil {
			t.Errorf("something was published: %v, %v", m, err)
		}
	}
}

func TestDraftEndsOnce(t *testing.T) {
	w := shelf(t)
	d, err := w.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Discard(), d.Discard()); err != nil {
		t.Fatal(err)
	}
	if err := d.Publish(bareManifest("night", "")); err == nil {
		t.Error("a discarded draft was published")
	}
	if got := namesIn(t, w.Runs); len(got) > 0 {
		t.Errorf("runs holds %s", got)
	}
	mustPublish(t, w, "night", "")
	if err := d.Discard(); err != nil {
		t.Error(err)
	}
	mustBeWhole(t, w, "current")
}

func TestBeginNeedsTheLock(t *testing.T) {
	dir := t.TempDir()
	w := Workspace{Runs: filepath.Join(dir, "runs"), State: filepath.Join(dir, "state")}
	if _, err := w.Begin(); !errors.Is(err, errNotLocked) {
		t.Errorf("got %v", err)
	}
}

func TestCurrentNamesNoWholeRun(t *testing.T) {
	for want, breakIt := range map[string]func(Workspace) error{
		"names run night, but stat ": func(w Workspace) error { return os.RemoveAll(w.run("night")) },
		"state/night: no such file":  func(w Workspace) error { return os.RemoveAll(w.state("night")) },
		"is not the name of a run":   func(w Workspace) error { return os.WriteFile(w.run(currentFile), []byte("../etc\n"), 0o600) },
		"is of run \"night\"": func(w Workspace) error {
			return errors.Join(os.Rename(w.run("night"), w.run("day")), os.Rename(w.state("night"), w.state("day")),
				os.WriteFile(w.run(currentFile), []byte("day\n"), 0o600))
		},
		"not a manifest": func(w Workspace) error {
			return os.WriteFile(filepath.Join(w.run("night"), manifestFile), []byte("{"), 0o600)
		},
	} {
		w := shelf(t)
		mustPublish(t, w, "night", "")
		if err := breakIt(w); err != nil {
			t.Fatal(err)
		}
		if m, err := w.Current(); m != nil || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v, %v", want, m, err)
		}
	}
}
