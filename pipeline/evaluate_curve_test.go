package pipeline

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestCurve_HoldsTheBestThreshold: the curve's best F1 is Best, at Best's weight; it falls in weight, never loses a link on the
// way down, ends with every pair, and any point is what counting pairs says.
func TestCurve_HoldsTheBestThreshold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := somePairs(t)
		truth := rapid.Int64Range(200, 300).Draw(t, "truth")
		accept := rapid.Float64Range(-10, 10).Draw(t, "accept")
		h := histogramOf(pairs)
		curve := h.curve(accept, truth)
		if len(curve) > 2*curveSteps+5 {
			t.Fatalf("%d thresholds", len(curve))
		}
		best := slices.MaxFunc(curve, func(a, b Threshold) int { return cmp.Compare(a.F1, b.F1) })
		if want := h.best(truth); best != want && want.F1 > 0 {
			t.Fatalf("best of the curve %+v, want %+v", best, want)
		}
		for i, at := range curve {
			if i > 0 && (at.Weight >= curve[i-1].Weight || at.Links < curve[i-1].Links) {
				t.Fatalf("%+v follows %+v", at, curve[i-1])
			}
			if got := naive(pairs, at.Weight, truth); got != at.Rates {
				t.Fatalf("at %g: %+v, want %+v", at.Weight, at.Rates, got)
			}
		}
		if last := curve[len(curve)-1]; last.Links != int64(len(pairs)) {
			t.Fatalf("the last threshold lets %d of %d pairs in", last.Links, len(pairs))
		}
		if got := h.at(accept, truth); !slices.ContainsFunc(curve, func(at Threshold) bool { return at.Rates == got }) {
			t.Fatalf("accept's rates %+v are not on the curve", got)
		}
	})
}

// TestCurve_OfNothing: no pair, no threshold.
func TestCurve_OfNothing(t *testing.T) {
	if got := newHistogram().curve(6, 10); got != nil {
		t.Errorf("%+v", got)
	}
	if got := newHistogram().reliability(); got != nil {
		t.Errorf("%+v", got)
	}
}

// TestReliability_AddsUp: the bins' pairs are all pairs and their true ones all true ones; bins rise; and the calibration error
// of the middle ones is ece_mid.
func TestReliability_AddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := somePairs(t)
		var pairs []scoredTruth // a multiple of twenty, so that equal counts are whole numbers
		for range eceBins {
			pairs = append(pairs, one...)
		}
		h := histogramOf(pairs)
		var sum, middle int64
		var hits, gap, before float64
		for _, bin := range h.reliability() {
			sum += bin.Pairs
			hits += bin.Observed * float64(bin.Pairs)
			if bin.Low < before || bin.High < bin.Low || bin.Stated < bin.Low-1e-9 || bin.Stated > bin.High+1e-9 {
				t.Fatalf("bin %+v after %g", bin, before)
			}
			before = bin.Low
			if bin.High > lowestMid && bin.Low < highMid {
				middle += bin.Pairs
				gap += math.Abs(bin.Observed-bin.Stated) * float64(bin.Pairs)
			}
		}
		if _, want := h.total(); sum != int64(len(pairs)) || math.Abs(hits-float64(want)) > 1e-6 {
			t.Fatalf("%d of %d pairs, %g of %d true", sum, len(pairs), hits, want)
		}
		if want := h.eceMid() * float64(middle); math.Abs(gap-want) > 1e-6 {
			t.Fatalf("calibration gap %g, ece_mid says %g", gap, want)
		}
	})
}

// TestReliability_OfFewPairs: pairs that twenty bins cannot share out evenly still add up.
func TestReliability_OfFewPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pairs := somePairs(t)
		var sum int64
		for _, bin := range histogramOf(pairs).reliability() {
			sum += bin.Pairs
		}
		if sum != int64(len(pairs)) {
			t.Fatalf("%d pairs, the bins hold %d", len(pairs), sum)
		}
	})
}
