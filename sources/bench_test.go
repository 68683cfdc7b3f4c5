package sources_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"locatematch/sources"
	"locatematch/sources/person"
	"locatematch/sources/sourcetest"
)

// benchRows is enough for the fixed costs of a file to vanish.
const benchRows = 200_000

// benchFile writes a file of benchRows rows in the layout.
func benchFile(b *testing.B, l *sources.Layout) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "bench.txt")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if err := sourcetest.WriteSample(f, l, benchRows); err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	return path, info.Size()
}

// benchLayouts are the families: quote-free and quoted csv, fixed with and
// without sections, Parquet.
func benchLayouts() []string {
	return []string{"extract-csv", "quoted-csv", "scra-result", "ndnh-w4", "example-fidm", "example-ncoalink", "caseload", "extract-parquet"}
}

func benchLayout(b *testing.B, name string) *sources.Layout {
	b.Helper()
	path := name
	if _, err := os.Stat("testdata/" + name + ".yaml"); err == nil {
		path = "testdata/" + name + ".yaml"
	}
	l, err := sources.Load(path)
	if err != nil {
		b.Fatal(err)
	}
	return l
}

// BenchmarkCut is the floor: boundaries, sections and the digest.
func BenchmarkCut(b *testing.B) {
	for _, name := range benchLayouts() {
		b.Run(name, func(b *testing.B) { benchmark(b, benchLayout(b, name), false) })
	}
}

// BenchmarkCutSplit adds splitting, on the same goroutine.
func BenchmarkCutSplit(b *testing.B) {
	for _, name := range benchLayouts() {
		b.Run(name, func(b *testing.B) { benchmark(b, benchLayout(b, name), true) })
	}
}

func benchmark(b *testing.B, l *sources.Layout, split bool) {
	path, size := benchFile(b, l)
	pool := new(sources.Pool)
	s := l.NewSplitter()
	var rows person.Rows
	b.SetBytes(size)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		report, err := sources.Cut(context.Background(), path, l, sources.CutOptions{Pool: pool}, func(c *sources.Chunk) error {
			defer c.Release()
			if !split {
				return nil
			}
			rejects, err := s.Split(c, &rows)
			if len(rejects) > 0 {
				return fmt.Errorf("rejects %v", rejects[0])
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		if report.Records != benchRows {
			b.Fatalf("%d records", report.Records)
		}
	}
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkEBCDIC is what decoding costs: one record in ASCII, and the same
// record in EBCDIC, cut and split: text sparse and dense, and numbers.
func BenchmarkEBCDIC(b *testing.B) {
	text, err := os.ReadFile("layouts/ndnh-w4.yaml")
	if err != nil {
		b.Fatal(err)
	}
	stride := bytes.Replace(text, []byte("length: 801"), []byte("length: 801\nline_ends: none"), 1)
	ascii, err := sources.Parse(stride, "ndnh-w4.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for _, encoding := range []string{"ascii", "ebcdic-037"} {
		l := twin(b, ascii, stride, encoding)
		b.Run("ndnh-w4/"+encoding, func(b *testing.B) { benchmark(b, l, true) })
	}
	dense, err := os.ReadFile("testdata/stride.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for _, encoding := range []string{"ascii", "ebcdic-1047"} {
		l := twin(b, benchLayout(b, "stride"), dense, encoding)
		b.Run("stride/"+encoding, func(b *testing.B) { benchmark(b, l, true) })
	}
	numbers, err := os.ReadFile("testdata/ebcdic-sections.yaml")
	if err != nil {
		b.Fatal(err)
	}
	text = regexp.MustCompile(`, (number|digits|decimals): \w+`).ReplaceAll(numbers, nil)
	text = bytes.Replace(text, []byte("encoding: ebcdic-037"), []byte("encoding: ascii\nline_ends: none"), 1)
	text = regexp.MustCompile(`, form: (cents|dollars)|  trailer:\n(.*\n)*`).ReplaceAll(text, nil) // no count fits four digits
	flat, err := sources.Parse(text, "ascii-sections.yaml")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("numbers/ascii", func(b *testing.B) { benchmark(b, flat, true) })
	b.Run("numbers/ebcdic-037", func(b *testing.B) { benchmark(b, benchLayout(b, "ebcdic-sections"), true) })
}

// BenchmarkSplit is splitting alone, chunk by chunk from memory.
func BenchmarkSplit(b *testing.B) {
	for _, name := range benchLayouts() {
		b.Run(name, func(b *testing.B) { benchmarkSplit(b, benchLayout(b, name)) })
	}
}

func benchmarkSplit(b *testing.B, l *sources.Layout) {
	path, _ := benchFile(b, l)
	var chunk *sources.Chunk
	_, err := sources.Cut(context.Background(), path, l, sources.CutOptions{}, func(c *sources.Chunk) error {
		if chunk == nil || len(c.Data) > len(chunk.Data) {
			chunk = c
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	s := l.NewSplitter()
	var rows person.Rows
	b.SetBytes(int64(len(chunk.Data)))
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		if _, err := s.Split(chunk, &rows); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(rows.Len())*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
