package pipeline_test

import (
	"context"
	"path/filepath"
	"testing"

	"locatematch/pipeline"
)

// TestBlocking_AddsUp: the last rule's running sum is everything, what only one rule proposes is part of what it proposes, and
// the pairs are those that evaluate compares.
func TestBlocking_AddsUp(t *testing.T) {
	dir := smallNight.with(files{"truth.csv": "subject_id,extract,record_id\nS1,jobs,r1\nS2,jobs,r2\nS3,jobs,r3\n"}).in(t)
	plan := load(t, dir, pipeline.Overrides{})
	r, err := pipeline.Blocking(context.Background(), plan, pipeline.BlockingOptions{})
	if err != nil {
		t.Fatal(err)
	}
	list, err := pipeline.Evaluate(context.Background(), plan, pipeline.EvaluateOptions{Truth: filepath.Join(dir, "truth.csv")})
	if err != nil {
		t.Fatal(err)
	}
	last := r.Rules[len(r.Rules)-1]
	if r.Pairs != list[0].Pairs || last.SumPairs != r.Pairs || last.SumMatches != r.Matches {
		t.Errorf("%d pairs, %d in the running sum, %d compared by evaluate; matches %g and %g", r.Pairs, last.SumPairs, list[0].Pairs, r.Matches, last.SumMatches)
	}
	var only, sum int64
	for _, rule := range r.Rules {
		if rule.OnlyPairs > rule.Pairs || rule.OnlyMatches > rule.Matches || rule.SumPairs < sum {
			t.Errorf("rule %+v", rule)
		}
		only, sum = only+rule.OnlyPairs, rule.SumPairs
	}
	if only > r.Pairs || r.Matches < 3 {
		t.Errorf("%d pairs that one rule alone proposes of %d; %g matches, want the four people's", only, r.Pairs, r.Matches)
	}
}
