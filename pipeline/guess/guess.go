package guess

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"locatematch/sources"
	"locatematch/sources/person"
)

// rowsSeen is how many rows are looked at; rates of one in a hundred are seen well in so many.
const rowsSeen = 5_000

// Guess is a proposed layout.
type Guess struct {
	YAML   []byte          // with comments
	Layout *sources.Layout // the same, read
}

// Options are how a layout is guessed. The zero value works.
type Options struct {
	Progress func(bytesRead, bytesTotal int64)
}

// File guesses the layout of a file. The whole file is read once, for its encoding and its last record, and its first rows once more.
func File(ctx context.Context, path string, o Options) (*Guess, error) {
	s, err := sources.TakeSample(ctx, path, sources.SampleOptions{Progress: o.Progress})
	if err != nil {
		return nil, err
	}
	d, err := shape(path, s)
	if err != nil {
		return nil, err
	}
	d.name, d.title = nameOf(path), "a file that nobody has described yet"
	if len(d.fields) == 0 {
		return nil, fmt.Errorf("%s: no column could be made out in it; is it a list of rows?", path)
	}
	if err := d.look(ctx, path); err != nil {
		return nil, err
	}
	if err := d.count(ctx, path, s.Tail); err != nil {
		return nil, err
	}
	d.nameFields()
	d.guessSource()
	text := d.yaml()
	l, err := sources.Parse(text, "the guess")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &Guess{YAML: text, Layout: l}, nil
}

// shape makes the draft whose columns have numbers and no names.
func shape(path string, s *sources.Sample) (*draft, error) {
	if s.Foreign == "a Parquet file" {
		return parquetDraft(path)
	}
	if s.EBCDIC {
		return ebcdicDraft(path, s)
	}
	if err := refuse(s); err != nil {
		return nil, err
	}
	list, all := lines(s)
	split := bestSplitting(list)
	_, share, _, greatest := lengths(list)
	alike := share >= 0.95 && greatest > leastPeriod
	names := split.columns == 2 && split.delimiter == ',' && gaps(list) // LAST, FIRST between wide blanks
	var d *draft
	switch {
	case len(list) == 0:
		return nil, fmt.Errorf("%s: only blanks: nothing to guess from", path)
	case split.columns >= 2 && !names && !(alike && (split.share < surely || split.columns < 3)):
		d = csvDraft(s, list, all, split)
	case !alike && s.Lines > 1 && !gaps(list):
		d = csvDraft(s, list, all, splitting{delimiter: ',', quotes: quoting(list, ','), columns: 1, share: 1})
		d.formatWhy = "perhaps: no delimiter was found, and lines of different lengths without wide gaps are a list of one column"
	default:
		d = fixedDraft(s, list, all)
	}
	d.encoding, d.encodingWhy = encoding(s)
	return d, nil
}

// ebcdicDraft describes records of EBCDIC text: of one length, without line ends. They are looked at as ASCII of the same places.
func ebcdicDraft(path string, s *sources.Sample) (*draft, error) {
	t := *s
	t.Head, t.Tail = sources.ASCIIOf(sources.EBCDIC037, s.Head), sources.ASCIIOf(sources.EBCDIC037, s.Tail)
	t.Lines = 0
	d := fixedDraft(&t, nil, false)
	if !d.noLines {
		return nil, fmt.Errorf("%s: this is EBCDIC text, and no length of its records could be made out; ask the supplier for it", path)
	}
	d.encoding, d.encodingWhy = sources.EBCDIC037, "likely: EBCDIC, as mainframes write it; ebcdic-1047 has other brackets and signs, and the same letters and digits"
	d.todo = append(d.todo, "The file comes from a mainframe: ask for its copybook. Fields that seem to hold signs and blanks may be packed numbers (number: packed; sources/FORMAT.md).")
	return d, nil
}

// gaps tells whether lines have stretches of blanks, as fields of fixed width leave.
func gaps(list [][]byte) bool {
	n := 0
	for _, line := range list {
		if strings.Contains(string(line), "  ") {
			n++
		}
	}
	return n*4 >= len(list)
}

func parquetDraft(path string) (*draft, error) {
	names, err := sources.ParquetColumns(path)
	if err != nil {
		return nil, err
	}
	d := &draft{format: sources.Parquet, formatWhy: "sure: its first bytes say so"}
	seen := map[string]bool{}
	for i, name := range names {
		if !printable([]byte(name)) || name == "" || seen[fold(name)] {
			d.todo = append(d.todo, fmt.Sprintf("column %d has no name that can be written here", i+1))
			continue
		}
		seen[fold(name)] = true
		d.fields = append(d.fields, field{name: fmt.Sprintf("column_%d", i+1), column: name})
	}
	return d, nil
}

// nameOf makes a layout's name of a file's: its words, without dates and batch numbers.
func nameOf(path string) string {
	base, _, _ := strings.Cut(strings.ToLower(filepath.Base(path)), ".")
	words := strings.FieldsFunc(base, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	words = slices.DeleteFunc(words, func(w string) bool { return digitsIn([]byte(w)) > 2 })
	name := strings.Join(words, "-")
	if name == "" || strings.HasPrefix(name, "example") {
		return "my-layout"
	}
	return name
}

// errEnough ends the reading of rows.
var errEnough = errors.New("enough rows")

// look reads the first rows by the draft, and gathers the evidence of each column.
func (d *draft) look(ctx context.Context, path string) error {
	d.source, d.sourceWhy = "other", "-"
	for i := range d.fields {
		d.fields[i].evidence, d.fields[i].why, d.fields[i].role = newEvidence(), "-", sources.Echo
	}
	l, err := sources.Parse(d.yaml(), "the guess")
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	s := l.NewSplitter()
	var rows person.Rows
	_, err = sources.Cut(ctx, path, l, sources.CutOptions{}, func(c *sources.Chunk) error {
		defer c.Release()
		if _, err := s.Split(c, &rows); err != nil {
			return err
		}
		for r := range rows.Len() {
			if d.rows == rowsSeen {
				return errEnough
			}
			for i := range d.fields {
				d.fields[i].evidence.add(rows.Value(r, i))
			}
			d.rows++
		}
		return nil
	})
	d.whole = err == nil
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// count reads the whole file by the draft where it is too large for the trailer's number to be known yet: what the file's last record
// should count is what the last section has.
func (d *draft) count(ctx context.Context, path string, tail []byte) error {
	if d.trailer == nil || len(d.trailer.fields) > 0 || d.whole {
		return nil
	}
	l, err := sources.Parse(d.yaml(), "the guess")
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	report, err := sources.Cut(ctx, path, l, sources.CutOptions{Pool: new(sources.Pool)}, func(c *sources.Chunk) error {
		c.Release()
		return nil
	})
	if err != nil {
		return err
	}
	tail = bytes.TrimRight(tail, "\r\n\x1A")
	last := bytes.TrimRight(tail[bytes.LastIndexByte(tail, '\n')+1:], "\r")
	b := books{data: report.Sections[len(report.Sections)-1].Rows}
	b.records = b.data + 1
	if d.section != nil {
		b.records++
	}
	if d.format == sources.CSV {
		d.trailer.fields = countingValue(cells(last, d.delimiter[0], d.quote != "none"), b)
	} else {
		d.trailer.fields = countingDigits(last, len(d.trailer.mark), b)
	}
	return nil
}
