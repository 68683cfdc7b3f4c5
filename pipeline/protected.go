package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// protectedFile is the list of people protected between nights, a line each: state/protected.
const protectedFile = "protected"

// protection is one line of the list.
type protection struct {
	SubjectID string `json:"subject_id"`
	Reason    string `json:"reason"`
}

// protectedList is who is protected between nights. The zero list protects nobody.
type protectedList struct {
	digest string // of the file, "" where there is none
	people map[string]bool
}

// has reports whether a subject is on the list.
func (l *protectedList) has(subject string) bool { return l.people[subject] }

// loadProtected reads the list. A line that cannot be read is an error of every command that would show anything: to pass over
// it could show where somebody is (I10).
func (w Workspace) loadProtected() (*protectedList, error) {
	path := filepath.Join(w.State, protectedFile)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &protectedList{}, nil
	}
	if err != nil {
		return nil, err
	}
	l := &protectedList{digest: hexDigest(raw), people: map[string]bool{}}
	for i, line := range bytes.Split(bytes.TrimSpace(raw), []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var p protection
		if err := json.Unmarshal(line, &p); err != nil || p.SubjectID == "" {
			return nil, fmt.Errorf("%s:%d: not a protected person; nothing is shown until the line is mended", path, i+1)
		}
		l.people[p.SubjectID] = true
	}
	return l, nil
}

// protectListed marks the people of the list as protected, as if the caseload said so, and their cases as cases of family
// violence.
func (c *caseload) protectListed(l *protectedList) {
	for subject := range l.people {
		if _, known := c.numbers[subject]; !known {
			continue
		}
		c.protect(subject)
		for _, of := range c.knowledge.CasesOf(subject) {
			c.familyViolence(of.ID)
		}
	}
	c.protectedDigest = l.digest
}
