package clerical

import "math"

// z is the normal deviate of a two-sided 95 % interval.
const z = 1.959963984540054

// cell is what is known of one group of pairs: how many there are and how the labelled ones of them came out.
type cell struct {
	pairs    int64
	same     int
	labelled int     // same or different
	guess    float64 // the share to assume where nothing is labelled; its interval is 0 to 1 then
}

// share is the estimated share of a cell's pairs that are the same person, with the limits of its interval.
func (c cell) share() (p, low, high float64) {
	if c.labelled == 0 {
		return c.guess, 0, 1
	}
	x, k, n := float64(c.same), float64(c.labelled), float64(c.pairs)
	p = x / k
	if k >= n {
		return p, p, p // every pair is labelled: there is no sampling error
	}
	low, high = wilson(p, k*(n-1)/(n-k))
	// There are only whole pairs: without this a stratum of which three pairs are not labelled gets limits between two of them.
	low, high = math.Floor(low*n)/n, math.Ceil(high*n)/n
	// What was labelled is known, so many same and so many different are there at least.
	return p, max(low, x/n), min(high, 1-(k-x)/n)
}

// wilson gives the score interval of a share p of k trials. k need not be a whole number.
func wilson(p, k float64) (low, high float64) {
	mid := (p + z*z/(2*k)) / (1 + z*z/k)
	half := z / (1 + z*z/k) * math.Sqrt(p*(1-p)/k+z*z/(4*k*k))
	return min(max(0, mid-half), p), max(min(1, mid+half), p)
}

// total is the estimated number of same pairs over cells, with how far down and up its MOVER interval reaches.
type total struct{ same, down, up, pairs float64 }

func totalOf(cells []cell) (t total) {
	for _, c := range cells {
		n := float64(c.pairs)
		p, low, high := c.share()
		t.pairs += n
		t.same += n * p
		t.down += n * n * (p - low) * (p - low)
		t.up += n * n * (high - p) * (high - p)
	}
	t.down, t.up = math.Sqrt(t.down), math.Sqrt(t.up)
	return t
}

// precisionOf estimates the share of accepted pairs that are the same person. ok is false where nothing is accepted.
func precisionOf(accepted []cell) (e Interval, ok bool) {
	t := totalOf(accepted)
	if t.pairs == 0 {
		return Interval{}, false
	}
	return Interval{
		Estimate: t.same / t.pairs,
		Low:      max(0, (t.same-t.down)/t.pairs),
		High:     min(1, (t.same+t.up)/t.pairs),
	}, true
}

// recallOf estimates the share of same pairs that are accepted. ok is false where no pair of either kind is thought same.
func recallOf(accepted, missed []cell) (e Interval, ok bool) {
	a, b := totalOf(accepted), totalOf(missed)
	if a.same+b.same == 0 {
		return Interval{}, false
	}
	e.Estimate = a.same / (a.same + b.same)
	e.Low = bisect(func(r float64) bool { // the lower limit of (1-r)·accepted - r·missed is still above 0
		return (1-r)*a.same-r*b.same > math.Hypot((1-r)*a.down, r*b.up)
	})
	e.High = bisect(func(r float64) bool { // the upper limit is
		return r*b.same-(1-r)*a.same < math.Hypot((1-r)*a.up, r*b.down)
	})
	return Interval{Estimate: e.Estimate, Low: min(e.Low, e.Estimate), High: max(e.High, e.Estimate)}, true
}

// bisect gives the point between 0 and 1 at which holds turns from true to false: both limits fall as r rises.
func bisect(holds func(r float64) bool) float64 {
	low, high := 0.0, 1.0
	if holds(1) {
		return 1
	}
	for range 60 {
		if mid := (low + high) / 2; holds(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return high
}

// Interval is an estimate with its 95 % interval.
type Interval struct {
	Estimate float64 `json:"estimate"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
}
