package matchers

// Repeats lets the records of one source that claim one subject compete for that subject, as far as the source does not
// repeat people. Of two records both are the subject's with ratio times the odds that two unrelated records would have:
// ratio is a model's RepeatRatio. So a record whose fellows have odds of B in sum weighs
//
//	weight - log2((1 + B) / (1 + ratio*B))
//
// It never gains, and loses at most log2(1/ratio). At ratio 1 several records a person are normal, and nothing changes; at 0
// a person has one. A hard rule of one record a person was tried and ruined wage files (F1 .99 to .72). As in the
// competition for a record, only claims at or above the review weight count, and any pair loses by them.
type Repeats struct {
	ratio  int32 // as a weight, <= 0
	review int32
	claims claims
}

// NewRepeats makes the competition of a source with the given repeat ratio, from 0 to 1.
func NewRepeats(of float64, review int32) *Repeats {
	return &Repeats{ratio: min(0, ratio(of, 1)), review: review}
}

// Among names the weights of one subject's pairs, each after its record's own competition; of those below the review weight
// none need be named. Their order does not matter. The list stays the caller's.
func (r *Repeats) Among(weights []int32) {
	r.claims.strong = r.claims.strong[:0]
	for _, w := range weights {
		if w >= r.review {
			r.claims.strong = append(r.claims.strong, Rival{Weight: w})
		}
	}
	r.claims.settle()
}

// Part is what the others take from the pair of this weight, one of those named or below review: a part of its weight, <= 0
// (I5). It is a function of the weights alone, so pairs that weigh the same lose the same.
func (r *Repeats) Part(weight int32) int32 {
	others, _ := r.claims.against(0, weight)
	return min(0, LogSum(0, others+r.ratio)-LogSum(0, others))
}
