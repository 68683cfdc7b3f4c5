package main

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"fmt"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// TestLeakScan_FindsEveryPlantedLeak writes planted values in every form that the product writes, as a writer that leaks would: the
// scan finds each. What looks like one and is none, it passes over.
func TestLeakScan_FindsEveryPlantedLeak(t *testing.T) {
	s := newSecrets()
	s.words["ZQUVBABEBI"] = "somebody: street"
	s.numbers["9065551007"] = "somebody: telephone"
	s.ssns["301232001"] = "an SSN"
	s.whole["8877AB10007"] = "an account number"
	type row struct {
		Place string `parquet:"place,zstd"`
		SSN   int64  `parquet:"ssn"`
	}
	for name, leak := range map[string]struct {
		content []byte
		found   bool
	}{
		"as written":           {[]byte("lives at 101 ZQUVBABEBI LN"), true},
		"otherwise spelt":      {[]byte("101 Zquvbabebi Lane, Apt 4"), true},
		"as a key":             {[]byte("101 ZQUVBABEBI LN|45662"), true},
		"telephone":            {[]byte("call (906) 555-1007"), true},
		"telephone in a run":   {[]byte("19065551007"), true},
		"SSN":                  {[]byte(`{"ssn":"301-23-2001"}`), true},
		"SSN in another value": {[]byte("key 00301232001X"), true},
		"account":              {[]byte("<td>8877ab10007</td>"), true},
		"gzip":                 {deflated(t, "101 ZQUVBABEBI LN"), true},
		"workbook":             {archive(t, "101 ZQUVBABEBI LN"), true},
		"column":               {tableOf(t, row{Place: "101 ZQUVBABEBI LN"}), true},
		"number column":        {tableOf(t, row{SSN: 301232001}), true},
		"last four":            {[]byte("***-**-2001, ending 0007, (906) 555-1008"), false},
		"digest":               {fmt.Appendf(nil, "%x301232001%x", bytes.Repeat([]byte{171}, 9), bytes.Repeat([]byte{171}, 9)), false},
		"weight":               {[]byte("12.30123200111"), false},
		"another street":       {[]byte("101 ZQUVBABEBO LN"), false},
		"nothing in a column":  {tableOf(t, row{Place: "9 OPEN RD", SSN: 2001}), false},
	} {
		if found := s.scanFile(t, name, leak.content); (len(found) > 0) != leak.found {
			t.Errorf("%s: found %v", name, found)
		}
	}
}

func deflated(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func archive(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tableOf[T any](t *testing.T, rows ...T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := parquet.Write(&b, rows); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
