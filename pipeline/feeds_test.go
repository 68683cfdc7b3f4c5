package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/report"
)

// night runs the small night's folder for another business date.
func night(t *testing.T, dir, asOf string) (*pipeline.Result, error) {
	t.Helper()
	return pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{AsOf: asOf}), pipeline.Options{})
}

// TestFeed_StoppedComing: a daily feed may pause over a long weekend; when nothing new has come for longer, the old files that
// still lie in the folder do not hide it.
func TestFeed_StoppedComing(t *testing.T) {
	dir := smallNight.in(t)
	run(t, dir)
	for _, want := range []struct {
		asOf string
		code int
	}{{"2026-11-22", pipeline.ExitPublished}, {"2026-11-25", pipeline.ExitPublished}, {"2026-11-26", pipeline.ExitShort}} {
		r, err := night(t, dir, want.asOf)
		if err != nil {
			t.Fatal(err)
		}
		jobs := r.Manifest.Extracts[0]
		if r.Manifest.Outcome.Code != want.code || jobs.State != report.StateSkipped || !strings.Contains(jobs.Reason, "no new file since 2026-11-21") {
			t.Errorf("%s: code %d, state %s, reason %q; want code %d", want.asOf, r.Manifest.Outcome.Code, jobs.State, jobs.Reason, want.code)
		}
	}
}

// TestFeed_RequiredStoppedComing: a required extract that is overdue fails the run, and the run before stays current.
func TestFeed_RequiredStoppedComing(t *testing.T) {
	dir := smallNight.with(files{
		"night.yaml": strings.Replace(smallNight["night.yaml"], "expect: daily", "expect: daily, required: true", 1),
	}).in(t)
	first := run(t, dir)
	if _, err := night(t, dir, "2027-06-01"); !errors.Is(err, pipeline.ErrRequired) {
		t.Errorf("error %v", err)
	}
	if got := filepath.Base(currentRun(t, dir)); got != first.Manifest.Run {
		t.Errorf("current is %s, want %s", got, first.Manifest.Run)
	}
}

// TestFeed_IntoThePast: history never goes backwards.
func TestFeed_IntoThePast(t *testing.T) {
	dir := smallNight.in(t)
	run(t, dir)
	_, err := night(t, dir, "2026-11-20")
	if !errors.Is(err, pipeline.ErrConfig) || !strings.Contains(err.Error(), "is before 2026-11-21") {
		t.Errorf("error %v", err)
	}
}

// TestFeed_SameBytesTwice: a copy of a file under another name is read once.
func TestFeed_SameBytesTwice(t *testing.T) {
	once := run(t, smallNight.in(t)).Manifest
	twice := run(t, smallNight.with(files{"in/jobs-copy.csv": smallNight["in/jobs.csv"]}).in(t)).Manifest
	if twice.Extracts[0].Read != once.Extracts[0].Read || twice.Links.Kept != once.Links.Kept || twice.Leads.Total != once.Leads.Total {
		t.Errorf("with a copy: read %d, links %d, leads %d; without: %d, %d, %d", twice.Extracts[0].Read, twice.Links.Kept,
			twice.Leads.Total, once.Extracts[0].Read, once.Links.Kept, once.Leads.Total)
	}
	if copied := twice.Extracts[0].Files[1]; copied.State != report.StateSkipped || copied.Reason != "the same bytes as jobs-copy.csv" {
		t.Errorf("the second file is %+v", copied)
	}
}

// TestFeed_Empty: an expected extract without a record is not a healthy one, and is looked at again the next night.
func TestFeed_Empty(t *testing.T) {
	header, _, _ := strings.Cut(smallNight["in/jobs.csv"], "\n")
	dir := smallNight.with(files{"in/jobs.csv": header + "\n"}).in(t)
	m := run(t, dir).Manifest
	if jobs := m.Extracts[0]; m.Outcome.Code != pipeline.ExitShort || jobs.State != report.StateRefused || jobs.Reason != "no record in jobs.csv" {
		t.Errorf("code %d, state %s, reason %q", m.Outcome.Code, jobs.State, jobs.Reason)
	}
	next, err := night(t, dir, "2026-11-22")
	if err != nil || next.Manifest.Extracts[0].State != report.StateRefused {
		t.Errorf("the next night: %+v, %v", next, err)
	}
}

// TestRun_StandingRunIsVerified: the same night again is not called done when its files were damaged since.
func TestRun_StandingRunIsVerified(t *testing.T) {
	dir := smallNight.in(t)
	run(t, dir)
	if err := os.Remove(filepath.Join(currentRun(t, dir), "leads.parquet")); err != nil {
		t.Fatal(err)
	}
	if _, err := night(t, dir, ""); err == nil || !strings.Contains(err.Error(), "leads.parquet") {
		t.Errorf("error %v", err)
	}
}

// TestRun_WarnsOfDoubtfulNames: a field of an agency's own layout that is nearly a canonical name is probably misspelt.
func TestRun_WarnsOfDoubtfulNames(t *testing.T) {
	dir := smallNight.with(files{"jobs.yaml": strings.Replace(smallNight["jobs.yaml"], "{name: ssn, role: own}", "{name: snn, column: ssn}", 1)}).in(t)
	m := run(t, dir).Manifest
	if len(m.Warnings) != 1 || !strings.Contains(m.Warnings[0], "snn") || !strings.Contains(m.Warnings[0], "ssn") {
		t.Errorf("warnings %q", m.Warnings)
	}
}

// TestRun_WarnsOfTheFuture: events after the business date say that one of the two is wrong.
func TestRun_WarnsOfTheFuture(t *testing.T) {
	r, err := night(t, smallNight.in(t), "2020-01-01")
	if err != nil {
		t.Fatal(err)
	}
	if w := strings.Join(r.Manifest.Warnings, " "); !strings.Contains(w, "after the business date 2020-01-01") {
		t.Errorf("warnings %q", w)
	}
}

// TestCaseload_SeveralCasesInAnyOrder: a person looked for in one case is a subject, whatever their part in another, and
// whichever row comes first.
func TestCaseload_SeveralCasesInAnyOrder(t *testing.T) {
	shield := "S1,shield,,234-56-7891,Robert,J,Okonkwo,,,,1981-03-05,M,12 Elm Street,Springfield,IL,62704,,\n"
	header, rows, _ := strings.Cut(smallNight["caseload.csv"], "\n")
	for name, caseload := range map[string]string{"before": header + "\n" + shield + rows, "after": header + "\n" + rows + shield} {
		dir := smallNight.with(files{"caseload.csv": caseload}).in(t)
		m := run(t, dir).Manifest
		if m.Caseload.Subjects != 4 || m.Caseload.Shields != 1 {
			t.Errorf("shield's row %s: %d subjects, %d shields; want 4, 1", name, m.Caseload.Subjects, m.Caseload.Shields)
		}
		found := false
		for _, l := range leadsOf(t, dir) {
			found = found || l.SubjectID == "S1"
		}
		if !found {
			t.Errorf("shield's row %s: no lead on the person looked for", name)
		}
	}
}
