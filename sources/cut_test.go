package sources_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

// verdicts reads text in a layout and returns what is said of its sections.
func verdicts(t *testing.T, layout, text string) (faults []string, out *sourcetest.Outcome) {
	t.Helper()
	out = sourcetest.ReadBytes(t, "x.txt", []byte(text), loadTest(t, layout), sources.CutOptions{})
	if out.Err != nil {
		t.Fatal(out.Err)
	}
	for _, s := range out.Report.Sections {
		faults = append(faults, s.Fault)
	}
	return faults, out
}

// TestVerdicts: each way in which a section's books can fail, by pages of the
// layout pipes. A fault stays with its section.
func TestVerdicts(t *testing.T) {
	for _, x := range []struct {
		name, text string
		rows       int // not rejected
		want       []string
	}{
		{"healthy", "BANK|1|FIRST\nACCT|a|b|1\nACCT|a|b|1\nEND|2\n", 2, []string{""}},
		{"no rows", "BANK|1|FIRST\nEND|0\n", 0, []string{""}},
		{"count too high", "BANK|1|FIRST\nACCT|a|b|1\nEND|2\nBANK|2|SECOND\nACCT|a|b|1\nEND|1\n", 2,
			[]string{"trailer says 2 rows, section has 1", ""}},
		{"count no number", "BANK|1|FIRST\nACCT|a|b|1\nEND|one\n", 1, []string{"trailer at line 3: its count is not a number"}},
		{"count empty", "BANK|1|FIRST\nACCT|a|b|1\nEND|\n", 1, []string{"trailer at line 3: its count is not a number"}},
		{"count missing", "BANK|1|FIRST\nACCT|a|b|1\nEND\n", 1, []string{"trailer record at line 3: 0 values for 1 fields"}},
		{"count absurd", "BANK|1|FIRST\nACCT|a|b|1\nEND|911223333\n", 1, []string{"trailer says far more rows than the 1 that the section has"}},
		{"next begins", "BANK|1|FIRST\nACCT|a|b|1\nBANK|2|SECOND\nACCT|a|b|1\nEND|1\n", 2,
			[]string{"line 3 begins the next section: no trailer record", ""}},
		{"file ends", "BANK|1|FIRST\nEND|0\nBANK|2|SECOND OF DOVER\nACCT|a|b|1\n", 1,
			[]string{"", "the file ends inside section 2 (SECOND OF DOVER): no trailer record"}},
		{"before the first", "ACCT|a|b|1\nACCT|a|b|1\nBANK|1|FIRST\nEND|0\n", 0, []string{"records outside any section: 2, from line 1", ""}},
		{"after the last", "BANK|1|FIRST\nEND|0\nACCT|a|b|1\n", 0, []string{"", "records outside any section: 1, from line 3"}},
		{"two trailers", "BANK|1|FIRST\nEND|0\nEND|0\n", 0, []string{"", "a trailer record at line 3 closes no section"}},
		{"section record cut short", "BANK|1\nACCT|a|b|1\nEND|1\n", 1, []string{"section record at line 1: 1 values for 2 fields"}},
		{"unknown type counts", "BANK|1|FIRST\nACCT|a|b|1\nBOOK|a|b|1\nEND|2\n", 1, []string{""}},
		{"numbers in a name", "BANK|1|911223333 7TH ST\nACCT|a|b|1\nEND|2\n", 1, []string{"trailer says 2 rows, section has 1"}},
		{"empty line within", "BANK|1|FIRST\nACCT|a|b|1\n\nEND|1\n", 1, []string{"trailer says 1 rows, section has 2"}},
		{"empty lines behind", "BANK|1|FIRST\nACCT|a|b|1\nEND|1\n\n\n", 1, []string{""}},
	} {
		t.Run(x.name, func(t *testing.T) {
			got, out := verdicts(t, "pipes", x.text)
			if strings.Join(got, "\n") != strings.Join(x.want, "\n") {
				t.Errorf("got  %q\nwant %q", got, x.want)
			}
			if len(out.Rows) != x.rows {
				t.Errorf("%d rows, want %d", len(out.Rows), x.rows)
			}
			for _, s := range out.Report.Sections {
				if strings.Contains(s.Name, "911223333") {
					t.Error("a section's name holds a number of nine digits")
				}
			}
		})
	}
}

// TestCountsRecords: a trailer may count data records and all records.
func TestCountsRecords(t *testing.T) {
	pad := func(s string) string { return s + strings.Repeat(" ", 48-len(s)) }
	file := pad("H07ACME") + pad("AFIRST") + pad("B911223333EK FLO") + pad("T0000000100000003")
	got, out := verdicts(t, "stride-sections", file)
	if strings.Join(got, "") != "" || out.Rows[0][3] != "ACME" || out.Lines[0] != 3 {
		t.Error(got, out.Rows, out.Lines)
	}
	got, _ = verdicts(t, "stride-sections", strings.Replace(file, "T0000000100000003", "T0000000200000004", 1))
	if got[0] != "trailer says 2 rows, section has 1; trailer says 4 records, section has 3" {
		t.Error(got)
	}
	got, _ = verdicts(t, "stride-sections", file+pad("H07AGAIN")+"\r\n\x1A")
	if got[1] != "a second header record at line 5" {
		t.Error(got)
	}
}

// TestFileErrors: what makes a file unusable as a whole, and how it is said.
func TestFileErrors(t *testing.T) {
	pad := func(s string) string { return s + strings.Repeat(" ", 48-len(s)) }
	for _, x := range []struct{ name, layout, file, text, want string }{
		{"no header", "stride-sections", "x", pad("AFIRST") + pad("T"), "x:1: the first record is not a header record (H)"},
		{"data before the header", "stride-sections", "x", pad("BEK"), "x:1: the first record is not a header record (H)"},
		{"another version", "stride-sections", "x", pad("H08ACME"), "x:1: header record: version is not 07"},
		{"header cut short", "stride-sections", "x", "H07A", "x:1: header record: 4 bytes, and supplier ends at 13"},
		{"only blank lines", "ndnh-w4", "x", "\n\n", "x: the first record is not a header record (H4)"},
		{"no sections", "pipes", "x", "a\nb\n", "x: no section record in the file: is this the right layout?"},
		{"missing columns", "extract-csv", "x", "ssn,given,age\n", "x:1: missing columns record_id, middle, family, born, sex, address_1, city, state, zip, phone; the file has ssn, given, age"},
		{"no names at all", "extract-csv", "x", "911223333,ADA,EK\n", "the first line, of 3 columns, names none of them"},
		{"a column twice", "extract-csv", "x", "record_id,ssn,given,middle,family,born,sex,address_1,city,state,zip,phone,SSN\n", "x:1: columns named twice ssn; the file has"},
		{"mark not first", "example-ncoalink", "x", "mark,key,sent_name,sent_address_1,sent_address_2,sent_city,sent_state,sent_zip,given,middle,family,suffix,address_1,address_2,city,state,zip,zip4,to_address_1,to_address_2,to_city,to_state,to_zip,to_zip4,move_type,move_date,return_code,match_flag\n", "x:1: the first column is not record; the file has mark, key"},
		{"names not closed", "extract-csv", "x", "\"ssn,given\n", "x:1: the line of column names has a quoted value that is not closed"},
		{"gzip unnamed", "extract-csv", "x", "\x1F\x8B\x08x", "compressed data truncated at byte"},
		{"spreadsheet", "extract-csv", "x", "PK\x03\x04", "compressed data damaged, or not compressed data"},
		{"utf-16", "extract-csv", "x", "\xFF\xFEs\x00", "UTF-16 text"},
		{"parquet as text", "extract-csv", "x", "PAR1", "a Parquet file, and the layout is text"},
		{"text as parquet", "extract-parquet", "x", "ssn,given\n", "not a Parquet file"},
		{"parquet zipped", "extract-parquet", "x.gz", "", "an empty file, and by its name a compressed one (gzip)"},
		{"not gzip", "extract-csv", "x.gz", "ssn,given\n", "compressed data damaged, or not compressed data, near byte"},
		{"empty gzip", "extract-csv", "x.gz", "", "an empty file, and by its name a compressed one (gzip)"},
		{"empty", "extract-csv", "x", "", "x: the file is empty"},
		{"no line ends", "extract-csv", "x", strings.Repeat("a", 17<<20), "x:1: no line end within 16777216 bytes"},
		{"no line ends below", "one-column", "x", "a\n" + strings.Repeat("a", 17<<20), "x:2: no line end within 16777216 bytes"},
	} {
		t.Run(x.name, func(t *testing.T) {
			o := sourcetest.ReadBytes(t, x.file, []byte(x.text), loadTest(t, x.layout), sources.CutOptions{})
			var fault *sources.FileError
			if !errors.As(o.Err, &fault) {
				t.Fatalf("got %v", o.Err)
			}
			if base := o.Err.Error()[strings.LastIndex(o.Err.Error(), "/x")+1:]; !strings.Contains(base, x.want) {
				t.Errorf("got  %s\nwant %s", base, x.want)
			}
			if strings.Contains(o.Err.Error(), "911223333") {
				t.Error("the message holds a value of a record")
			}
		})
	}
}

// TestMissingFile: the cause can be asked for, and the path is said once.
func TestMissingFile(t *testing.T) {
	for _, layout := range []string{"extract-csv", "extract-parquet"} {
		_, err := sources.Cut(context.Background(), "no/such/file", loadTest(t, layout), sources.CutOptions{}, nil)
		if !errors.Is(err, fs.ErrNotExist) || strings.Count(err.Error(), "no/such/file") != 1 {
			t.Error(err)
		}
		_, err = sources.Cut(context.Background(), t.TempDir(), loadTest(t, layout), sources.CutOptions{}, nil)
		var fault *sources.FileError
		if !errors.As(err, &fault) {
			t.Errorf("a directory: %v", err)
		}
	}
}

// TestBlankLinesHeldBack: empty lines are records only if one follows, also
// when they are more than a chunk.
func TestBlankLinesHeldBack(t *testing.T) {
	blank := strings.Repeat("\n", 5000)
	for _, size := range []int{64, 1 << 20} {
		l := loadTest(t, "one-column")
		o := sourcetest.ReadBytes(t, "x", []byte("A\n"+blank+"B\n"+blank), l, sources.CutOptions{ChunkBytes: size})
		if o.Err != nil || len(o.Rows) != 2 || len(o.Rejects) != 5000 || o.Lines[1] != 5002 {
			t.Fatal(size, o.Err, len(o.Rows), len(o.Rejects), o.Lines)
		}
		if r := o.Rejects[4999]; r.Line != 5001 || r.Record != 5001 || r.Reason != sources.BlankLine {
			t.Errorf("%+v", r)
		}
	}
}

// TestNamesAsFilesHaveThem: blanks around names, another case, another order,
// columns too many.
func TestNamesAsFilesHaveThem(t *testing.T) {
	text := " Phone ,ZIP, state,City,address_1,SEX,born,family,middle,given,ssn, record_id,, notes,\n" +
		"p,z,s,c,a,x,b,f,m,g,n,r,1,2,3\n"
	o := sourcetest.ReadBytes(t, "x", []byte(text), loadTest(t, "extract-csv"), sources.CutOptions{})
	if o.Err != nil || strings.Join(o.Rows[0], " ") != "r n g m f b x a c s z p" {
		t.Error(o.Err, o.Rows)
	}
}

// TestProgress: it grows to the size of the file on disk.
func TestProgress(t *testing.T) {
	for _, name := range []string{"extract-csv", "extract-parquet"} {
		l := loadTest(t, name)
		path := sourcetest.WriteFile(t, "x", sourcetest.Sample(t, l, 500))
		var last int64
		o := sourcetest.Read(t, path, l, sources.CutOptions{ChunkBytes: 1000, Progress: func(read, total int64) {
			if read < last || read > total {
				t.Errorf("%d of %d after %d", read, total, last)
			}
			last = read
		}})
		if info, err := os.Stat(path); err != nil || o.Err != nil || last != info.Size() {
			t.Errorf("%s: ended at %d", name, last)
		}
	}
}

// TestFileNumber: chunks carry the caller's number of the file.
func TestFileNumber(t *testing.T) {
	for _, l := range everyLayout(t) {
		path := sourcetest.WriteFile(t, "x", sourcetest.Sample(t, l, 3))
		_, err := sources.Cut(context.Background(), path, l, sources.CutOptions{File: 7}, func(c *sources.Chunk) error {
			if c.File != 7 {
				t.Errorf("%s: file %d", l.Name, c.File)
			}
			c.Release()
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// TestWrongSplitter: a chunk of another layout is the program's fault, and said.
func TestWrongSplitter(t *testing.T) {
	l := loadTest(t, "scra-result")
	path := sourcetest.WriteFile(t, "x", sourcetest.Sample(t, l, 3))
	for _, other := range []string{"caseload", "example-fidm"} {
		s := loadTest(t, other).NewSplitter()
		_, err := sources.Cut(context.Background(), path, l, sources.CutOptions{}, func(c *sources.Chunk) error {
			_, err := s.Split(c, newRows())
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "another") {
			t.Errorf("%s: %v", other, err)
		}
	}
}
