package clerical

import (
	"math"
	"slices"
)

// Stratum is a band of weights from which a share of the sample is drawn.
type Stratum struct {
	Name     string   `json:"name"`
	From     *float64 `json:"from,omitempty"` // bits; the lowest stratum has no lower edge
	To       *float64 `json:"to,omitempty"`   // bits, not in it; the highest stratum has no upper edge
	Accepted bool     `json:"accepted"`       // its pairs are at or above the accept threshold
	Far      bool     `json:"far"`            // too far below to be called a near miss

	share int // of the sample, in percent
}

// The bands, in odds around the thresholds. A near miss has at least a hundredth of the odds at which a pair is kept for
// review; a high accept has at least ten times the odds at which one is accepted.
var (
	nearMissBits   = math.Log2(100)
	highAcceptBits = math.Log2(10)
)

// Strata gives the five bands of a model with these thresholds, in bits, by rising weight.
//
// Their shares of the sample are fixed and do not follow the model's own probabilities, since these are what the sample is to
// check. Three fifths go to the bands around the thresholds, which hold a small part of the pairs and most of the errors; the
// outer bands get the rest, because nearly all missed pairs that nobody expects lie in the lower one, and most links in the
// upper. Extracts are no strata: to cut four hundred labels into twenty cells would double the width of the intervals.
func Strata(review, accept float64) []Stratum {
	edges := []float64{review - nearMissBits, review, accept, accept + highAcceptBits}
	at := func(i int) *float64 { return &edges[i] }
	return []Stratum{
		{Name: "far below", To: at(0), Far: true, share: 20},
		{Name: "near miss", From: at(0), To: at(1), share: 20},
		{Name: "review", From: at(1), To: at(2), share: 25},
		{Name: "low accept", From: at(2), To: at(3), Accepted: true, share: 20},
		{Name: "high accept", From: at(3), Accepted: true, share: 15},
	}
}

// stratumOf gives the stratum of a weight in bits.
func stratumOf(strata []Stratum, weight float64) int {
	return slices.IndexFunc(strata, func(s Stratum) bool { return s.To == nil || weight < *s.To })
}

// allocate says how many pairs each stratum gives to a sample of the given size. What a stratum is too small to give is
// shared out among the others, in proportion to their shares; parts of a pair go to the largest remainder, ties to the lower
// stratum.
func allocate(size int, strata []Stratum, pairs []int64) []int {
	given := make([]int, len(strata))
	open := make([]bool, len(strata))
	for h := range open {
		open[h] = pairs[h] > 0
	}
	for left := size; left > 0; {
		parts := portions(left, strata, open)
		if parts == nil {
			break // every stratum is drawn whole
		}
		left = 0
		for h, n := range parts {
			room := int(min(pairs[h]-int64(given[h]), int64(n)))
			given[h] += room
			left += n - room
			open[h] = open[h] && int64(given[h]) < pairs[h]
		}
	}
	return given
}

// portions divides n by the shares of the open strata; nil where none is open.
func portions(n int, strata []Stratum, open []bool) []int {
	total := 0
	for h, s := range strata {
		if open[h] {
			total += s.share
		}
	}
	if total == 0 {
		return nil
	}
	parts, rest := make([]int, len(strata)), make([]int, len(strata))
	over := n
	for h, s := range strata {
		rest[h] = -1
		if open[h] {
			parts[h], rest[h] = n*s.share/total, n*s.share%total
			over -= parts[h]
		}
	}
	for ; over > 0; over-- {
		most := slices.Index(rest, slices.Max(rest))
		parts[most]++
		rest[most] = -1
	}
	return parts
}
