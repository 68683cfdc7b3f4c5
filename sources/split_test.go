package sources_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/sources"
	"locatematch/sources/person"
	"locatematch/sources/sourcetest"
)

func newRows() *person.Rows { return new(person.Rows) }

// plainCSV is a layout of n columns without names, blanks kept.
func plainCSV(tb testing.TB, n int) *sources.Layout {
	tb.Helper()
	text := "name: plain\ntitle: x\nsource: other\nstatus: published\norigin: x\nformat: csv\nencoding: utf-8\ntrim: none\nnames: none\nrecords:\n  data:\n    fields:\n"
	for i := range n {
		text += fmt.Sprintf("      - {name: f%d}\n", i)
	}
	l, err := sources.Parse([]byte(text), "plain")
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

// TestCSVAgainstStandardLibrary: what encoding/csv writes and reads, we read
// alike, for any values and any size of chunks.
func TestCSVAgainstStandardLibrary(t *testing.T) {
	const columns = 3
	l := plainCSV(t, columns)
	path := sourcetest.WriteFile(t, "x", nil)
	rapid.Check(t, func(rt *rapid.T) {
		value := rapid.StringOf(rapid.RuneFrom([]rune("aÉ \",\n'|")))
		records := rapid.SliceOf(rapid.SliceOfN(value, columns, columns)).Draw(rt, "records")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(rt, "crlf")
		if err := w.WriteAll(records); err != nil {
			rt.Fatal(err)
		}
		r := csv.NewReader(bytes.NewReader(b.Bytes()))
		want, err := r.ReadAll()
		if err != nil {
			rt.Fatal(err)
		}
		size := rapid.IntRange(1, 200).Draw(rt, "chunk")
		got := readText(t, path, b.Bytes(), l, size)
		if got.Err != nil || len(got.Rejects) > 0 {
			rt.Fatalf("error %v, rejects %v of %q", got.Err, got.Rejects, b.String())
		}
		for i := range got.Rows { // encoding/csv makes LF of CRLF in quoted values
			for j := range got.Rows[i] {
				got.Rows[i][j] = strings.ReplaceAll(got.Rows[i][j], "\r\n", "\n")
			}
		}
		if fmt.Sprintf("%q", got.Rows) != fmt.Sprintf("%q", want) {
			rt.Fatalf("got %q, want %q, of %q", got.Rows, want, b.String())
		}
	})
}

// readText reads bytes by way of a file that exists already.
func readText(tb testing.TB, path string, data []byte, l *sources.Layout, size int) *sourcetest.Outcome {
	tb.Helper()
	if err := writeFile(path, data); err != nil {
		tb.Fatal(err)
	}
	return sourcetest.Read(tb, path, l, sources.CutOptions{ChunkBytes: size})
}

// TestFixedAgainstNaive: slices and trims as the plainest program would.
func TestFixedAgainstNaive(t *testing.T) {
	l := loadTest(t, "stride")
	path := sourcetest.WriteFile(t, "x", nil)
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOf(rapid.RuneFrom([]rune("AB  "))).Draw(rt, "text")
		n := len(text) / l.Length
		got := readText(t, path, []byte(text[:n*l.Length]), l, rapid.IntRange(1, 200).Draw(rt, "chunk"))
		if got.Err != nil || len(got.Rows) != n {
			rt.Fatalf("%v, %d rows of %d", got.Err, len(got.Rows), n)
		}
		for i, row := range got.Rows {
			record := text[i*l.Length:]
			for c, f := range l.Records.Data.Fields {
				if want := strings.Trim(record[f.At-1:f.At-1+f.Width], " "); row[c] != want {
					rt.Fatalf("row %d %s: got %q, want %q", i, f.Name, row[c], want)
				}
			}
			if got.Lines[i] != int64(i+1) {
				rt.Fatalf("row %d: number %d", i, got.Lines[i])
			}
		}
	})
}

// TestLineNumbers: a quoted line end counts, wherever it stands.
func TestLineNumbers(t *testing.T) {
	text := "a,b\n\"x\ny\nz\",1\nc,\"\r\n\"\n\"open,1\nd,e\n"
	o := sourcetest.ReadBytes(t, "x", []byte(text), plainCSV(t, 2), sources.CutOptions{})
	if got := fmt.Sprint(o.Lines); got != "[1 2 5 8]" {
		t.Error(got)
	}
	if len(o.Rejects) != 1 || o.Rejects[0].Line != 7 || o.Rejects[0].Record != 4 || o.Rejects[0].Reason != sources.QuoteFault {
		t.Errorf("%+v", o.Rejects)
	}
}

// TestStrayQuoteCostsALine: a quote that opens nothing sensible spoils its
// line and no other, even when the next quote is far off.
func TestStrayQuoteCostsALine(t *testing.T) {
	const rows = 60_000                                                                       // more than the 1 MiB in which a closing quote is looked for
	text := "a,\"5 PIPE ROAD\n" + strings.Repeat("abcdefghijklm,nopqrst\n", rows) + "x\",y\n" // this quote would close it
	for _, size := range []int{64, 1 << 20, 4 << 20} {
		o := sourcetest.ReadBytes(t, "x", []byte(text), plainCSV(t, 2), sources.CutOptions{ChunkBytes: size})
		if o.Err != nil || len(o.Rejects) != 1 || len(o.Rows) != rows+1 {
			t.Fatalf("chunks of %d: %v, %d rows, %d rejects", size, o.Err, len(o.Rows), len(o.Rejects))
		}
	}
}

// TestWindows1252: values become UTF-8; the undefined bytes are not text.
func TestWindows1252(t *testing.T) {
	text := "BANK|1|CR\xC9DIT\nACCT|9|N\xDA\xD1EZ, JOS\xC9 \x80|1\nACCT|9|\x81|1\nACCT|9|PLAIN|1\nEND|3\n"
	_, o := verdicts(t, "pipes", text)
	if len(o.Rows) != 2 || o.Rows[0][1] != "NÚÑEZ, JOSÉ €" || o.Rows[0][4] != "CRÉDIT" || o.Rows[1][1] != "PLAIN" {
		t.Errorf("%q", o.Rows)
	}
	if len(o.Rejects) != 1 || o.Rejects[0].Reason != sources.EncodingFault || o.Report.Sections[0].Name != "CRÉDIT" {
		t.Errorf("%+v", o.Rejects)
	}
}

// TestNothingIsCopied: a row's values lie in the chunk itself unless they had
// to be rewritten.
func TestNothingIsCopied(t *testing.T) {
	l := plainCSV(t, 2)
	path := sourcetest.WriteFile(t, "x", []byte("abc,def\nabc,\"q\"\"q\"\n"))
	s := l.NewSplitter()
	_, err := sources.Cut(context.Background(), path, l, sources.CutOptions{}, func(c *sources.Chunk) error {
		rows := newRows()
		if _, err := s.Split(c, rows); err != nil {
			return err
		}
		if &rows.Value(0, 1)[0] != &c.Data[4] {
			t.Error("a plain value is not the chunk's bytes")
		}
		if x := rows.Spans[3]; int(x.Start) < len(c.Data) || string(rows.Value(1, 1)) != `q"q` {
			t.Error("a rewritten value is not behind the chunk")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestSteadyStateAllocatesNothing: once warm, splitting a chunk of any family
// allocates nothing.
func TestSteadyStateAllocatesNothing(t *testing.T) {
	for _, l := range everyLayout(t) {
		path := sourcetest.WriteFile(t, "x", sourcetest.Sample(t, l, 200))
		s, rows := l.NewSplitter(), newRows()
		_, err := sources.Cut(context.Background(), path, l, sources.CutOptions{}, func(c *sources.Chunk) error {
			if n := testing.AllocsPerRun(10, func() { s.Split(c, rows) }); n > 0 {
				t.Errorf("%s: %.0f allocations", l.Name, n)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}
