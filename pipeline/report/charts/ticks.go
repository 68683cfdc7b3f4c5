package charts

import (
	"math"
	"strconv"
)

// Axis is one numeric axis. It reaches from the first tick to the last.
type Axis struct {
	Name   string               // of an axis along the foot
	Ticks  []float64            // rising, at least two; nil: round numbers that hold every value drawn
	Format func(float64) string // of a tick; nil: as short as it can be
}

// Ticks are round numbers, five to ten of them, of which the first is at most low and the last at least high.
func Ticks(low, high float64) []float64 {
	const flat = 1e-9 // below it there is nothing to tell apart, and soon no digits to say it with
	if !(high-low > flat) {
		low, high = low-0.5, low+0.5
	}
	step := stepFor(high - low)
	first, last := math.Floor(low/step+1e-9), math.Ceil(high/step-1e-9)
	var ticks []float64
	for i := first; i <= last; i++ {
		ticks = append(ticks, roundTo(i*step, step))
	}
	return ticks
}

// stepFor is the largest of 1, 2, 2.5 and 5 times a power of ten of which the span has at least five.
func stepFor(span float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(span)))
	for _, f := range []float64{1, 0.5, 0.25, 0.2} {
		if span/(f*power) >= 4.9 {
			return f * power
		}
	}
	return power / 10
}

// roundTo takes the noise of floating point off a multiple of step.
func roundTo(v, step float64) float64 {
	digits := max(0, 2-int(math.Floor(math.Log10(step))))
	scale := math.Pow(10, float64(digits))
	return math.Round(v*scale) / scale
}

// words is how a number is written: as format says, else as short as it can be.
func words(format func(float64) string) func(float64) string {
	if format != nil {
		return format
	}
	return func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
}

func (a Axis) low() float64  { return a.Ticks[0] }
func (a Axis) high() float64 { return a.Ticks[len(a.Ticks)-1] }

// over gives the axis ticks that hold all values, if it has none of its own.
func (a Axis) over(values ...[]float64) Axis {
	if len(a.Ticks) >= 2 {
		return a
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, list := range values {
		for _, v := range list {
			low, high = min(low, v), max(high, v)
		}
	}
	a.Ticks = Ticks(low, high)
	return a
}
