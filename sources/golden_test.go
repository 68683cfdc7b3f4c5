package sources_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

var update = flag.Bool("update", false, "rewrite the outputs of testdata/golden")

// TestGolden reads one page for each layout: raw lines in, rows, rejects and
// verdicts out. The page is named for its layout and says what it shows.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/golden/*.txtar")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages", err)
	}
	for _, page := range pages {
		name := strings.TrimSuffix(filepath.Base(page), ".txtar")
		t.Run(name, func(t *testing.T) { golden(t, page, loadTest(t, name)) })
	}
}

// TestGolden_EveryLayoutHasAPage: what a layout reads and rejects is to be seen. Values of the agency's own files are checked later
// (package pipeline).
func TestGolden_EveryLayoutHasAPage(t *testing.T) {
	for _, l := range sources.BuiltIn() {
		if _, err := os.Stat("testdata/golden/" + l.Name + ".txtar"); err != nil {
			t.Errorf("%s has no page", l.Name)
		}
	}
}

func golden(t *testing.T, page string, l *sources.Layout) {
	archive, err := txtar.ParseFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) != 2 || !strings.HasPrefix(archive.Files[0].Name, "input") || archive.Files[1].Name != "output" {
		t.Fatal("a page has input (input.hex where it is no text) and output")
	}
	data := archive.Files[0].Data
	if archive.Files[0].Name == "input.hex" {
		data = hexBytes(t, data)
	}
	got := transcript(l, sourcetest.ReadBytes(t, "input", data, l, sources.CutOptions{}))
	if *update {
		archive.Files[1].Data = []byte(got)
		if err := os.WriteFile(page, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(archive.Files[1].Data); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// transcript writes an outcome as a person would want to read it.
func transcript(l *sources.Layout, o *sourcetest.Outcome) string {
	var b strings.Builder
	for i, row := range o.Rows {
		fmt.Fprintf(&b, "row at line %d, section %d\n", o.Lines[i], o.Sections[i]+1)
		for c, v := range row {
			if v != "" {
				column := l.Columns()[c]
				fmt.Fprintf(&b, "  %-18s %-4s %s\n", column.Key(), column.Role, shownValue(column.Name, v))
			}
		}
	}
	for _, v := range o.Invalid {
		fmt.Fprintf(&b, "invalid at line %d: %s, %s\n", v.Line, l.Columns()[v.Column].Key(), v.Reason)
	}
	for _, r := range o.Rejects {
		fmt.Fprintf(&b, "reject at line %d, record %d: %s (%s)\n", r.Line, r.Record, r.Reason, r.Detail)
	}
	if o.Err != nil {
		return b.String() + "error: " + o.Err.Error()[strings.LastIndex(o.Err.Error(), "/")+1:] + "\n"
	}
	for _, s := range o.Report.Sections {
		fmt.Fprintf(&b, "section %d %q from line %d: %d rows, %d expected; %s\n", s.Index+1, s.Name, s.Line, s.Rows, s.Want, orHealthy(s.Fault))
	}
	return b.String()
}

func orHealthy(fault string) string {
	if fault == "" {
		return "healthy"
	}
	return fault
}

// shownValue masks numbers of persons: pages are read by people.
func shownValue(name, v string) string {
	if strings.Contains(name, "ssn") && len(v) >= 4 {
		return "***-**-" + v[len(v)-4:]
	}
	return v
}
