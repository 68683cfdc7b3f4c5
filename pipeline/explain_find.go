package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"locatematch/sources"
	"locatematch/sources/person"
)

// recordRef says where a record stands: the extract's name, the name of its file where it has several, and the line.
type recordRef struct {
	extract, file string
	line          int64
}

// parseRecordRef reads EXTRACT:LINE or EXTRACT/FILE:LINE.
func parseRecordRef(s string) (recordRef, error) {
	place, number, ok := cutLast(s, ":")
	line, err := strconv.ParseInt(number, 10, 64)
	if !ok || err != nil || line < 1 || place == "" {
		return recordRef{}, fmt.Errorf("%w: record %q: write EXTRACT:LINE, as in w4:1042, or EXTRACT/FILE:LINE", ErrConfig, s)
	}
	extract, file, _ := strings.Cut(place, "/")
	return recordRef{extract: extract, file: file, line: line}, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// file finds the extract and the file of a record.
func (p *Plan) file(r recordRef) (*Feed, string, error) {
	var names []string
	for i := range p.Extracts {
		feed := &p.Extracts[i]
		if feed.Name == r.extract {
			path, err := feed.file(r)
			return feed, path, err
		}
		names = append(names, feed.Name)
	}
	return nil, "", fmt.Errorf("%w: no extract %q in %s; it has %s", ErrNotFound, r.extract, p.ConfigPath, strings.Join(names, ", "))
}

func (f *Feed) file(r recordRef) (string, error) {
	var found []string
	names := f.Names
	for i, path := range f.Paths {
		if r.file == "" || r.file == names[i] {
			found = append(found, path)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(names) == 0:
		return "", fmt.Errorf("%w: extract %s: no file matches %s; put the file back to have its records explained", ErrNotFound, f.Name, strings.Join(f.Files, ", "))
	case len(found) == 0:
		return "", fmt.Errorf("%w: extract %s has no file %q, but %s; put the file back to have its records explained", ErrNotFound, f.Name, r.file, strings.Join(names, ", "))
	}
	return "", fmt.Errorf("%w: extract %s has several files (%s); write %s/FILE:%d", ErrNotFound, f.Name, strings.Join(names, ", "), f.Name, r.line)
}

// fileName is what a file of the feed is called in every output.
func (f *Feed) fileName(path string) string { return f.Names[slices.Index(f.Paths, path)] }

// foundRecord is one record, as it was split. The rows point into the chunk, which is kept until the end.
type foundRecord struct {
	rowsWithLine
	path    string
	row     int
	section int
}

// errStop ends the reading of a file: what was looked for is found, or passed.
var errStop = errors.New("stop")

// findRecord streams a file up to a line, with the run's own cutter and splitter, and stops there. The sections' verdicts
// are not waited for: a record of a refused section can be explained too.
func findRecord(ctx context.Context, x *extractPlan, path string, line int64) (*foundRecord, error) {
	s := search{line: line, splitter: x.feed.Layout.NewSplitter(), path: path}
	_, err := sources.Cut(ctx, path, x.feed.Layout, sources.CutOptions{Keys: x.feed.Keys}, s.chunk)
	if err != nil && !errors.Is(err, errStop) {
		return nil, err
	}
	if s.found == nil && s.fault == nil {
		s.fault = s.nothing()
	}
	if s.fault != nil {
		return nil, fmt.Errorf("%w: %s:%d: %w", ErrNotFound, x.feed.Name, line, s.fault)
	}
	return s.found, nil
}

// search looks through chunks in order for the record that starts at a line.
type search struct {
	line     int64
	path     string
	splitter *sources.Splitter
	before   int64 // start of the last record that starts before the line
	found    *foundRecord
	fault    error
}

func (s *search) chunk(c *sources.Chunk) error {
	if c.FirstLine > s.line {
		c.Release()
		return errStop
	}
	rows := &person.Rows{}
	rejects, err := s.splitter.Split(c, rows)
	if err != nil {
		c.Release()
		return err
	}
	at, there := slices.BinarySearch(rows.Lines, s.line)
	if there {
		s.found = &foundRecord{rowsWithLine: rowsWithLine{rows}, path: s.path, row: at, section: c.Section}
		return errStop // the chunk is not released: the record lies in it
	}
	defer c.Release()
	for _, r := range rejects {
		if r.Line == s.line {
			s.fault = fmt.Errorf("the row was rejected (%s) and never compared; rejects.parquet of its run lists it", strings.TrimSpace(r.Reason+" "+r.Detail))
			return errStop
		}
	}
	if at > 0 {
		s.before = rows.Lines[at-1]
	}
	return nil
}

func (s *search) nothing() error {
	if s.before == 0 {
		return errors.New("no record starts there, and none before it")
	}
	return fmt.Errorf("no record starts there; the last one before it starts at line %d", s.before)
}
