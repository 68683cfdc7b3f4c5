package matchers

import (
	"encoding/binary"
	"encoding/hex"
	"math"

	"locatematch/matchers/text"
)

// Value is one standardised value of a record or subject, as text.Standardise gives it. A value without Std (byte kinds)
// or Num (numeric kinds) is no evidence and makes no key, whatever its Validity; Validity says why, for explanations.
type Value struct {
	Std      []byte
	Num      uint64
	Validity text.Validity
}

// Pattern is the outcome of all comparisons of a pair: comparison i has bits 4i to 4i+3, its level counted from 1 (best),
// 0 for no evidence.
type Pattern uint64

// Level of comparison i.
func (p Pattern) Level(i int) int { return int(p >> (4 * i) & 15) }

// With is the pattern with comparison i set to a level.
func (p Pattern) With(i, level int) Pattern {
	return p&^(15<<(4*i)) | Pattern(level)<<(4*i)
}

// String is sixteen hex digits; the last digit is the first comparison.
func (p Pattern) String() string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(p))
	return hex.EncodeToString(b[:])
}

// One is the weight of one bit: weights are integers of 2^-16 bit, so that sums are exact in any order.
const One = 1 << 16

// Bits gives a weight in bits.
func Bits(weight int32) float64 { return float64(weight) / One }

// Probability gives the probability that a weight, as log2 of odds, stands for.
func Probability(weight int32) float64 { return 1 / (1 + math.Exp2(-Bits(weight))) }

// Scored is one pair of the record at hand.
type Scored struct {
	Subject uint32
	Rule    uint8 // first blocking rule that proposes the pair (I3)
	Held    bool  // a comparison marked Hold reached its best level: kept at any weight
	// Disputed: the record came back under one subject's key and fits another better (dispute.go). No pair of it is to be accepted.
	Disputed bool
	Pattern  Pattern
	Weight   int32 // prior + parts, competition included (I5)
	// Margin is the weight before competition less that of the best other subject. Rivals below the review weight are not
	// seen; without a rival the margin is counted from the review weight.
	Margin int32
}

// Probability that the record is the subject's.
func (s Scored) Probability() float64 { return Probability(s.Weight) }
