package text

import (
	"math/bits"

	"github.com/antzucaro/matchr"
)

// wordBits is the greatest length that the bit-parallel kernels take: one bit of a machine word per character.
const wordBits = 64

// Needle compares one string with many by Jaro-Winkler similarity (Winkler 1990). Bit i of masks[c] is set where the needle
// holds c at position i, so that the first free match of a character inside the window is one AND and one trailing-zero
// count. The zero value is the empty needle. A Needle belongs to one goroutine; Set copies the string.
type Needle struct {
	masks [128]uint64
	text  []byte
	bits  bool // ASCII and at most wordBits long: masks hold
}

// Set makes a the needle.
func (n *Needle) Set(a []byte) {
	for _, c := range n.text {
		n.masks[c&127] = 0
	}
	n.text = append(n.text[:0], a...)
	n.bits = len(a) <= wordBits
	for i, c := range a {
		if c >= 0x80 {
			n.bits = false
		}
		if i < wordBits {
			n.masks[c&127] |= 1 << i
		}
	}
}

// JaroWinkler gives the similarity of the needle and b, from 0 (nothing in common) to 1 (equal): exactly
// matchr.JaroWinkler(a, b, false), to the last bit. Like Winkler's own strcmp95 a digit ends the common prefix, so house
// numbers earn no bonus, and the bonus needs a Jaro similarity above 0.7. The empty string has similarity 0 to all.
// Strings beyond ASCII or 64 bytes go to matchr itself.
func (n *Needle) JaroWinkler(b []byte) float64 {
	if len(n.text) == 0 || len(b) == 0 {
		return 0
	}
	if !n.bits || len(b) > wordBits {
		return n.oracle(b)
	}
	inA, inB, ok := n.match(b)
	if !ok {
		return n.oracle(b)
	}
	common := bits.OnesCount64(inA)
	if common == 0 {
		return 0
	}
	d := jaro(common, n.halfTranspositions(b, inA, inB)/2, len(n.text), len(b))
	if d > boostAbove {
		d = boost(d, commonPrefix(n.text, b))
	}
	return d
}

func (n *Needle) oracle(b []byte) float64 {
	return matchr.JaroWinkler(string(n.text), string(b), false)
}

// match finds the common characters: inA and inB hold a bit for each matched position. ok is false when b is not ASCII.
func (n *Needle) match(b []byte) (inA, inB uint64, ok bool) {
	reach := max(max(len(n.text), len(b))/2-1, 0)
	window := uint64(1)<<(reach+1) - 1 // the reach of position 0; at most 32 bits
	for j, c := range b {
		if c >= 0x80 {
			return 0, 0, false
		}
		if free := n.masks[c] & window &^ inA; free != 0 {
			inA |= free & -free
			inB |= 1 << (j & 63)
		}
		window <<= 1
		if j < reach {
			window |= 1
		}
	}
	return inA, inB, true
}

// halfTranspositions counts the common characters that stand in another order: two of them are one transposition.
func (n *Needle) halfTranspositions(b []byte, inA, inB uint64) (count int) {
	for ; inB != 0; inB &= inB - 1 {
		if n.masks[b[bits.TrailingZeros64(inB)]&127]&inA&-inA == 0 {
			count++
		}
		inA &= inA - 1
	}
	return count
}

// boostAbove is the Jaro similarity above which a common prefix counts, prefixMost the prefix that counts at most.
const boostAbove, prefixMost = 0.7, 4

// jaro keeps the order of matchr's divisions: multiplying by a third instead moves values at a threshold.
func jaro(common, transpositions, la, lb int) float64 {
	d := float64(common)/float64(la) + float64(common)/float64(lb) + float64(common-transpositions)/float64(common)
	return d / 3.0
}

func boost(d float64, prefix int) float64 {
	if prefix > 0 {
		d += float64(prefix) * 0.1 * (1.0 - d)
	}
	return d
}

// commonPrefix counts the leading characters in common, to the fourth or the first digit.
func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b), prefixMost)
	for i := 0; i < n; i++ {
		if a[i] != b[i] || isDigit(a[i]) {
			return i
		}
	}
	return n
}
