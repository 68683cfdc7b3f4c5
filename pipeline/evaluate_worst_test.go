package pipeline_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"locatematch/pipeline"
)

// TestEvaluate_WorstPairsWeighAsExplained: the truth is turned about, so that a true link becomes a false one, a pair that was
// compared and one that was not become misses, and a record that is not there is said not to be.
func TestEvaluate_WorstPairsWeighAsExplained(t *testing.T) {
	dir := smallNight.with(files{
		"truth.csv": "subject_id,extract,record_id\nS3,jobs,r1\nS2,jobs,r3\nS2,jobs,r2\nS3,jobs,r3\nS1,jobs,r99\n",
	}).in(t)
	v := evaluated(t, dir, pipeline.EvaluateOptions{Worst: 5})[0]
	if len(v.FalseLinks) != 1 || len(v.Misses) != 2 || v.Unread != 1 || v.LeftOut != 1 {
		t.Fatalf("false links %+v, misses %+v, %d unread, %d left out", v.FalseLinks, v.Misses, v.Unread, v.LeftOut)
	}
	lines := map[string]int{"r1": 2, "r2": 3, "r3": 4, "r4": 5}
	for _, p := range append(v.FalseLinks, v.Misses...) {
		e := explain(t, dir, pipeline.Question{Subject: p.SubjectID, Record: fmt.Sprintf("jobs:%d", lines[p.RecordID])})
		if e.Weight != p.Weight || e.Compared != p.Compared {
			t.Errorf("%+v: explained %.2f bits, compared %v", p, e.Weight, e.Compared)
		}
	}
	if p := v.FalseLinks[0]; p.SubjectID != "S1" || p.RecordID != "r1" || !slices.Contains(p.Why, "ssn: exact, +13.2") {
		t.Errorf("false link %+v", p)
	}
	if !v.Misses[0].Compared || v.Misses[0].SubjectID != "S3" || v.Misses[1].Compared || v.Misses[1].SubjectID != "S2" {
		t.Errorf("misses %+v", v.Misses)
	}
}

// TestI10_WorstPairsLeaveProtectedPersonsOut: neither a pair of a protected person nor one whose record they claim is shown, and
// both are counted.
func TestI10_WorstPairsLeaveProtectedPersonsOut(t *testing.T) {
	dir := smallNight.with(files{"truth.csv": "subject_id,extract,record_id\nS1,jobs,r4\nS4,jobs,r1\n"}).in(t)
	v := evaluated(t, dir, pipeline.EvaluateOptions{Detail: true, Worst: 9})[0]
	page, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"S4", "r4", "WHITFIELD"} {
		if strings.Contains(string(page), word) {
			t.Errorf("%s stands in %s", word, page)
		}
	}
	if v.LeftOut != 3 { // S4 linked with r4, S4 missed for r1, and r4 missed for S1 while S4 claims it
		t.Errorf("%d left out of false links %+v and misses %+v", v.LeftOut, v.FalseLinks, v.Misses)
	}
}

// TestI11_WorstPairsNameNoNumber: a supplier that numbers its records by SSN has them named by their line.
func TestI11_WorstPairsNameNoNumber(t *testing.T) {
	dir := smallNight.with(files{
		"in/jobs.csv": strings.Replace(smallNight["in/jobs.csv"], "r1,234567891", "234-56-7891,234567891", 1),
		"truth.csv":   "subject_id,extract,record_id\nS2,jobs,234-56-7891\n",
	}).in(t)
	v := evaluated(t, dir, pipeline.EvaluateOptions{Worst: 9})[0]
	page, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(page), "234-56-7891") || len(v.Misses) != 1 || v.Misses[0].RecordID != "2" {
		t.Errorf("misses %+v", v.Misses)
	}
}
