package sources_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/parquet-go/parquet-go"

	"locatematch/sources"
	"locatematch/sources/person"
	"locatematch/sources/sourcetest"
)

// The two families of benchmarks in this file stand beside each other: BenchmarkDecode is a file read to rows as a night reads it,
// with its digest, the check of every byte, the marks, the blanks cut off and what its encoding takes. BenchmarkFloor is the least
// that any reader of the same bytes does: find the records and the places of their fields, and nothing else. Of Parquet it is
// the library's own values, column by column. What decoding may cost is a multiple of it.

// decodeCases are layouts by family: one with wide sparse records and one with dense ones, where the family has both.
func decodeCases(b *testing.B) []*decodeCase {
	b.Helper()
	text, err := os.ReadFile("layouts/ndnh-w4.yaml")
	if err != nil {
		b.Fatal(err)
	}
	text = bytes.Replace(text, []byte("length: 801"), []byte("length: 801\nline_ends: none"), 1)
	wide, err := sources.Parse(text, "ndnh-w4.yaml")
	if err != nil {
		b.Fatal(err)
	}
	dense, err := os.ReadFile("testdata/stride.yaml")
	if err != nil {
		b.Fatal(err)
	}
	return []*decodeCase{
		{"fixed/ndnh-w4", benchLayout(b, "ndnh-w4"), floorFixed},
		{"fixed/scra-result", benchLayout(b, "scra-result"), floorFixed},
		{"csv/plain", benchLayout(b, "extract-csv"), floorCSV},
		{"csv/quoted", benchLayout(b, "quoted-csv"), floorCSV},
		{"parquet/typed", benchLayout(b, "extract-parquet"), floorParquet},
		{"ebcdic/ndnh-w4", twin(b, wide, text, "ebcdic-037"), floorFixed},
		{"ebcdic/dense", twin(b, benchLayout(b, "stride"), dense, "ebcdic-1047"), floorFixed},
		{"ebcdic/numbers", benchLayout(b, "ebcdic-sections"), floorFixed},
	}
}

type decodeCase struct {
	name   string
	layout *sources.Layout
	floor  floor
}

// floor cuts and splits a file. last are the fields of the last buffer, row by row; there are none of Parquet.
type floor func(path string, l *sources.Layout, spans []person.Span) (records int, last []person.Span, err error)

// BenchmarkDecode reads a file of each family to rows.
func BenchmarkDecode(b *testing.B) {
	for _, c := range decodeCases(b) {
		b.Run(c.name, func(b *testing.B) { benchmark(b, c.layout, true) })
	}
}

// BenchmarkFloor cuts and splits the same bytes, and does nothing else.
func BenchmarkFloor(b *testing.B) {
	for _, c := range decodeCases(b) {
		b.Run(c.name, func(b *testing.B) {
			path, size := benchFile(b, c.layout)
			spans := make([]person.Span, 0, floorBuffer)
			b.SetBytes(size)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				records, _, err := c.floor(path, c.layout, spans)
				if err != nil {
					b.Fatal(err)
				}
				if records < benchRows { // headers, section records and trailers are records to the floor
					b.Fatalf("%d records", records)
				}
			}
			b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// floorBuffer is the size of a chunk of the cutter's own.
const floorBuffer = 256 << 10

// eachBuffer reads a file in buffers and gives each to do, which says how many bytes it has used.
func eachBuffer(path string, do func(data []byte, last bool) (used int)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	buf := make([]byte, 0, floorBuffer)
	for {
		n, err := io.ReadFull(f, buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return err
		}
		used := do(buf, last)
		if last {
			return nil
		}
		buf = buf[:copy(buf, buf[used:])]
	}
}

// floorFixed finds records by their length, or their line ends, and gives every field its place.
func floorFixed(path string, l *sources.Layout, spans []person.Span) (records int, last []person.Span, err error) {
	fields, lines := l.Records.Data.Fields, l.LineEnds != "none"
	err = eachBuffer(path, func(data []byte, _ bool) int {
		at := 0
		spans = spans[:0]
		for {
			length := l.Length
			if lines {
				if length = bytes.IndexByte(data[at:], '\n'); length < 0 {
					return at
				}
			} else if at+length > len(data) {
				return at
			}
			for _, f := range fields {
				spans = append(spans, person.Span{Start: uint32(at + f.At - 1), End: uint32(at + f.At - 1 + f.Width)})
			}
			records++
			at += length
			if lines {
				at++
			}
		}
	})
	return records, spans, err
}

// floorCSV finds records by their line ends and fields by their delimiters, outside quotes.
func floorCSV(path string, l *sources.Layout, spans []person.Span) (records int, last []person.Span, err error) {
	delimiter := l.Delimiter[0]
	err = eachBuffer(path, func(data []byte, _ bool) int {
		used, from, quoted := 0, 0, false
		spans = spans[:0]
		for i, c := range data {
			switch {
			case c == '"':
				quoted = !quoted
			case quoted:
			case c == delimiter, c == '\n':
				spans = append(spans, person.Span{Start: uint32(from), End: uint32(i)})
				if from = i + 1; c == '\n' {
					used, records = from, records+1
				}
			}
		}
		return used
	})
	return records, spans, err
}

// floorParquet reads the pages of every column of the layout into the library's own values.
func floorParquet(path string, l *sources.Layout, _ []person.Span) (records int, last []person.Span, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, nil, err
	}
	file, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(64<<10))
	if err != nil {
		return 0, nil, err
	}
	buf := make([]parquet.Value, 256)
	for _, group := range file.RowGroups() {
		records += int(group.NumRows())
		for _, field := range l.Records.Data.Fields {
			leaf, there := file.Schema().Lookup(field.Name)
			if !there {
				return 0, nil, fmt.Errorf("no column %s", field.Name)
			}
			if err := floorColumn(group.ColumnChunks()[leaf.ColumnIndex].Pages(), buf); err != nil {
				return 0, nil, err
			}
		}
	}
	return records, nil, nil
}

func floorColumn(pages parquet.Pages, buf []parquet.Value) error {
	defer pages.Close()
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for values := page.Values(); ; {
			n, err := values.ReadValues(buf)
			if errors.Is(err, io.EOF) || err == nil && n == 0 {
				break
			}
			if err != nil {
				return err
			}
		}
		parquet.Release(page)
	}
}

// TestFloorFindsEveryField: a floor that did less than the whole of cutting and splitting would be none: it finds as many records as
// the reader and, where fields lie in the bytes, the reader's own values, blanks and quotes aside.
func TestFloorFindsEveryField(t *testing.T) {
	for name, c := range map[string]struct {
		floor  floor
		before int // records of column names
	}{
		"testdata/extract-csv.yaml": {floorCSV, 1}, "testdata/quoted-csv.yaml": {floorCSV, 1}, "scra-result": {floorFixed, 0},
		"testdata/stride.yaml": {floorFixed, 0}, "testdata/extract-parquet.yaml": {floorParquet, 0},
	} {
		l, err := sources.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		path, data := t.TempDir()+"/sample", sourcetest.Sample(t, l, 50)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		records, spans, err := c.floor(path, l, nil)
		if err != nil || records != 50+c.before {
			t.Errorf("%s: %d records, %v", name, records, err)
		}
		if spans == nil {
			continue
		}
		width, s := len(l.Columns()), l.NewSplitter()
		_, err = sources.Cut(context.Background(), path, l, sources.CutOptions{}, func(chunk *sources.Chunk) error {
			defer chunk.Release()
			var rows person.Rows
			_, err := s.Split(chunk, &rows)
			for row := range rows.Len() {
				for column := range width {
					x := spans[(row+c.before)*width+column]
					if got := bytes.Trim(data[x.Start:x.End], "\" "); !bytes.Equal(got, rows.Value(row, column)) {
						t.Errorf("%s: row %d, %s: %q of %q", name, row, l.Columns()[column].Name, got, rows.Value(row, column))
					}
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}
