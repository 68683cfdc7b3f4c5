package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
)

// command runs the binary and gives what it printed. That a run published without an extract (3) is no failure here: some come
// late on purpose.
func (o *options) command(args ...string) (out []byte, exit int, err error) {
	out, err = exec.Command(o.binary, args...).Output()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		if exit = ended.ExitCode(); exit == 3 {
			return out, exit, nil
		}
		return out, exit, fmt.Errorf("%s: %w\n%s%s", args[0], err, out, ended.Stderr)
	}
	return out, 0, err
}

// runNight runs a night and gives the run's directory.
func (o *options) runNight(config string) (dir string, exit int, err error) {
	out, exit, err := o.command("run", "-c", config, "--json")
	if err != nil {
		return "", exit, err
	}
	var manifest struct{ Run string }
	if err := json.Unmarshal(out, &manifest); err != nil {
		return "", exit, fmt.Errorf("run --json: %w", err)
	}
	if manifest.Run == "" {
		return "", exit, errors.New("run --json: no run id")
	}
	return filepath.Join(o.work, "runs", manifest.Run), exit, nil
}

// judges tells whether the binary takes a file of judgements in.
func (o *options) judges() bool {
	help, err := exec.Command(o.binary, "judge", "--help").Output()
	return err == nil && bytes.Contains(help, []byte("--file"))
}
