package judgement

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"locatematch/pipeline/leads/sheet"
)

// Encode gives judgements as a file of the store holds them: CSV, in the order of compare.
func Encode(list []Judgement) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(Columns()); err != nil {
		return nil, err
	}
	for _, j := range list {
		cells := []string{j.LeadID, j.CaseID, j.PersonIs, j.FactIs, j.Used, j.Officer, j.Reason, isoDate(j.Date)}
		for i := range cells {
			cells[i] = sheet.Neutral(cells[i])
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// File is one file of the store.
type File struct {
	Name       string
	Digest     string // SHA-256, hexadecimal
	Judgements []Judgement
}

// storeName is the name of a file of the store: its latest date and the first digits of its digest.
func storeName(list []Judgement, digest string) string {
	last := int32(0)
	for _, j := range list {
		last = max(last, j.Date)
	}
	return isoDate(last) + "-" + digest[:12] + ".csv"
}

var storeNames = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}\.csv$`)

// Add appends judgements to the store as one immutable file. The same judgements again are the same file, and already is true.
func Add(dir string, list []Judgement) (name string, already bool, err error) {
	data, err := Encode(list)
	if err != nil {
		return "", false, err
	}
	name = storeName(list, digestOf(data))
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", false, err
	}
	switch have, err := os.ReadFile(path); {
	case err == nil && bytes.Equal(have, data):
		return name, true, nil
	case err == nil:
		return "", false, fmt.Errorf("%s is there with other contents; the store's files are never changed", path)
	case !errors.Is(err, fs.ErrNotExist):
		return "", false, err
	}
	return name, false, place(path, data)
}

// place makes a file appear whole.
func place(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".taking-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Chmod(0o640), f.Close())
	if err == nil {
		err = os.Link(f.Name(), path) // unlike a rename it never replaces
	}
	return errors.Join(err, os.Remove(f.Name()))
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// ReadStore reads every file of the store, by name; a directory that is not there is an empty store. A file that was changed
// is an error: its name no longer fits its digest.
func ReadStore(dir string) (files []File, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	for _, e := range entries {
		if !storeNames.MatchString(e.Name()) {
			continue
		}
		f, err := readFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b File) int { return compareStrings(a.Name, b.Name) })
	return files, nil
}

func compareStrings(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func readFile(path string) (File, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return File{}, err
	}
	f := File{Name: filepath.Base(path), Digest: digestOf(data)}
	p, err := Parse(data, Defaults{})
	if err == nil && len(p.Rejects) > 0 {
		err = errors.New(p.Rejects[0].String())
	}
	if err == nil && storeName(p.Judgements, f.Digest) != f.Name {
		err = errors.New("was changed after it was taken in")
	}
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", path, err)
	}
	f.Judgements = p.Judgements
	return f, nil
}
