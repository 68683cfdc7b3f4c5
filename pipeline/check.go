package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
)

// CheckResult is what Check found of one run.
type CheckResult struct {
	Run    string
	Files  int   // outputs looked at
	Bytes  int64 // of them
	Rows   int64 // of the tables among them
	Faults []string
}

// OK reports that no fault was found.
func (c *CheckResult) OK() bool { return len(c.Faults) == 0 }

func (c *CheckResult) fault(format string, args ...any) {
	c.Faults = append(c.Faults, fmt.Sprintf(format, args...))
}

// Check looks at a published run as if for the first time: the manifest's seal, the books, the digest of every output of
// the run and of its state, every row of every table, and that nothing lies there that the manifest does not name. Every
// fault is named. run is a run id or "current". The error is for a run that is not there at all.
func (w Workspace) Check(run string) (*CheckResult, error) {
	id, err := w.publishedRun(run)
	if err != nil {
		return nil, err
	}
	c := &CheckResult{Run: id}
	m, err := w.manifest(id)
	if err != nil {
		c.fault("%v", err)
		return c, nil
	}
	if err := m.Balance(); err != nil {
		c.fault("%s: the books do not balance: %v", manifestFile, err)
	}
	for _, f := range m.Outputs {
		w.checkOutput(c, id, f)
	}
	return c, w.checkExtra(c, id, m)
}

// resolve gives the id of a run that has a directory.
func (w Workspace) resolve(run string) (string, error) {
	if run == currentFile {
		id, err := w.currentID()
		if err != nil || id != "" {
			return id, err
		}
		return "", fmt.Errorf("%s: nothing has been published yet", w.Runs)
	}
	if !runIDs.MatchString(run) {
		return "", fmt.Errorf("%.40q is not the name of a run", run)
	}
	if _, err := os.Stat(w.run(run)); errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("no run %s in %s", run, w.Runs)
	} else if err != nil {
		return "", err
	}
	return run, nil
}

func (w Workspace) checkOutput(c *CheckResult, id string, f report.File) {
	c.Files++
	if fault := w.outputFault(id, f); fault != "" {
		c.fault("%s: %s", f.Name, fault)
		return
	}
	c.Bytes += f.Bytes
	if !isTable(f.Name) {
		return
	}
	rows, err := table.Verify(w.output(id, f.Name))
	if err != nil {
		c.fault("%s: %v", f.Name, err)
	} else if rows != f.Rows {
		c.fault("%s: has %d rows, the manifest says %d", f.Name, rows, f.Rows)
	}
	c.Rows += rows
}

// outputFault says in what an output of a run differs from what was published, "" where in nothing.
func (w Workspace) outputFault(id string, f report.File) string {
	path := w.output(id, f.Name)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "is missing"
	case err != nil:
		return err.Error()
	case info.Size() != f.Bytes:
		return fmt.Sprintf("has %d bytes, was published with %d", info.Size(), f.Bytes)
	}
	switch sum, _, err := digestFile(path); {
	case err != nil:
		return err.Error()
	case sum != f.SHA256:
		return "its bytes are not those that were published"
	}
	return ""
}

// output is where an output lies that the manifest of a run names.
func (w Workspace) output(id, name string) string {
	if ofState, ok := strings.CutPrefix(name, statePrefix); ok {
		return filepath.Join(w.state(id), filepath.FromSlash(ofState))
	}
	return filepath.Join(w.run(id), filepath.FromSlash(name))
}

// checkExtra names files that the manifest does not.
func (w Workspace) checkExtra(c *CheckResult, id string, m *report.Manifest) error {
	have, err := outputNames(w.run(id), w.state(id))
	if errors.Is(err, os.ErrNotExist) {
		return nil // the files in it were found missing one by one
	}
	for name := range have {
		if !slices.ContainsFunc(m.Outputs, func(f report.File) bool { return f.Name == name }) {
			c.fault("%s: is not in the manifest", name)
		}
	}
	slices.Sort(c.Faults)
	return err
}

func isTable(name string) bool { return strings.HasSuffix(name, ".parquet") }

// digestOutputs describes every output below the two directories, sorted by name.
func digestOutputs(run, state string) ([]report.File, error) {
	names, err := outputNames(run, state)
	if err != nil {
		return nil, err
	}
	var outputs []report.File
	for name, path := range names {
		f := report.File{Name: name}
		if f.SHA256, f.Bytes, err = digestFile(path); err != nil {
			return nil, err
		}
		if isTable(name) {
			if f.Rows, err = table.Rows(path); err != nil {
				return nil, err
			}
		}
		outputs = append(outputs, f)
	}
	slices.SortFunc(outputs, func(a, b report.File) int { return strings.Compare(a.Name, b.Name) })
	return outputs, nil
}

// outputNames finds the outputs by the names the manifest gives them. The manifest itself and the file with the clocks are
// none.
func outputNames(run, state string) (map[string]string, error) {
	names := map[string]string{}
	collect := func(root, prefix string) error {
		return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			relative, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			name := prefix + filepath.ToSlash(relative)
			if !entry.Type().IsRegular() {
				return fmt.Errorf("%s: is not an ordinary file", path)
			}
			if name != manifestFile && name != timingFile {
				names[name] = path
			}
			return nil
		})
	}
	return names, errors.Join(collect(run, ""), collect(state, statePrefix))
}

// digestFile gives the SHA-256, in hex, and the size of a file.
func digestFile(path string) (sum string, size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	if size, err = io.Copy(h, f); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(h.Sum(nil)), size, nil
}
