package sources_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"

	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

// typed holds a column of every type that files of others have.
type typed struct {
	Text     string    `parquet:"text"`
	Maybe    *string   `parquet:"maybe,optional"`
	Int      int64     `parquet:"int"`
	Unsigned uint32    `parquet:"unsigned"`
	Zip      int32     `parquet:"zip"`
	Day      int32     `parquet:"day,date"`
	Moment   time.Time `parquet:"moment,timestamp(microsecond)"`
	Old      deprecated.Int96
	Money    int64   `parquet:"money,decimal(2:12)"`
	Float    float32 `parquet:"float"`
	Double   float64 `parquet:"double"`
	Flag     bool    `parquet:"flag"`
	Inner    struct {
		City string `parquet:"city"`
	} `parquet:"inner"`
	List []string `parquet:"list,list"`
}

// typedLayout reads all of them but the list.
const typedLayout = `name: typed
title: x
source: other
status: published
origin: x
format: parquet
records:
  data:
    fields:
      - {name: a_text, column: text}
      - {name: b_maybe, column: maybe}
      - {name: c_int, column: INT}
      - {name: d_unsigned, column: unsigned}
      - {name: e_zip, column: zip, width: 5, pad: zeros}
      - {name: f_day, column: day, form: CCYYMMDD}
      - {name: g_moment, column: moment}
      - {name: h_old, column: Old, form: MM/DD/CCYY}
      - {name: i_money, column: money}
      - {name: j_float, column: float}
      - {name: k_double, column: double}
      - {name: l_flag, column: flag}
      - {name: m_city, column: inner.city}
`

func parquetFile(tb testing.TB, rows []typed, options ...parquet.WriterOption) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[typed](&b, options...)
	if _, err := w.Write(rows); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func typedRows() []typed {
	some := "some"
	first := typed{
		Text: " blanks ", Maybe: &some, Int: -7, Unsigned: math.MaxUint32, Zip: 501, Day: -1,
		Moment: time.Date(1969, 12, 31, 23, 59, 58, 0, time.UTC), Old: deprecated.Int96{0, 0, 2440588 + 59},
		Money: -5, Float: 1.5, Double: 1e21, Flag: true,
	}
	first.Inner.City = "DOVER"
	second := typed{Double: math.NaN(), Moment: time.Unix(0, 0), Old: deprecated.Int96{0, 0, 2440588}}
	return []typed{first, second}
}

// TestParquetTypes: the text of each type, null and NaN missing.
func TestParquetTypes(t *testing.T) {
	l, err := sources.Parse([]byte(typedLayout), "typed")
	if err != nil {
		t.Fatal(err)
	}
	o := sourcetest.ReadBytes(t, "x.parquet", parquetFile(t, typedRows()), l, sources.CutOptions{})
	if o.Err != nil {
		t.Fatal(o.Err)
	}
	for i, want := range []string{
		"blanks|some|-7|4294967295|00501|19691231|1969-12-31T23:59:58|03/01/1970|-0.05|1.5|1000000000000000000000|Y|DOVER",
		"||0|0|00000|19700101|1970-01-01T00:00:00|01/01/1970|0.00|0||N|",
	} {
		if got := strings.Join(o.Rows[i], "|"); got != want {
			t.Errorf("row %d\ngot  %s\nwant %s", i+1, got, want)
		}
	}
}

// TestParquetBoundaries: pages, row groups and chunks of any size give the
// same rows, numbered through.
func TestParquetBoundaries(t *testing.T) {
	l, err := sources.Parse([]byte(typedLayout), "typed")
	if err != nil {
		t.Fatal(err)
	}
	rows := make([]typed, 1000)
	for i := range rows {
		rows[i] = typedRows()[i%2]
		rows[i].Int = int64(i)
	}
	want := sourcetest.ReadBytes(t, "x", parquetFile(t, rows), l, sources.CutOptions{})
	for _, options := range [][]parquet.WriterOption{
		{parquet.PageBufferSize(100)}, {parquet.MaxRowsPerRowGroup(7)},
		{parquet.DataPageVersion(1), parquet.PageBufferSize(300), parquet.Compression(&parquet.Snappy)},
	} {
		for _, size := range []int{64, 5000, 1 << 20} {
			got := sourcetest.ReadBytes(t, "x", parquetFile(t, rows, options...), l, sources.CutOptions{ChunkBytes: size, Pool: new(sources.Pool)})
			if got.Err != nil || len(got.Rows) != len(rows) {
				t.Fatal(got.Err, len(got.Rows))
			}
			for i := range rows {
				if strings.Join(got.Rows[i], "|") != strings.Join(want.Rows[i], "|") || got.Lines[i] != int64(i+1) {
					t.Fatalf("row %d differs", i+1)
				}
			}
		}
	}
}

// TestParquetSchema: missing columns, lists and types without a text form are
// errors that name the column.
func TestParquetSchema(t *testing.T) {
	file := parquetFile(t, typedRows())
	for field, want := range map[string]string{
		"{name: a, column: text}\n      - {name: b, column: nowhere}\n      - {name: c, column: gone}": "missing columns nowhere, gone; the file has text, maybe, int, unsigned, zip, day, moment, Old",
		"{name: a, column: nowhere}":           "missing columns nowhere; the file has text, maybe",
		"{name: a, column: list.list.element}": "column list.list.element is a list, and a field holds one value",
		"{name: a, column: inner}":             "missing columns inner",
	} {
		text := typedLayout[:strings.Index(typedLayout, "      - {")] + "      - " + field + "\n"
		l, err := sources.Parse([]byte(text), "typed")
		if err != nil {
			t.Fatal(err)
		}
		o := sourcetest.ReadBytes(t, "x", file, l, sources.CutOptions{})
		var fault *sources.FileError
		if !errors.As(o.Err, &fault) || !strings.Contains(fault.Err.Error(), want) {
			t.Errorf("want %s, got %v", want, o.Err)
		}
	}
}

// TestParquetRejects: a NUL and bytes that are no UTF-8 cost their row.
func TestParquetRejects(t *testing.T) {
	l, err := sources.Parse([]byte(typedLayout), "typed")
	if err != nil {
		t.Fatal(err)
	}
	rows := append(typedRows(), typedRows()...)
	rows[1].Text, rows[2].Text, rows[3].Text = "a\x00b", "\xC3(", "É"
	o := sourcetest.ReadBytes(t, "x", parquetFile(t, rows), l, sources.CutOptions{})
	if o.Err != nil || len(o.Rows) != 2 || len(o.Rejects) != 2 {
		t.Fatal(o.Err, len(o.Rows), o.Rejects)
	}
	if o.Rejects[0].Reason != sources.NUL || o.Rejects[1].Reason != sources.EncodingFault || o.Rejects[1].Line != 3 || o.Lines[1] != 4 {
		t.Errorf("%+v %v", o.Rejects, o.Lines)
	}
}

// TestParquetEncoder: the types that the Encoder writes are what the layout
// says, and values that are none of them are errors without the value.
func TestParquetEncoder(t *testing.T) {
	l := loadTest(t, "parquet-types")
	var b bytes.Buffer
	e, err := sources.NewEncoder(&b, l)
	if err != nil {
		t.Fatal(err)
	}
	row := []string{"12345678901", "012345678", "02/29/1980", "12.5", "Y", "EK, FLO"}
	if err := e.Row(row); err != nil {
		t.Fatal(err)
	}
	if err := e.Row(make([]string, 6)); err != nil {
		t.Fatal(err)
	}
	for i, bad := range []string{"x", "911-22-3333", "19800229", "twelve"} {
		wrong := make([]string, 6)
		wrong[i] = bad
		if err := e.Row(wrong); err == nil || strings.Contains(err.Error(), bad) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	o := sourcetest.ReadBytes(t, "x", b.Bytes(), l, sources.CutOptions{})
	if o.Err != nil || len(o.Rows) != 2 || strings.Join(o.Rows[0], "|") != strings.Join(row, "|") || strings.Join(o.Rows[1], "") != "" {
		t.Errorf("%v %q", o.Err, o.Rows)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for column, kind := range map[string]parquet.Kind{"Id": parquet.Int64, "SSN": parquet.Int32, "born": parquet.Int32, "balance": parquet.Double, "flag": parquet.Boolean, "name": parquet.ByteArray} {
		if c := f.Root().Column(column); c == nil || c.Type().Kind() != kind {
			t.Errorf("%s is not of kind %s", column, kind)
		}
	}
}
