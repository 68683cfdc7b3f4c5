package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"locatematch/pipeline"
	"locatematch/pipeline/golden"
)

// TestEvaluate_Page is testdata/evaluate.txt: what an analyst sees of an evaluation with all detail. The figures are invented; no
// line is wider than a terminal of a hundred columns.
func TestEvaluate_Page(t *testing.T) {
	w4 := pipeline.Evaluation{
		Extract: "w4", Source: "employment", TruePairs: 1_204_415, Pairs: 71_780_113, PairCompleteness: 0.9904,
		Best:   pipeline.Threshold{Weight: 0.8, Rates: pipeline.Rates{Links: 413, True: 406, Precision: 0.9831, Recall: 0.9783, F1: 0.9807}},
		Accept: pipeline.Rates{Links: 343, True: 343, Precision: 1, Recall: 0.8265, F1: 0.9050},
		P50:    pipeline.Rates{Links: 415, True: 406, Precision: 0.9783, Recall: 0.9783, F1: 0.9783},
		At: []pipeline.Threshold{
			{Weight: -10, Rates: pipeline.Rates{Links: 508, True: 411, Precision: 0.8091, Recall: 0.9904, F1: 0.8906}}, {Weight: 15},
		},
		Calibration: pipeline.Calibration{ECEMid: 0.0775, LogLoss: 0.04671},
		Curve:       []pipeline.Threshold{{Weight: 15}},
		Groups: []pipeline.GroupRates{
			{Property: "surname", Group: "Hispanic, double", Subjects: 56, TruePairs: 48, Rates: pipeline.Rates{Links: 40, True: 40, Precision: 1, Recall: 0.8333, F1: 0.9091}},
			{Property: "surname", Group: "other", Subjects: 1806, TruePairs: 1495, Rates: pipeline.Rates{Links: 1337, True: 1324, Precision: 0.9903, Recall: 0.8856, F1: 0.9350}},
			{Property: "name_frequency", Group: "rare", Subjects: 1862},
		},
		Unlinkable: []pipeline.Unlinkable{{Subjects: 12, WouldLink: 10, Of: 1442}, {Field: "ssn", Subjects: 11, WouldLink: 10}, {Field: "phone", Subjects: 9}},
		FalseLinks: []pipeline.WorstPair{{SubjectID: "1556355792", Extract: "w4", RecordID: "4689", Compared: true, Weight: 8.231, Why: []string{
			"prior, -15.3", "address: same door, +14.1", "household: another member may fit, -11.7", "family: exact, +10.7", "ssn: one error, +7.1", "given: exact, +6.9", "sex: same, +1.0",
		}}},
		Misses: []pipeline.WorstPair{
			{SubjectID: "3269873021", Extract: "w4", RecordID: "925", Compared: true, Weight: -2.44, Why: []string{"prior, -15.3", "given: exact, +7.4", "family: exact, +7.3", "address: different, -1.9"}},
			{SubjectID: "4302508796", Extract: "w4", RecordID: "4307", Weight: 5.8, Why: []string{"prior, -15.3", "given: exact, +10.6", "family: near, +5.6"}},
		},
		LeftOut: 3, Unread: 7,
	}
	var page strings.Builder
	if err := printEvaluations(&page, []pipeline.Evaluation{w4}); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(page.String()) {
		if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > evaluationWidth {
			t.Errorf("wider than %d columns: %s", evaluationWidth, line)
		}
	}
	golden.Check(t, "testdata/evaluate.txt", page.String())
}
