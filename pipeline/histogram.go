package pipeline

import (
	"math"

	"locatematch/matchers"
)

// histogram counts scored pairs by weight, true and false apart, in bins of 1/128 bit: fine enough that no threshold of
// interest is blurred, and of fixed size, whatever the number of pairs. Histograms add up, so the result does not depend on
// which worker saw which pair.
type histogram struct {
	bins [2][]int64 // [false, true][bin]
}

const (
	binsPerBit = 128
	lowestBit  = -128
	highestBit = 128
	binCount   = (highestBit - lowestBit) * binsPerBit
)

func newHistogram() *histogram {
	return &histogram{bins: [2][]int64{make([]int64, binCount), make([]int64, binCount)}}
}

func binOf(bits float64) int {
	return min(max(int(math.Floor((bits-lowestBit)*binsPerBit)), 0), binCount-1)
}

func bitsOf(bin int) float64 { return lowestBit + float64(bin)/binsPerBit }

func (h *histogram) count(weight int32, same bool) {
	truth := 0
	if same {
		truth = 1
	}
	h.bins[truth][binOf(matchers.Bits(weight))]++
}

func (h *histogram) add(o *histogram) {
	for t := range h.bins {
		for b, n := range o.bins[t] {
			h.bins[t][b] += n
		}
	}
}

// total is the number of pairs, and of true ones.
func (h *histogram) total() (pairs, hits int64) { return h.above(lowestBit) }

// above counts the pairs at or above a weight, and the true ones among them.
func (h *histogram) above(bits float64) (pairs, hits int64) {
	for b := binOf(bits); b < binCount; b++ {
		hits += h.bins[1][b]
		pairs += h.bins[0][b] + h.bins[1][b]
	}
	return pairs, hits
}

func (h *histogram) at(bits float64, truth int64) Rates {
	pairs, hits := h.above(bits)
	return rates(pairs, hits, truth)
}

// best is the threshold with the highest F1; of several the highest.
func (h *histogram) best(truth int64) Threshold {
	var best Threshold
	var pairs, hits int64
	for b := binCount - 1; b >= 0; b-- {
		if h.bins[0][b]+h.bins[1][b] == 0 {
			continue
		}
		hits += h.bins[1][b]
		pairs += h.bins[0][b] + h.bins[1][b]
		if r := rates(pairs, hits, truth); r.F1 > best.F1 {
			best = Threshold{Weight: bitsOf(b), Rates: r}
		}
	}
	return best
}

func (h *histogram) thresholds(truth int64) (list []Threshold) {
	for _, bits := range thresholdsShown {
		list = append(list, Threshold{Weight: bits, Rates: h.at(bits, truth)})
	}
	return list
}

// probability of a bin's middle.
func binProbability(bin int) float64 {
	return 1 / (1 + math.Exp2(-(bitsOf(bin) + 0.5/binsPerBit)))
}

// calibration compares stated probabilities with what was true.
func (h *histogram) calibration() Calibration {
	var c Calibration
	var pairs float64
	for b := range binCount {
		lies, hits := float64(h.bins[0][b]), float64(h.bins[1][b])
		if lies+hits == 0 {
			continue
		}
		// -ln p and -ln(1-p) from the weight itself, for p itself rounds to 0 or 1 at the ends.
		w := bitsOf(b) + 0.5/binsPerBit
		pairs += lies + hits
		c.LogLoss += hits*math.Log1p(math.Exp2(-w)) + lies*math.Log1p(math.Exp2(w))
	}
	if pairs > 0 {
		c.LogLoss /= pairs
	}
	c.ECEMid = h.eceMid()
	return c
}
