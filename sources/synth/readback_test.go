package synth

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"locatematch/sources"
	split "locatematch/sources/person"
)

// readNight is a night as the product's own readers see it.
type readNight struct {
	dir      string
	summary  *Summary
	extracts map[string]*readExtract
	caseload map[string]map[string]string // by subject_id
	truth    [][]string
	traps    [][]string
	facts    [][]string
}

// readExtract is one extract's rows by physical line.
type readExtract struct {
	report *sources.FileReport
	rows   map[int64]map[string]string // own, echo and key fields by name; no empty ones
}

// smallNight is written once for all tests that only look at it.
var smallNight = sync.OnceValues(func() (*readNight, error) {
	dir, err := os.MkdirTemp("", "synth")
	if err != nil {
		return nil, err
	}
	return readBack(Options{Out: dir, Seed: 7, Subjects: 2_000, Strangers: 20_000})
})

func TestMain(m *testing.M) {
	code := m.Run()
	if n, err := smallNight(); err == nil {
		os.RemoveAll(n.dir)
	}
	if n, err := everyNight(); err == nil {
		os.RemoveAll(n.dir)
	}
	if dir, err := someNights(); err == nil {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

func small(t *testing.T) *readNight {
	t.Helper()
	n, err := smallNight()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// readBack writes a night and reads it with the readers that a run uses.
func readBack(o Options) (*readNight, error) {
	n := &readNight{dir: o.Out, extracts: map[string]*readExtract{}, caseload: map[string]map[string]string{}}
	var err error
	if n.summary, err = Night(context.Background(), o); err != nil {
		return nil, err
	}
	for e, name := range extractNames {
		path, err := filepath.Glob(filepath.Join(o.Out, strings.Replace(extractFiles[e], "%", "*", 1)))
		if err != nil || len(path) != 1 {
			return nil, os.ErrNotExist
		}
		if n.extracts[name], err = readFile(path[0], layoutOf[e]); err != nil {
			return nil, err
		}
	}
	people, err := readFile(filepath.Join(o.Out, "caseload.csv"), "caseload")
	if err != nil {
		return nil, err
	}
	for _, row := range people.rows {
		n.caseload[row["subject_id"]] = row
	}
	for name, into := range map[string]*[][]string{"truth.csv": &n.truth, "traps.csv": &n.traps, "facts.csv": &n.facts} {
		if *into, err = readCSV(filepath.Join(o.Out, name)); err != nil {
			return nil, err
		}
	}
	return n, nil
}

func readCSV(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if len(rows) > 0 {
		rows = rows[1:]
	}
	return rows, err
}

func readFile(path, layout string) (*readExtract, error) {
	l, err := sources.Load(layout)
	if err != nil {
		return nil, err
	}
	x := &readExtract{rows: map[int64]map[string]string{}}
	splitter := l.NewSplitter()
	var rows split.Rows
	x.report, err = sources.Cut(context.Background(), path, l, sources.CutOptions{}, func(c *sources.Chunk) error {
		defer c.Release()
		rejects, err := splitter.Split(c, &rows)
		if err != nil {
			return err
		}
		for _, r := range rejects {
			return &sources.FileError{Path: path, Line: r.Line, Err: errReject(r.Reason)}
		}
		for i := range rows.Len() {
			row := map[string]string{}
			for j, c := range l.Columns() {
				if v := rows.Value(i, j); len(v) > 0 {
					row[c.Key()] = string(v)
				}
			}
			x.rows[rows.Lines[i]] = row
		}
		return nil
	})
	return x, err
}

type errReject string

func (e errReject) Error() string { return "rejected: " + string(e) }
