package matchers

import (
	"bytes"

	"locatematch/matchers/text"
)

// maxTokens bounds the words of one value that make keys; minToken leaves out initials and particles.
const (
	maxTokens = 6
	minToken  = 3
)

// numberPart is the key part of an integer value; 0 when the value has none (a date without a day for monthday).
func numberPart(kind text.Kind, t Transform, n uint64) uint64 {
	switch t.id {
	case byYear:
		n /= 10000
	case byMonthday:
		if n%100 == 0 || n/100%100 == 0 {
			return 0
		}
		n %= 10000
	case byPrefix, byLast:
		digits, value := digitsOf(kind, n)
		if digits < t.n {
			return 0
		}
		if t.id == byLast {
			n = value % uint64(pow10(t.n))
		} else {
			n = value / uint64(pow10(digits-t.n))
		}
		return hashNumber(n)
	}
	if n == 0 {
		return 0
	}
	return hashNumber(n)
}

// digitsOf gives the digits of a standard integer and how many there are.
func digitsOf(kind text.Kind, n uint64) (digits int, value uint64) {
	switch kind {
	case text.Date:
		return 8, n
	case text.SSN:
		return 9, n
	case text.Phone:
		return 10, n
	case text.Zip:
		return 5, n % 100000
	case text.Digits:
		return int(n >> 57), n & (1<<57 - 1)
	}
	return 0, n
}

// joins reports whether a kind's values are keyed without their spaces.
func joins(kind text.Kind) bool {
	return kind == text.Given || kind == text.Family || kind == text.Middle || kind == text.Name
}

// bytePart is the key part of a byte value, for transforms that need neither sound, nickname nor an address parsed.
// hash is the value's hashValue, which does for most of them.
func bytePart(kind text.Kind, t Transform, std []byte, hash uint64) uint64 {
	switch t.id {
	case byInitial:
		return hashNumber(uint64(std[0]))
	case byPrefix:
		return hashPrefix(std, t.n)
	}
	if joins(kind) {
		return joinedOr(std, hash)
	}
	return hash | 1
}

// joinedOr is hashJoined of a value whose hashValue is known.
func joinedOr(std []byte, hash uint64) uint64 {
	if bytes.IndexByte(std, ' ') < 0 {
		return hash | 1
	}
	return hashJoined(std)
}

func hashPrefix(std []byte, n int) uint64 {
	if n >= len(std) || bytes.IndexByte(std[:n], ' ') < 0 {
		if n >= len(std) {
			return hashJoined(std)
		}
		return hashBytes(std[:n])
	}
	var scratch [16]byte
	prefix := scratch[:0]
	for _, c := range std {
		if c != ' ' {
			prefix = append(prefix, c)
		}
		if len(prefix) == n {
			break
		}
	}
	return hashBytes(prefix)
}

// soundPart and nicknamePart make a key part of a phonetic code and of a nickname group. A name of no group stands for itself.
func soundPart(sound uint32) uint64 {
	if sound == 0 {
		return 0
	}
	return hashNumber(uint64(sound))
}

func nicknamePart(group uint32, std []byte, hash uint64) uint64 {
	if group == 0 {
		return joinedOr(std, hash)
	}
	return hashNumber(uint64(group))
}

func placePart(t Transform, p *placeTraits) uint64 {
	if t.id == byNumber {
		return p.number
	}
	if p.form == text.StreetForm {
		return p.street
	}
	return boxStreet(p)
}

// boxStreet stands in for the street of a box, whatever its route, so that its number and ZIP can make a key.
func boxStreet(p *placeTraits) uint64 {
	if p.number == 0 {
		return 0
	}
	return hashNumber(uint64(p.form) + 1)
}

// tokens appends the key parts of a value's words.
func tokens(dst []uint64, std []byte, hash uint64) []uint64 {
	if bytes.IndexByte(std, ' ') < 0 {
		if len(std) < minToken {
			return dst
		}
		return append(dst, hash|1)
	}
	for n := 0; len(std) > 0 && n < maxTokens; {
		word, rest, _ := bytes.Cut(std, []byte{' '})
		std = rest
		if len(word) >= minToken {
			dst = append(dst, hashBytes(word))
			n++
		}
	}
	return dst
}
