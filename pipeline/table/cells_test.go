package table

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// plainRow is a row of plain values, someCells some of them in another order.
type (
	plainRow struct {
		Word  string `parquet:"word"`
		Kind  string `parquet:"kind,dict"`
		N     int64  `parquet:"n"`
		Day   int32  `parquet:"day,date"`
		Yes   bool   `parquet:"yes"`
		Bytes []byte `parquet:"bytes"`
	}
	someCells struct {
		Bytes []byte `parquet:"bytes"`
		Word  string `parquet:"word"`
		Kind  string `parquet:"kind,dict"`
		Day   int32  `parquet:"day,date"`
		N     int64  `parquet:"n"`
		Yes   bool   `parquet:"yes"`
	}
)

// Law: cells hold what rows of a type hold, in the order of the type that is asked for.
func TestEachCells_ReadsWhatReadReads(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.parquet")
	rapid.Check(t, func(t *rapid.T) {
		var rows []plainRow
		for range rapid.IntRange(0, 3).Draw(t, "hundreds") {
			for i := range 100 * rapid.IntRange(0, 9).Draw(t, "rows") {
				rows = append(rows, plainRow{Word: strings.Repeat("w", i%7), Kind: fmt.Sprint(i % 3), N: int64(i), Day: int32(-i), Yes: i%2 == 0, Bytes: []byte{byte(i), 0, 255}})
			}
		}
		if _, err := Write(path, rows, Options{}); err != nil {
			t.Fatal(err)
		}
		n := 0
		err := EachCells[someCells](path, func(c Cells) error {
			r := rows[n]
			if string(c.Text(0)) != string(r.Bytes) || string(c.Text(1)) != r.Word || string(c.Text(2)) != r.Kind || c.Int(3) != int64(r.Day) || c.Int(4) != r.N || c.Is(5) != r.Yes {
				return fmt.Errorf("row %d: got %v, want %+v", n, c, r)
			}
			n++
			return nil
		})
		if err != nil || n != len(rows) {
			t.Fatalf("%d of %d rows, %v", n, len(rows), err)
		}
	})
}

// Columns that are not there, or hold something else, are named; an error of whoever reads ends it and names the file.
func TestEachCells_Refuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "t.parquet")
	if _, err := Write(path, []wide{{ID: "a", Words: []string{"x"}}, {ID: "b"}}, Options{}); err != nil {
		t.Fatal(err)
	}
	none := func(Cells) error { return nil }
	for want, err := range map[string]error{
		"column ident is missing": EachCells[struct {
			Ident string `parquet:"ident"`
		}](path, none),
		"column w is DOUBLE, want INT(64,true)": EachCells[struct {
			W int64 `parquet:"w"`
		}](path, none),
		"column words.list.element nests": EachCells[struct {
			Words []string `parquet:"words,list"`
		}](path, none),
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	enough, rows := errors.New("enough"), 0
	if err := EachCells[struct {
		ID string `parquet:"id"`
	}](path, func(Cells) error { rows++; return enough }); !errors.Is(err, enough) || rows != 1 || !strings.Contains(err.Error(), path) {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// A damaged file may be an error or go unseen (the manifest's digest finds it); reading its cells never panics or hangs.
func TestEachCells_DamagedFilesDoNotPanic(t *testing.T) {
	path := filepath.Join(t.TempDir(), "d.parquet")
	rows := make([]plainRow, 600)
	for i := range rows {
		rows[i] = plainRow{Word: fmt.Sprint("word ", i), Kind: "k", Bytes: bytes.Repeat([]byte{byte(i)}, i%9)}
	}
	if _, err := Write(path, rows, Options{}); err != nil {
		t.Fatal(err)
	}
	whole, random, failed := mustRead(t, path), rand.New(rand.NewPCG(7, 7)), 0
	for range 200 {
		damaged := slices.Clone(whole)
		for range 1 + random.IntN(3) {
			damaged[random.IntN(len(damaged))] ^= byte(1 + random.IntN(255))
		}
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if EachCells[someCells](path, func(Cells) error { return nil }) != nil {
			failed++
		}
	}
	if failed < 100 {
		t.Errorf("only %d of 200 damaged files were refused", failed)
	}
}

// A note is written behind the rows, and what it says may follow from them. A table without it says so.
func TestNote_IsWrittenWhenTheRowsAre(t *testing.T) {
	path, seen := filepath.Join(t.TempDir(), "t.parquet"), 0
	rows := func(yield func(plainRow) bool) {
		for ; seen < 3 && yield(plainRow{N: int64(seen)}); seen++ {
		}
	}
	if _, err := WriteSeq(path, rows, Options{Note: func() (string, string) { return "rows", fmt.Sprint(seen) }}); err != nil {
		t.Fatal(err)
	}
	if text, found, err := ReadNote(path, "rows"); text != "3" || !found || err != nil {
		t.Errorf("%q, %v, %v", text, found, err)
	}
	if _, found, err := ReadNote(path, "columns"); found || err != nil {
		t.Errorf("%v, %v", found, err)
	}
	if _, _, err := ReadNote(filepath.Join(filepath.Dir(path), "none"), "rows"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}
