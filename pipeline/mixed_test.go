package pipeline_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
	"locatematch/sources"
	"locatematch/sources/sourcetest"
	"locatematch/sources/synth"
)

// TestMixedNight_SameLeads: a night of EBCDIC in fixed records, gzip CSV, Parquet and OpenPGP gives the leads of the same night in
// plain CSV, but for file and line in the evidence.
func TestMixedNight_SameLeads(t *testing.T) {
	dir := t.TempDir()
	if _, err := synth.Night(context.Background(), synth.Options{Out: dir, Seed: 11, Subjects: 400, Strangers: 3_000}); err != nil {
		t.Fatal(err)
	}
	plain := rewritten(t, dir, map[string]form{"ncoa": {}, "w4": {}, "scra": {}, "fidm": {}})
	mixed := rewritten(t, dir, map[string]form{
		"fidm": {format: sources.Fixed}, "w4": {layers: []string{"gz"}}, "scra": {format: sources.Parquet}, "ncoa": {layers: []string{"zip", "pgp"}},
	})
	want, got := leadsOf(t, publishedIn(t, plain)), leadsOf(t, publishedIn(t, mixed))
	if len(want) < 100 || len(got) != len(want) {
		t.Fatalf("%d leads of the mixed night, %d of the plain one", len(got), len(want))
	}
	extracts, moved := map[string]int{}, 0
	for i := range want {
		for e := range want[i].Evidence {
			extracts[want[i].Evidence[e].Extract]++
			if want[i].Evidence[e].File != got[i].Evidence[e].File || want[i].Evidence[e].Line != got[i].Evidence[e].Line {
				moved++
			}
		}
		if a, b := unplaced(want[i]), unplaced(got[i]); !reflect.DeepEqual(a, b) {
			t.Fatalf("lead %d:\nplain %+v\nmixed %+v", i, a, b)
		}
	}
	if len(extracts) < 4 || moved == 0 {
		t.Errorf("evidence by extract %v, %d at another place: this test would pass on anything", extracts, moved)
	}
}

// unplaced is a lead without the places of its evidence. Record ids are lines where a layout has none.
func unplaced(l leads.Lead) leads.Lead {
	l.Evidence = slices.Clone(l.Evidence)
	for e := range l.Evidence {
		l.Evidence[e].File, l.Evidence[e].Line, l.Evidence[e].RecordID = "", 0, ""
	}
	return l
}

func publishedIn(t *testing.T, dir string) string {
	t.Helper()
	if m := run(t, dir).Manifest; m.Outcome.Code != pipeline.ExitPublished {
		t.Fatalf("outcome %+v", m.Outcome)
	}
	return dir
}

// form is how one extract is written: CSV where no format is given, then in layers.
type form struct {
	format string
	layers []string
}

// rewritten writes the extracts of a synthetic night in other forms, with the same values in the same order, and gives the folder.
func rewritten(t *testing.T, night string, forms map[string]form) string {
	t.Helper()
	plan := load(t, night, pipeline.Overrides{})
	caseload, err := os.ReadFile(filepath.Join(night, "caseload.csv"))
	if err != nil {
		t.Fatal(err)
	}
	cases, err := os.ReadFile(filepath.Join(night, "in", "cases.csv")) // without facts of the cases no bank data are used
	if err != nil {
		t.Fatal(err)
	}
	config := "as_of: 2026-11-21\ncaseload: {files: caseload.csv, layout: caseload}\nagency: {cases: {files: cases.csv}}\n" +
		"keys: {openpgp: agency.asc}\nextracts:\n"
	out := files{"caseload.csv": string(caseload), "cases.csv": string(cases), "agency.asc": sourcetest.OpenPGPKey(t)}
	for _, feed := range plan.Extracts {
		f := forms[feed.Name]
		text := layoutText(feed.Layout, f.format)
		layout, err := sources.Parse([]byte(text), feed.Name+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		rows := sourcetest.Read(t, feed.Paths[0], feed.Layout, sources.CutOptions{}).Rows
		name, disk := sourcetest.Wrap(t, feed.Name+".dat", encodedRows(t, layout, rows), f.layers...)
		out[feed.Name+".yaml"], out["in/"+name] = text, string(disk)
		config += fmt.Sprintf("  - {name: %s, source: %s, files: in/%s, layout: ./%s.yaml}\n", feed.Name, feed.Source, name, feed.Name)
	}
	out["night.yaml"] = config
	return out.in(t)
}

// layoutText is a layout of one record type with all columns of another, in CSV, Parquet, or fixed records of EBCDIC in which
// balance and birth date are packed.
func layoutText(l *sources.Layout, format string) string {
	var fields strings.Builder
	at := 1
	for _, c := range l.Columns() {
		fmt.Fprintf(&fields, "      - {name: %s, role: %s, form: %q", c.Key(), c.Role, c.Form)
		if c.Label != "" {
			fmt.Fprintf(&fields, ", label: %s", c.Label)
		}
		if format == sources.Fixed {
			width := max(c.Width, 1)
			switch c.Name {
			case "balance":
				width = 4
				fields.WriteString(", number: packed")
			case "born":
				width = 5
				fields.WriteString(", number: packed, digits: 8")
			}
			fmt.Fprintf(&fields, ", at: %d, width: %d", at, width)
			at += width
		}
		fields.WriteString("}\n")
	}
	head := map[string]string{
		"": "format: csv\nencoding: utf-8\n", sources.Parquet: "format: parquet\n",
		sources.Fixed: fmt.Sprintf("format: fixed\nencoding: ebcdic-037\nlength: %d\n", at-1),
	}[format]
	return fmt.Sprintf("name: %s-again\ntitle: The same again\nsource: %s\nstatus: published\norigin: this test\n%srecords:\n  data:\n    fields:\n%s",
		strings.TrimPrefix(l.Name, "example-"), l.Source, head, fields.String())
}

func encodedRows(t *testing.T, l *sources.Layout, rows [][]string) []byte {
	t.Helper()
	var b bytes.Buffer
	e, err := sources.NewEncoder(&b, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := e.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
