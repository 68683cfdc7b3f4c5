package matchers

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func drawLinks(t *rapid.T) []int32 {
	return rapid.SliceOfN(rapid.Int32Range(-8*One, 40*One), 1, 9).Draw(t, "weights")
}

const repeatsReview = -3 * One

// What a subject's other records take is log2((1+B)/(1+ratio*B)), for any pairs and any ratio, only those at or above
// review counting; nobody gains, nobody loses more than log2(1/ratio), and the order of the pairs does not matter.
func TestRepeatsTakeByTheOddsOfTheOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := drawLinks(t)
		ratio := rapid.Float64Range(0, 1).Draw(t, "ratio")
		r, turned := NewRepeats(ratio, repeatsReview), NewRepeats(ratio, repeatsReview)
		r.Among(weights)
		backwards := slices.Clone(weights)
		slices.Reverse(backwards)
		turned.Among(backwards)
		for i, w := range weights {
			odds := 0.0
			for j, other := range weights {
				if j != i && other >= repeatsReview {
					odds += math.Exp2(Bits(other))
				}
			}
			got, want := r.Part(w), -math.Log2((1+odds)/(1+ratio*odds))
			if math.Abs(Bits(got)-want) > 30./One {
				t.Fatalf("%v at %g: link %d loses %f, want %f", weights, ratio, i, Bits(got), want)
			}
			if got > 0 || Bits(got) < math.Log2(ratio)-30./One {
				t.Fatalf("%v at %g: link %d changes by %f bits", weights, ratio, i, Bits(got))
			}
			if again := turned.Part(w); again != got {
				t.Fatalf("%v at %g: link %d loses %d, in another order %d", weights, ratio, i, got, again)
			}
		}
	})
}

// A single link is untouched at any ratio, and at ratio 1 every record is, exactly.
func TestRepeatsLeaveAloneWhatHasNoReason(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := drawLinks(t)
		normal, single := NewRepeats(1, repeatsReview), NewRepeats(rapid.Float64Range(0, 1).Draw(t, "ratio"), repeatsReview)
		normal.Among(weights)
		single.Among(weights[:1])
		for _, w := range weights {
			if part := normal.Part(w); part != 0 {
				t.Fatalf("%v: at ratio 1 a link loses %d", weights, part)
			}
		}
		if part := single.Part(weights[0]); part != 0 {
			t.Fatalf("a subject's only link loses %d", part)
		}
	})
}

// One record a person, and two that claim it equally and surely: each is one half likely.
func TestRepeatsShareEvenlyAtZero(t *testing.T) {
	r := NewRepeats(0, repeatsReview)
	r.Among([]int32{20 * One, 20 * One})
	if w := 20*One + r.Part(20*One); w < -10 || w > 0 {
		t.Errorf("each is left with %f bits, want 0", Bits(w))
	}
}
