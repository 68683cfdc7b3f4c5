package pipeline_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"locatematch/pipeline"
	"locatematch/pipeline/report"
	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

// sealed gives the small night with its extract in layers, and the config lines given before the extracts.
func sealed(t *testing.T, config string, layers ...string) files {
	t.Helper()
	name, disk := sourcetest.Wrap(t, "jobs.csv", []byte(smallNight["in/jobs.csv"]), layers...)
	return smallNight.with(files{
		"in/jobs.csv":     "",
		"in/" + name:      string(disk),
		"night.yaml":      strings.NewReplacer("extracts:", config+"extracts:", "in/jobs*.csv", "in/*").Replace(smallNight["night.yaml"]),
		"keys/age.txt":    sourcetest.AgeKey(t),
		"keys/agency.asc": sourcetest.OpenPGPKey(t),
	})
}

// TestArriving_SameLeads: however the extract is packed, the leads are those of the plain file, but for its name.
func TestArriving_SameLeads(t *testing.T) {
	t.Setenv("LOCATEMATCH_TEST_PASSPHRASE", sourcetest.Passphrase)
	t.Setenv("LOCATEMATCH_TEST_AGE", sourcetest.AgeKey(t))
	want := leadsOf(t, publishedNight(t, smallNight))
	for _, x := range []struct {
		config string
		layers []string
	}{
		{"", []string{"gz"}}, {"", []string{"zip"}},
		{"keys: {age: keys/age.txt}\n", []string{"gz", "age"}},
		{"keys: {age_env: LOCATEMATCH_TEST_AGE}\n", []string{"agea"}},
		{"keys: {openpgp: keys/agency.asc}\n", []string{"zip", "pgp"}},
		{"keys: {openpgp: keys/agency.asc, age: keys/age.txt}\n", []string{"asc", "age"}},
		{"keys: {passphrase_env: LOCATEMATCH_TEST_PASSPHRASE}\n", []string{"zst", "pgpp"}},
	} {
		dir := publishedNight(t, sealed(t, x.config, x.layers...))
		if got := leadsOf(t, dir); len(got) != len(want) || len(got) == 0 {
			t.Errorf("%v: %d leads, want %d", x.layers, len(got), len(want))
		}
		all := everything(t, filepath.Join(dir, "runs")) + everything(t, filepath.Join(dir, "state"))
		for _, secret := range []string{sourcetest.Passphrase, strings.Split(sourcetest.AgeKey(t), "\n")[1]} {
			if strings.Contains(all, secret) {
				t.Errorf("%v: a key is in what was published", x.layers)
			}
		}
	}
}

func publishedNight(t *testing.T, night files) string {
	t.Helper()
	dir := night.in(t)
	if m := run(t, dir).Manifest; m.Outcome.Code != pipeline.ExitPublished {
		t.Fatalf("outcome %+v", m.Outcome)
	}
	return dir
}

// TestArriving_Refused: without the key, with a byte changed, or cut short the file is refused, and nothing of it published.
func TestArriving_Refused(t *testing.T) {
	change := func(n files, path string, how func(string) string) files { return n.with(files{path: how(n[path])}) }
	flip := func(s string) string {
		b := []byte(s)
		b[len(b)-20] ^= 1
		return string(b)
	}
	keys := "keys: {age: keys/age.txt, openpgp: keys/agency.asc}\n"
	for name, x := range map[string]struct {
		night files
		want  string
	}{
		"no key":    {sealed(t, "", "age"), "jobs.csv.age: encrypted data (age): no age key is configured (keys: age)"},
		"changed":   {change(sealed(t, keys, "pgp"), "in/jobs.csv.pgp", flip), "jobs.csv.pgp: encrypted data (OpenPGP) damaged, truncated or changed on the way"},
		"cut short": {change(sealed(t, keys, "age"), "in/jobs.csv.age", func(s string) string { return s[:len(s)-5] }), "jobs.csv.age: encrypted data (age)"},
		"gzip cut":  {change(sealed(t, keys, "gz"), "in/jobs.csv.gz", func(s string) string { return s[:len(s)-5] }), "compressed data truncated"},
	} {
		m := run(t, x.night.in(t)).Manifest
		jobs := m.Extracts[0]
		if jobs.State != report.StateRefused || m.Outcome.Code != pipeline.ExitShort || m.Leads.Total != 0 {
			t.Errorf("%s: state %s, outcome %d, %d leads", name, jobs.State, m.Outcome.Code, m.Leads.Total)
		}
		if !strings.Contains(jobs.Reason, x.want) {
			t.Errorf("%s: reason %q, want %q", name, jobs.Reason, x.want)
		}
	}
}

// TestArriving_ConfigFaults: they name the key in the config, and hold no part of a secret.
func TestArriving_ConfigFaults(t *testing.T) {
	t.Setenv("LOCATEMATCH_TEST_BAD", "AGE-SECRET-KEY-1QQQQ")
	for config, want := range map[string]string{
		"keys: {age: keys/none.txt}\n":               "keys.age: ",
		"keys: {passphrase_env: LOCATEMATCH_NO}\n":   "keys.passphrase_env: the environment has no variable LOCATEMATCH_NO",
		"keys: {age_env: LOCATEMATCH_TEST_BAD}\n":    "keys.age: the environment variable: no age identities",
		"keys: {passphrase: secret}\n":               "passphrase",
		"settle: soon\n":                             `settle: "soon" is not a length of time such as 60s or 5m`,
		"keys: {openpgp: night.yaml}\nsettle: -5s\n": "no OpenPGP keys",
	} {
		_, err := pipeline.Load(filepath.Join(sealed(t, config, "age").in(t), "night.yaml"), pipeline.Overrides{})
		if !errors.Is(err, pipeline.ErrConfig) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", config, err)
		}
		if err != nil && strings.Contains(err.Error(), "1QQQQ") {
			t.Errorf("%q: the message holds the key", config)
		}
	}
	done := smallNight.with(files{"night.yaml": strings.Replace(smallNight["night.yaml"], "expect: daily", "done: ../x", 1)})
	if _, err := pipeline.Load(filepath.Join(done.in(t), "night.yaml"), pipeline.Overrides{}); err == nil || !strings.Contains(err.Error(), "extracts.jobs.done") {
		t.Error(err)
	}
}

// TestArriving_NotReady: a file without its marker, or written to a moment ago, is left alone and named; the extract counts as
// absent and the run ends with 3. Once it is ready, the same night takes it in.
func TestArriving_NotReady(t *testing.T) {
	with := func(words string) files {
		return smallNight.with(files{"night.yaml": strings.Replace(smallNight["night.yaml"], "expect: daily", "expect: daily, "+words, 1)})
	}
	for name, x := range map[string]struct {
		night files
		want  string
		ready func(t *testing.T, dir string)
	}{
		"a marker for each": {with(`done: "{file}.done"`), "its marker (jobs.csv.done) has not come", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "in/jobs.csv.done"), "")
		}},
		"a marker for all": {with(`done: "*.done"`).with(files{"night.yaml": strings.Replace(with(`done: "*.done"`)["night.yaml"], "in/jobs*.csv", "in/*", 1)}),
			"its marker (*.done) has not come", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "in/today.done"), "") }},
		"settle": {with(`settle: 1h`), "written to within the last 1h0m0s", func(t *testing.T, dir string) {
			before := time.Now().Add(-2 * time.Hour)
			if err := os.Chtimes(filepath.Join(dir, "in/jobs.csv"), before, before); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		dir := x.night.in(t)
		m := run(t, dir).Manifest
		jobs := m.Extracts[0]
		if jobs.State != report.StateAbsent || m.Outcome.Code != pipeline.ExitShort || jobs.Read != 0 || len(jobs.Files) != 1 {
			t.Fatalf("%s: %+v, outcome %+v", name, jobs, m.Outcome)
		}
		if f := jobs.Files[0]; f.Name != "jobs.csv" || f.State != report.StateNotReady || f.Reason != x.want || f.SHA256 != "" || !strings.Contains(jobs.Reason, x.want) {
			t.Errorf("%s: file %+v, reason %q", name, f, jobs.Reason)
		}
		if want := "jobs has a file that is not ready (jobs.csv): run the night again when it is"; !strings.Contains(m.Outcome.Words, want) {
			t.Errorf("%s: %q", name, m.Outcome.Words)
		}
		x.ready(t, dir)
		again := run(t, dir).Manifest
		if again.Extracts[0].State != report.StateRead || again.Extracts[0].Read != 5 || again.Outcome.Code != pipeline.ExitPublished || again.Leads.Total == 0 {
			t.Errorf("%s, then ready: %+v", name, again.Extracts[0])
		}
	}
}

// TestArriving_EvaluateWaits: what is measured without a file that is there would be another night.
func TestArriving_EvaluateWaits(t *testing.T) {
	dir := smallNight.with(files{
		"night.yaml": strings.Replace(smallNight["night.yaml"], "expect: daily", `done: "{file}.done"`, 1),
		"truth.csv":  "subject_id,extract,record_id\nS1,jobs,r1\n",
	}).in(t)
	_, err := pipeline.Evaluate(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.EvaluateOptions{Truth: filepath.Join(dir, "truth.csv")})
	if err == nil || !strings.Contains(err.Error(), "extract jobs: jobs.csv is not ready: its marker (jobs.csv.done) has not come") {
		t.Errorf("error %v", err)
	}
}

// TestArriving_OldMarker: the marker of an earlier delivery does not make a newer file ready.
func TestArriving_OldMarker(t *testing.T) {
	dir := smallNight.with(files{
		"night.yaml":       strings.Replace(smallNight["night.yaml"], "expect: daily", `expect: daily, done: "{file}.done"`, 1),
		"in/jobs.csv.done": " ",
	}).in(t)
	before := time.Now().Add(-time.Hour)
	if err := os.Chtimes(filepath.Join(dir, "in/jobs.csv.done"), before, before); err != nil {
		t.Fatal(err)
	}
	if f := run(t, dir).Manifest.Extracts[0].Files[0]; f.Reason != "its marker (jobs.csv.done) is older than the file" {
		t.Errorf("%+v", f)
	}
}

// TestArriving_RequiredNotReady: nothing is published without it.
func TestArriving_RequiredNotReady(t *testing.T) {
	dir := smallNight.with(files{
		"night.yaml": strings.Replace(smallNight["night.yaml"], "expect: daily", `required: true, done: "{file}.done"`, 1),
	}).in(t)
	_, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.Options{})
	if !errors.Is(err, pipeline.ErrRequired) || !strings.Contains(err.Error(), "its marker (jobs.csv.done) has not come") {
		t.Errorf("error %v", err)
	}
}

// TestArriving_CaseloadNotReady: without the caseload nothing is run.
func TestArriving_CaseloadNotReady(t *testing.T) {
	dir := smallNight.with(files{"night.yaml": "settle: 1h\n" + smallNight["night.yaml"]}).in(t)
	_, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.Options{})
	if err == nil || !strings.Contains(err.Error(), "caseload: caseload.csv is not ready: written to within the last 1h0m0s") {
		t.Errorf("error %v", err)
	}
}

// TestArriving_GrowsMeanwhile: a file that is another when it is to be read than when the plan was made is left alone.
func TestArriving_GrowsMeanwhile(t *testing.T) {
	dir := smallNight.in(t)
	plan := load(t, dir, pipeline.Overrides{})
	write(t, filepath.Join(dir, "in/jobs.csv"), smallNight["in/jobs.csv"]+"r6,,A,B,,,,,,\n")
	r, err := pipeline.Run(context.Background(), plan, pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	jobs := r.Manifest.Extracts[0]
	if jobs.State != report.StateAbsent || jobs.Read != 0 || jobs.Files[0].Reason != "it changed between two looks: it is still being written" {
		t.Errorf("%+v", jobs)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestArriving_InvalidNumbers: a packed number that is none, and strays, are counted by field and listed with their line.
func TestArriving_InvalidNumbers(t *testing.T) {
	layout := `name: small-jobs
title: New hires from a mainframe
source: employment
status: published
origin: a test's own
format: fixed
encoding: ebcdic-037
length: 60
records:
  data:
    fields:
      - {name: ssn, at: 1, width: 5, number: packed}
      - {name: family, at: 6, width: 20}
      - {name: given, at: 26, width: 15}
      - {name: born, at: 41, width: 5, number: packed, digits: 8, form: CCYYMMDD}
      - {name: hire_date, at: 46, width: 5, number: packed, digits: 8, form: CCYYMMDD}
`
	l, err := sources.Parse([]byte(layout), "jobs.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e, err := sources.NewEncoder(&b, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range [][]string{{"234567891", "OKONKWO", "BOB", "19810305", "20261109"}, {"934567891", "BOX", "GUS", "19810305", "20269999"}} {
		if err := e.Row(row); err != nil {
			t.Fatal(err)
		}
	}
	e.Close()
	data := b.Bytes()
	data[49] = 0xFF    // the sign of the first hire date
	data[60+10] = 0x00 // inside the second family name's blanks
	data[60+5] = 0x07
	dir := smallNight.with(files{"in/jobs.csv": string(data), "jobs.yaml": layout}).in(t)
	m := run(t, dir).Manifest
	jobs := m.Extracts[0]
	if jobs.Read != 2 || jobs.Accepted != 2 || jobs.State != report.StateRead {
		t.Fatalf("%+v", jobs)
	}
	if n := countNamed(jobs.InvalidBy, "hire_date"); n != 2 { // one is no number, one no date
		t.Errorf("invalid %+v; want two hire dates", jobs.InvalidBy)
	}
	if n := countNamed(jobs.InvalidBy, "family (strays)"); n != 1 {
		t.Errorf("invalid %+v; want one family name with strays", jobs.InvalidBy)
	}
	if m.Links.Links == 0 {
		t.Error("no link from the row whose hire date is none")
	}
	if err := m.Balance(); err != nil {
		t.Error(err)
	}
	listed := everything(t, currentRun(t, dir))
	for _, want := range []string{"not_a_number", "stray_bytes"} {
		if !strings.Contains(listed, want) {
			t.Errorf("rejects.parquet does not list %s", want)
		}
	}
}
