package pipeline

import (
	"cmp"
	"slices"
)

// curveSteps are the thresholds of each of the two ladders of a curve: even steps of the weight, for what a threshold does,
// and even steps of recall, for the shape of precision against recall.
const curveSteps = 40

// curve gives the rates at some eighty thresholds, the heaviest first: all that the ladders ask for, the best one, accept
// and probability one half. The last one lets every pair in.
func (h *histogram) curve(accept float64, truth int64) []Threshold {
	bins := h.ladder()
	if len(bins) == 0 {
		return nil
	}
	first := bins[len(bins)-1] // occupied bin of the lightest pair
	for _, bits := range []float64{accept, 0, h.best(truth).Weight} {
		bins = append(bins, max(first, binOf(bits)))
	}
	slices.SortFunc(bins, func(a, b int) int { return cmp.Compare(b, a) })
	var list []Threshold
	for _, b := range slices.Compact(bins) {
		list = append(list, Threshold{Weight: bitsOf(b), Rates: h.at(bitsOf(b), truth)})
	}
	return list
}

// ladder gives the bins of both ladders in falling order, the lightest pair's last; none of an empty histogram.
func (h *histogram) ladder() (bins []int) {
	_, all := h.total()
	var occupied []int
	var hits int64
	for b := binCount - 1; b >= 0; b-- {
		if h.bins[0][b]+h.bins[1][b] == 0 {
			continue
		}
		occupied = append(occupied, b)
		before := hits
		hits += h.bins[1][b]
		if all > 0 && before*curveSteps/all != hits*curveSteps/all {
			bins = append(bins, b)
		}
	}
	if len(occupied) == 0 {
		return nil
	}
	heaviest, lightest := occupied[0], occupied[len(occupied)-1]
	for step := range curveSteps {
		bins = append(bins, heaviest-(heaviest-lightest)*step/curveSteps)
	}
	slices.SortFunc(bins, func(a, b int) int { return cmp.Compare(b, a) })
	return append(bins, lightest)
}
