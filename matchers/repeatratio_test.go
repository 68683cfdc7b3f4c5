package matchers

import (
	"math"
	"math/rand/v2"
	"testing"
)

// linkWorld draws the links of subjects in one source. Each subject has records of its own, as many as draw says, and
// strangers' records that resemble it; the weights are such that of the links of any weight the stated part is true.
type linkWorld struct {
	subjects  int
	draw      func(r *rand.Rand) int // records of a subject's own
	strangers float64                // resembling records a subject, on average
	spread    float64                // of the evidence, in nats; the smaller, the more doubtful are the links
}

// solve adds up to the links of a world at or above a review weight of p = .1.
func (w linkWorld) solve(seed uint64) RepeatEstimate {
	r := rand.New(rand.NewPCG(seed, 1))
	own, count := make([]int, w.subjects), NewRepeatCount(w.subjects, w.subjects)
	matches := 0
	for i := range own {
		own[i] = w.draw(r)
		matches += own[i]
	}
	prior := math.Log(float64(matches) / (w.strangers * float64(w.subjects)))
	for _, n := range own {
		var weights []int32
		add := func(sign float64) {
			nats := prior + sign*w.spread*w.spread/2 + w.spread*r.NormFloat64()
			if bits := nats / math.Ln2; bits >= -3.17 {
				weights = append(weights, fromBits(bits))
			}
		}
		for range n {
			add(1)
		}
		for range fallen(r, w.strangers) {
			add(-1)
		}
		if len(weights) > 0 {
			count.Add(weights)
		}
	}
	return count.Solve()
}

func fallen(r *rand.Rand, mean float64) (n int) {
	for left := r.ExpFloat64(); left < mean; left += r.ExpFloat64() {
		n++
	}
	return n
}

// The ratio comes back from links alone, sure ones and doubtful ones: 1 where records fall on subjects at random, the stated
// part where repeats are that rare, near 0 where a person has one record, and 1, not more, where a few subjects have most of
// the records.
func TestRepeatRatioComesBack(t *testing.T) {
	random := func(mean float64) func(*rand.Rand) int { return func(r *rand.Rand) int { return fallen(r, mean) } }
	thinned := func(mean, ratio float64) func(*rand.Rand) int { // sets of two and more are as rare as the ratio says
		return func(r *rand.Rand) int {
			for {
				if n := fallen(r, mean); n < 2 || r.Float64() < ratio {
					return n
				}
			}
		}
	}
	once := func(mean float64) func(*rand.Rand) int { return thinned(mean, 0) }
	few := func(r *rand.Rand) int {
		if r.Float64() < .1 {
			return fallen(r, 3)
		}
		return 0
	}
	for _, c := range []struct {
		name      string
		world     linkWorld
		low, high float64
	}{
		{"at random, sure", linkWorld{20_000, random(.2), .1, 5}, .9, 1},
		{"at random, doubtful", linkWorld{20_000, random(.2), .3, 2.5}, .85, 1},
		{"one a person, sure", linkWorld{20_000, once(.4), .1, 5}, .005, .06},
		{"one a person, doubtful", linkWorld{20_000, once(.4), .3, 2.5}, .005, .15},
		// .25 * .3*.3/2 pairs a subject and .248 records, of which chance makes .0308 pairs
		{"thinned, sure", linkWorld{20_000, thinned(.3, .25), .1, 5}, .34, .42},
		{"thinned, doubtful", linkWorld{20_000, thinned(.3, .25), .3, 2.5}, .3, .5},
		{"a few have most", linkWorld{20_000, few, .1, 5}, 1, 1},
	} {
		for seed := range uint64(3) {
			if e := c.world.solve(seed); e.Ratio < c.low || e.Ratio > c.high {
				t.Errorf("%s: ratio %.3f (%.0f pairs, chance %.0f), want %g to %g", c.name, e.Ratio, e.Pairs, e.Chance, c.low, c.high)
			}
		}
	}
}

// Few links say nothing: the ratio stays near 1, and without any it is 1.
func TestRepeatRatioOfFewLinksStaysNearOne(t *testing.T) {
	if e := NewRepeatCount(1000, 1000).Solve(); e.Ratio != 1 {
		t.Errorf("no link at all: ratio %g", e.Ratio)
	}
	c := NewRepeatCount(1000, 1000)
	for range 40 {
		c.Add([]int32{20 * One})
	}
	if e := c.Solve(); e.Ratio < .9 || e.Ratio >= 1 {
		t.Errorf("forty subjects with one link each: ratio %g", e.Ratio)
	}
}

// A sample counts for everybody: of two halves that are alike, one says what both say.
func TestRepeatRatioOfASampleIsEverybodys(t *testing.T) {
	both, half := NewRepeatCount(2000, 2000), NewRepeatCount(1000, 2000)
	for subject := range 1000 {
		weights := []int32{20 * One}
		if subject%10 == 0 {
			weights = []int32{12 * One, 3 * One}
		}
		half.Add(weights)
		both.Add(weights)
		both.Add(weights)
	}
	all, sample := both.Solve(), half.Solve()
	for name, pair := range map[string][2]float64{
		"ratio": {all.Ratio, sample.Ratio}, "matches": {all.Matches, sample.Matches}, "pairs": {all.Pairs, sample.Pairs}, "chance": {all.Chance, sample.Chance},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-6*pair[0] {
			t.Errorf("%s: %g of everybody, %g of a half", name, pair[0], pair[1])
		}
	}
	if all.Ratio > .5 {
		t.Errorf("ratio %g: the test says nothing", all.Ratio)
	}
}
