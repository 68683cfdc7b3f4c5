package pipeline

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"locatematch/pipeline/report"
)

// Workspace is where a night's results live: Runs holds one immutable directory per published run, and `current`, a line
// with the name of the live one; State holds, under the same names, what each run leaves for the next night.
//
// A run appears in four steps: an intent (runs/.publishing) that names it, its state by rename, its directory by rename,
// and last the replacement of runs/current, which alone makes run and state live (I9). A reader that begins at
// runs/current sees the old run whole until that moment and the new one whole after it. What a run that died half-way has
// left is removed by the next Begin, which the intent tells where to look.
type Workspace struct {
	Runs, State string
	// protected is the config's own state, where State is given by flag, and protectedRuns its runs: whom they protect a trial
	// protects too. "" none.
	protected, protectedRuns string
	files                    fileOps // nil: the operating system
}

// Names inside the two directories.
const (
	currentFile  = "current"
	manifestFile = "manifest.json"
	reportMD     = "report.md"
	reportHTML   = "report.html"
	statePrefix  = "state/" // of an output's name in the manifest
	draftRun     = ".draft-run"
	draftState   = ".draft-state"
	intentFile   = ".publishing"
)

// runIDs are names that can be a directory and nothing else.
var runIDs = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z._-]*$`)

func (w Workspace) ops() fileOps {
	if w.files == nil {
		return osFiles{}
	}
	return w.files
}

func (w Workspace) run(id string) string   { return filepath.Join(w.Runs, id) }
func (w Workspace) state(id string) string { return filepath.Join(w.State, id) }

// Current gives the manifest of the live run, nil when nothing was ever published.
func (w Workspace) Current() (*report.Manifest, error) {
	id, err := w.currentID()
	if id == "" || err != nil {
		return nil, err
	}
	for _, path := range []string{filepath.Join(w.run(id), manifestFile), w.state(id)} {
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("%s names run %s, but %w; restore it, or write the name of an earlier run into %s",
				w.run(currentFile), id, err, currentFile)
		}
	}
	return w.manifest(id)
}

// currentID reads runs/current: "" when there is none.
func (w Workspace) currentID() (string, error) {
	data, err := os.ReadFile(w.run(currentFile))
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("out: %w", err)
	}
	id := strings.TrimSuffix(string(data), "\n")
	if !runIDs.MatchString(id) {
		return "", fmt.Errorf("%s: %.40q is not the name of a run", w.run(currentFile), id)
	}
	return id, nil
}

func (w Workspace) manifest(id string) (*report.Manifest, error) {
	path := filepath.Join(w.run(id), manifestFile)
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m, err := report.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if m.Run != id {
		return nil, fmt.Errorf("%s: is of run %q", path, m.Run)
	}
	return m, nil
}

// Begin opens a draft, after removing what dead runs have left. The caller holds the lock.
func (w Workspace) Begin() (*Draft, error) {
	if err := w.mustHoldLock(); err != nil {
		return nil, err
	}
	for _, dir := range []string{w.Runs, w.State} {
		if err := w.ops().MakeDir(dir); err != nil {
			return nil, err
		}
	}
	if err := w.clean(); err != nil {
		return nil, fmt.Errorf("removing what an interrupted run has left: %w", err)
	}
	d := &Draft{workspace: w}
	for _, dir := range []string{w.run(draftRun), w.state(draftState)} {
		if err := w.ops().MakeDir(dir); err != nil {
			return nil, errors.Join(err, w.clean())
		}
	}
	return d, nil
}

// clean removes drafts, temporary names, and a run that was moved into place but never became current.
func (w Workspace) clean() error {
	leftovers := []string{w.run(draftRun), w.state(draftState)}
	entries, err := os.ReadDir(w.Runs)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, e := range entries { // Replace writes to such names first
		if strings.HasPrefix(e.Name(), "."+currentFile) || strings.HasPrefix(e.Name(), "."+intentFile) {
			leftovers = append(leftovers, w.run(e.Name()))
		}
	}
	intent, err := os.ReadFile(w.run(intentFile))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if id := strings.TrimSuffix(string(intent), "\n"); runIDs.MatchString(id) {
		current, err := w.currentID()
		if err != nil {
			return err
		}
		if current != id {
			leftovers = append(leftovers, w.run(id), w.state(id))
		}
	}
	for _, path := range append(leftovers, w.run(intentFile)) { // the intent last: until then it says what is to be done
		if err := w.ops().RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// Draft is a run being written: nobody reads it, and it may vanish at any time.
type Draft struct {
	workspace Workspace
	done      bool
}

// Run gives the path at which to write a file of the run. The name uses slashes; directories in it are made.
func (d *Draft) Run(name string) string { return draftPath(d.workspace.run(draftRun), name) }

// State gives the path at which to write a file of the run's state.
func (d *Draft) State(name string) string { return draftPath(d.workspace.state(draftState), name) }

func draftPath(dir, name string) string {
	path := filepath.Join(dir, filepath.FromSlash(name))
	_ = os.MkdirAll(filepath.Dir(path), 0o750) // failing, it is the caller's write that says so
	return path
}

// Discard removes the draft. After Publish has succeeded it does nothing.
func (d *Draft) Discard() error {
	if d.done {
		return nil
	}
	d.done = true
	return d.workspace.clean()
}

// Publish makes the draft the live run. It fills m.Outputs with the digest of every file of run and state, writes the
// report's pages and, last, manifest.json; makes everything durable; and moves it into place. The books must balance.
//
// The same run published again with the same contents becomes current and is no error; with other contents it is refused,
// for published files are never changed.
//
// On error nothing has become visible, and Discard removes what was written.
func (d *Draft) Publish(m *report.Manifest) error {
	if d.done {
		return errors.New("the draft was published or discarded before")
	}
	if err := d.workspace.mustHoldLock(); err != nil {
		return err
	}
	if !runIDs.MatchString(m.Run) {
		return fmt.Errorf("%.40q cannot be the name of a run", m.Run)
	}
	manifest, err := d.seal(m)
	if err != nil {
		return fmt.Errorf("run %s: %w", m.Run, err)
	}
	same, err := d.workspace.holds(m.Run, manifest)
	if err != nil {
		return err
	}
	if !same {
		if err := d.place(m.Run); err != nil {
			return fmt.Errorf("run %s: %w", m.Run, err)
		}
	}
	if err := d.workspace.pointTo(m.Run); err != nil {
		return fmt.Errorf("run %s: %w", m.Run, err)
	}
	d.done = true
	// The run is live. What cannot be cleaned away now, the next Begin cleans.
	_ = d.workspace.clean()
	return nil
}

// seal completes the draft: outputs digested, pages and manifest written, all of it durable. It gives the manifest's bytes.
func (d *Draft) seal(m *report.Manifest) ([]byte, error) {
	files, w := d.workspace.ops(), d.workspace
	if err := d.digest(m); err != nil {
		return nil, err
	}
	if err := m.Balance(); err != nil { // with the rows of the tables just counted
		return nil, fmt.Errorf("the books do not balance: %w", err)
	}
	if err := files.WriteFile(d.Run(reportMD), report.Markdown(m)); err != nil {
		return nil, err
	}
	if err := files.WriteFile(d.Run(reportHTML), report.HTML(m)); err != nil {
		return nil, err
	}
	if err := d.digest(m); err != nil { // again: the pages are outputs too, and show all but themselves
		return nil, err
	}
	manifest, err := m.Encode()
	if err != nil {
		return nil, err
	}
	if err := files.WriteFile(d.Run(manifestFile), manifest); err != nil {
		return nil, err
	}
	return manifest, errors.Join(syncTree(files, w.run(draftRun)), syncTree(files, w.state(draftState)))
}

func (d *Draft) digest(m *report.Manifest) error {
	outputs, err := digestOutputs(d.workspace.run(draftRun), d.workspace.state(draftState))
	if err != nil {
		return err
	}
	m.Outputs = outputs
	return nil
}

// holds reports whether the very same run was published before; another one of its name is an error.
func (w Workspace) holds(id string, manifest []byte) (bool, error) {
	have, err := os.ReadFile(filepath.Join(w.run(id), manifestFile))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return false, w.mustBeFree(id)
	case err != nil:
		return false, err
	case string(have) != string(manifest) && !sameButEncrypted(have, manifest):
		return false, fmt.Errorf("run %s was published before with other contents; published runs are never changed", id)
	}
	return true, nil
}

// sameButEncrypted reports that two manifests differ in nothing but the digests of encrypted outputs. The published one stands.
func sameButEncrypted(a, b []byte) bool {
	var bare [2]string
	for i, raw := range [][]byte{a, b} {
		m, err := report.Decode(raw)
		if err != nil {
			return false
		}
		for o := range m.Outputs {
			if report.Encrypted(m.Outputs[o].Name) {
				m.Outputs[o].SHA256 = ""
			}
		}
		m.Seal = ""
		encoded, err := m.Encode()
		if err != nil {
			return false
		}
		bare[i] = string(encoded)
	}
	return bare[0] == bare[1]
}

// mustBeFree refuses a name of which something is left that this package would not leave: a run without a manifest, or the
// state of a run that somebody took away. It must be known before the intent is written, which would have it removed.
func (w Workspace) mustBeFree(id string) error {
	for _, path := range []string{w.run(id), w.state(id)} {
		if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
			return errors.Join(fmt.Errorf("run %s cannot be published: %s is there, but no whole run of that name; move it away", id, path), err)
		}
	}
	return nil
}

// place moves state and run to their names, after saying that it is about to.
func (d *Draft) place(id string) error {
	w, files := d.workspace, d.workspace.ops()
	steps := []func() error{
		func() error { return files.Replace(w.run(intentFile), []byte(id+"\n")) },
		func() error { return files.Sync(w.Runs) },
		func() error { return files.Rename(w.state(draftState), w.state(id)) },
		func() error { return files.Sync(w.State) },
		func() error { return files.Rename(w.run(draftRun), w.run(id)) },
		func() error { return files.Sync(w.Runs) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// pointTo makes a run live.
func (w Workspace) pointTo(id string) error {
	if err := w.ops().Replace(w.run(currentFile), []byte(id+"\n")); err != nil {
		return err
	}
	if err := w.ops().Sync(w.Runs); err != nil {
		return fmt.Errorf("it is live, but a power failure now could bring the previous run back: %w", err)
	}
	return nil
}
