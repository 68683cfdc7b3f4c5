package pipeline

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers"
)

type scoredTruth struct {
	bits float64
	same bool
}

// somePairs draws weights on the histogram's own grid, so that binning loses nothing and a naive reference agrees exactly.
func somePairs(t *rapid.T) []scoredTruth {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scoredTruth {
		step := rapid.IntRange(-20*binsPerBit, 20*binsPerBit).Draw(t, "step")
		return scoredTruth{float64(step) / binsPerBit, rapid.Bool().Draw(t, "same")}
	}), 1, 200).Draw(t, "pairs")
}

func histogramOf(pairs []scoredTruth) *histogram {
	h := newHistogram()
	for _, p := range pairs {
		h.count(int32(p.bits*matchers.One), p.same)
	}
	return h
}

// TestHistogram_RatesAreNaiveRates: at any threshold, and at the best one, the histogram says what counting pairs says.
func TestHistogram_RatesAreNaiveRates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := somePairs(t)
		truth := rapid.Int64Range(200, 300).Draw(t, "truth")
		h := histogramOf(pairs)
		best := 0.0
		for _, at := range pairs {
			want := naive(pairs, at.bits, truth)
			if got := h.at(at.bits, truth); got != want {
				t.Fatalf("at %g: %+v, want %+v", at.bits, got, want)
			}
			best = max(best, want.F1)
		}
		if got := h.best(truth); got.F1 != best {
			t.Fatalf("best F1 %g, want %g", got.F1, best)
		}
	})
}

func naive(pairs []scoredTruth, bits float64, truth int64) Rates {
	var links, hits int64
	for _, p := range pairs {
		if p.bits >= bits {
			links++
			if p.same {
				hits++
			}
		}
	}
	return rates(links, hits, truth)
}

// TestHistogram_AddsUp: histograms of parts added are the histogram of the whole.
func TestHistogram_AddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := somePairs(t)
		cut := rapid.IntRange(0, len(pairs)).Draw(t, "cut")
		sum := histogramOf(pairs[:cut])
		sum.add(histogramOf(pairs[cut:]))
		whole := histogramOf(pairs)
		if !slices.Equal(sum.bins[0], whole.bins[0]) || !slices.Equal(sum.bins[1], whole.bins[1]) {
			t.Fatal("parts do not add up")
		}
	})
}

// TestHistogram_Calibration compares log-loss and the calibration error with their definitions.
func TestHistogram_Calibration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := somePairs(t)
		got := histogramOf(pairs).calibration()
		if want := naiveLogLoss(pairs); math.Abs(got.LogLoss-want) > 1e-9*(1+want) {
			t.Fatalf("log-loss %g, want %g", got.LogLoss, want)
		}
		if got.ECEMid < 0 || got.ECEMid > 1 {
			t.Fatalf("calibration error %g", got.ECEMid)
		}
	})
}

func naiveLogLoss(pairs []scoredTruth) (sum float64) {
	for _, p := range pairs {
		w := p.bits + 0.5/binsPerBit
		if !p.same {
			w = -w
		}
		sum += math.Log1p(math.Exp2(-w))
	}
	return sum / float64(len(pairs))
}

// TestHistogram_ECE: a forecaster who says .75 (1.585 bits) and is right every time is off by .25; one who is right three
// times in four is off by nothing.
func TestHistogram_ECE(t *testing.T) {
	bits := math.Floor(math.Log2(3)*binsPerBit) / binsPerBit
	var sure, fair []scoredTruth
	for i := range 4000 {
		sure = append(sure, scoredTruth{bits, true})
		fair = append(fair, scoredTruth{bits, i%4 != 0})
	}
	if got := histogramOf(sure).eceMid(); math.Abs(got-.25) > .005 {
		t.Errorf("always right at .75: %g, want .25", got)
	}
	if got := histogramOf(fair).eceMid(); got > .005 {
		t.Errorf("right three times in four at .75: %g, want 0", got)
	}
}

// TestTally_ListsTheLowestLines: however rejects arrive, the listed ones are those of the lowest lines, and all are counted.
func TestTally_ListsTheLowestLines(t *testing.T) {
	tally := newTally("", &matchers.Spec{Fields: matchers.Fields{{Name: "born"}}}, nil)
	for line := int64(5 * listedValues); line > 0; line-- {
		tally.invalidValue(0, "a.csv", line)
	}
	rows := tally.rejectRows()
	if len(rows) != listedValues || rows[0].Line != 1 || rows[len(rows)-1].Line != listedValues {
		t.Errorf("%d rows, from line %d to %d", len(rows), rows[0].Line, rows[len(rows)-1].Line)
	}
	if got := tally.invalidCounts(); len(got) != 1 || got[0].N != 5*listedValues {
		t.Errorf("counts %+v", got)
	}
	if !slices.IsSortedFunc(rows, func(a, b rejectRow) int { return cmp.Compare(a.Line, b.Line) }) {
		t.Error("rejects are not in the order of lines")
	}
}
