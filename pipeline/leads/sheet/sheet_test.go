package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func small() *Sheet {
	return &Sheet{
		Title:   "North: queue",
		Columns: []Column{{Name: "lead_id", Width: 24}, {Name: "headline", Width: 40}, {Name: "person_is", Choices: []string{"same person", "different person"}}},
		Rows:    [][]string{{"L-1", "Acme Freight reported hiring him.", ""}, {"L-2", `=HYPERLINK("http://x","y")`, "same person"}},
	}
}

func xlsx(t testing.TB, s *Sheet) []byte {
	var b bytes.Buffer
	if err := s.WriteXLSX(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A row that was written is the row that is read, from a workbook and from CSV, whatever a supplier wrote into it.
func TestLaw_WhatIsWrittenComesBack(t *testing.T) {
	cell := rapid.StringMatching(`[=+\-@' a-z0-9,"\n;]{0,8}[a-z]`)
	rapid.Check(t, func(t *rapid.T) {
		s := small()
		s.Rows = rapid.SliceOfN(rapid.SliceOfN(cell, 3, 3), 0, 5).Draw(t, "rows")
		written := map[string][]byte{"csv": csvOf(asTB(t), s)}
		if rapid.IntRange(0, 4).Draw(t, "workbook") == 0 { // a workbook takes a hundred times as long
			written["xlsx"] = xlsx(asTB(t), s)
		}
		for name, data := range written {
			lines, err := Read(data)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(lines) != len(s.Rows)+1 {
				t.Fatalf("%s: %d lines for %d rows", name, len(lines), len(s.Rows))
			}
			for i, row := range s.Rows {
				if !slices.Equal(lines[i+1].Cells, row) {
					t.Fatalf("%s: wrote %q, read %q", name, row, lines[i+1].Cells)
				}
			}
		}
	})
}

func csvOf(t testing.TB, s *Sheet) []byte {
	var b bytes.Buffer
	if err := s.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// asTB lets helpers of ordinary tests serve a property.
func asTB(t *rapid.T) testing.TB { return failer{t: t} }

type failer struct {
	testing.TB
	t *rapid.T
}

func (f failer) Fatal(args ...any) { f.t.Fatal(args...) }

// No cell is a formula in the workbook, and none would be calculated from the CSV.
func TestNoFormula(t *testing.T) {
	s := small()
	s.Rows = nil
	for _, evil := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''=1"} {
		s.Rows = append(s.Rows, []string{evil, evil, ""})
	}
	f, err := excelize.OpenReader(bytes.NewReader(xlsx(t, s)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for r := range s.Rows {
		cell, _ := excelize.CoordinatesToCellName(1, r+2)
		formula, _ := f.GetCellFormula(f.GetSheetName(0), cell)
		kind, _ := f.GetCellType(f.GetSheetName(0), cell)
		if formula != "" || kind != excelize.CellTypeSharedString && kind != excelize.CellTypeInlineString {
			t.Errorf("%s: formula %q, cell type %v", cell, formula, kind)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(string(csvOf(t, s))), "\n")[1:] {
		if first := strings.TrimLeft(line, `"`); !strings.HasPrefix(first, "'") {
			t.Errorf("CSV cell %q would be calculated", line)
		}
	}
}

// The header stays in view, the judgement column has its list, and the same rows give the same bytes.
func TestWorkbook(t *testing.T) {
	data := xlsx(t, small())
	if !bytes.Equal(data, xlsx(t, small())) {
		t.Error("the same rows gave other bytes")
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	tab := f.GetSheetName(0)
	if panes, err := f.GetPanes(tab); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	lists, err := f.GetDataValidations(tab)
	if err != nil || len(lists) != 1 || !strings.Contains(lists[0].Formula1, "same person,different person") {
		t.Errorf("lists %+v, %v", lists, err)
	}
	if tab != "North  queue" {
		t.Errorf("tab %q", tab)
	}
}

// A damaged workbook is an error.
func TestDamagedWorkbook(t *testing.T) {
	data := xlsx(t, small())
	for at := 0; at < len(data); at += 97 {
		damaged := slices.Clone(data)
		damaged[at] ^= 0xff
		_, _ = Read(damaged) // must return
	}
	if _, err := Read(data[:len(data)/2]); err == nil {
		t.Error("half a workbook was read")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("lead_id,person_is\nL-1,same person\n"))
	f.Add([]byte("\xef\xbb\xbf'=a,\"b\nc\"\n"))
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, _ := z.Create("xl/workbook.xml")
	_, _ = io.WriteString(w, "<workbook/>")
	_ = z.Close()
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		lines, err := Read(data)
		if err != nil {
			return
		}
		for _, l := range lines {
			if l.Row < 1 || strings.TrimSpace(strings.Join(l.Cells, "")) == "" {
				t.Fatalf("line %+v", l)
			}
		}
	})
}
