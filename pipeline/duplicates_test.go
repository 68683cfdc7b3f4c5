package pipeline_test

import (
	"context"
	"slices"
	"testing"

	"locatematch/pipeline"
)

// TestDuplicates_OnePersonTwoNumbers: a second number of Robert's, under a nickname and with a digit wrong, is found; his wife
// at the same address is not his double; and a protected person is in no pair. The workers change nothing.
func TestDuplicates_OnePersonTwoNumbers(t *testing.T) {
	dir := smallNight.with(files{"caseload.csv": smallNight["caseload.csv"] +
		"S8,subject,,234-56-7819,Bob,,Okonkwo,,,,1981-03-05,M,12 Elm St,Springfield,IL,62704,,\n" +
		"S9,subject,,456-78-9123,Carl,,Whitfield,,,,1975-11-30,M,77 Hidden Lane,Springfield,IL,62701,,\n"}).in(t)
	plan := load(t, dir, pipeline.Overrides{})
	one, err := pipeline.Duplicates(context.Background(), plan, pipeline.DuplicateShare, pipeline.Options{Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(one) == 0 || one[0].SubjectID != "S1" || one[0].SubjectID2 != "S8" || one[0].Band != "accept" {
		t.Fatalf("duplicates %+v; want S1 and S8 first, accepted", one)
	}
	for _, d := range one {
		if d.SubjectID == "S4" || d.SubjectID2 == "S4" {
			t.Errorf("a protected person is told as a duplicate: %+v", d)
		}
		if d.SubjectID == "S1" && d.SubjectID2 == "S3" && d.Band == "accept" {
			t.Errorf("husband and wife are one person: %+v", d)
		}
	}
	many, err := pipeline.Duplicates(context.Background(), plan, pipeline.DuplicateShare, pipeline.Options{Workers: 8, ChunkBytes: 64})
	if err != nil || !slices.Equal(one, many) {
		t.Errorf("with eight workers: %+v, %v; want %+v", many, err, one)
	}
}
