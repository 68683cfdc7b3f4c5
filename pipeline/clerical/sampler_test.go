package clerical

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// somePairs draws pairs with numbers and weights of their own.
func somePairs(t *rapid.T) (list []Pair) {
	for i, n := range rapid.SliceOfNDistinct(rapid.Uint64(), 0, 300, rapid.ID).Draw(t, "numbers") {
		list = append(list, Pair{
			Number: n, SubjectID: fmt.Sprint("S", i%7), Extract: "w4", File: "w4.txt", Line: int64(i), Weight: rapid.Float64Range(-30, 30).Draw(t, "weight"),
		})
	}
	return list
}

func offer(s *Sampler, p Pair) { s.Offer(0, p.Number, p.Weight, 0.3, func() Pair { return p }) }

var about = About{Seed: 3, Review: -3.17, Accept: 6.63, Extracts: []string{"w4"}}

// TestSampler_DrawsTheLowestNumbers: in whatever order pairs come and however many samplers share them, the sample is, stratum
// by stratum, the pairs that sorting all of them by number would put first.
func TestSampler_DrawsTheLowestNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, size := somePairs(t), rapid.IntRange(1, 80).Draw(t, "size")
		strata := Strata(about.Review, about.Accept)
		samplers := []*Sampler{NewSampler(strata, size, 1), NewSampler(strata, size, 1), NewSampler(strata, size, 1)}
		for _, p := range rapid.Permutation(list).Draw(t, "order") {
			offer(samplers[rapid.IntRange(0, 2).Draw(t, "sampler")], p)
		}
		samplers[0].Add(samplers[1])
		samplers[0].Add(samplers[2])
		got := samplers[0].Draw(about).Key

		byStratum := make([][]Pair, len(strata))
		for _, p := range list {
			h := stratumOf(strata, p.Weight)
			byStratum[h] = append(byStratum[h], p)
		}
		var totals []int64
		for h := range byStratum {
			slices.SortFunc(byStratum[h], func(a, b Pair) int { return cmp.Compare(a.Number, b.Number) })
			totals = append(totals, int64(len(byStratum[h])))
		}
		var want, drawn []int64
		for h, n := range allocate(size, strata, totals) {
			if got.Strata[h].Sampled != n || got.Strata[h].Pairs != totals[h] {
				t.Fatalf("stratum %d: %d of %d, want %d of %d", h, got.Strata[h].Sampled, got.Strata[h].Pairs, n, totals[h])
			}
			for _, p := range byStratum[h][:n] {
				want = append(want, p.Line)
			}
		}
		for _, p := range got.Pairs {
			drawn = append(drawn, p.Line)
		}
		slices.Sort(want)
		slices.Sort(drawn)
		if !slices.Equal(want, drawn) {
			t.Fatalf("drawn %v, want %v", drawn, want)
		}
	})
}

// TestAllocate_Laws: a sample is as large as asked, or all there is; no stratum gives more than it has; a stratum that gave all
// it has is the only one below its share.
func TestAllocate_Laws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strata := Strata(-3.17, 6.63)
		pairs := rapid.SliceOfN(rapid.Int64Range(0, 1000), len(strata), len(strata)).Draw(t, "pairs")
		size := rapid.IntRange(1, 6000).Draw(t, "size")
		given, total, all := allocate(size, strata, pairs), 0, sum(pairs)
		for h, n := range given {
			total += n
			if int64(n) > pairs[h] {
				t.Fatalf("stratum %d gives %d of %d", h, n, pairs[h])
			}
			if int64(n) < pairs[h] && n < size*strata[h].share/100 {
				t.Fatalf("stratum %d gives %d, below its share of %d", h, n, size)
			}
		}
		if int64(total) != min(int64(size), all) {
			t.Fatalf("%d drawn of %d, asked for %d", total, all, size)
		}
	})
}

// TestStrata_EveryWeightHasOne: edges belong to the stratum above them, and the thresholds are edges.
func TestStrata_EveryWeightHasOne(t *testing.T) {
	strata := Strata(-3.17, 6.63)
	for _, c := range []struct {
		weight float64
		name   string
	}{{-128, "far below"}, {-9.82, "far below"}, {-9.81, "near miss"}, {-3.17, "review"}, {6.629, "review"}, {6.63, "low accept"}, {9.95, "low accept"}, {9.96, "high accept"}, {127, "high accept"}} {
		if got := strata[stratumOf(strata, c.weight)].Name; got != c.name {
			t.Errorf("%g bits: %s, want %s", c.weight, got, c.name)
		}
	}
	var shares int
	for _, s := range strata {
		shares += s.share
	}
	if shares != 100 {
		t.Errorf("shares come to %d percent", shares)
	}
}

// TestDraw_TwoReviewers: both sheets have the same rows in different orders, other seeds have other ids, and the key is read
// back as it was.
func TestDraw_TwoReviewers(t *testing.T) {
	draw := func(seed uint64) *Drawn {
		s := NewSampler(Strata(-3.17, 6.63), 60, 1)
		for i := range 200 {
			offer(s, Pair{Number: uint64(i*7919%200) << 40, SubjectID: fmt.Sprint("S", i), Extract: "w4", Line: int64(i), Weight: float64(i%40 - 20)})
		}
		a := about
		a.Seed = seed
		return s.Draw(a)
	}
	d := draw(1)
	first, second := idsOf(t, d, 1), idsOf(t, d, 2)
	if slices.Equal(first, second) {
		t.Error("both reviewers have one order")
	}
	slices.Sort(second)
	if !slices.Equal(first, second) || len(first) != 60 {
		t.Errorf("the sheets' rows differ: %v and %v", first, second)
	}
	if other := idsOf(t, draw(2), 1); other[0][:4] == first[0][:4] {
		t.Errorf("another seed's sample has ids %s…, as this one", other[0][:4])
	}
	if again := draw(1); !reflect.DeepEqual(d, again) {
		t.Error("the same seed draws another sample")
	}
}
