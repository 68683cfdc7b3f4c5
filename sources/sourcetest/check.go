package sourcetest

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"

	"locatematch/sources"
)

// chunkSizes are far below one record, around it, and above whole samples.
var chunkSizes = []int{64, 100, 257, 1000, 4096, 1 << 16, 1 << 20}

// Check holds the reader to its contract for one layout, by one well-formed
// file in it; the file may hold rejects, and should hold some rows.
func Check(t *testing.T, l *sources.Layout, sample []byte) {
	t.Helper()
	leaks := goleak.IgnoreCurrent()
	c := &checker{layout: l, sample: sample}
	c.want = c.read(t, sample)
	if c.want.Err != nil {
		t.Fatalf("the sample cannot be read: %v", c.want.Err)
	}
	t.Run("books", c.books)
	t.Run("chunk sizes", c.chunkSizes)
	t.Run("workers", c.workers)
	t.Run("round trip", c.roundTrip)
	t.Run("empty", c.empty)
	t.Run("cancel", c.cancel)
	t.Run("damage", c.damage)
	if l.Format != sources.Parquet {
		t.Run("compressed", c.compressed)
		t.Run("byte order mark", c.byteOrderMark)
		t.Run("truncated compression", c.truncated)
	}
	if l.Format == sources.CSV || l.Format == sources.Fixed && l.LineEnds != "none" {
		t.Run("line ends", c.lineEnds)
	}
	goleak.VerifyNone(t, leaks)
}

type checker struct {
	layout *sources.Layout
	sample []byte
	want   *Outcome
}

func (c *checker) read(tb testing.TB, data []byte) *Outcome {
	tb.Helper()
	return ReadBytes(tb, "sample.txt", data, c.layout, sources.CutOptions{})
}

// same fails the test when two outcomes differ in rows, lines, rejects or
// sections.
func (c *checker) same(t *testing.T, what string, got *Outcome) {
	t.Helper()
	if got.Err != nil {
		t.Errorf("%s: %v", what, got.Err)
		return
	}
	if err := got.books(); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	for _, part := range []struct {
		name      string
		got, want any
	}{
		{"rows", got.Rows, c.want.Rows}, {"lines", got.Lines, c.want.Lines},
		{"sections of rows", got.Sections, c.want.Sections}, {"rejects", got.Rejects, c.want.Rejects}, {"invalid values", got.Invalid, c.want.Invalid},
		{"sections", got.Report.Sections, c.want.Report.Sections},
	} {
		if !reflect.DeepEqual(part.got, part.want) {
			t.Errorf("%s: other %s", what, part.name)
		}
	}
}

// books: I1, and the digest is that of the bytes.
func (c *checker) books(t *testing.T) {
	if err := c.want.books(); err != nil {
		t.Error(err)
	}
	c.digest(t, c.want, c.sample)
	for _, s := range c.want.Report.Sections {
		if s.Fault != "" {
			t.Errorf("a well-formed sample has a faulty section: %s", s.Fault)
		}
	}
	if c.layout.Records.Trailer != nil && c.want.Report.Sections[0].Want < 0 {
		t.Error("the trailer's count was not read")
	}
}

func (c *checker) digest(t *testing.T, o *Outcome, disk []byte) {
	t.Helper()
	if o.Err != nil {
		return
	}
	sum := sha256.Sum256(disk)
	if o.Report.SHA256 != hex.EncodeToString(sum[:]) || o.Report.Bytes != int64(len(disk)) {
		t.Errorf("digest or size is not that of the %d bytes on disk", len(disk))
	}
}

// chunkSizes: the size of the chunks changes nothing but the chunks.
func (c *checker) chunkSizes(t *testing.T) {
	path := WriteFile(t, "sample.txt", c.sample)
	for _, n := range chunkSizes {
		got := Read(t, path, c.layout, sources.CutOptions{ChunkBytes: n, Pool: new(sources.Pool)})
		c.same(t, "chunks of "+itoa(n), got)
		c.digest(t, got, c.sample)
	}
}

// compressed: gzip in one and two members, zstd.
func (c *checker) compressed(t *testing.T) {
	half := len(c.sample) / 2
	for name, disk := range map[string][]byte{
		"one.gz":  zipped(c.sample),
		"two.gz":  append(zipped(c.sample[:half]), zipped(c.sample[half:])...),
		"one.zst": squeezed(t, c.sample),
	} {
		got := ReadBytes(t, name, disk, c.layout, sources.CutOptions{ChunkBytes: 1000})
		c.same(t, name, got)
		c.digest(t, got, disk)
	}
}

func zipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(data)
	w.Close()
	return b.Bytes()
}

func squeezed(t *testing.T, data []byte) []byte {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(data, nil)
}

func (c *checker) byteOrderMark(t *testing.T) {
	if strings.HasPrefix(c.layout.Encoding, "ebcdic") {
		t.Skip("the mark's bytes are letters in EBCDIC")
	}
	c.same(t, "byte order mark", c.read(t, append([]byte("\xEF\xBB\xBF"), c.sample...)))
}

// lineEnds: CRLF, a missing last line end, empty lines at the end. A quoted
// line end takes part, so values are compared with their line ends alike.
func (c *checker) lineEnds(t *testing.T) {
	crlf := c.read(t, bytes.ReplaceAll(c.sample, []byte("\n"), []byte("\r\n")))
	for _, row := range crlf.Rows {
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
		}
	}
	c.same(t, "CRLF", crlf)
	c.same(t, "no last line end", c.read(t, bytes.TrimRight(c.sample, "\n")))
	blank := append(bytes.Clone(c.sample), bytes.Repeat([]byte("\n\r\n"), 100)...)
	for _, n := range []int{64, 1 << 20} {
		c.same(t, "empty lines at the end", ReadBytes(t, "blank.txt", blank, c.layout, sources.CutOptions{ChunkBytes: n}))
	}
}

// empty: an error where something must be there, else no rows.
func (c *checker) empty(t *testing.T) {
	o := c.read(t, nil)
	l := c.layout
	must := l.Format == sources.Parquet || l.Format == sources.CSV && l.Names != "none" ||
		l.Records.Header != nil || l.Records.Section != nil || l.Records.Trailer != nil
	if must {
		var fault *sources.FileError
		if !errors.As(o.Err, &fault) || !errors.Is(o.Err, sources.ErrEmpty) {
			t.Errorf("an empty file: %v", o.Err)
		}
		return
	}
	if o.Err != nil || o.Report.Records != 0 {
		t.Errorf("an empty file: error %v", o.Err)
	}
}

// roundTrip: rows that were read, written again, are read as they were.
func (c *checker) roundTrip(t *testing.T) {
	var b bytes.Buffer
	if err := c.encode(&b); err != nil {
		t.Fatal(err)
	}
	got := c.read(t, b.Bytes())
	if got.Err != nil {
		t.Fatal(got.Err)
	}
	own := len(c.layout.Records.Data.Fields)
	if len(got.Rows) != len(c.want.Rows) {
		t.Fatalf("%d rows written, %d read", len(c.want.Rows), len(got.Rows))
	}
	for i := range got.Rows {
		if !reflect.DeepEqual(got.Rows[i][:own], c.want.Rows[i][:own]) {
			t.Fatalf("row %d is not what was written", i+1)
		}
	}
}

// encode writes the sample's rows as one file of one section.
func (c *checker) encode(b *bytes.Buffer) error {
	e, err := sources.NewEncoder(b, c.layout)
	if err != nil {
		return err
	}
	for _, word := range []string{"header", "section"} {
		if (word == "header" && c.layout.Records.Header != nil) || (word == "section" && c.layout.Records.Section != nil) {
			if err := e.Write(word, nil); err != nil {
				return err
			}
		}
	}
	for i, row := range c.want.Rows {
		if err := c.encodeRow(e, i, row[:len(c.layout.Records.Data.Fields)]); err != nil {
			return err
		}
	}
	if err := trailer(e, c.layout, len(c.want.Rows)); err != nil {
		return err
	}
	return e.Close()
}

// encodeRow writes every second row by name: both ways must agree.
func (c *checker) encodeRow(e *sources.Encoder, i int, row []string) error {
	if i%2 == 0 {
		return e.Row(row)
	}
	values := map[string]string{}
	for f, column := range c.layout.Columns()[:len(row)] {
		values[column.Key()] = row[f]
	}
	return e.Write("data", values)
}
