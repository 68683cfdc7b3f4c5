package sources_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

func writeFile(path string, data []byte) error { return os.WriteFile(path, data, 0o600) }

// fuzzRead reads data in chunks of two sizes and compares the outcomes; Read
// and the books do the rest. Nothing may panic.
func fuzzRead(t *testing.T, path string, l *sources.Layout, data []byte, size uint16) {
	t.Helper()
	a := readText(t, path, data, l, 1<<20)
	b := readText(t, path, data, l, 1+int(size)%300)
	if (a.Err == nil) != (b.Err == nil) {
		t.Fatalf("chunk sizes disagree: %v, %v", a.Err, b.Err)
	}
	if a.Err != nil {
		return
	}
	if n := int64(len(a.Rows) + len(a.Rejects)); n != a.Report.Records {
		t.Fatalf("I1: %d rows and rejects of %d records", n, a.Report.Records)
	}
	if len(a.Rows) != len(b.Rows) || len(a.Rejects) != len(b.Rejects) || len(a.Report.Sections) != len(b.Report.Sections) {
		t.Fatal("chunk sizes change what is read")
	}
	for i := range a.Rows {
		for c := range a.Rows[i] {
			if a.Rows[i][c] != b.Rows[i][c] || a.Lines[i] != b.Lines[i] {
				t.Fatalf("chunk sizes change row %d", i)
			}
		}
	}
	if !slices.Equal(a.Invalid, b.Invalid) {
		t.Fatal("chunk sizes change the invalid values")
	}
	for i := range a.Rejects {
		if a.Rejects[i] != b.Rejects[i] {
			t.Fatalf("chunk sizes change reject %d: %v, %v", i, a.Rejects[i], b.Rejects[i])
		}
	}
}

// fuzzLayouts seeds a fuzz target with samples of the layouts and returns the
// layouts and a file to read by.
func fuzzLayouts(f *testing.F, names ...string) ([]*sources.Layout, string) {
	var all []*sources.Layout
	for i, name := range names {
		l := loadTest(f, name)
		all = append(all, l)
		f.Add(uint8(i), sourcetest.Sample(f, l, 3), uint16(7))
		f.Add(uint8(i), []byte{}, uint16(0))
	}
	return all, filepath.Join(f.TempDir(), "x")
}

// FuzzCutSplitCSV reads any bytes as delimited text.
func FuzzCutSplitCSV(f *testing.F) {
	layouts, path := fuzzLayouts(f, "one-column", "pipes", "quoted-sections", "extract-csv", "example-ncoalink")
	f.Add(uint8(2), []byte("A,\"B\"\nB,1,\"a\nb\",\"c\"\"d\",e\nB,\"x\"y,\nT,2\n"), uint16(3))
	f.Add(uint8(2), []byte("A,B\n\n\nB,\"\r\n\",,,\r\n\"B\",1,2,3,4\nT,3,,\n\n"), uint16(1))
	f.Add(uint8(0), []byte("\xEF\xBB\xBFa\n\n\"b\n\n\n"), uint16(2))
	f.Fuzz(func(t *testing.T, layout uint8, data []byte, size uint16) {
		fuzzRead(t, path, layouts[int(layout)%len(layouts)], data, size)
	})
}

// FuzzCutSplitFixed reads any bytes as fixed records.
func FuzzCutSplitFixed(f *testing.F) {
	layouts, path := fuzzLayouts(f, "stride", "stride-sections", "padded", "scra-result", "ndnh-w4", "example-fidm")
	f.Add(uint8(2), []byte("12345678EK\n\n\r\n1\n12345678É\x00\n"), uint16(3))
	f.Fuzz(func(t *testing.T, layout uint8, data []byte, size uint16) {
		fuzzRead(t, path, layouts[int(layout)%len(layouts)], data, size)
	})
}

// FuzzCutSplitCoded reads any bytes as records whose values are decoded one by one.
func FuzzCutSplitCoded(f *testing.F) {
	layouts, path := fuzzLayouts(f, "ebcdic-sections", "ebcdic-1047", "packed", "numbers", "strays")
	f.Add(uint8(4), []byte("00000001EK\x00\x85\x1A\n12345678\xFF\n"), uint16(3))
	f.Fuzz(func(t *testing.T, layout uint8, data []byte, size uint16) {
		fuzzRead(t, path, layouts[int(layout)%len(layouts)], data, size)
	})
}

// FuzzParquet reads damaged Parquet files.
func FuzzParquet(f *testing.F) {
	layouts, path := fuzzLayouts(f, "extract-parquet", "parquet-types")
	f.Fuzz(func(t *testing.T, layout uint8, data []byte, size uint16) {
		fuzzRead(t, path, layouts[int(layout)%len(layouts)], data, size)
	})
}

// FuzzLayout parses any text as a layout; one that passes is usable: its
// sample can be written and read.
func FuzzLayout(f *testing.F) {
	for _, dir := range []string{"layouts", "testdata"} {
		paths, err := filepath.Glob(dir + "/*.yaml")
		if err != nil || len(paths) == 0 {
			f.Fatal("no layouts", err)
		}
		for _, p := range paths {
			text, err := os.ReadFile(p)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(text)
		}
	}
	f.Add([]byte(goodLayout))
	f.Fuzz(func(t *testing.T, text []byte) {
		l, err := sources.Parse(text, "fuzz.yaml")
		if err != nil {
			return
		}
		if l.Length > 1<<12 {
			return // sound, but slow to write many of
		}
		var b bytes.Buffer
		if err := sourcetest.WriteSample(&b, l, 2); err != nil {
			return // values that the layout's types cannot hold
		}
		o := sourcetest.ReadBytes(t, "x", b.Bytes(), l, sources.CutOptions{})
		if o.Err == nil && int64(len(o.Rows)+len(o.Rejects)) != o.Report.Records {
			t.Error("I1")
		}
	})
}
