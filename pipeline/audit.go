package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"time"
)

// auditFile is the trail of what was read and taken away, and by whom: state/audit.jsonl, a line each, only ever added to.
const auditFile = "audit.jsonl"

// AuditEntry is one line of the trail. It names leads by their ids, which say where nobody is.
type AuditEntry struct {
	At      time.Time `json:"at"` // the clock: outside of runs, nothing else depends on it
	Who     string    `json:"who"`
	Command string    `json:"command"`
	Format  string    `json:"format,omitempty"`
	Run     string    `json:"run,omitempty"`
	Office  string    `json:"office,omitempty"`
	Officer string    `json:"officer,omitempty"`
	Case    string    `json:"case,omitempty"`
	About   string    `json:"about,omitempty"` // a record traced, a subject protected
	Leads   []string  `json:"leads"`
	// Subjects are the people whom a file that was sent asks about.
	Subjects []string `json:"subjects,omitempty"`
}

// Audit adds an entry, with the user of the operating system and the time. What cannot be noted is not shown: its error is to
// end the command before it shows anything.
func (w Workspace) Audit(e AuditEntry) error {
	e.At, e.Who = time.Now().UTC().Truncate(time.Second), osUser()
	if e.Leads == nil {
		e.Leads = []string{}
	}
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return appendLine(filepath.Join(w.State, auditFile), line)
}

func osUser() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "not known"
}

// appendLine adds a line to a file in one write, and makes it durable.
func appendLine(path string, line []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// auditTrail reads the trail. A line that a crash cut short is passed over: the command that wrote it showed nothing.
func (w Workspace) auditTrail() (trail []AuditEntry, err error) {
	raw, err := os.ReadFile(filepath.Join(w.State, auditFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, line := range bytes.Split(raw, []byte("\n")) {
		var e AuditEntry
		if json.Unmarshal(line, &e) == nil && e.Command != "" {
			trail = append(trail, e)
		}
	}
	return trail, err
}
