package pipeline_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/report"
	"locatematch/sources"
)

// w4File is a file of new hires with a batch number, in the federal layout.
func w4File(t *testing.T, batch, given string) string {
	t.Helper()
	l, err := sources.Load("ndnh-w4")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e, err := sources.NewEncoder(&b, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		e.Write("header", map[string]string{"transmitter_state": "17", "transmitter": "123456789", "created": "20261120", "batch": batch}),
		e.Write("data", map[string]string{"ssn": "234567891", "given": given, "family": "OKONKWO", "born": "19810305", "ein": "481234567", "employer": "ACME FREIGHT", "hire_date": "20261109"}),
		e.Close(),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// TestRepeatedBatch: a batch number that came before, with other bytes, is refused and named, in one night and over nights;
// the extract's config can say that it is a correction; another sender's numbers are its own.
func TestRepeatedBatch(t *testing.T) {
	night := smallNight.with(files{
		"night.yaml": `as_of: 2026-11-21
caseload: {files: caseload.csv, layout: ./caseload.yaml}
extracts:
  - {name: w4, source: employment, files: "in/w4-*.txt", layout: ndnh-w4, allow_unconfirmed: true, known_share: 0.3}
`,
		"in/w4-1.txt": w4File(t, "000041", "ROBERT"), "in/w4-2.txt": w4File(t, "000041", "BOB"), "in/w4-3.txt": w4File(t, "000042", "ROBERT J"),
	})
	dir := night.in(t)
	states := func(r *pipeline.Result) (all []string) {
		for _, f := range r.Manifest.Extracts[0].Files {
			all = append(all, f.State)
		}
		return all
	}
	r := run(t, dir)
	if got := strings.Join(states(r), " "); got != "read refused read" {
		t.Fatal(got)
	}
	f := r.Manifest.Extracts[0].Files[1]
	if f.State != report.StateRefused || !strings.Contains(f.Reason, "w4-2.txt: batch 000041 was read before, from w4-1.txt") {
		t.Errorf("%+v", f)
	}
	if r.Manifest.Outcome.Code != 3 {
		t.Errorf("%+v", r.Manifest.Outcome)
	}
	next := files{"in/w4-4.txt": w4File(t, "000042", "R")}
	for name, content := range next {
		writeFile(t, dir, name, content)
	}
	p := load(t, dir, pipeline.Overrides{AsOf: "2026-11-22"})
	r, err := pipeline.Run(context.Background(), p, pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(states(r), " "); got != "skipped refused skipped refused" {
		t.Fatal(got)
	}
	if f := r.Manifest.Extracts[0].Files[3]; !strings.Contains(f.Reason, "from w4-3.txt in run 2026-11-21-") {
		t.Errorf("%+v", f)
	}
	writeFile(t, dir, "night.yaml", strings.Replace(night["night.yaml"], "known_share", "allow_repeated_batch: true, known_share", 1))
	r, err = pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{AsOf: "2026-11-23"}), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(states(r), " "); got != "skipped read skipped read" {
		t.Fatal(got)
	}
}

func writeFile(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
