package pipeline

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/pipeline/report"
)

// toFollow finds the run that the next one follows, nil for the first, and makes sure that what it left is what it wrote: a night that
// begins from a history that was damaged, put back from another night or lost would offer again what officers have had, and say nothing.
func (w Workspace) toFollow() (*report.Manifest, error) {
	m, err := w.Current()
	if err != nil {
		return nil, err
	}
	if m == nil {
		return nil, w.mustBeFirst()
	}
	for _, f := range m.Outputs {
		if !strings.HasPrefix(f.Name, statePrefix) {
			continue
		}
		if fault := w.outputFault(m.Run, f); fault != "" {
			return nil, fmt.Errorf("run %s, which the next one follows, is damaged: %s: %s; restore it, or write the name of an earlier run into %s",
				m.Run, f.Name, fault, w.run(currentFile))
		}
	}
	return m, nil
}

// mustBeFirst refuses to begin anew where the name of the live run alone was lost: a run that follows another is there.
func (w Workspace) mustBeFirst() error {
	paths, err := filepath.Glob(filepath.Join(w.Runs, "*", manifestFile))
	if err != nil {
		return err
	}
	slices.Reverse(paths) // a run's name begins with its day: the latest first
	for _, path := range paths {
		m, err := w.manifest(filepath.Base(filepath.Dir(path)))
		if err == nil && m.Parent != "" {
			return fmt.Errorf("%s is missing, but run %s follows run %s: write the name of the last good run into it, or give the night --out and --state of its own",
				w.run(currentFile), m.Run, m.Parent)
		}
	}
	return nil
}
