package pipeline_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/clerical"
)

func drawSample(t *testing.T, dir string, opt pipeline.SampleOptions) *pipeline.Sample {
	t.Helper()
	opt.Sheet = filepath.Join(dir, opt.Sheet)
	if opt.Size == 0 {
		opt.Size = 400
	}
	s, err := pipeline.DrawSample(context.Background(), load(t, dir, pipeline.Overrides{}), opt)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func rowsOf(t *testing.T, path string) (header []string, rows []map[string]string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return all[0], rows
}

// TestClerical_SheetIsBlind: a sheet shows both sides of what is compared, aliases too, tells how masked numbers agree, and
// holds nothing that says whose record it is or what it weighs.
func TestClerical_SheetIsBlind(t *testing.T) {
	dir := smallNight.with(files{"in/jobs.csv": strings.Replace(smallNight["in/jobs.csv"], "r1,234567891", "r1,234567819", 1)}).in(t)
	s := drawSample(t, dir, pipeline.SampleOptions{Sheet: "review.csv"})
	header, rows := rowsOf(t, s.Sheets[0])
	for _, column := range header {
		if slices.Contains([]string{"weight", "probability", "stratum", "subject_id", "record_id", "extract", "line", "account_record"}, column) {
			t.Errorf("the sheet has a column %s", column)
		}
	}
	find := func(subject, record string) map[string]string {
		for _, row := range rows {
			if strings.HasPrefix(row["given_subject"], subject) && row["given_record"] == record {
				return row
			}
		}
		t.Fatalf("no row of %s beside %s in %v", subject, record, rows)
		return nil
	}
	for column, want := range map[string]string{
		"given_subject": "ROBERT", "given_record": "BOB", "born_subject": "1981-03-05", "born_record": "1981-03-05", "ssn_subject": "***-**-7891",
		"ssn_record": "***-**-7819", "ssn_agreement": "two digits exchanged", "address_record": "12 ELM ST", "source": "employment", "label": "",
	} {
		if got := find("ROBERT", "BOB")[column]; got != want {
			t.Errorf("%s: %q, want %q", column, got, want)
		}
	}
	if got := find("MARIA", "MARIA")["family_subject"]; got != "DELGADO / DELGADO RUIZ" {
		t.Errorf("aliases stand as %q", got)
	}
	for _, path := range append([]string{s.KeyAt}, s.Sheets...) {
		page, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if found := regexp.MustCompile(`\b[0-9]{3}-?[0-9]{2}-?[0-9]{4}\b`).Find(page); found != nil {
			t.Errorf("%s: a whole number %s", path, found)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v; names and addresses are for the owner alone", path, info.Mode(), err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "runs")); err == nil {
		t.Error("drawing a sample published something")
	}
}

// TestClerical_NobodyProtected: a protected person's pairs, and every pair of a record that they claim, are in no sample: also
// the pair of the namesake at their door. They are counted.
func TestClerical_NobodyProtected(t *testing.T) {
	namesake := "S5,subject,,,Carl,,Whitfield,,,,1975-11-30,M,99 Secret Court,Springfield,IL,62702,,\n"
	for protected, want := range map[string]int64{"FV": 2, "": 0} {
		caseload := strings.Replace(smallNight["caseload.csv"], "S4,subject,FV", "S4,subject,"+protected, 1) + namesake
		dir := smallNight.with(files{"caseload.csv": caseload}).in(t)
		s := drawSample(t, dir, pipeline.SampleOptions{Sheet: "review.csv"})
		if s.Key.ProtectedPairs != want {
			t.Errorf("protected %q: %d pairs left out, want %d", protected, s.Key.ProtectedPairs, want)
		}
		sheet, err := os.ReadFile(s.Sheets[0])
		if err != nil {
			t.Fatal(err)
		}
		if shown := strings.Contains(string(sheet), "SECRET") || strings.Contains(string(sheet), "WHITFIELD"); shown != (protected == "") {
			t.Errorf("protected %q: the record's address shown: %v", protected, shown)
		}
		for _, p := range s.Key.Pairs { // explain holds the same rule by its own code
			q := pipeline.Question{Subject: p.SubjectID, Record: fmt.Sprintf("%s:%d", p.Extract, p.Line)}
			if _, err := pipeline.Explain(context.Background(), load(t, dir, pipeline.Overrides{}), q); err != nil {
				t.Errorf("pair %s %s: explain says %v", p.SubjectID, q.Record, err)
			}
		}
	}
}

// TestClerical_NothingIsWrittenOver: a sheet that is there may be filled in, and stays.
func TestClerical_NothingIsWrittenOver(t *testing.T) {
	dir := smallNight.in(t)
	s := drawSample(t, dir, pipeline.SampleOptions{Sheet: "review.csv", Reviewers: 2})
	if err := os.WriteFile(s.Sheets[1], []byte("filled in"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(s.KeyAt); err != nil {
		t.Fatal(err)
	}
	_, err := pipeline.DrawSample(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.SampleOptions{
		Sheet: filepath.Join(dir, "review.csv"), Reviewers: 2, Size: 10,
	})
	if !errors.Is(err, pipeline.ErrConfig) || !strings.Contains(err.Error(), s.Sheets[0]) {
		t.Errorf("error %v", err)
	}
	if page, _ := os.ReadFile(s.Sheets[1]); string(page) != "filled in" {
		t.Errorf("the filled sheet now holds %.40q", page)
	}
}

// TestClerical_AnotherModelIsSaid: figures are of the model that the sample was drawn with, and a note says so when the plan's
// is another.
func TestClerical_AnotherModelIsSaid(t *testing.T) {
	dir := smallNight.in(t)
	s := drawSample(t, dir, pipeline.SampleOptions{Sheet: "review.csv"})
	var filled strings.Builder
	filled.WriteString("pair_id,label\n")
	for _, p := range s.Key.Pairs {
		fmt.Fprintf(&filled, "%s,same\n", p.PairID)
	}
	if err := os.WriteFile(s.Sheets[0], []byte(filled.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	config := strings.Replace(smallNight["night.yaml"], "known_share: 0.3", "known_share: 0.2", 1)
	for content, want := range map[string]bool{smallNight["night.yaml"]: false, config: true} {
		if err := os.WriteFile(filepath.Join(dir, "night.yaml"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := pipeline.EvaluateLabels(load(t, dir, pipeline.Overrides{}), clerical.Files{Sheets: s.Sheets})
		if err != nil {
			t.Fatal(err)
		}
		if said := slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, "the config is another") }); said != want {
			t.Errorf("said %v, want %v: %q", said, want, r.Notes)
		}
	}
}
