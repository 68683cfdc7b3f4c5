package sources_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"locatematch/sources"
)

// encoded writes one record and returns the bytes.
func encoded(t *testing.T, l *sources.Layout, record string, values map[string]string) (string, error) {
	t.Helper()
	var b bytes.Buffer
	e, err := sources.NewEncoder(&b, l)
	if err != nil {
		t.Fatal(err)
	}
	err = e.Write(record, values)
	if cerr := e.Close(); cerr != nil {
		t.Fatal(cerr)
	}
	return b.String(), err
}

// TestFixedCutAndPad: text on the left and cut, never inside a character;
// numbers behind zeros and never cut; literals stand by themselves.
func TestFixedCutAndPad(t *testing.T) {
	got, err := encoded(t, loadTest(t, "padded"), "data", map[string]string{
		"record_id": "123456789", "family": strings.Repeat("X", 19) + "É", "given": "JOSÉ",
	})
	want := "12345678" + strings.Repeat("X", 19) + " JOSÉ" + strings.Repeat(" ", 60-8-20-5) + "\n"
	if err != nil || got != want {
		t.Errorf("%v\ngot  %q\nwant %q", err, got, want)
	}
	got, err = encoded(t, loadTest(t, "stride-sections"), "header", map[string]string{"supplier": "ACME"})
	if want := "H07ACME" + strings.Repeat(" ", 41); err != nil || got != want {
		t.Errorf("%v %q", err, got)
	}
	got, err = encoded(t, loadTest(t, "example-fidm"), "trailer", map[string]string{"count": "38"})
	if err != nil || !strings.HasPrefix(got, "T000000038   ") || len(got) != 451 {
		t.Errorf("%v %q", err, got)
	}
}

// TestEncodeErrors: what a layout cannot hold is refused, and the message
// holds no value.
func TestEncodeErrors(t *testing.T) {
	for _, x := range []struct{ layout, record, field, value, want string }{
		{"example-fidm", "trailer", "count", "1234567890", "count: value cannot be written: 10 digits do not fit 9"},
		{"example-fidm", "data", "full_name", "NÚÑEZ", "full_name: value cannot be written: not ASCII"},
		{"example-fidm", "data", "full_name", "A\nB", "a line end or NUL in it"},
		{"example-fidm", "data", "nickname", "X", "the data record has no field nickname"},
		{"example-fidm", "header", "x", "X", "no header record in this layout"},
		{"pipes", "data", "full_name", "A|B", "the delimiter, a quote or a line end in it, and the layout has no quotes"},
		{"pipes", "data", "full_name", "名", "not in windows-1252"},
		{"caseload", "data", "given", "A\x00", "a NUL in it"},
	} {
		_, err := encoded(t, loadTest(t, x.layout), x.record, map[string]string{x.field: x.value})
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s %s: %v", x.layout, x.field, err)
		}
		if err != nil && len(x.value) > 3 && strings.Contains(err.Error(), x.value) {
			t.Errorf("%s %s: the message holds the value", x.layout, x.field)
		}
	}
	e, err := sources.NewEncoder(new(bytes.Buffer), loadTest(t, "caseload"))
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Row([]string{"too few"}); err == nil || !strings.Contains(err.Error(), "1 values for 50 fields") {
		t.Error(err)
	}
}

// TestRaw: what must be refused is written as it is, in its place among the others; a Parquet file has no place for it.
func TestRaw(t *testing.T) {
	for name, want := range map[string]string{"padded": "7" + strings.Repeat(" ", 59) + "\nSHORT\n8" + strings.Repeat(" ", 59) + "\n", "one-column": "7\nSHORT\n8\n"} {
		var b bytes.Buffer
		e, err := sources.NewEncoder(&b, loadTest(t, name))
		if err != nil {
			t.Fatal(err)
		}
		first := loadTest(t, name).Records.Data.Fields[0].Name
		err = errors.Join(e.Write("data", map[string]string{first: "7"}), e.Raw([]byte("SHORT\n")), e.Write("data", map[string]string{first: "8"}), e.Close())
		if err != nil || b.String() != want {
			t.Errorf("%s: %v %q", name, err, b.String())
		}
	}
	e, err := sources.NewEncoder(new(bytes.Buffer), loadTest(t, "extract-parquet"))
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Raw([]byte("SHORT\n")); err == nil || !strings.Contains(err.Error(), "a Parquet file has no records in bytes") {
		t.Error(err)
	}
}

// TestCSVQuoting: quotes where they are needed and nowhere else.
func TestCSVQuoting(t *testing.T) {
	l := plainCSV(t, 3)
	for value, want := range map[string]string{
		"A": "A", "A,B": `"A,B"`, `A"B`: `"A""B"`, "A\nB": "\"A\nB\"", " A": `" A"`, "A B": "A B", "": "",
	} {
		got, err := encoded(t, l, "data", map[string]string{"f0": "x", "f1": value, "f2": "y"})
		if err != nil || got != "x,"+want+",y\n" {
			t.Errorf("%q: %v %q", value, err, got)
		}
	}
	if got, err := encoded(t, loadTest(t, "one-column"), "data", nil); err != nil || got != "\"\"\n" {
		t.Errorf("%v %q", err, got)
	}
	if got, err := encoded(t, loadTest(t, "pipes"), "data", map[string]string{"full_name": "NÚÑEZ"}); err != nil || got != "ACCT||N\xDA\xD1EZ|\n" {
		t.Errorf("%v %q", err, got)
	}
}

// TestRowAllocatesNothing: the fast path of the generator's ten million rows.
func TestRowAllocatesNothing(t *testing.T) {
	for _, name := range []string{"example-fidm", "extract-csv", "caseload"} {
		l := loadTest(t, name)
		e, err := sources.NewEncoder(new(discard), l)
		if err != nil {
			t.Fatal(err)
		}
		row := make([]string, len(l.Records.Data.Fields))
		for i := range row {
			row[i] = "7"
		}
		if n := testing.AllocsPerRun(1000, func() { e.Row(row) }); n > 0 {
			t.Errorf("%s: %.1f allocations a row", name, n)
		}
	}
}

type discard struct{}

func (*discard) Write(p []byte) (int, error) { return len(p), nil }

// BenchmarkRow is the Encoder's fast path.
func BenchmarkRow(b *testing.B) {
	for _, name := range []string{"example-fidm", "extract-csv", "extract-parquet"} {
		b.Run(name, func(b *testing.B) {
			l := benchLayout(b, name)
			e, err := sources.NewEncoder(new(discard), l)
			if err != nil {
				b.Fatal(err)
			}
			row := make([]string, len(l.Records.Data.Fields))
			for i, c := range l.Columns()[:len(row)] {
				row[i] = "12345"
				if c.Form != "" {
					row[i] = ""
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := e.Row(row); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
