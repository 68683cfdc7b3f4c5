package pipeline

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// protectedFile is the list of people protected between nights, a line each: state/protected.
const protectedFile = "protected"

// protection is one line of the list.
type protection struct {
	SubjectID string   `json:"subject_id"`
	Reason    string   `json:"reason"`
	Cases     []string `json:"cases,omitempty"`
	Places    []string `json:"places,omitempty"` // hashes under the state's key, in hexadecimal: what the person's places are kept as
}

// protectedList is who is protected between nights. The zero list protects nobody.
type protectedList struct {
	digest string // of the file, "" where there is none
	people map[string]bool
	lines  []protection
}

// has reports whether a subject is on the list.
func (l *protectedList) has(subject string) bool { return l.people[subject] }

// loadProtected reads the list, and a trial's config's own one: a trial with a state of its own must show nobody who is protected.
// A line that cannot be read is an error of every command that would show anything: to pass over it could show where somebody is
// (I10).
func (w Workspace) loadProtected() (*protectedList, error) {
	l := &protectedList{people: map[string]bool{}}
	for i, state := range []string{w.State, w.protected} {
		if i > 0 && (state == "" || state == w.State) {
			continue
		}
		if err := l.read(filepath.Join(state, protectedFile)); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *protectedList) read(path string) error {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	l.digest += hexDigest(raw)
	for i, line := range bytes.Split(bytes.TrimSpace(raw), []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var p protection
		if err := json.Unmarshal(line, &p); err != nil || p.SubjectID == "" || !p.readable() {
			return fmt.Errorf("%s:%d: not a protected person; nothing is shown until the line is mended", path, i+1)
		}
		l.people[p.SubjectID] = true
		l.lines = append(l.lines, p)
	}
	return nil
}

func (p *protection) readable() bool {
	return !slices.ContainsFunc(p.Places, func(place string) bool {
		_, err := strconv.ParseUint(place, 16, 64)
		return err != nil
	})
}

// veil adds the list to what is hidden.
func (l *protectedList) veil(v *veil) {
	for _, p := range l.lines {
		v.people[p.SubjectID] = true
		for _, c := range p.Cases {
			v.violence[c] = true
		}
		for _, place := range p.Places {
			if h, err := strconv.ParseUint(place, 16, 64); err == nil {
				v.guard.AddHashes([]uint64{h})
			}
		}
	}
}

// hasLine reports that a person stands on the list with everything that is known of the person now.
func (l *protectedList) hasLine(want protection) bool {
	return slices.ContainsFunc(l.lines, func(p protection) bool {
		return p.SubjectID == want.SubjectID && slices.Equal(p.Cases, want.Cases) && slices.Equal(p.Places, want.Places)
	})
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
