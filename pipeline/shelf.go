package pipeline

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/table"
	"locatematch/sources"
)

// Names of what the shelf is kept in. The layouts say what the values of a sighting are, whatever becomes of the config.
const (
	sightingsFile = "sightings.parquet"
	layoutsFile   = "layouts.json"
)

// sightingShelf is what is kept of the rows of earlier nights, as the supplier wrote them, so that they can be matched again in full: with
// every candidate, under any spec and model, against people who were not on the caseload then.
type sightingShelf struct{ files []*shelvedFile }

// shelvedFile is what is kept of one file.
type shelvedFile struct {
	extract, source, name, sha256 string
	received                      int32 // ccyymmdd
	layout                        *sources.Layout
	rows                          []keptRow // by line
	fresh                         bool      // read tonight
	echo                          bool      // of sections that give back what we sent
}

// keptRow is one row: its values by column of the layout, packed.
type keptRow struct {
	line   int64
	values string
}

// sightingRow is a row of sightings.parquet. It holds whole numbers, as the extract did: the file is as secret as an extract, has
// mode 0600, and is the only one of the state that does (I11).
type sightingRow struct {
	Source   string    `parquet:"source,dict"`
	Extract  string    `parquet:"extract,dict"`
	File     string    `parquet:"file,dict"`
	SHA256   string    `parquet:"sha256,dict"` // of the file
	Layout   string    `parquet:"layout,dict"` // digest; layouts.json has it
	Received leads.Day `parquet:"received,date"`
	Line     int64     `parquet:"line"`
	Values   string    `parquet:"values"`
	Echo     bool      `parquet:"echo"` // of a section that gives back what we sent: that is not compared
}

var personalSighting = table.Options{Personal: []string{"values"}}

// len is the number of rows.
func (s *sightingShelf) len() (n int64) {
	for _, f := range s.files {
		n += int64(len(f.rows))
	}
	return n
}

// holds tells of a record whether it is on the shelf, by file and line.
func (s *sightingShelf) holds() func(file uint64, line int64) bool {
	files := map[uint64][]*shelvedFile{}
	for _, f := range s.files {
		mark := leads.FileMark(f.sha256)
		files[mark] = append(files[mark], f)
	}
	return func(file uint64, line int64) bool {
		return slices.ContainsFunc(files[file], func(f *shelvedFile) bool {
			_, found := slices.BinarySearchFunc(f.rows, line, func(r keptRow, line int64) int { return cmp.Compare(r.line, line) })
			return found
		})
	}
}

// take removes the files for which a condition holds, and gives how many rows went with them.
func (s *sightingShelf) take(gone func(*shelvedFile) bool) (rows int64) {
	before := s.len()
	s.files = slices.DeleteFunc(s.files, gone)
	return before - s.len()
}

// expire removes what is older than its source's retention.
func (s *sightingShelf) expire(p *Plan) (rows int64) {
	return s.take(func(f *shelvedFile) bool {
		return p.expired(f.source, f.received)
	})
}

// compareEcho puts what an echo gave back behind what a supplier said itself.
func (f *shelvedFile) compareEcho(other *shelvedFile) int {
	switch {
	case f.echo == other.echo:
		return 0
	case f.echo:
		return 1
	}
	return -1
}

// sort brings the shelf into its stated order: source, extract, file and its digest, then line.
func (s *sightingShelf) sort() {
	slices.SortFunc(s.files, func(a, b *shelvedFile) int {
		return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(a.extract, b.extract), cmp.Compare(a.name, b.name),
			cmp.Compare(a.sha256, b.sha256), cmp.Compare(a.received, b.received), a.compareEcho(b))
	})
	for _, f := range s.files {
		slices.SortFunc(f.rows, func(a, b keptRow) int { return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.values, b.values)) })
	}
}

// write writes sightings.parquet and layouts.json.
func (s *sightingShelf) write(sightings, layouts string) error {
	s.sort()
	used := map[string]*sources.Layout{}
	for _, f := range s.files {
		used[f.layout.Digest] = f.layout
	}
	if err := writeLayouts(layouts, used); err != nil {
		return err
	}
	_, err := table.WriteSeq(sightings, s.each, personalSighting)
	return errors.Join(err, os.Chmod(sightings, 0o600))
}

func (s *sightingShelf) each(yield func(sightingRow) bool) {
	for _, f := range s.files {
		for _, r := range f.rows {
			if !yield(sightingRow{Source: f.source, Extract: f.extract, File: f.name, SHA256: f.sha256, Layout: f.layout.Digest,
				Received: leads.DayOf(f.received), Line: r.line, Values: r.values, Echo: f.echo}) {
				return
			}
		}
	}
}

func writeLayouts(path string, used map[string]*sources.Layout) error {
	list := make([]*sources.Layout, 0, len(used))
	for _, l := range used {
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b *sources.Layout) int { return cmp.Compare(a.Digest, b.Digest) })
	b, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(b, '\n'), 0o640)
}

// loadShelf reads what a run has left; nothing where that run kept none.
func loadShelf(sightings, layouts string) (*sightingShelf, error) {
	if _, err := os.Stat(sightings); errors.Is(err, os.ErrNotExist) {
		return &sightingShelf{}, nil
	}
	known, err := loadLayouts(layouts)
	if err != nil {
		return nil, err
	}
	l := &shelfLoader{layouts: known, from: layouts}
	err = table.EachCells[sightingRow](sightings, l.row)
	return &l.shelf, err
}

// shelfLoader puts a shelf together row by row.
type shelfLoader struct {
	shelf   sightingShelf
	layouts map[string]*sources.Layout
	from    string // where the layouts stand
	rows    int
}

// row takes up a row of sightings.parquet. Rows come file by file, so what they say of their file is nearly always what the row before said.
func (l *shelfLoader) row(c table.Cells) error {
	l.rows++
	if l.rows == 1 || !l.sameFile(c) {
		if err := l.begin(c); err != nil {
			return fmt.Errorf("row %d: %w", l.rows, err)
		}
	}
	f := l.shelf.files[len(l.shelf.files)-1]
	values := string(c.Text(7))
	if err := checkPacked(values, len(f.layout.Columns())); err != nil {
		return fmt.Errorf("row %d: %w", l.rows, err)
	}
	f.rows = append(f.rows, keptRow{line: c.Int(6), values: values})
	return nil
}

func (l *shelfLoader) sameFile(c table.Cells) bool {
	f := l.shelf.files[len(l.shelf.files)-1]
	return string(c.Text(0)) == f.source && string(c.Text(1)) == f.extract && string(c.Text(2)) == f.name && string(c.Text(3)) == f.sha256 &&
		string(c.Text(4)) == f.layout.Digest && leads.Day(c.Int(5)).Integer() == f.received && c.Is(8) == f.echo
}

func (l *shelfLoader) begin(c table.Cells) error {
	f := &shelvedFile{source: string(c.Text(0)), extract: string(c.Text(1)), name: string(c.Text(2)), sha256: string(c.Text(3)),
		received: leads.Day(c.Int(5)).Integer(), echo: c.Is(8)}
	if f.layout = l.layouts[string(c.Text(4))]; f.layout == nil {
		return fmt.Errorf("its layout is not in %s", l.from)
	}
	l.shelf.files = append(l.shelf.files, f)
	return nil
}

func loadLayouts(path string) (map[string]*sources.Layout, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var documents []json.RawMessage
	if err := json.Unmarshal(b, &documents); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	known := map[string]*sources.Layout{}
	for i, document := range documents {
		l, err := sources.Parse(document, path)
		if err != nil {
			return nil, fmt.Errorf("%s: layout %d: %w", path, i+1, err)
		}
		known[l.Digest] = l
	}
	return known, nil
}
