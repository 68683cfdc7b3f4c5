package table

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"pgregory.net/rapid"
)

type part struct {
	Day  int32  `parquet:"day,date"`
	Word string `parquet:"word,dict"`
}

type wide struct {
	ID    string   `parquet:"id"`
	Kind  string   `parquet:"kind,dict"`
	When  *part    `parquet:"when,optional"`
	Parts []part   `parquet:"parts,list"`
	Words []string `parquet:"words,list"`
	Marks []uint64 `parquet:"marks,list"`
	N     *int64   `parquet:"n,optional"`
	Yes   bool     `parquet:"yes"`
	W     float64  `parquet:"w"`
}

func anyWide(t *rapid.T) wide {
	word := rapid.StringN(0, 8, 12)
	aPart := rapid.Custom(func(t *rapid.T) part {
		return part{Day: rapid.Int32().Draw(t, "day"), Word: word.Draw(t, "word")}
	})
	return wide{
		ID:    word.Draw(t, "id"),
		Kind:  rapid.SampledFrom([]string{"", "address", "phone"}).Draw(t, "kind"),
		When:  rapid.Ptr(aPart, true).Draw(t, "when"),
		Parts: rapid.SliceOfN(aPart, 0, 3).Draw(t, "parts"),
		Words: rapid.SliceOfN(word, 0, 3).Draw(t, "words"),
		Marks: rapid.SliceOfN(rapid.Uint64(), 0, 3).Draw(t, "marks"),
		N:     rapid.Ptr(rapid.Int64(), true).Draw(t, "n"),
		Yes:   rapid.Bool().Draw(t, "yes"),
		W:     rapid.Float64Range(-1e6, 1e6).Draw(t, "w"),
	}
}

// Law: what was written is what is read, and writing it again gives the same bytes (I8).
func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(anyWide), 0, 20).Draw(t, "rows")
		a, b := filepath.Join(dir, "a.parquet"), filepath.Join(dir, "b.parquet")
		n, err := Write(a, rows, Options{Personal: []string{"id", "parts"}})
		if err != nil || n != int64(len(rows)) {
			t.Fatalf("wrote %d of %d rows: %v", n, len(rows), err)
		}
		read, err := Read[wide](a)
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprintf("%+v", plain(read)) != fmt.Sprintf("%+v", plain(rows)) {
			t.Fatalf("read %+v\nwrote %+v", read, rows)
		}
		var each []wide
		if err := ReadEach(a, func(r *wide) error { each = append(each, *r); return nil }); err != nil || fmt.Sprint(plain(each)) != fmt.Sprint(plain(rows)) {
			t.Fatalf("read row by row %+v, %v\nwrote %+v", each, err, rows)
		}
		if _, err := Write(b, read, Options{Personal: []string{"id", "parts"}}); err != nil {
			t.Fatal(err)
		}
		if one, two := mustRead(t, a), mustRead(t, b); !bytes.Equal(one, two) {
			t.Fatal("the same rows gave other bytes")
		}
	})
}

// plain spells rows out without pointers, so that they print comparably.
func plain(rows []wide) (all []string) {
	for _, r := range rows {
		s := fmt.Sprintf("%q %q %v %v %v %v %v|", r.ID, r.Kind, r.Parts, r.Words, r.Marks, r.Yes, r.W)
		if r.When != nil {
			s += fmt.Sprint(*r.When)
		}
		if r.N != nil {
			s += fmt.Sprint(*r.N)
		}
		all = append(all, s)
	}
	return all
}

func mustRead(t interface{ Fatal(...any) }, path string) []byte {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Row groups are bounded however long the table grows.
func TestRowGroupsAreBounded(t *testing.T) {
	type row struct {
		N int64 `parquet:"n"`
	}
	path := filepath.Join(t.TempDir(), "long.parquet")
	const rows = 2*rowGroup + 7
	n, err := WriteSeq(path, func(yield func(row) bool) {
		for i := range int64(rows) {
			if !yield(row{i}) {
				return
			}
		}
	}, Options{})
	if err != nil || n != rows {
		t.Fatalf("%d rows, %v", n, err)
	}
	f, done, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	for i, g := range f.RowGroups() {
		if g.NumRows() > rowGroup {
			t.Errorf("row group %d has %d rows", i, g.NumRows())
		}
	}
	if len(f.RowGroups()) != 3 {
		t.Errorf("%d row groups, want 3", len(f.RowGroups()))
	}
	if got, err := Verify(path); err != nil || got != rows {
		t.Errorf("Verify: %d, %v", got, err)
	}
}

// Personal values appear in no bounds and statistics; the others keep theirs, which is what makes files quick to search.
func TestPersonalColumnsHaveNoBounds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.parquet")
	rows := []wide{{ID: "SECRETNAME", Kind: "address", Parts: []part{{1, "HIDDENWORD"}}, Words: []string{"OPENWORD"}}}
	if _, err := Write(path, rows, Options{Personal: []string{"id", "parts"}}); err != nil {
		t.Fatal(err)
	}
	f, done, err := open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	bounds := map[string]string{}
	for _, group := range f.Metadata().RowGroups {
		for c, chunk := range group.Columns {
			s := chunk.MetaData.Statistics
			bounds[strings.Join(f.Schema().Columns()[c], ".")] += string(s.MinValue) + string(s.MaxValue) + string(s.Min) + string(s.Max)
			if chunk.ColumnIndexOffset != 0 || chunk.OffsetIndexOffset != 0 {
				t.Errorf("column %d points to a page index", c)
			}
		}
	}
	for name, b := range bounds {
		if personal := name == "id" || strings.HasPrefix(name, "parts."); personal && b != "" {
			t.Errorf("column %s: bounds hold %q", name, b)
		}
	}
	if !strings.Contains(bounds["words.list.element"], "OPENWORD") {
		t.Errorf("an ordinary column lost its bounds: %q", bounds)
	}
}

func TestUnknownPersonalColumn(t *testing.T) {
	_, err := Write(filepath.Join(t.TempDir(), "x"), []wide{}, Options{Personal: []string{"nmae"}})
	if err == nil || !strings.Contains(err.Error(), `"nmae"`) {
		t.Fatalf("got %v", err)
	}
}

// parquet-go alone would read each of these as zeros, or convert.
func TestReadRefusesOtherColumns(t *testing.T) {
	type old struct {
		ID string `parquet:"id"`
		N  int64  `parquet:"n"`
	}
	type missing struct {
		ID   string `parquet:"id"`
		Born int32  `parquet:"born"`
	}
	type typed struct {
		ID string `parquet:"id"`
		N  string `parquet:"n"`
	}
	type optional struct {
		ID string `parquet:"id"`
		N  *int64 `parquet:"n,optional"`
	}
	type narrower struct {
		ID string `parquet:"id"`
	}
	path := filepath.Join(t.TempDir(), "old.parquet")
	if _, err := Write(path, []old{{"a", 1}}, Options{}); err != nil {
		t.Fatal(err)
	}
	check := func(err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	_, err := Read[missing](path)
	check(err, "column born is missing")
	_, err = Read[typed](path)
	check(err, "column n is INT(64,true), want STRING")
	_, err = Read[optional](path)
	check(err, "column n nests or is optional")
	if rows, err := Read[narrower](path); err != nil || len(rows) != 1 || rows[0].ID != "a" {
		t.Errorf("a column more than wanted: %v, %v", rows, err)
	}
}

// Rows that are read one by one keep what they hold beyond their batch, and the reader ends when it is told to.
func TestReadEach_BeyondABatch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "e.parquet")
	rows := make([]wide, 2*batchRows+1)
	for i := range rows {
		rows[i] = wide{ID: fmt.Sprint("id", i), Words: []string{fmt.Sprint("w", i)}, Marks: slices.Repeat([]uint64{uint64(i)}, i%3)}
	}
	if _, err := Write(path, rows, Options{}); err != nil {
		t.Fatal(err)
	}
	var each []wide
	enough := errors.New("enough")
	err := ReadEach(path, func(r *wide) error {
		if len(each) == len(rows)-1 {
			return enough
		}
		each = append(each, *r)
		return nil
	})
	if !errors.Is(err, enough) || !slices.Equal(plain(each), plain(rows[:len(rows)-1])) {
		t.Errorf("%d rows of %d, %v", len(each), len(rows), err)
	}
}

// A damaged file may be an error or go unseen (the manifest's digest finds it); it never panics or hangs.
func TestDamagedFilesDoNotPanic(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.parquet")
	rows := make([]wide, 50)
	for i := range rows {
		rows[i] = wide{ID: fmt.Sprint("id", i), Kind: "phone", Parts: []part{{int32(i), "w"}}, Words: []string{"x", "y"}}
	}
	if _, err := Write(path, rows, Options{}); err != nil {
		t.Fatal(err)
	}
	whole := mustRead(t, path)
	random := rand.New(rand.NewPCG(7, 7))
	failed := 0
	for range 250 {
		damaged := slices.Clone(whole)
		for range 1 + random.IntN(3) {
			damaged[random.IntN(len(damaged))] ^= byte(1 + random.IntN(255))
		}
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err1 := Read[wide](path)
		_, err2 := Verify(path)
		if err1 != nil || err2 != nil {
			failed++
		}
	}
	if failed < 180 {
		t.Errorf("only %d of 250 damaged files were refused", failed)
	}
	if err := os.WriteFile(path, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Verify(path); err == nil {
		t.Error("half a file was accepted")
	}
}

// The checksum sees a value moved, lost or turned to null, which a count alone would not.
func TestChecksumSeesChange(t *testing.T) {
	schema := parquet.SchemaOf(new(wide))
	sum := func(rows ...wide) checksum {
		c := newChecksum(len(schema.Columns()))
		for _, r := range rows {
			c.add(schema.Deconstruct(nil, &r))
		}
		return c
	}
	n, zero := int64(1), int64(0)
	base := sum(wide{ID: "ab", Kind: "c", N: &n}, wide{ID: "d"})
	for name, other := range map[string]checksum{
		"moved between columns": sum(wide{ID: "a", Kind: "bc", N: &n}, wide{ID: "d"}),
		"moved between rows":    sum(wide{ID: "ab", Kind: "c"}, wide{ID: "d", N: &n}),
		"null":                  sum(wide{ID: "ab", Kind: "c"}, wide{ID: "d"}),
		"zero":                  sum(wide{ID: "ab", Kind: "c", N: &zero}, wide{ID: "d"}),
		"row lost":              sum(wide{ID: "ab", Kind: "c", N: &n}),
	} {
		if base.equal(other) {
			t.Errorf("%s: not seen", name)
		}
	}
}

// A writer that lost a value, swapped two rows or wrote one too few is found when the file is read back.
func TestReadBackFindsLoss(t *testing.T) {
	schema := parquet.SchemaOf(new(wide))
	rows := []wide{{ID: "a", Words: []string{"x", "y"}}, {ID: "b"}}
	path := filepath.Join(t.TempDir(), "t.parquet")
	if _, err := Write(path, rows, Options{}); err != nil {
		t.Fatal(err)
	}
	for name, meant := range map[string][]wide{
		"value lost": {{ID: "a", Words: []string{"x", "y", "z"}}, {ID: "b"}},
		"swapped":    {rows[1], rows[0]},
		"row lost":   {rows[0], rows[1], rows[1]},
	} {
		sum := newChecksum(len(schema.Columns()))
		for _, r := range meant {
			sum.add(schema.Deconstruct(nil, &r))
		}
		if err := verifyAgainst(path, sum); err == nil || !strings.Contains(err.Error(), "read back after writing") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// The counts that a file states in several places must agree, whichever of them is wrong.
func TestCountsMustAgree(t *testing.T) {
	for want, change := range map[string]func(*format.FileMetaData){
		"the footer says 4 rows, the row groups add up to 3": func(m *format.FileMetaData) { m.NumRows++ },
		"the footer says 3 rows, the row groups add up to 0": func(m *format.FileMetaData) { m.RowGroups = nil },
		"column id: 2 values for 3 rows":                     func(m *format.FileMetaData) { m.RowGroups[0].Columns[0].MetaData.NumValues-- },
		"column id: 4 values for 3 rows":                     func(m *format.FileMetaData) { m.RowGroups[0].Columns[0].MetaData.NumValues++ },
	} {
		path := filepath.Join(t.TempDir(), "t.parquet")
		if _, err := Write(path, []wide{{ID: "a"}, {ID: "b"}, {ID: "c"}}, Options{}); err != nil {
			t.Fatal(err)
		}
		if n, err := Rows(path); n != 3 || err != nil {
			t.Fatalf("%d rows, %v", n, err)
		}
		refooter(t, path, change)
		_, readErr := Read[wide](path)
		_, rowsErr := Rows(path)
		_, verifyErr := Verify(path)
		for by, err := range map[string]error{"Read": readErr, "Rows": rowsErr, "Verify": verifyErr} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: want %q, got %v", by, want, err)
			}
		}
	}
}

// refooter gives a file another footer.
func refooter(t *testing.T, path string, change func(*format.FileMetaData)) {
	t.Helper()
	data := mustRead(t, path)
	f, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	change(f.Metadata())
	footer, err := thrift.Marshal(new(thrift.CompactProtocol), f.Metadata())
	if err != nil {
		t.Fatal(err)
	}
	old := binary.LittleEndian.Uint32(data[len(data)-8:])
	body := data[:len(data)-8-int(old)]
	data = slices.Concat(body, footer, binary.LittleEndian.AppendUint32(nil, uint32(len(footer))), []byte("PAR1"))
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestNoSuchTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "none.parquet")
	_, readErr := Read[wide](path)
	_, rowsErr := Rows(path)
	_, verifyErr := Verify(path)
	_, writeErr := Write(filepath.Join(path, "x"), []wide{}, Options{})
	for _, err := range []error{readErr, rowsErr, verifyErr, writeErr} {
		if !errors.Is(err, os.ErrNotExist) {
			t.Errorf("got %v", err)
		}
	}
}
