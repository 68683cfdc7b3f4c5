package matchers

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"github.com/cespare/xxhash/v2"
)

// Constants of the hashes: odd, random-looking, fixed for ever (I8).
const (
	hashA = 0x9E3779B97F4A7C15
	hashB = 0xD6E8FEB86659FD93
	hashC = 0xA0761D6478BD642F
)

// keySeed begins every blocking key. It must differ from hashA: mix(hashA, x) is 0 whatever x is, and the first element of
// every rule would say nothing.
const keySeed = hashB

// mix folds one more part into a key. The order of parts matters.
func mix(key, part uint64) uint64 {
	high, low := bits.Mul64(key^hashA, part^hashB)
	return high ^ low
}

// hashNumber hashes an integer value; never 0, which means "no part".
func hashNumber(n uint64) uint64 { return mix(hashC, n) | 1 }

// hashValue hashes a byte value. Most are names of at most sixteen bytes, which two words hold, overlapping in the middle;
// two multiplications do for them, as in wyhash.
func hashValue(b []byte) uint64 {
	if len(b) > inTwoWords {
		return xxhash.Sum64(b)
	}
	low, high := twoWords(b)
	return mix(mix(low, high), hashC^uint64(len(b)))
}

// inTwoWords is the most bytes that twoWords holds.
const inTwoWords = 16

// twoWords are the bytes of a value of at most sixteen; with its length they are the value.
func twoWords(b []byte) (low, high uint64) {
	switch n := len(b); {
	case n >= 8:
		return binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[n-8:])
	case n >= 4:
		return uint64(binary.LittleEndian.Uint32(b)), uint64(binary.LittleEndian.Uint32(b[n-4:]))
	case n > 0:
		return uint64(b[0])<<16 | uint64(b[n/2])<<8 | uint64(b[n-1]), 0
	}
	return 0, 0
}

// hashBytes is hashValue, but never 0.
func hashBytes(b []byte) uint64 { return hashValue(b) | 1 }

// hashJoined hashes a value as if its spaces were not there: DE LA CRUZ and DELACRUZ are one name. Never 0.
func hashJoined(b []byte) uint64 {
	if bytes.IndexByte(b, ' ') < 0 {
		return hashBytes(b)
	}
	var scratch [96]byte
	joined := scratch[:0]
	for _, c := range b {
		if c != ' ' {
			joined = append(joined, c)
		}
	}
	return hashBytes(joined)
}
