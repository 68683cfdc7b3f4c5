package pipeline_test

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"locatematch/pipeline"
	"locatematch/sources/synth"
)

// evaluated evaluates a night in a folder with all detail, truth.csv beside it.
func evaluated(t *testing.T, dir string, o pipeline.EvaluateOptions) []pipeline.Evaluation {
	t.Helper()
	o.Truth = filepath.Join(dir, "truth.csv")
	list, err := pipeline.Evaluate(context.Background(), load(t, dir, pipeline.Overrides{}), o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		list[i].Seconds = 0
	}
	return list
}

func synthetic(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := synth.Night(context.Background(), synth.Options{Out: dir, Seed: 3, Subjects: 400, Strangers: 3000}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestEvaluate_DetailAddsUp: on a synthetic night, extract by extract and for all of them, the groups of each property are the
// whole, the bins of the reliability hold every pair, the curve holds the best threshold, and every error is shown or left out.
func TestEvaluate_DetailAddsUp(t *testing.T) {
	for _, v := range evaluated(t, synthetic(t), pipeline.EvaluateOptions{Detail: true, Worst: 1 << 20}) {
		groupsAddUp(t, v)
		var pairs int64
		for _, bin := range v.Reliability {
			pairs += bin.Pairs
		}
		if pairs != v.Pairs {
			t.Errorf("%s: %d pairs in the bins, %d compared", v.Extract, pairs, v.Pairs)
		}
		if !slices.Contains(v.Curve, v.Best) {
			t.Errorf("%s: the best threshold %+v is not on the curve", v.Extract, v.Best)
		}
		unlinkableAddUp(t, v)
		if v.Extract != "all" {
			everyErrorTold(t, v)
		}
	}
}

func groupsAddUp(t *testing.T, v pipeline.Evaluation) {
	t.Helper()
	sums := map[string]pipeline.GroupRates{}
	for _, g := range v.Groups {
		s := sums[g.Property]
		s.Subjects, s.TruePairs, s.Links, s.True = s.Subjects+g.Subjects, s.TruePairs+g.TruePairs, s.Links+g.Links, s.True+g.True
		sums[g.Property] = s
	}
	if got := slices.Sorted(maps.Keys(sums)); !slices.Equal(got, []string{"age", "name_frequency", "sex", "ssn", "surname"}) {
		t.Errorf("%s: properties %q", v.Extract, got)
	}
	for name, s := range sums {
		if s.TruePairs != v.TruePairs || s.Links != v.Accept.Links || s.True != v.Accept.True || s.Subjects != sums["ssn"].Subjects {
			t.Errorf("%s: groups by %s add up to %+v, the whole is %d true pairs, %+v", v.Extract, name, s, v.TruePairs, v.Accept)
		}
	}
}

func unlinkableAddUp(t *testing.T, v pipeline.Evaluation) {
	t.Helper()
	all := v.Unlinkable[0]
	if all.Field != "" || all.Of == 0 || all.Subjects > all.Of || all.WouldLink > all.Subjects {
		t.Errorf("%s: unlinkable %+v", v.Extract, all)
	}
	for _, u := range v.Unlinkable[1:] {
		if u.Subjects == 0 || u.Subjects > all.Subjects || u.WouldLink > u.Subjects || u.WouldLink > all.WouldLink {
			t.Errorf("%s: unlinkable %+v among %+v", v.Extract, u, all)
		}
	}
}

// everyErrorTold: the false links and misses shown, with those left out, are all errors at the accept threshold; heaviest and
// lightest first; and the parts of each add up to its weight, as rounded.
func everyErrorTold(t *testing.T, v pipeline.Evaluation) {
	t.Helper()
	told := int64(len(v.FalseLinks)+len(v.Misses)) + v.LeftOut + v.Unread
	if want := v.Accept.Links - v.Accept.True + v.TruePairs - v.Accept.True; told != want {
		t.Errorf("%s: %d errors told, %d made", v.Extract, told, want)
	}
	if !slices.IsSortedFunc(v.FalseLinks, func(a, b pipeline.WorstPair) int { return compare(b.Weight, a.Weight) }) {
		t.Errorf("%s: the heaviest false link is not the first", v.Extract)
	}
	never := slices.IndexFunc(v.Misses, func(p pipeline.WorstPair) bool { return !p.Compared })
	if never < 0 {
		never = len(v.Misses)
	}
	if !slices.IsSortedFunc(v.Misses[:never], func(a, b pipeline.WorstPair) int { return compare(a.Weight, b.Weight) }) ||
		!slices.IsSortedFunc(v.Misses[never:], func(a, b pipeline.WorstPair) int { return compare(b.Weight, a.Weight) }) {
		t.Errorf("%s: misses out of order", v.Extract)
	}
	for _, p := range slices.Concat(v.FalseLinks, v.Misses) {
		sum := 0.0
		for _, part := range p.Why {
			bits, err := strconv.ParseFloat(part[strings.LastIndex(part, " ")+1:], 64)
			if err != nil {
				t.Fatal(err)
			}
			sum += bits
		}
		if math.Abs(sum-p.Weight) > 0.05*16 {
			t.Errorf("%s:%s: the parts %q add up to %.1f, weight %.2f", p.Extract, p.RecordID, p.Why, sum, p.Weight)
		}
	}
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// TestI8_EvaluationIsTheSameForAnyWorkers: detail and worst pairs too.
func TestI8_EvaluationIsTheSameForAnyWorkers(t *testing.T) {
	dir := synthetic(t)
	var pages []string
	for _, o := range []pipeline.Options{{Workers: 1}, {Workers: 5, ChunkBytes: 4 << 10}} {
		page, err := json.Marshal(evaluated(t, dir, pipeline.EvaluateOptions{Options: o, Detail: true, Worst: 3}))
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, string(page))
	}
	if pages[0] != pages[1] {
		t.Errorf("one worker:\n%s\nfive:\n%s", pages[0], pages[1])
	}
}

// TestEvaluate_NothingThatWasNotAskedFor: without --detail and --worst an evaluation is what it was.
func TestEvaluate_NothingThatWasNotAskedFor(t *testing.T) {
	dir := smallNight.with(files{"truth.csv": "subject_id,extract,record_id\nS1,jobs,r1\n"}).in(t)
	v := evaluated(t, dir, pipeline.EvaluateOptions{})[0]
	if v.Curve != nil || v.Reliability != nil || v.Groups != nil || v.Unlinkable != nil || v.FalseLinks != nil || v.Misses != nil {
		t.Errorf("%+v", v)
	}
}
