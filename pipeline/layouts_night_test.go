package pipeline_test

import (
	"context"
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"locatematch/pipeline"
	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
	"locatematch/sources/synth"
)

// statedRecall is the least share of the planted pairs that are found in each layout's file at probability one half. Where names come
// without birth date and address (wages), or without an SSN (change of address), some are not to be found.
var statedRecall = map[string]float64{
	"benefit": .99, "death": .95, "directory-extract": .96, "dmdc": .96, "dmdc-putative": .96, "fidm": .98, "fidm-all": .98, "fidm-inquiry": .98,
	"fpls-defense": .96, "fpls-locate": .98, "ncoalink": .92, "ncoalink-full": .92, "ndnh-qw": .92, "ndnh-response": .98, "ndnh-w4": .96,
	"postmaster-reply": .97, "prisoner": .98, "quarterly-wage": .90, "scra-request": .98, "scra-result": .98, "state-new-hire": .93,
	"unemployment": .96, "all": .97,
}

// statedSpelling is the least share, at the accept threshold, of the pairs whose surnames are written in one of several ways, in all
// files that have names of their own.
var statedSpelling = map[string]float64{"dressed_name": .85, "two_surnames": .85, "hyphenated": .85, "joined_surname": .85}

// TestLayoutsNight_PlantedPairsAreFound: one night reads every built-in layout; every file is taken in with the rejects that were
// planted and no others; the planted pairs are found, those of the people called O'BRIEN, DE LA CRUZ and MARTINEZ-CRUZ in every file,
// from either caseload; and what is accepted is right.
func TestLayoutsNight_PlantedPairsAreFound(t *testing.T) {
	dir := t.TempDir()
	s, err := synth.Layouts(context.Background(), synth.LayoutsOptions{
		Options: synth.Options{Out: dir, Seed: 2, Subjects: 2000, Strangers: 20_000}, Layouts: []string{"all"},
	})
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, dir)
	if r.Manifest.Outcome.Code != pipeline.ExitPublished {
		t.Fatalf("outcome %+v", r.Manifest.Outcome)
	}
	rejectsAreThosePlanted(t, dir, r)
	everyoneRegulars(t, r, s.Regulars)
	everyoneRegulars(t, ofFixedCaseload(t, dir), s.Regulars)
	judged := evaluated(t, dir, pipeline.EvaluateOptions{Traps: filepath.Join(dir, "traps.csv")})
	if len(judged) != len(statedRecall) {
		t.Errorf("%d extracts, recall is stated of %d", len(judged), len(statedRecall))
	}
	for _, v := range judged {
		if stated, known := statedRecall[v.Extract]; !known || v.P50.Recall < stated {
			t.Errorf("%s: of %d planted pairs %.4f were found, want %.2f", v.Extract, v.TruePairs, v.P50.Recall, stated)
		}
		if v.Accept.Links > 0 && v.Accept.Precision < .98 {
			t.Errorf("%s: of %d accepted links %.4f are right", v.Extract, v.Accept.Links, v.Accept.Precision)
		}
	}
	spellingsAreFound(t, judged)
}

// ofFixedCaseload runs the same night with the caseload in records of fixed width, which have names as such records strip and cut them.
func ofFixedCaseload(t *testing.T, dir string) *pipeline.Result {
	t.Helper()
	p, err := pipeline.Load(filepath.Join(dir, "night-caseload-fixed.yaml"), pipeline.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := pipeline.Run(context.Background(), p, pipeline.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// rejectsAreThosePlanted compares the manifest with rejects.csv, by extract and reason.
func rejectsAreThosePlanted(t *testing.T, dir string, r *pipeline.Result) {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, "rejects.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	planted := map[string]map[string]int64{}
	for _, row := range rows[1:] {
		if planted[row[0]] == nil {
			planted[row[0]] = map[string]int64{}
		}
		planted[row[0]][row[2]]++
	}
	check := func(name string, read, accepted, rejected int64, by []report.Count) {
		got := map[string]int64{}
		for _, c := range by {
			got[c.Name] = c.N
		}
		if read != accepted+rejected || !maps.Equal(got, planted[name]) {
			t.Errorf("%s: %d read, %d accepted, rejected %v, planted %v", name, read, accepted, got, planted[name])
		}
		delete(planted, name)
	}
	m := r.Manifest
	check("caseload", m.Caseload.Read, m.Caseload.Accepted, m.Caseload.Rejected, m.Caseload.RejectedBy)
	for _, x := range m.Agency {
		check(x.Name, x.Read, x.Accepted, x.Rejected, x.RejectedBy)
	}
	for _, x := range m.Extracts {
		check(x.Name, x.Read, x.Accepted, x.Rejected, x.RejectedBy)
	}
	if len(planted) != 1 || planted["caseload-fixed"] == nil {
		t.Errorf("planted and never read: %v", planted) // the other caseload is another config's
	}
}

// everyoneRegulars: each of some people is found in every extract.
func everyoneRegulars(t *testing.T, r *pipeline.Result, people []synth.Someone) {
	t.Helper()
	type link struct {
		SubjectID string `parquet:"subject_id"`
		Extract   string `parquet:"extract"`
	}
	links, err := table.Read[link](filepath.Join(r.Dir, "links.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	if len(people) != 3 {
		t.Fatalf("%d people stand in every file", len(people))
	}
	for _, x := range r.Manifest.Extracts {
		for _, p := range people {
			if !slices.Contains(links, link{p.Subject, x.Name}) {
				t.Errorf("%s: %s was not found", x.Name, p.Surname)
			}
		}
	}
}

// spellingsAreFound adds up the pairs whose names are written in one of several ways, in the files that have names of their own: in
// the others no name can speak for a pair.
func spellingsAreFound(t *testing.T, judged []pipeline.Evaluation) {
	t.Helper()
	pairs, wrong := map[string]int64{}, map[string]int64{}
	for _, v := range judged {
		if v.Accept.Recall < .5 || v.Extract == "all" {
			continue
		}
		for _, c := range v.Traps {
			pairs[c.Trap] += c.Pairs
			wrong[c.Trap] += c.Wrong
		}
	}
	for trap, stated := range statedSpelling {
		share := 1 - float64(wrong[trap])/float64(pairs[trap])
		if pairs[trap] < 20 || share < stated {
			t.Errorf("%s: of %d pairs %.4f were accepted, want %.2f", trap, pairs[trap], share, stated)
		}
	}
}
