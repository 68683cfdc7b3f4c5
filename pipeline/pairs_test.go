package pipeline_test

import (
	"context"
	"path/filepath"
	"reflect"
	"testing"

	"locatematch/pipeline"
)

// TestComparedPairs_AreWhatEvaluateCounts: the list has every pair of the evaluation and no other, with the same weights and
// truth, in one order for any number of workers.
func TestComparedPairs_AreWhatEvaluateCounts(t *testing.T) {
	dir := smallNight.with(files{
		"truth.csv": "subject_id,extract,record_id\nS1,jobs,r1\nS2,jobs,r2\nS3,jobs,r3\nS9,jobs,r5\n",
	}).in(t)
	truth, plan := filepath.Join(dir, "truth.csv"), load(t, dir, pipeline.Overrides{})
	list, err := pipeline.Evaluate(context.Background(), plan, pipeline.EvaluateOptions{Truth: truth})
	if err != nil {
		t.Fatal(err)
	}
	pairs, err := pipeline.ComparedPairs(context.Background(), plan, truth, pipeline.Options{Workers: 3, ChunkBytes: 64})
	if err != nil {
		t.Fatal(err)
	}
	var all, likely pipeline.Rates
	for _, p := range pairs {
		all.Links++
		if p.Weight >= 0 {
			likely.Links++
		}
		if p.Same {
			all.True++
			if p.Weight >= 0 {
				likely.True++
			}
		}
	}
	v := list[0]
	if all.Links != v.Pairs || all.True != 3 {
		t.Errorf("%d pairs, %d of them true; evaluate counts %d, and three rows are found", all.Links, all.True, v.Pairs)
	}
	if likely.Links != v.P50.Links || likely.True != v.P50.True {
		t.Errorf("at p = .5 %d pairs, %d true; evaluate has %d, %d", likely.Links, likely.True, v.P50.Links, v.P50.True)
	}
	alone, err := pipeline.ComparedPairs(context.Background(), plan, truth, pipeline.Options{Workers: 1})
	if err != nil || !reflect.DeepEqual(alone, pairs) {
		t.Errorf("another list with one worker (%v)", err)
	}
}
