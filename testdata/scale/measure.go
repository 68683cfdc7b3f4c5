package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// line is one run of a cell. Seconds and the processor's are those of the whole process: start, caseload, digests,
// verification and publishing included.
type line struct {
	Cell            string             `json:"cell"`
	Subjects        int64              `json:"subjects"`
	Rows            int64              `json:"rows"`
	Strangers       float64            `json:"strangers"`
	FileMB          float64            `json:"file_mb"`
	Seconds         float64            `json:"s"`
	CPU             float64            `json:"cpu"`
	MB              float64            `json:"mb"`
	RowsASecond     float64            `json:"rows_a_second"`
	MicrosecondsRow float64            `json:"cpu_us_a_row"`
	BytesSubject    float64            `json:"bytes_a_subject"` // of the frozen caseload
	Passed          int64              `json:"passed"`
	Pairs           int64              `json:"pairs"`
	Links           int64              `json:"links"`
	Stages          map[string]float64 `json:"stages"` // seconds; timing.json
}

func (o *options) measure(c cell) (line, error) {
	config, err := o.config(c)
	if err != nil {
		return line{}, err
	}
	scratch := filepath.Join(o.work, "scratch")
	if err := os.RemoveAll(scratch); err != nil {
		return line{}, err
	}
	ran, err := o.timedRun([]string{"run", "-c", config, "--out", filepath.Join(scratch, "runs"), "--state", filepath.Join(scratch, "state"), "--json"})
	if err != nil {
		return line{}, err
	}
	l := line{Cell: c.String(), Strangers: o.strangers, Seconds: ran.seconds, CPU: ran.cpu, MB: ran.mb}
	if info, err := os.Stat(o.extractOf(c)); err == nil {
		l.FileMB = float64(info.Size()) / 1e6
	}
	return l, l.read(scratch)
}

// ran is what a process took, as a whole, and what it printed.
type ran struct {
	seconds, cpu, mb float64 // mb: resident memory, at most
	out              []byte
}

func (o *options) timedRun(args []string) (r ran, err error) {
	run := exec.Command(o.binary, args...)
	began := time.Now()
	if r.out, err = run.Output(); err != nil {
		if exit, is := err.(*exec.ExitError); is {
			return r, fmt.Errorf("%w: %s%s", err, r.out, exit.Stderr)
		}
		return r, err
	}
	state := run.ProcessState
	r.seconds, r.cpu = time.Since(began).Seconds(), (state.UserTime() + state.SystemTime()).Seconds()
	if usage, is := state.SysUsage().(*syscall.Rusage); is {
		r.mb = float64(usage.Maxrss) / 1024
	}
	return r, nil
}

// read takes the run's own account of itself.
func (l *line) read(scratch string) error {
	var manifest struct {
		Caseload struct{ Subjects, Bytes int64 }
		Extracts []struct{ Read, Passed, Pairs, Links int64 }
	}
	if err := readJSON(filepath.Join(scratch, "runs/*/manifest.json"), &manifest); err != nil {
		return err
	}
	var err error
	if l.Stages, err = stagesOf(filepath.Join(scratch, "runs/*/timing.json")); err != nil {
		return err
	}
	x := manifest.Extracts[0]
	l.Subjects, l.Rows, l.Passed, l.Pairs, l.Links = manifest.Caseload.Subjects, x.Read, x.Passed, x.Pairs, x.Links
	l.RowsASecond, l.MicrosecondsRow = float64(l.Rows)/l.Seconds, 1e6*l.CPU/float64(l.Rows)
	l.BytesSubject = float64(manifest.Caseload.Bytes) / float64(l.Subjects)
	return nil
}

// stagesOf are the seconds of a run's stages.
func stagesOf(timingFile string) (map[string]float64, error) {
	var timing struct {
		Stages []struct {
			Stage   string
			Seconds float64
		}
	}
	if err := readJSON(timingFile, &timing); err != nil {
		return nil, err
	}
	stages := map[string]float64{}
	for _, s := range timing.Stages {
		stages[s.Stage] = s.Seconds
	}
	return stages, nil
}

func readJSON(pattern string, into any) error {
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		return fmt.Errorf("%d files are %s: %w", len(found), pattern, err)
	}
	page, err := os.ReadFile(found[0])
	if err != nil {
		return err
	}
	return json.Unmarshal(page, into)
}

// versionOf is what the measured command says of itself.
func versionOf(binary string) string {
	out, err := exec.Command(binary, "version").Output()
	if err != nil {
		return "version unknown"
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return first
}
