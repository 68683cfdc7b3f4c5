package pipeline_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"locatematch/pipeline"
)

// TestEvaluate_SmallNight: three true pairs, all found; today's practice finds the two with an SSN and a like surname, and a
// trap counts where it was sprung.
func TestEvaluate_SmallNight(t *testing.T) {
	dir := smallNight.with(files{
		"truth.csv": "subject_id,extract,record_id\nS1,jobs,r1\nS2,jobs,r2\nS3,jobs,r3\nS9,jobs,r5\n",
		"traps.csv": "trap,subject_id,extract,record_id,same\nspouse,S1,jobs,r3,no\nnickname,S1,jobs,r1,yes\ndouble surname,S2,jobs,r2,yes\n",
	}).in(t)
	list, err := pipeline.Evaluate(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.EvaluateOptions{
		Set: "small", Truth: filepath.Join(dir, "truth.csv"), Traps: filepath.Join(dir, "traps.csv"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 1 {
		t.Fatalf("%d evaluations of one extract", len(list))
	}
	v := list[0]
	if v.TruePairs != 4 { // S9 is not in the caseload: missed, and counted
		t.Errorf("%d true pairs, want 4", v.TruePairs)
	}
	if v.Top1.Best.True != 3 || v.PairCompleteness != 0.75 {
		t.Errorf("top-1 true %d, pair completeness %g; want 3, .75", v.Top1.Best.True, v.PairCompleteness)
	}
	if v.Practice == nil || v.Practice.True != 2 {
		t.Errorf("today's practice %+v; want two true links (Robert and the shield)", v.Practice)
	}
	wrong := map[string][2]int64{}
	for _, trap := range v.Traps {
		wrong[trap.Trap] = [2]int64{trap.Wrong, trap.PracticeWrong}
	}
	want := map[string][2]int64{"spouse": {0, 0}, "nickname": {0, 0}, "double surname": {0, 1}}
	for name, w := range want {
		if wrong[name] != w {
			t.Errorf("trap %s: wrong %v, want %v", name, wrong[name], w)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "runs")); err == nil {
		t.Error("evaluate published something")
	}
}

// TestEvaluate_BadTruth names file, line and remedy.
func TestEvaluate_BadTruth(t *testing.T) {
	dir := smallNight.with(files{"truth.csv": "subject_id,extract,record_id\nS1,wages,r1\n"}).in(t)
	_, err := pipeline.Evaluate(context.Background(), load(t, dir, pipeline.Overrides{}), pipeline.EvaluateOptions{Truth: filepath.Join(dir, "truth.csv")})
	if want := filepath.Join(dir, "truth.csv") + `:2: no extract named "wages" in the config`; err == nil || err.Error() != "config: "+want {
		t.Errorf("error %v, want %s", err, want)
	}
}
