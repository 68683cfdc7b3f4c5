package pipeline_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"locatematch/matchers"
	"locatematch/pipeline"
	"locatematch/pipeline/golden"
)

// suggestNight is smallNight with eighty subjects and a new hire list of six hundred rows: theirs, most with something wrong, and
// strangers'.
func suggestNight() files {
	r := rand.New(rand.NewPCG(3, 9))
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	given := func() string { return pick("Robert", "Maria", "Anna", "Carl", "William", "Elizabeth", "Joan", "Peter") }
	family := func() string {
		return pick("Ka", "Lo", "Mi", "Ru", "Ste", "Tor") + pick("ber", "lan", "min", "vel", "zar") + pick("do", "man", "son", "ski")
	}
	caseload := strings.SplitAfterN(smallNight["caseload.csv"], "\n", 2)[0]
	rows := strings.SplitAfterN(smallNight["in/jobs.csv"], "\n", 2)[0]
	for i := range 600 {
		ssn, g, f := fmt.Sprintf("%09d", 230000000+r.IntN(99999999)), given(), family()
		y, m, d := 1950+r.IntN(50), 1+r.IntN(12), 1+r.IntN(28)
		door, zip := 1+r.IntN(40), 62701+r.IntN(5)
		if i < 80 {
			caseload += fmt.Sprintf("S%d,subject,,%s,%s,,%s,,,,%04d-%02d-%02d,,%d Elm St,Springfield,IL,%d,,\n", i, ssn, g, f, y, m, d, door, zip)
		}
		switch r.IntN(5) {
		case 0:
			ssn = ""
		case 1:
			ssn, f = "", f+"x"
		case 2:
			ssn, g, f = "", strings.ToUpper(f), g
		case 3:
			ssn, y = "", y+1
		}
		rows += fmt.Sprintf("r%d,%s,%s,%s,%02d/%02d/%04d,%d Elm St,%d,Acme,,20261109\n", i, ssn, g, f, m, d, y, door, zip)
	}
	return smallNight.with(files{"caseload.csv": caseload, "in/jobs.csv": rows})
}

// I8: the suggestion is the same for any number of workers and any chunk size. What it promises is what blocking then shows of
// the suggested rules, and they find no less than the spec's own within their pairs.
func TestSuggest_PromisesWhatBlockingShows(t *testing.T) {
	dir := suggestNight().in(t)
	plan := load(t, dir, pipeline.Overrides{})
	ctx := context.Background()
	own, err := pipeline.Blocking(ctx, plan, pipeline.BlockingOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var got *pipeline.Suggestion
	for workers, chunk := range map[int]int{1: 0, 3: 2000} {
		opt := pipeline.Options{Workers: workers, ChunkBytes: chunk}
		s, err := pipeline.Suggest(ctx, plan, pipeline.SuggestOptions{Options: opt, Budget: own.Pairs})
		if err != nil {
			t.Fatal(err)
		}
		if got != nil && !reflect.DeepEqual(got, s) {
			t.Fatalf("%d workers: %+v, before %+v", workers, s, got)
		}
		got = s
	}
	last := got.Rules[len(got.Rules)-1]
	if last.SumPairs > own.Pairs || got.Own.Pairs != own.Pairs || last.SumMatches < got.Own.Matches || last.Completeness > 1 || own.Matches < 40 {
		t.Errorf("suggested %+v within %d pairs; own %+v", last, own.Pairs, got.Own)
	}
	trial := *plan.Spec
	trial.Blocking = nil
	for _, r := range got.Rules {
		trial.Blocking = append(trial.Blocking, r.Rule)
	}
	plan.Spec = &trial
	plan.Model = matchers.BuiltInModel(&trial)
	shown, err := pipeline.Blocking(ctx, plan, pipeline.BlockingOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if shown.Pairs != last.SumPairs || shown.Matches < last.SumMatches-.5 {
		t.Errorf("%d pairs and %g matches shown, %+v promised", shown.Pairs, shown.Matches, last)
	}
}

// TestSuggestion_ReadsLikeAPage: the own rules, the chosen ones, and the list to paste.
func TestSuggestion_ReadsLikeAPage(t *testing.T) {
	s := &pipeline.Suggestion{
		Budget: 5000, Records: 20000, Sampled: 20000, Pool: 812, Matches: 1000.4, Missed: 12.2,
		Own: pipeline.OwnRules{Rules: 2, Pairs: 1250, Matches: 880.2, Completeness: .8798},
		Rules: []pipeline.SuggestedRule{
			{Rule: []string{"ssn"}, Pairs: 700, NewPairs: 700, NewMatches: 690.5, SumPairs: 700, SumMatches: 690.5, Completeness: .6902},
			{Rule: []string{"family.sound", "born.year", "max:20"}, Pairs: 3100, NewPairs: 2500, NewMatches: 300.1, SumPairs: 3200, SumMatches: 990.6, Completeness: .9902},
			{Rule: []string{"given=family", "family=given"}, Pairs: 30, NewPairs: 29, NewMatches: 6, SumPairs: 3229, SumMatches: 996.6, Completeness: .9962},
		},
	}
	golden.Check(t, "testdata/suggestion.txt", s.Text())
	empty := pipeline.Suggestion{Budget: 3, Rules: []pipeline.SuggestedRule{}}
	if page := empty.Text(); !strings.Contains(page, "No rule finds anything within 3 pairs") {
		t.Error(page)
	}
}

// TestBlockingReport_ReadsLikeAPage: rules, costs, the cumulative chart, and the largest blocks with values masked.
func TestBlockingReport_ReadsLikeAPage(t *testing.T) {
	r := &pipeline.BlockingReport{Records: 20000, Pairs: 3200, Matches: 990.6, Timed: 8192, Rules: []pipeline.RuleReport{
		{Rule: "ssn", Keys: 900, LargestBlock: 2, Pairs: 700, OnlyPairs: 20, Matches: 690.5, OnlyMatches: 9.4, SumPairs: 700, SumMatches: 690.5, Seconds: .0214},
		{
			Rule: "family.sound, born.year", Keys: 400, CappedKeys: 1, LargestBlock: 5210, Pairs: 3100, OnlyPairs: 2500, Matches: 970, OnlyMatches: 300.1,
			SumPairs: 3200, SumMatches: 990.6, Seconds: 1.2,
			Blocks: []pipeline.Block{{Subjects: 5210, Key: "family S····, born 1980-··-··", Capped: true}, {Subjects: 31, Key: "family J····, born 1979-··-··"}},
		},
	}}
	golden.Check(t, "testdata/blocking.txt", r.Text())
}

// TestBlocking_ShowsBlocksMasked: the largest blocks stand without any value of the caseload, and none of fewer than five.
func TestBlocking_ShowsBlocksMasked(t *testing.T) {
	dir := suggestNight().in(t)
	plan := load(t, dir, pipeline.Overrides{})
	plan.Spec.Blocking = [][]string{{"given"}, {"family"}, {"zip", "state"}, {"ssn"}, {"address.street"}, {"born.year"}}
	r, err := pipeline.Blocking(context.Background(), plan, pipeline.BlockingOptions{Seconds: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range r.Rules {
		if !slices.IsSortedFunc(rule.Blocks, func(a, b pipeline.Block) int { return b.Subjects - a.Subjects }) || rule.LargestBlock >= 5 && rule.Blocks[0].Subjects != rule.LargestBlock {
			t.Errorf("%s: largest block %d, shown %+v", rule.Rule, rule.LargestBlock, rule.Blocks)
		}
		for _, b := range rule.Blocks {
			if b.Subjects < 5 || strings.Contains(strings.ToLower(b.Key), "elm") || strings.Contains(strings.ToLower(b.Key), "rob") {
				t.Errorf("%s: %+v", rule.Rule, b)
			}
		}
		if rule.Seconds <= 0 {
			t.Errorf("%s: no seconds", rule.Rule)
		}
	}
	if len(r.Rules[0].Blocks) != 3 || len(r.Rules[3].Blocks) != 0 || r.Rules[2].Blocks[0].Key != "zip 627··, state IL" || r.Rules[4].Blocks[0].Subjects != 80 {
		t.Errorf("blocks: %+v", r.Rules)
	}
}
