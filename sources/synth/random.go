package synth

import "math/bits"

// stream is a splitmix64 generator (Steele, Lea, Flood 2014): one word of state, so that every person, household and
// row can have its own, made from the seed and a number, and be built again at any time without a table.
type stream struct{ state uint64 }

// A purpose keeps two streams over the same number apart.
type purpose uint64

const (
	ofFamily purpose = iota + 1
	ofPerson
	ofPlan
	ofStay
	ofAddress
	ofEmployer
	ofCaseload
	ofRow
	ofStranger
	ofHousehold
	ofJob
	ofAccount
	ofInstitution
	ofNumber
	ofOrder
	ofID
	ofName
	ofAgency
	ofFate
	ofRequest
)

// streamOf returns the stream of a purpose and two numbers.
func streamOf(seed uint64, p purpose, a, b uint64) stream {
	s := mix(seed + 0x9e3779b97f4a7c15*uint64(p))
	s = mix(s ^ a)
	return stream{mix(s + b*0xd1342543de82ef95)}
}

// mix is splitmix64's finaliser: a bijection of 64-bit words.
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (s *stream) next() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number in [0, n); the bias of the multiplication is below 2^-32 for every n in use.
func (s *stream) below(n int) int {
	hi, _ := bits.Mul64(s.next(), uint64(n))
	return int(hi)
}

// between returns a number in [low, high].
func (s *stream) between(low, high int) int { return low + s.below(high-low+1) }

// chance is true with probability p. It always takes one word, so that a changed rate leaves the rest of the stream
// where it was.
func (s *stream) chance(p float64) bool { return s.next()>>11 < uint64(p*(1<<53)) }

// pick returns the index of one weight, in proportion. The weights need not add up to anything.
func (s *stream) pick(weights ...int) int {
	total := 0
	for _, w := range weights {
		total += w
	}
	at := s.below(total)
	for i, w := range weights {
		if at < w {
			return i
		}
		at -= w
	}
	return len(weights) - 1
}

// permutation is a bijection of [0, n): a four-round Feistel network over the next even number of bits, walking the
// cycle while it is outside (Black and Rogaway 2002). It shuffles rows without a table of them.
type permutation struct {
	n    uint64
	half uint
	keys [4]uint64
}

func newPermutation(seed uint64, p purpose, number uint64, n int64) permutation {
	s := streamOf(seed, p, number, 0)
	perm := permutation{n: uint64(n), half: 1}
	for perm.half < 32 && uint64(1)<<(2*perm.half) < perm.n {
		perm.half++
	}
	for i := range perm.keys {
		perm.keys[i] = s.next()
	}
	return perm
}

// at returns the image of x.
func (p *permutation) at(x uint64) uint64 {
	mask := uint64(1)<<p.half - 1
	for {
		left, right := x>>p.half, x&mask
		for _, key := range p.keys {
			left, right = right, left^mix(right+key)&mask
		}
		if x = left<<p.half | right; x < p.n {
			return x
		}
	}
}

// of returns the x whose image is y.
func (p *permutation) of(y uint64) uint64 {
	mask := uint64(1)<<p.half - 1
	for {
		left, right := y>>p.half, y&mask
		for i := len(p.keys) - 1; i >= 0; i-- {
			left, right = right^mix(left+p.keys[i])&mask, left
		}
		if y = left<<p.half | right; y < p.n {
			return y
		}
	}
}
