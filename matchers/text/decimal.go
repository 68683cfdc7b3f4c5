package text

import "strconv"

// Number values are thousandths above numberZero, so that negative numbers keep their order.
const numberZero = 1 << 62

// maxWhole bounds the digits before the point: 999,999,999,999,999 fits in thousandths many times over.
const maxWhole = 15

// standardDecimal reads amounts as files write them: 1,234.50  $12  -7.25  7.25-  (7.25). Digits beyond the third behind the
// point round half away from zero.
func standardDecimal(raw []byte) (uint64, Validity) {
	digits, negative := unsign(raw)
	thousandths, ok := thousandths(digits)
	switch {
	case !ok && hasDigit(raw):
		return 0, Invalid
	case !ok:
		return noNumber(raw)
	case negative:
		return numberZero - thousandths, Valid
	}
	return numberZero + thousandths, Valid
}

// unsign takes sign, currency and accountant's brackets off.
func unsign(raw []byte) (digits []byte, negative bool) {
	if n := len(raw); n > 2 && raw[0] == '(' && raw[n-1] == ')' {
		raw, negative = trim(raw[1:n-1]), true
	}
	for len(raw) > 0 {
		switch last := raw[len(raw)-1]; {
		case raw[0] == '-' && !negative:
			raw, negative = raw[1:], true
		case last == '-' && !negative:
			raw, negative = raw[:len(raw)-1], true
		case raw[0] == '+', raw[0] == '$', raw[0] <= ' ':
			raw = raw[1:]
		default:
			return raw, negative
		}
	}
	return raw, negative
}

// thousandths reads digits, commas between the whole ones, and one point.
func thousandths(raw []byte) (n uint64, ok bool) {
	whole, places := 0, -1 // places behind the point, -1 before it
	for _, c := range raw {
		switch {
		case isDigit(c) && places < 0:
			if whole++; whole > maxWhole {
				return 0, false
			}
			n = n*10 + uint64(c-'0')
		case isDigit(c):
			if places++; places <= 3 {
				n = n*10 + uint64(c-'0')
			} else if places == 4 && c >= '5' {
				n++
			}
		case c == '.' && places < 0:
			places = 0
		case c == ',' && places < 0 && whole > 0:
		default:
			return 0, false
		}
	}
	for p := max(places, 0); p < 3; p++ {
		n *= 10
	}
	return n, whole > 0 || places > 0
}

// appendDecimal writes a standard Number: -7.250.
func appendDecimal(dst []byte, num uint64) []byte {
	magnitude := num - numberZero
	if num < numberZero {
		dst, magnitude = append(dst, '-'), numberZero-num
	}
	dst = strconv.AppendUint(dst, magnitude/1000, 10)
	return appendPadded(append(dst, '.'), magnitude%1000, 3)
}
