package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// wordMark begins every planted word. No file of a synthetic night and no word of the product has it, so that a planted word
// found anywhere is a leak: nobody else lives, works or banks there.
const wordMark = "ZQUV"

// secrets are what must stand nowhere. Each is told by what it is, never by its value.
type secrets struct {
	words   map[string]string // planted words of one length: streets, employers, mailboxes
	numbers map[string]string // digits of telephone and account numbers of the protected, wherever they stand
	ssns    map[string]string // of anybody, nine digits
	theirs  map[string]string // of the protected alone: what a file that holds SSNs by its nature must not hold
	whole   map[string]string // account numbers of anybody, letters and digits, as whole words
}

func newSecrets() *secrets {
	return &secrets{words: map[string]string{}, numbers: map[string]string{}, ssns: map[string]string{}, theirs: map[string]string{}, whole: map[string]string{}}
}

// among gives the secrets of the named people alone, and the numbers of everybody.
func (s *secrets) among(who ...string) *secrets {
	of := newSecrets()
	of.ssns, of.whole = s.ssns, s.whole
	for from, into := range map[*map[string]string]map[string]string{&s.words: of.words, &s.numbers: of.numbers, &s.theirs: of.theirs} {
		for value, what := range *from {
			if slices.ContainsFunc(who, func(w string) bool { return strings.HasPrefix(what, w+":") }) {
				into[value] = what
			}
		}
	}
	return of
}

var (
	plantedWord = regexp.MustCompile(wordMark + `[A-Z]{6}`)
	digitRun    = regexp.MustCompile(`[0-9](?:[ ().-]{0,2}[0-9])+`)
	alnumRun    = regexp.MustCompile(`[0-9A-Z]{6,40}`)
	digest      = regexp.MustCompile(`[0-9A-F]{32,}`)
	fraction    = regexp.MustCompile(`\.[0-9]{5,}`)
)

// find lists the secrets that stand in a text, each once, sorted.
func (s *secrets) find(text []byte) (found []string) {
	text = bytes.ToUpper(text)
	hit := func(what string, known bool) {
		if known && !slices.Contains(found, what) {
			found = append(found, what)
		}
	}
	if bytes.Contains(text, []byte(wordMark)) {
		for _, word := range plantedWord.FindAll(text, -1) {
			what, known := s.words[string(word)]
			hit(what, known)
		}
	}
	// Hexadecimal digests and fractions of weights are full of digits that mean nothing: one in some millions would be an SSN.
	text = fraction.ReplaceAll(digest.ReplaceAll(text, []byte("#")), []byte("."))
	for _, run := range digitRun.FindAll(text, -1) {
		s.digits(run, hit)
	}
	for _, word := range alnumRun.FindAll(text, -1) {
		what, known := s.whole[string(word)]
		hit(what, known)
	}
	slices.Sort(found)
	return found
}

// digits looks for numbers in a run of digits, as it is written and without what stands between the digits. The protected's
// numbers are looked for in every run; an SSN in runs that a number of the product's own (a hash, a run of columns) is not.
func (s *secrets) digits(run []byte, hit func(string, bool)) {
	pure := bytes.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, run)
	for from := range pure {
		for _, length := range []int{10, 12} {
			if from+length <= len(pure) {
				what, known := s.numbers[string(pure[from:from+length])]
				hit(what, known)
			}
		}
	}
	for _, part := range regexp.MustCompile(`[0-9]{9,16}|[0-9]{3}[ -][0-9]{2}[ -][0-9]{4}`).FindAll(run, -1) {
		part = bytes.ReplaceAll(bytes.ReplaceAll(part, []byte("-"), nil), []byte(" "), nil)
		for from := 0; from+9 <= len(part); from++ {
			what, known := s.ssns[string(part[from:from+9])]
			hit(what, known)
		}
	}
}

// scanFile looks at a file as it lies there and as whoever opens it reads it: Parquet column by column and its footer, a
// workbook or another archive part by part, gzip inflated.
func (s *secrets) scanFile(t *testing.T, name string, content []byte) (found []string) {
	t.Helper()
	found = s.find(content)
	for _, inside := range opened(t, name, content) {
		for _, what := range s.find(inside) {
			if !slices.Contains(found, what) {
				found = append(found, what)
			}
		}
	}
	return found
}

func opened(t *testing.T, name string, content []byte) (inside [][]byte) {
	t.Helper()
	switch {
	case bytes.HasPrefix(content, []byte("PAR1")):
		f, err := parquet.OpenFile(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return append(columnValues(t, name, f), fmt.Appendf(nil, "%+v", f.Metadata()))
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, part := range z.File {
			r, err := part.Open()
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			text, err := io.ReadAll(r)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			inside = append(inside, text)
		}
	case bytes.HasPrefix(content, []byte{0x1f, 0x8b}):
		r, err := gzip.NewReader(bytes.NewReader(content))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		inside = append(inside, text)
	}
	return inside
}

// columnValues is every column of a Parquet file, a value a line.
func columnValues(t *testing.T, name string, f *parquet.File) (columns [][]byte) {
	t.Helper()
	columns = make([][]byte, len(f.Schema().Columns()))
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buffer := make([]parquet.Row, 64)
		for {
			n, err := rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				for _, v := range row {
					columns[v.Column()] = append(append(columns[v.Column()], v.String()...), '\n')
				}
			}
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return columns
}

// secretFiles hold whole SSNs by their nature, and none of anybody who is protected: the rows of extracts that the state keeps as they
// came, and the inquiries that are sent to suppliers.
var secretFiles = []string{"sightings.parquet", "inquiry.txt", "request.txt"}

// scanTree scans every file below a folder, apart from those that skip names. It gives the number of files.
func (s *secrets) scanTree(t *testing.T, root string, skip func(path string) bool) (files int) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if skip != nil && skip(path) {
			return fs.SkipDir
		}
		if what := s.find([]byte(d.Name())); len(what) > 0 {
			t.Errorf("the name of a file below %s tells %v", filepath.Base(root), what)
		}
		if d.IsDir() {
			return nil
		}
		files++
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		sought := s
		if slices.Contains(secretFiles, d.Name()) {
			sought = &secrets{words: s.words, numbers: s.numbers, ssns: s.theirs}
		}
		if what := sought.scanFile(t, path, content); len(what) > 0 {
			at, _ := filepath.Rel(filepath.Dir(root), path)
			t.Errorf("%s tells %v", at, what)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
