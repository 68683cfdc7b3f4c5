package pipeline

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers"
)

// everything is an analysis with every part that its page can show.
func everything() *Analysis {
	one := Evaluation{
		Extract: "w4", Source: "employment", TruePairs: 400, Pairs: 3000, PairCompleteness: 0.99, Best: Threshold{Weight: 1.5, Rates: rates(390, 385, 400)},
		Accept: rates(350, 349, 400), P50: rates(395, 386, 400), Top1: Top1{Best: Threshold{Rates: rates(388, 386, 400)}}, Calibration: Calibration{ECEMid: 0.04, LogLoss: 0.01},
		Traps:       []TrapCount{{Trap: "father_son", Pairs: 50, Wrong: 1, PracticeWrong: 4}, {Trap: "nickname", Same: true, Pairs: 40, Wrong: 3, PracticeWrong: 30}},
		Reliability: []Reliable{{0, 0.2, 0.05, 0.07, 500}, {0.2, 0.6, 0.4, 0.33, 60}, {0.6, 1, 0.97, 0.98, 400}},
		Groups: []GroupRates{
			{Property: "surname", Group: "double", Subjects: 100, TruePairs: 40, Rates: rates(30, 30, 40)},
			{Property: "name_frequency", Group: "rare", Subjects: 900, TruePairs: 360, Rates: rates(320, 319, 360)},
		},
		Unlinkable: []Unlinkable{{Subjects: 31, WouldLink: 20, Of: 900}, {Field: "ssn", Subjects: 20, WouldLink: 18}, {Field: "born", Subjects: 9, WouldLink: 4}},
		FalseLinks: []WorstPair{{SubjectID: "S-1", Extract: "w4", RecordID: "r17", Compared: true, Weight: 12.3, Why: []string{"ssn: exact, +13.2", "given: different, -6.6"}}},
		Misses:     []WorstPair{{SubjectID: "S-2", Extract: "w4", RecordID: "r18", Weight: -3.1, Why: []string{"family: near, +7.8"}}},
	}
	one.LeftOut, one.Unread = 1, 2
	practice := rates(200, 190, 400)
	one.Practice = &practice
	for i := range 300 {
		links := int64(2 * i)
		one.Curve = append(one.Curve, Threshold{Weight: 30 - float64(i)/5, Rates: rates(links, min(links, 340+(links-340)/5), 400)})
	}
	all := one
	all.Extract, all.Source = "all", "all"
	return &Analysis{
		Plan:        &Plan{Config: &Config{AsOf: "2026-11-21"}, ConfigPath: "/secret/place/night.yaml", Model: &matchers.Model{Name: "built-in", Accept: 6.64}, Digests: PlanDigests{Spec: "1989335800cf0000"}},
		Evaluations: []Evaluation{one, all},
		Blocking: &BlockingReport{Pairs: 3000, Matches: 401.2, Rules: []RuleReport{
			{Rule: "ssn", Keys: 900, LargestBlock: 2, Pairs: 700, OnlyPairs: 300, Matches: 380, OnlyMatches: 20.5, SumPairs: 700, SumMatches: 380},
			{Rule: "family.sound, born", Keys: 950, CappedKeys: 1, LargestBlock: 40, Pairs: 2700, OnlyPairs: 2300, Matches: 380.7, OnlyMatches: 21.2, SumPairs: 3000, SumMatches: 401.2},
		}},
		Training: &matchers.TrainingReport{
			Subjects: 1000, Pairs: 3000, RandomPairs: 2e6, Classes: 3, Converged: true, Rounds: []int{40, 1}, Household: matchers.HouseholdVerdict{Kept: true, Reason: "it pays"},
			Sources: []matchers.SourceReport{{Source: "employment", Records: 9000, Pairs: 3000, Matches: 401, KnownShare: 0.0446, HouseholdRatio: 0.3, Stated: true}},
			Comparisons: []matchers.ComparisonReport{{Name: "given", Information: 8.2, Levels: []matchers.LevelReport{
				{Level: matchers.Level{Name: "exact", M: 0.9, U: 0.002, H: 0.03}, S: 8.8, HBits: 4.9, Fitted: true},
				{Level: matchers.Level{Name: "different", M: 0.1, U: 0.998, H: 0.97}, S: -3.3, HBits: -3.3},
			}}},
			Warnings: []matchers.TrainingWarning{{Kind: "never compared", About: "sex", Says: "hardly any match has a value", Remedy: "leave it out"}},
		},
	}
}

// TestAnalysis_ShowsEveryPartThatIsThere, all extracts before each, and no path of this machine; what is not there has no
// section.
func TestAnalysis_ShowsEveryPartThatIsThere(t *testing.T) {
	page, err := everything().HTML()
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, page)
	if os.Getenv("LOCATEMATCH_PAGE") != "" { // to look at it in a browser
		if err := os.WriteFile(os.Getenv("LOCATEMATCH_PAGE"), page, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	last := 0
	for _, part := range []string{
		"Extracts side by side</h2>", "Links at or above the accept threshold", "Beside today&#39;s practice",
		"Accuracy: all extracts</h2>", "What a threshold costs and finds", "Precision-recall curve", "Precision, recall and F1 by threshold", "Reliability diagram",
		"Recall and precision by group of people", "name frequency", "Traps: two people, to be kept apart", "father son", "Traps: one person, to be linked", "nickname",
		"Unlinkable: subjects whom no record can reach", "any field (of 900 subjects)", "The heaviest pairs of two people", "fewer than 5 of the worst pairs are not shown", "ssn: exact, &#43;13.2; given: different, -6.6",
		"Pairs of one person: the lightest", "2 true pairs name a record", "no rule",
		"Accuracy: w4 (employment)</h2>", "Blocking</h2>", "Pairs and matches of the rules so far", "family.sound, born",
		"Training</h2>", "The household class stays: it pays.", "as stated", "Known share by source", "Information by comparison", "hardly any match has a value", "leave it out",
		"What each level is worth</h2>", "Bits of the levels of given",
	} {
		at := bytes.Index(page[last:], []byte(part))
		if at < 0 {
			t.Fatalf("the page lacks %q, or has it elsewhere", part)
		}
		last += at
	}
	if bytes.Contains(page, []byte("/secret")) {
		t.Error("the config's folder stands in the page")
	}
	again, err := everything().HTML()
	if err != nil || !bytes.Equal(page, again) {
		t.Errorf("the same findings give other bytes (%v)", err)
	}
	bare, err := (&Analysis{Plan: everything().Plan}).HTML()
	if err != nil || bytes.Contains(bare, []byte("<section")) {
		t.Errorf("a page of nothing has sections, or %v", err)
	}
}

func wellFormed(t *testing.T, page []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(page))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, page)
		}
	}
}

// TestAnalysis_NothingFoundIsDrawable: an evaluation, a blocking and a training of an empty night make a page.
func TestAnalysis_NothingFoundIsDrawable(t *testing.T) {
	a := &Analysis{Plan: everything().Plan, Evaluations: []Evaluation{{Extract: "w4"}}, Blocking: &BlockingReport{Rules: []RuleReport{{Rule: "ssn"}}},
		Training: &matchers.TrainingReport{Classes: 2, Sources: []matchers.SourceReport{{Source: "postal"}}}}
	for _, at := range thresholdsShown {
		a.Evaluations[0].At = append(a.Evaluations[0].At, Threshold{Weight: at})
	}
	page, err := a.HTML()
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, page)
}

// TestAnalysis_AppearsWholeOrNotAtAll: a page that cannot be written leaves the one before.
func TestAnalysis_AppearsWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "analysis.html")
	if err := everything().Write(path); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	broken := everything()
	broken.Blocking.Rules[0].Matches = math.Inf(1)
	if err := broken.Write(path); err == nil {
		t.Error("a page of what cannot be drawn was written")
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the page before is gone (%v)", err)
	}
	if err := everything().Write(filepath.Join(path, "under a file.html")); err == nil {
		t.Error("no error for a place that cannot be")
	}
}

// TestThinned_LosesNothingThatCanBeSeen: every point of a curve is as good as the last that was kept before it, the kept are
// points of the curve in its order, and its end is kept.
func TestThinned_LosesNothingThatCanBeSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 200).Draw(t, "n")
		var v Evaluation
		links, hits := int64(0), int64(0)
		for i := range n {
			more := rapid.Int64Range(1, 40).Draw(t, "links")
			links, hits = links+more, hits+rapid.Int64Range(0, more).Draw(t, "true")
			v.Curve = append(v.Curve, Threshold{Weight: float64(-i), Rates: rates(links, hits, 3000)})
		}
		kept := thinned(v)
		if !slices.IsSortedFunc(kept, func(a, b Threshold) int { return int(b.Weight - a.Weight) }) || kept[len(kept)-1] != v.Curve[n-1] {
			t.Fatalf("kept %v", kept)
		}
		next := 0
		for _, p := range v.Curve {
			if next < len(kept) && kept[next] == p {
				next++
			} else if next == 0 || moved(kept[next-1].Rates, p.Rates) {
				t.Fatalf("%v was left out after %v", p, kept[:next])
			}
		}
		if next != len(kept) {
			t.Fatal(fmt.Sprint("not points of the curve: ", kept[next:]))
		}
	})
}

// TestAsAsked_LeavesOutTheRest: what a page needs is not printed unless it was asked for.
func TestAsAsked_LeavesOutTheRest(t *testing.T) {
	list := everything().Evaluations
	bare := AsAsked(list, EvaluateOptions{})
	for _, v := range bare {
		if v.Curve != nil || v.Groups != nil || v.Unlinkable != nil || v.Reliability != nil || v.FalseLinks != nil || v.Misses != nil || v.LeftOut != 0 || v.Unread != 0 {
			t.Errorf("%+v", v)
		}
	}
	if whole := AsAsked(list, EvaluateOptions{Detail: true, Worst: 1}); whole[0].Curve == nil || whole[0].FalseLinks == nil || list[0].Curve == nil {
		t.Error("what was asked for is left out")
	}
}
