package clerical

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestWilson_PublishedIntervals: the four proportions of Newcombe ("Two-sided confidence intervals for the single
// proportion", Statistics in Medicine 17, 1998, table I, method 3).
func TestWilson_PublishedIntervals(t *testing.T) {
	for _, c := range []struct{ x, k, low, high float64 }{
		{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718},
	} {
		low, high := wilson(c.x/c.k, c.k)
		if math.Abs(low-c.low) > 5e-5 || math.Abs(high-c.high) > 5e-5 {
			t.Errorf("%g of %g: %.4f to %.4f, want %.4f to %.4f", c.x, c.k, low, high, c.low, c.high)
		}
	}
}

// TestTotal_PublishedDifference: of two proportions MOVER with score limits is Newcombe's method 10 ("Interval estimation for
// the difference between independent proportions", Statistics in Medicine 17, 1998, table II: 56 of 70 less 48 of 80 is .2000,
// .0524 to .3339). A difference p - q is the sum p + (1-q), less 1.
func TestTotal_PublishedDifference(t *testing.T) {
	const many = 1e12 // so many pairs that the sample is no part of them
	a := totalOf([]cell{{pairs: many, same: 56, labelled: 70}, {pairs: many, same: 80 - 48, labelled: 80}})
	got := [3]float64{a.same/many - 1, (a.same-a.down)/many - 1, (a.same+a.up)/many - 1}
	for i, want := range [3]float64{0.2, 0.0524, 0.3339} {
		if math.Abs(got[i]-want) > 5e-5 {
			t.Errorf("difference and limits %.4f, want %.4f", got[i], want)
		}
	}
}

// TestRecall_IsTheClosedForm holds the search for recall's limits against Donner and Zou's closed form for a ratio of two
// estimates: with q = missed/accepted, recall is 1/(1+q).
func TestRecall_IsTheClosedForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accepted, missed := someCells(t, "accepted"), someCells(t, "missed")
		a, b := totalOf(accepted), totalOf(missed)
		if a.same < 1 || b.same < 1 || a.same-a.down < 0.01*a.same {
			t.Skip("the closed form divides by zero at the ends")
		}
		r, ok := recallOf(accepted, missed)
		if !ok {
			t.Fatal("no recall of true pairs")
		}
		// Their equation for the ratio b/a with limits la, ua, lb, ub.
		la, ua, lb, ub := a.same-a.down, a.same+a.up, b.same-b.down, b.same+b.up
		x := a.same * b.same
		low := (x - math.Sqrt(max(0, x*x-lb*ua*(2*b.same-lb)*(2*a.same-ua)))) / (ua * (2*a.same - ua))
		high := (x + math.Sqrt(max(0, x*x-la*ub*(2*a.same-la)*(2*b.same-ub)))) / (la * (2*a.same - la))
		if math.Abs(2*a.same-ua) > 0.01*ua && math.Abs(r.High-1/(1+low)) > 1e-6 {
			t.Fatalf("upper limit %g, closed form %g", r.High, 1/(1+low))
		}
		if math.Abs(r.Low-1/(1+high)) > 1e-6 {
			t.Fatalf("lower limit %g, closed form %g", r.Low, 1/(1+high))
		}
	})
}

func someCells(t *rapid.T, name string) []cell {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) cell {
		k := rapid.IntRange(1, 200).Draw(t, "labelled")
		return cell{
			labelled: k, same: rapid.IntRange(0, k).Draw(t, "same"), pairs: int64(k) + rapid.Int64Range(0, 100_000).Draw(t, "more"),
			guess: 0.5,
		}
	}), 1, 4).Draw(t, name)
}

// TestIntervals_Laws: an estimate lies in its interval, which lies between 0 and 1 and has a width wherever a pair is not
// labelled, however small the stratum; one more true pair among the accepted lowers neither rate.
func TestIntervals_Laws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accepted, missed := someCells(t, "accepted"), someCells(t, "missed")
		whole := true
		for _, c := range accepted {
			whole = whole && int64(c.labelled) == c.pairs
		}
		precision, _ := precisionOf(accepted)
		sound(t, precision)
		if (precision.Low == precision.High) != whole {
			t.Fatalf("precision %+v of %+v", precision, accepted)
		}
		recall, ok := recallOf(accepted, missed)
		if !ok {
			return
		}
		sound(t, recall)
		if accepted[0].same == accepted[0].labelled {
			return
		}
		accepted[0].same++
		morePrecision, _ := precisionOf(accepted)
		moreRecall, _ := recallOf(accepted, missed)
		if morePrecision.Estimate < precision.Estimate || moreRecall.Estimate < recall.Estimate-1e-12 {
			t.Fatalf("one more true pair: precision %+v then %+v, recall %+v then %+v", precision, morePrecision, recall, moreRecall)
		}
	})
}

func sound(t *rapid.T, i Interval) {
	if !(0 <= i.Low && i.Low <= i.Estimate && i.Estimate <= i.High && i.High <= 1) {
		t.Fatalf("interval %+v", i)
	}
}

// TestShare_SmallStrata: a stratum of three of which two are labelled is not taken for certain, and one that is labelled whole is.
func TestShare_SmallStrata(t *testing.T) {
	if p, low, high := (cell{pairs: 3, same: 2, labelled: 2}).share(); p != 1 || low > 0.67 || high != 1 {
		t.Errorf("two of two, of three: %g (%g to %g); the third may be another person", p, low, high)
	}
	if p, low, high := (cell{pairs: 3, same: 2, labelled: 3}).share(); low != p || high != p {
		t.Errorf("three of three: %g (%g to %g)", p, low, high)
	}
	if p, low, high := (cell{pairs: 3, guess: 0.25}).share(); p != 0.25 || low != 0 || high != 1 {
		t.Errorf("no label: %g (%g to %g)", p, low, high)
	}
}

// TestShare_CoversInSmallStrata works out, for every small stratum, every number of labels and every truth, how probable it is
// that the interval holds the truth: by the hypergeometric distribution, with nothing drawn.
func TestShare_CoversInSmallStrata(t *testing.T) {
	logChoose := func(n, k int) float64 {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		return a - b - c
	}
	var mean, cases float64
	worst := 1.0
	for n := 2; n <= 60; n++ {
		for k := 1; k < n; k++ {
			for same := 0; same <= n; same++ {
				var covered float64
				for x := max(0, k-(n-same)); x <= min(k, same); x++ {
					_, low, high := (cell{pairs: int64(n), same: x, labelled: k}).share()
					if truth := float64(same) / float64(n); low-1e-9 <= truth && truth <= high+1e-9 {
						covered += math.Exp(logChoose(same, x) + logChoose(n-same, k-x) - logChoose(n, k))
					}
				}
				mean, cases, worst = mean+covered, cases+1, min(worst, covered)
			}
		}
	}
	t.Logf("coverage of %.0f small strata: %.4f in the mean, %.4f at worst", cases, mean/cases, worst)
	if mean/cases < 0.95 || worst < 0.8 {
		t.Errorf("coverage %.4f in the mean, %.4f at worst", mean/cases, worst)
	}
}

// TestDoc_Example holds the worked example of the package's story.
func TestDoc_Example(t *testing.T) {
	accepted, missed := []cell{{pairs: 1000, same: 40, labelled: 40}}, []cell{{pairs: 4000, same: 1, labelled: 50}}
	precision, _ := precisionOf(accepted)
	recall, _ := recallOf(accepted, missed)
	if precision.Estimate != 1 || precision.High != 1 || math.Abs(precision.Low-0.9155) > 5e-4 || math.Abs(recall.Estimate-0.926) > 5e-4 {
		t.Errorf("precision %+v, recall %+v", precision, recall)
	}
}
