package text

import "strconv"

// AppendNumber writes the standard value of a numeric kind out in the spelling that standardises to it again (I2): dates
// as CCYYMMDD, SSN and phone as digits, ZIP as 12345 or 12345-6789, Digits with their leading zeros, Number with three places, Sex as M or F. It
// shows an SSN in full: where people read, use MaskSSN.
func AppendNumber(dst []byte, k Kind, num uint64) []byte {
	switch k {
	case Date:
		return appendPadded(dst, num, 8)
	case SSN:
		return appendPadded(dst, num, 9)
	case Digits:
		return appendPadded(dst, num&(1<<digitsShift-1), int(num>>digitsShift))
	case Number:
		return appendDecimal(dst, num)
	case Phone:
		return appendPadded(dst, num, 10)
	case Sex:
		return append(dst, " MF"[min(num, 2)])
	case Zip:
		return appendZip(dst, num)
	}
	return strconv.AppendUint(dst, num, 10)
}

// appendPadded writes num with leading zeros to the width.
func appendPadded(dst []byte, num uint64, width int) []byte {
	var digits [20]byte
	i := len(digits)
	for ; num > 0 || width > 0; width-- {
		i--
		digits[i] = byte('0' + num%10)
		num /= 10
	}
	return append(dst, digits[i:]...)
}
