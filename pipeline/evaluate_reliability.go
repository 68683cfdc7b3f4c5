package pipeline

import "math"

// The middle is where probabilities are a choice: beyond it nearly every pair of a night lies, at one end or the other, and
// bins of equal count over all of them would show the two ends twenty times. So the middle has equal-count bins, those that
// ece_mid is worked out from, and each end is one bin.
const (
	eceBins   = 20
	lowestMid = 0.01
	highMid   = 0.99
)

// probabilityBin is a stretch of rising probability. A histogram bin that lies across the edge of two is shared out between
// them, so counts need not be whole.
type probabilityBin struct {
	low, high           float64
	pairs, hits, stated float64 // stated: the sum of the pairs' probabilities
}

func (b *probabilityBin) take(p, pairs, hits float64) {
	if b.pairs == 0 {
		b.low = p
	}
	b.high = p
	b.pairs += pairs
	b.hits += hits
	b.stated += pairs * p
}

// midBins parts the pairs with 0.01 < p < 0.99 into bins of equal count.
func (h *histogram) midBins() (bins []probabilityBin) {
	var all float64
	h.eachProbability(func(p, pairs, _ float64) {
		if p > lowestMid && p < highMid {
			all += pairs
		}
	})
	full := all / eceBins
	var bin probabilityBin
	h.eachProbability(func(p, pairs, hits float64) {
		if p <= lowestMid || p >= highMid {
			return
		}
		for left := pairs; left > 1e-9; {
			part := math.Min(left, full-bin.pairs)
			bin.take(p, part, hits*part/pairs)
			if left -= part; bin.pairs >= full-1e-9 {
				bins, bin = append(bins, bin), probabilityBin{}
			}
		}
	})
	if bin.pairs > 1e-9 {
		bins = append(bins, bin)
	}
	return bins
}

// eachProbability goes through the occupied bins of the histogram, by rising probability.
func (h *histogram) eachProbability(do func(p, pairs, hits float64)) {
	for b := range binCount {
		if n := h.bins[0][b] + h.bins[1][b]; n > 0 {
			do(binProbability(b), float64(n), float64(h.bins[1][b]))
		}
	}
}

// eceMid is the expected calibration error of the pairs with 0.01 < p < 0.99, in bins of equal count.
func (h *histogram) eceMid() float64 {
	var gap, pairs float64
	for _, bin := range h.midBins() {
		gap += math.Abs(bin.hits - bin.stated)
		pairs += bin.pairs
	}
	if pairs == 0 {
		return 0
	}
	return gap / pairs
}

// reliability is the middle between its two ends, by rising probability; empty bins are left out.
func (h *histogram) reliability() (list []Reliable) {
	low, high := probabilityBin{}, probabilityBin{}
	h.eachProbability(func(p, pairs, hits float64) {
		switch {
		case p <= lowestMid:
			low.take(p, pairs, hits)
		case p >= highMid:
			high.take(p, pairs, hits)
		}
	})
	low.low, low.high, high.low, high.high = 0, lowestMid, highMid, 1
	var before float64 // whole counts are differences of rounded sums, so that they add up
	for _, bin := range append(append([]probabilityBin{low}, h.midBins()...), high) {
		after := before + bin.pairs
		if whole := int64(math.Round(after) - math.Round(before)); whole > 0 {
			list = append(list, Reliable{
				Low: bin.low, High: bin.high, Stated: bin.stated / bin.pairs, Observed: bin.hits / bin.pairs, Pairs: whole,
			})
		}
		before = after
	}
	return list
}
