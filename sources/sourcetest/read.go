package sourcetest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"locatematch/sources"
	"locatematch/sources/person"
)

// Outcome is all that is known of a file after reading it.
type Outcome struct {
	Rows     [][]string // values in the order of Columns
	Lines    []int64
	Sections []int // of each row
	Rejects  []sources.Reject
	Invalid  []sources.Invalid
	Chunks   int
	Report   *sources.FileReport // nil when Err is set
	Err      error
}

// Read reads a whole file on this goroutine. It fails the test when a row lies
// outside its chunk's lines, or Split errs; an error of Cut is in the outcome.
func Read(tb testing.TB, path string, l *sources.Layout, opt sources.CutOptions) *Outcome {
	tb.Helper()
	out := new(Outcome)
	s := l.NewSplitter()
	var rows person.Rows
	out.Report, out.Err = sources.Cut(context.Background(), path, l, opt, func(c *sources.Chunk) error {
		defer c.Release()
		rejects, err := s.Split(c, &rows)
		if err != nil {
			return err
		}
		out.Chunks++
		out.add(c.Section, &rows, rejects)
		out.Invalid = append(out.Invalid, s.Invalid()...)
		return nil
	})
	return out
}

// ReadBytes reads data as a file of the given name in a directory of the test.
func ReadBytes(tb testing.TB, name string, data []byte, l *sources.Layout, opt sources.CutOptions) *Outcome {
	tb.Helper()
	return Read(tb, WriteFile(tb, name, data), l, opt)
}

// WriteFile writes a file into a fresh directory of the test.
func WriteFile(tb testing.TB, name string, data []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// add copies what one chunk became.
func (o *Outcome) add(section int, rows *person.Rows, rejects []sources.Reject) {
	for r := range rows.Len() {
		row := make([]string, rows.Width)
		for c := range row {
			row[c] = string(rows.Value(r, c))
		}
		o.Rows = append(o.Rows, row)
		o.Lines = append(o.Lines, rows.Lines[r])
		o.Sections = append(o.Sections, section)
	}
	o.Rejects = append(o.Rejects, rejects...)
}

// messages are all texts of the outcome that may reach a log.
func (o *Outcome) messages() []string {
	var all []string
	for _, r := range o.Rejects {
		all = append(all, r.Reason+" "+r.Detail)
	}
	if o.Report != nil {
		for _, s := range o.Report.Sections {
			all = append(all, s.Fault)
		}
	}
	var fault *sources.FileError
	if errors.As(o.Err, &fault) {
		all = append(all, fault.Err.Error()) // without the path: directories of tests are numbered
	}
	return all
}

// books checks I1 on an outcome without an error.
func (o *Outcome) books() error {
	if o.Err != nil {
		return nil
	}
	if n := int64(len(o.Rows) + len(o.Rejects)); n != o.Report.Records {
		return fmt.Errorf("I1: %d rows + %d rejects, and %d records were read", len(o.Rows), len(o.Rejects), o.Report.Records)
	}
	var inSections int64
	for i, s := range o.Report.Sections {
		inSections += s.Rows
		if s.Index != i {
			return fmt.Errorf("section %d has index %d", i, s.Index)
		}
	}
	if inSections != o.Report.Records {
		return fmt.Errorf("I1: sections have %d records, the file %d", inSections, o.Report.Records)
	}
	return nil
}
