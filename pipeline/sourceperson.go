package pipeline

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/sources/person"
)

// keyFile holds the key of the hashes by which runs know a source person again. It stays within the state, which is kept as the
// caseload is: without it a hash of a number is turned back by nobody (I11).
const keyFile = "source-person.key"

// sourceKey is the parent's key; of a trial without a parent it is that of the config's own state, whose hashes of protected people's
// places it has to know again. The first one is made from names, numbers and addresses of the whole caseload: whoever does not
// have the caseload cannot make it, and the same night makes the same (I8).
func (r *runner) sourceKey() ([]byte, error) {
	if r.parent != nil {
		key, err := r.plan.Workspace.keyOf(r.parent.Run)
		if key != nil || err != nil { // else the parent is of a version that had none
			return key, err
		}
	}
	if key, _, err := r.plan.Workspace.ownGuarded(); key != nil || err != nil {
		return key, err
	}
	h := sha256.New()
	var b []byte
	for i := range r.caseload.subjects {
		s := &r.caseload.subjects[i]
		b = b[:0]
		for _, v := range []string{s.ID, s.Name, s.Case} {
			b = append(append(b, v...), 0)
		}
		for i, a := range s.Addresses {
			if i > 0 {
				b = append(b, 0)
			}
			b = append(b, a...)
		}
		h.Write(append(b, '\n'))
	}
	return h.Sum(nil), nil
}

// keyOf reads the key that a run left, nil where it left none.
func (w Workspace) keyOf(run string) ([]byte, error) {
	path := filepath.Join(w.state(run), keyFile)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(raw)))
	if err != nil || len(key) != sha256.Size {
		return nil, fmt.Errorf("%s: not a key", path)
	}
	return key, nil
}

// sourcePersons gives a record the hash of whom it names: of its number where that is valid, else of name and birth date, else
// of the record's own id. Records of one person have one hash in every file and every night.
type sourcePersons struct {
	mac                      hash.Hash
	ssn, given, family, born int // spec fields, -1 where there is none
}

// newSourcePersons is nil without a key: only a run remembers.
func newSourcePersons(key []byte, spec *matchers.Spec) *sourcePersons {
	if key == nil {
		return nil
	}
	return &sourcePersons{mac: hmac.New(sha256.New, key), ssn: spec.Field(person.SSN), given: spec.Field(person.Given),
		family: spec.Field(person.Family), born: spec.Field(person.Born)}
}

func (p *sourcePersons) of(values []matchers.Value, source, recordID string) uint64 {
	if p == nil {
		return 0
	}
	p.mac.Reset()
	valid := func(f int) bool { return f >= 0 && values[f].Validity == text.Valid }
	switch {
	case valid(p.ssn):
		p.write("ssn", values, p.ssn)
	case valid(p.given) && valid(p.family) && valid(p.born):
		p.write("name", values, p.given, p.family, p.born)
	default:
		fmt.Fprintf(p.mac, "record\x00%s\x00%s", source, recordID)
	}
	return max(1, binary.BigEndian.Uint64(p.mac.Sum(nil))) // 0 is nobody
}

func (p *sourcePersons) write(what string, values []matchers.Value, fields ...int) {
	p.mac.Write([]byte(what))
	for _, f := range fields {
		fmt.Fprintf(p.mac, "\x00%s\x00%d", values[f].Std, values[f].Num)
	}
}
