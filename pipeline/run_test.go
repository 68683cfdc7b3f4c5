package pipeline_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
)

// TestRun_SmallNight follows four people through a night: Robert is found under his nickname, Maria under a joined double
// surname without a number, the shield wins her own record and yields nothing, the protected person leaves no trace.
func TestRun_SmallNight(t *testing.T) {
	dir := smallNight.in(t)
	m := run(t, dir).Manifest
	if m.Outcome.Code != pipeline.ExitPublished {
		t.Fatalf("outcome %+v", m.Outcome)
	}
	jobs := m.Extracts[0]
	if jobs.Read != 5 || jobs.Accepted != 5 || jobs.Rejected != 0 {
		t.Errorf("read %d = accepted %d + rejected %d; want 5 = 5 + 0", jobs.Read, jobs.Accepted, jobs.Rejected)
	}
	if got := countNamed(jobs.InvalidBy, "born") + countNamed(jobs.InvalidBy, "hire_date"); got != 2 {
		t.Errorf("invalid values %+v; want one birth date and one hire date", jobs.InvalidBy)
	}
	subjects := map[string]int{}
	for _, l := range leadsOf(t, dir) {
		subjects[l.SubjectID]++
	}
	if subjects["S1"] == 0 || subjects["S2"] == 0 || subjects["S3"] != 0 || subjects["S4"] != 0 {
		t.Errorf("leads by subject %v; want some for S1 and S2, none for S3 (shield) and S4 (protected)", subjects)
	}
	if err := m.Balance(); err != nil {
		t.Error(err)
	}
}

// TestI10_ProtectedPersonLeavesNoTrace scans every byte published for the protected person's new whereabouts.
func TestI10_ProtectedPersonLeavesNoTrace(t *testing.T) {
	dir := smallNight.in(t)
	run(t, dir)
	if !strings.Contains(strings.ToUpper(everything(t, filepath.Join(dir, "runs"))), "12 ELM ST") {
		t.Fatal("the scan does not see the leads: it would pass on anything")
	}
	for _, name := range []string{"runs", "state"} {
		all := strings.ToUpper(everything(t, filepath.Join(dir, name)))
		for _, secret := range []string{"SECRET CT", "HIDDEN WORKS", "HIDDEN LANE", "111222333", "WHITFIELD"} {
			if strings.Contains(all, secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
}

func countNamed(counts []report.Count, name string) int64 {
	for _, c := range counts {
		if c.Name == name {
			return c.N
		}
	}
	return 0
}

func leadsOf(t *testing.T, dir string) []leads.Lead {
	t.Helper()
	list, err := leads.ReadLeads(filepath.Join(currentRun(t, dir), "leads.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func currentRun(t *testing.T, dir string) string {
	t.Helper()
	id, err := os.ReadFile(filepath.Join(dir, "runs", "current"))
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "runs", strings.TrimSpace(string(id)))
}

// TestRun_RequiredExtractMissing: exit code 1, nothing published, and the run before stays current.
func TestRun_RequiredExtractMissing(t *testing.T) {
	night := smallNight.with(files{
		"in/jobs.csv": "",
		"night.yaml":  strings.Replace(smallNight["night.yaml"], "expect: daily", "required: true", 1),
	})
	dir := night.in(t)
	_, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.Options{})
	if !errors.Is(err, pipeline.ErrRequired) || !strings.Contains(err.Error(), "jobs: no file matches in/jobs*.csv") {
		t.Fatalf("error %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "runs", "current")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something was published: %v", err)
	}
}

// TestRun_LateFile: the next night reads only the file that came late, and leads seen before are known.
func TestRun_LateFile(t *testing.T) {
	dir := smallNight.in(t)
	first := run(t, dir).Manifest
	late := strings.NewReplacer("r1,", "r9,").Replace(smallNight["in/jobs.csv"])
	if err := os.WriteFile(filepath.Join(dir, "in", "jobs-late.csv"), []byte(late), 0o600); err != nil {
		t.Fatal(err)
	}
	second, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{AsOf: "2026-11-22"}), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := second.Manifest
	if m.Parent != first.Run || m.Extracts[0].State != report.StateRead || m.Extracts[0].Read != 5 {
		t.Errorf("parent %q, extract %+v; want parent %q and five rows read", m.Parent, m.Extracts[0], first.Run)
	}
	for _, l := range leadsOf(t, dir) {
		if l.Status == leads.New && l.Kind == leads.KindEmployer {
			t.Errorf("%s: an employer seen last night is new again: %s", l.SubjectID, l.StatusReason)
		}
		if l.FirstSeen >= l.LastSeen {
			t.Errorf("%s %s: first seen %v, last seen %v", l.SubjectID, l.Kind, l.FirstSeen, l.LastSeen)
		}
	}
}

// TestRun_RejectLimit: an extract beyond its limit is withheld whole, with the counts in words; its rejects are listed.
func TestRun_RejectLimit(t *testing.T) {
	dir := smallNight.with(files{"in/jobs.csv": smallNight["in/jobs.csv"] + "r6,too,few\n"}).in(t)
	m := run(t, dir).Manifest
	jobs := m.Extracts[0]
	if jobs.State != report.StateWithheld || m.Outcome.Code != pipeline.ExitShort || m.Leads.Total != 0 {
		t.Fatalf("state %s, outcome %+v, %d leads; want withheld, 3, none", jobs.State, m.Outcome, m.Leads.Total)
	}
	if want := "1 of 6 rows rejected (columns 1; the first in jobs.csv, line 7)"; !strings.Contains(jobs.Reason, want) {
		t.Errorf("reason %q, want %q in it", jobs.Reason, want)
	}
	type reject struct {
		Extract string `parquet:"extract,dict"`
		File    string `parquet:"file,dict"`
		Line    int64  `parquet:"line"`
		Kind    string `parquet:"kind,dict"`
		Reason  string `parquet:"reason,dict"`
		Field   string `parquet:"field,dict"`
		Detail  string `parquet:"detail"`
	}
	rejects, err := table.Read[reject](filepath.Join(currentRun(t, dir), "rejects.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	var row *reject
	for i := range rejects {
		if rejects[i].Extract != "jobs" {
			t.Errorf("%+v: of which extract?", rejects[i])
		}
		if rejects[i].Kind == "row" {
			row = &rejects[i]
		}
	}
	if row == nil || row.Line != 7 || row.File != "jobs.csv" {
		t.Errorf("rejects %+v; want line 7 of jobs.csv", rejects)
	}
}

// TestRun_RejectLimitBesideARefusedFile: a damaged file does not free the extract's other file from the limit.
func TestRun_RejectLimitBesideARefusedFile(t *testing.T) {
	m := run(t, smallNight.with(files{
		"in/jobs.csv":  smallNight["in/jobs.csv"] + "r6,too,few\n",
		"in/jobs2.csv": "not,these,columns\n1,2,3\n",
	}).in(t)).Manifest
	if jobs := m.Extracts[0]; jobs.State != report.StateWithheld || m.Leads.Total != 0 {
		t.Errorf("state %s, %d leads; want withheld and none", jobs.State, m.Leads.Total)
	}
}

// TestRun_FilesOfOneName: a folder a day, and the same file name in each, are told apart wherever a file is named.
func TestRun_FilesOfOneName(t *testing.T) {
	tuesday := strings.ReplaceAll(smallNight["in/jobs.csv"], "Acme Freight,123456789", "Zenith Mill,223456789")
	dir := smallNight.with(files{
		"night.yaml":      strings.Replace(smallNight["night.yaml"], "in/jobs*.csv", "in/*/jobs.csv", 1),
		"in/mon/jobs.csv": smallNight["in/jobs.csv"], "in/tue/jobs.csv": tuesday,
	}).in(t)
	var names []string
	for _, f := range run(t, dir).Manifest.Extracts[0].Files {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); got != "mon/jobs.csv tue/jobs.csv" {
		t.Errorf("files %s, want mon/jobs.csv tue/jobs.csv", got)
	}
	for _, l := range leadsOf(t, dir) {
		if want := "tue/jobs.csv"; l.Display == "Zenith Mill" && l.Evidence[0].File != want {
			t.Errorf("%s was seen in %s, want %s", l.Display, l.Evidence[0].File, want)
		}
	}
}

// TestRun_RefusedSectionBesideAHealthyFile: only the file whose trailer disagrees is read again the next night.
func TestRun_RefusedSectionBesideAHealthyFile(t *testing.T) {
	marked := `records:
  trailer:
    mark: {column: mark, text: T}
    fields: [{name: count, counts: data}]
  data:
    mark: {column: mark, text: D}
`
	layout := strings.Replace(smallNight["jobs.yaml"], "records:\n  data:\n", marked, 1)
	rows := "mark," + strings.ReplaceAll(strings.TrimSpace(smallNight["in/jobs.csv"]), "\nr", "\nD,r")
	dir := smallNight.with(files{
		"jobs.yaml": layout, "in/jobs.csv": rows + "\nT,5\n", "in/jobs2.csv": rows + "\nT,6\n",
	}).in(t)
	if m := run(t, dir).Manifest; m.Extracts[0].SectionsRefused != 1 || m.Extracts[0].SectionsRead != 2 {
		t.Fatalf("extract %+v; want one section of two refused", m.Extracts[0])
	}
	night, err := pipeline.Run(context.Background(), load(t, dir, pipeline.Overrides{AsOf: "2026-11-22"}), pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	second := night.Manifest.Extracts[0]
	states := map[string]string{}
	for _, f := range second.Files {
		states[f.Name] = f.State
	}
	if want := "jobs2.csv: trailer says 6 rows, file has 5"; second.Reason != want {
		t.Errorf("reason %q, want %q", second.Reason, want)
	}
	if states["jobs.csv"] != report.StateSkipped || states["jobs2.csv"] != report.StateRead {
		t.Errorf("states the second night: %v; want jobs.csv skipped", states)
	}
}

// TestI8_RunIDNamesWhatDiffers: what leaves other bytes has another run id, and a flag that says what the config says has not.
func TestI8_RunIDNamesWhatDiffers(t *testing.T) {
	dir := smallNight.in(t)
	first := run(t, dir).Manifest.Run
	renamed := smallNight.with(files{"in/jobs.csv": "", "in/jobs-2.csv": smallNight["in/jobs.csv"]}).in(t)
	if again := run(t, renamed).Manifest.Run; again == first {
		t.Errorf("a file under another name, named in every link, is still run %s", again)
	}
	flag := load(t, smallNight.in(t), pipeline.Overrides{Spec: "built-in", Model: "built-in"})
	r, err := pipeline.Run(context.Background(), flag, pipeline.Options{})
	if err != nil || r.Manifest.Run != first {
		t.Errorf("--spec built-in: run %s, want %s; %v", r.Manifest.Run, first, err)
	}
}

// TestRun_OddFolders: the config's own folder may have a name like a pattern, a folder that a pattern matches is no file, and a
// link that leads nowhere is a refused file, not an absent one.
func TestRun_OddFolders(t *testing.T) {
	dir := smallNight.with(files{"in/jobs.csv": "", "in/jobs-old.csv/a": "x"}).in(t)
	if err := os.Symlink("nowhere.csv", filepath.Join(dir, "in", "jobs.csv")); err != nil {
		t.Skip(err)
	}
	odd := filepath.Join(t.TempDir(), "night [test]")
	if err := os.Rename(dir, odd); err != nil {
		t.Fatal(err)
	}
	jobs := run(t, odd).Manifest.Extracts[0]
	if jobs.State != report.StateRefused || len(jobs.Files) != 1 || !strings.Contains(jobs.Reason, "jobs.csv: no such file") {
		t.Errorf("state %s (%s), files %+v; want one refused file", jobs.State, jobs.Reason, jobs.Files)
	}
}

// TestRun_SameNightAgain: a night that is run again finds itself published, with a refused file in it, and with yesterday's
// file still in the folder. Another run would have no leads, and be current.
func TestRun_SameNightAgain(t *testing.T) {
	dir := smallNight.with(files{"in/jobs2.csv": "not,these,columns\n1,2,3\n"}).in(t)
	if first, again := run(t, dir), run(t, dir); !again.Already || again.Manifest.Run != first.Manifest.Run {
		t.Errorf("with a refused file: run %s, then %s", first.Manifest.Run, again.Manifest.Run)
	}
	today := strings.NewReplacer("r1,", "s1,", "20261109", "20261120").Replace(smallNight["in/jobs.csv"])
	if err := os.WriteFile(filepath.Join(dir, "in", "jobs3.csv"), []byte(today), 0o600); err != nil {
		t.Fatal(err)
	}
	if run(t, dir).Already {
		t.Error("a late file was not read")
	}
	if again := run(t, dir); !again.Already || again.Manifest.Leads.Total == 0 {
		t.Errorf("after a late file: run again, with %d leads", again.Manifest.Leads.Total)
	}
}

// TestI8_RefusedFileElsewhere: a refused file is told the same wherever the night lies, and is an input with a digest, so
// that another damage makes another run.
func TestI8_RefusedFileElsewhere(t *testing.T) {
	night := smallNight.with(files{"in/jobs2.csv": "not,these,columns\n1,2,3\n"})
	here, there := run(t, night.in(t)).Manifest, run(t, night.in(t)).Manifest
	a, err := here.Encode()
	b, err2 := there.Encode()
	if err != nil || err2 != nil || string(a) != string(b) {
		t.Errorf("two manifests of one night:\n%s\n%s\n%v %v", here.Extracts[0].Reason, there.Extracts[0].Reason, err, err2)
	}
	other := run(t, night.with(files{"in/jobs2.csv": "nor,these,columns\n1,2,3\n"}).in(t)).Manifest
	if other.Run == here.Run {
		t.Errorf("two damages, one run %s", other.Run)
	}
}

// TestRun_Interrupted cancels at every stage in turn: nothing is published, nothing is left, and the night can be run.
func TestRun_Interrupted(t *testing.T) {
	for _, stage := range []string{"load", "match", "consolidate", "write", "publish"} {
		t.Run(stage, func(t *testing.T) {
			dir := smallNight.in(t)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			_, err := pipeline.Run(ctx, load(t, dir, pipeline.Overrides{}), pipeline.Options{Observer: cancelAt{stage, cancel}})
			if err == nil && stage == "publish" {
				return // past the last look at the context: the run is whole
			}
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("error %v, want canceled", err)
			}
			for _, pattern := range []string{"runs/*", "runs/.draft*", "state/.draft*", "state/2026*"} {
				if left, _ := filepath.Glob(filepath.Join(dir, pattern)); len(left) > 0 {
					t.Errorf("left behind: %v", left)
				}
			}
			run(t, dir)
		})
	}
}

type cancelAt struct {
	stage  string
	cancel context.CancelFunc
}

func (c cancelAt) Stage(name string) {
	if name == c.stage {
		c.cancel()
	}
}
func (cancelAt) Begin(string, int64)              {}
func (cancelAt) Advance(string, int64)            {}
func (cancelAt) End(string, string, int64, int64) {}

// TestI10_RecordThatMayBeAProtectedPersons: a record that a protected person and somebody else claim alike yields nobody's
// lead, for the address on it may be the protected person's.
func TestI10_RecordThatMayBeAProtectedPersons(t *testing.T) {
	both := smallNight["caseload.csv"] +
		"S5,subject,,,Dana,,Pellworth,,,,1988-04-09,F,5 Low Lane,Springfield,IL,62704,,\n" +
		"S6,subject,FV,,Dana,,Pellworth,,,,1988-04-09,F,5 Low Lane,Springfield,IL,62704,,\n"
	record := "r6,,DANA,PELLWORTH,04/09/1988,9 NEWHOME CT,62702,Blue Diner,987654321,20261001\n"
	one := smallNight.with(files{"caseload.csv": strings.Replace(both, "S6,subject,FV", "S6,shield,", 1), "in/jobs.csv": smallNight["in/jobs.csv"] + record}).in(t)
	run(t, one)
	if !strings.Contains(everything(t, one+"/runs"), "Newhome") {
		t.Fatal("without a protection the record yields no lead: this test would pass on anything")
	}
	dir := smallNight.with(files{"caseload.csv": both, "in/jobs.csv": smallNight["in/jobs.csv"] + record}).in(t)
	run(t, dir)
	if strings.Contains(everything(t, dir+"/runs"), "Newhome") {
		t.Error("the address on a record that may be a protected person's is in a lead")
	}
}

// TestI11_RecordIDThatIsTheSSN: a supplier numbers its records by SSN; links and leads name them by their lines.
func TestI11_RecordIDThatIsTheSSN(t *testing.T) {
	dir := smallNight.with(files{"in/jobs.csv": strings.Replace(smallNight["in/jobs.csv"], "r1,", "A234-56-7891,", 1)}).in(t)
	run(t, dir)
	type link struct {
		SubjectID string `parquet:"subject_id"`
		RecordID  string `parquet:"record_id"`
	}
	links, err := table.Read[link](filepath.Join(currentRun(t, dir), "links.parquet"))
	if err != nil || len(links) == 0 {
		t.Fatalf("%d links, %v", len(links), err)
	}
	for _, l := range links {
		if l.SubjectID == "S1" && l.RecordID != "2" {
			t.Errorf("links.parquet names the record %q, want its line", l.RecordID)
		}
	}
	for _, l := range leadsOf(t, dir) {
		for _, e := range l.Evidence {
			if l.SubjectID == "S1" && e.RecordID != "2" {
				t.Errorf("leads.parquet names the record %q, want its line", e.RecordID)
			}
		}
	}
}
