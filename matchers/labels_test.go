package matchers

import (
	"math"
	"testing"
)

// Where every pair is labelled nothing is left to estimate: matches are those labelled so, level by level, whatever they look
// like. Here a third of them are labelled against all appearance, so training without labels would find other ones.
func TestTrain_LabelsSettleTheirClass(t *testing.T) {
	w := people(2000, 20_000, .05, 0)
	c, training := w.draw(t)
	var blocked []PatternCount
	var same float64
	for _, n := range training.Blocked {
		odd := n.Pattern.Level(0) == 4 // matches whose SSN differs, and strangers who share one
		for _, part := range []struct {
			label Label
			pairs int64
		}{{Same, n.Pairs / 3}, {Different, n.Pairs - n.Pairs/3}} {
			if odd {
				part.label = Same + Different - part.label
			}
			if part.label == Same {
				same += float64(part.pairs)
			}
			n.Label, n.Pairs = part.label, part.pairs
			blocked = append(blocked, n)
		}
	}
	training.Blocked = blocked
	_, report, err := Train(c, training)
	if err != nil {
		t.Fatal(err)
	}
	if found := report.Sources[0].Matches; math.Abs(found-same) > .5 {
		t.Errorf("%.1f matches, %.0f pairs are labelled so", found, same)
	}
	if want := pairsOf(blocked); report.Labelled != want {
		t.Errorf("%d labelled pairs, want %d", report.Labelled, want)
	}
	if _, unlabelled := w.train(t); math.Abs(unlabelled.Sources[0].Matches-same) < 100 {
		t.Error("the test says little: without labels the same matches are found")
	}
}
