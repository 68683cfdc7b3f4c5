package text

// Limit is the greatest length in bytes of a standard form; what is longer is cut. Names in the files end at 30 bytes, and
// 64 is what one machine word of the bit-parallel kernels holds.
const Limit = 64

// AddressLimit is the same for addresses.
const AddressLimit = 128

// Standardise brings the raw value of a field to standard form. Byte kinds append to dst and return it with num 0; numeric
// kinds (Kind.Numeric) return dst unchanged and num:
//
//	Date    yyyymmdd, 00 for an unknown month or day
//	SSN     the nine digits, SSN, ITIN or ATIN
//	Digits  the digits, with their count << 57 (leading zeros count)
//	Number  thousandths, plus 1 << 62
//	Phone   ten digits
//	Sex     1 male, 2 female
//	Zip     (100000 + five digits) * 10000 + the four digits behind them, 0000 for none; see SplitZip
//
// form is the date form of the layout and ignored by other kinds. The validity says what the value is worth; see Validity.
// An unknown kind is treated as Exact.
func Standardise(k Kind, form DateForm, dst, raw []byte) (std []byte, num uint64, v Validity) {
	if k.words() {
		if std, ok := appendWord(dst, raw); ok {
			return std, 0, Valid
		}
	}
	raw = trim(raw)
	if len(raw) == 0 {
		return dst, 0, Missing
	}
	if k.Numeric() {
		num, v = standardNumber(k, form, raw)
		if v < Invalid {
			num = 0
		}
		return dst, num, v
	}
	std, v = standardBytes(k, dst, raw)
	if v < Invalid {
		std = std[:len(dst)]
	}
	return std, 0, v
}

func standardBytes(k Kind, dst, raw []byte) ([]byte, Validity) {
	switch k {
	case Given, Middle:
		return standardGiven(k, dst, raw)
	case Family:
		return standardFamily(dst, raw)
	case Suffix:
		return standardSuffix(dst, raw)
	case Name, Text:
		return standardText(k, dst, raw)
	case Address:
		return standardAddress(dst, raw)
	case Email:
		return standardEmail(dst, raw)
	case State:
		return standardState(dst, raw)
	}
	return append(dst, trim(raw[:min(len(raw), Limit)])...), Valid
}

func standardNumber(k Kind, form DateForm, raw []byte) (uint64, Validity) {
	switch k {
	case Date:
		return standardDate(form, raw)
	case SSN:
		return standardSSN(raw)
	case Digits:
		return standardDigits(raw)
	case Number:
		return standardDecimal(raw)
	case Phone:
		return standardPhone(raw)
	case Sex:
		return standardSex(raw)
	}
	return standardZip(raw)
}

// trim takes blanks and control characters off both ends; layouts pad with blanks, some hosts with NULs.
func trim(raw []byte) []byte {
	for len(raw) > 0 && raw[0] <= ' ' {
		raw = raw[1:]
	}
	for len(raw) > 0 && raw[len(raw)-1] <= ' ' {
		raw = raw[:len(raw)-1]
	}
	return raw
}
