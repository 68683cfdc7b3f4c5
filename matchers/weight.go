package matchers

import "math"

// Weights are integers of 2^-16 bit: sums are exact in any order, and the same on every machine. Floating point is used
// only to turn a probability into a weight, once, rounded to the nearest.

// limitBits bounds a single weight, so that no sum of them leaves an int32.
const limitBits = 1000

// fromBits rounds bits to a weight.
func fromBits(bits float64) int32 {
	return int32(math.RoundToEven(float64(min(limitBits, max(-limitBits, bits)) * One)))
}

// ratio is log2(a/b) as a weight.
func ratio(a, b float64) int32 { return fromBits(math.Log2(float64(a / b))) }

// softSteps entries a bit; softRange bits, beyond which log2(1+2^-x) is less than half a unit.
const (
	softSteps = 256
	softRange = 18
)

// softPlus holds log2(1+2^-x) in units of 2^-24 bit, for x in steps of 1/256 bit; between them a straight line errs by
// less than a thousandth of a unit of weight.
var softPlus = func() (table [softRange*softSteps + 2]int64) {
	for i := range table {
		x := float64(i) / softSteps
		table[i] = int64(math.RoundToEven(math.Log1p(math.Exp2(-x)) / math.Ln2 * (1 << 24)))
	}
	return table
}()

// LogSum is log2(2^a + 2^b): the weight of two odds added.
func LogSum(a, b int32) int32 {
	if a < b {
		a, b = b, a
	}
	gap := int64(a) - int64(b)
	if gap >= softRange*One {
		return a
	}
	const step = One / softSteps
	i, rest := gap/step, gap%step
	soft := softPlus[i] + (softPlus[i+1]-softPlus[i])*rest/step
	return a + int32((soft+1<<7)>>8)
}

// withHousehold is -log2(2^-s + 2^-h): the odds against the stranger and against the household member together.
func withHousehold(s, h int32) int32 { return -LogSum(-s, -h) }

// none is the weight of no odds at all, for sums that have no term yet.
const none = math.MinInt32 / 4
