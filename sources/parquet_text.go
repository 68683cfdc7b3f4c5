package sources

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"
)

// textOf appends a value that is not null as text.
type textOf func(dst []byte, v parquet.Value) []byte

// newText chooses how a column's values become text. Dates and timestamps are
// written in the field's date form, ISO when it has none; whole numbers get
// zeros up to the width when the field is padded with them; decimals are exact;
// doubles are shortest, NaN is missing; booleans are Y and N.
func newText(t parquet.Type, f Field) (textOf, error) {
	text, err := plainText(t, f)
	if err == nil && f.Pad == "zeros" {
		text = padded(text, f.Width)
	}
	return text, err
}

func plainText(t parquet.Type, f Field) (textOf, error) {
	var logical format.LogicalTypeValue
	if l := t.LogicalType(); l != nil {
		logical = l.Value
	}
	switch x := logical.(type) {
	case *format.DateType:
		return dateText(f.Form), nil
	case *format.TimestampType:
		return timestampText(x, f.Form), nil
	case *format.DecimalType:
		return decimalText(t.Kind(), int(x.Scale)), nil
	case *format.IntType:
		if !x.IsSigned {
			return unsignedText(t.Kind()), nil
		}
	case *format.TimeType, *format.UUIDType, *format.Float16Type, *format.BsonType, *format.VariantType, *format.GeometryType, *format.GeographyType:
		return nil, fmt.Errorf("values of type %s have no text form", t)
	}
	return kindText(t, f.Form)
}

// kindText is for columns without a logical type that matters.
func kindText(t parquet.Type, form string) (textOf, error) {
	switch t.Kind() {
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return func(dst []byte, v parquet.Value) []byte { return append(dst, v.ByteArray()...) }, nil
	case parquet.Int32, parquet.Int64:
		return func(dst []byte, v parquet.Value) []byte { return strconv.AppendInt(dst, whole(v), 10) }, nil
	case parquet.Boolean:
		return booleanText, nil
	case parquet.Double:
		return func(dst []byte, v parquet.Value) []byte { return floatText(dst, v.Double(), 64) }, nil
	case parquet.Float:
		return func(dst []byte, v parquet.Value) []byte { return floatText(dst, float64(v.Float()), 32) }, nil
	case parquet.Int96:
		return int96Text(form), nil
	}
	return nil, fmt.Errorf("values of type %s have no text form", t)
}

// whole is the number of an Int32 or Int64 value.
func whole(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

func unsignedText(k parquet.Kind) textOf {
	return func(dst []byte, v parquet.Value) []byte {
		n := uint64(whole(v))
		if k == parquet.Int32 {
			n = uint64(uint32(n))
		}
		return strconv.AppendUint(dst, n, 10)
	}
}

func booleanText(dst []byte, v parquet.Value) []byte {
	if v.Boolean() {
		return append(dst, 'Y')
	}
	return append(dst, 'N')
}

// floatText writes a number without an exponent. Tools that know no null for
// numbers write NaN, so it is missing.
func floatText(dst []byte, x float64, bits int) []byte {
	if math.IsNaN(x) {
		return dst
	}
	return strconv.AppendFloat(dst, x, 'f', -1, bits)
}

// dateText writes days since 1970-01-01.
func dateText(form string) textOf {
	layout := goLayout(form)
	return func(dst []byte, v parquet.Value) []byte {
		return time.Unix(int64(v.Int32())*86400, 0).UTC().AppendFormat(dst, layout)
	}
}

// timestampText writes the date of a timestamp in the field's form, or date
// and time in ISO form when the field has none.
func timestampText(t *format.TimestampType, form string) textOf {
	unit := time.Millisecond
	if t.Unit.Value != nil {
		unit = t.Unit.Value.Duration()
	}
	layout := momentLayout(form)
	return func(dst []byte, v parquet.Value) []byte {
		n, perSecond := v.Int64(), int64(time.Second/unit)
		seconds := n / perSecond
		if n%perSecond < 0 {
			seconds--
		}
		return time.Unix(seconds, (n-seconds*perSecond)*int64(unit)).UTC().AppendFormat(dst, layout)
	}
}

// momentLayout is goLayout for values that have a time of day.
func momentLayout(form string) string {
	if form == "" {
		return "2006-01-02T15:04:05"
	}
	return goLayout(form)
}

// int96Text writes the timestamps of old Impala and Spark: nanoseconds of the
// day, then the Julian day number.
func int96Text(form string) textOf {
	const unixEpoch = 2440588 // Julian day number of 1970-01-01
	layout := momentLayout(form)
	return func(dst []byte, v parquet.Value) []byte {
		var x deprecated.Int96 = v.Int96()
		nanos := int64(uint64(x[1])<<32 | uint64(x[0]))
		days := int64(x[2]) - unixEpoch
		return time.Unix(days*86400, nanos).UTC().AppendFormat(dst, layout)
	}
}

// decimalText writes an exact decimal with the column's scale.
func decimalText(k parquet.Kind, scale int) textOf {
	if k == parquet.Int32 || k == parquet.Int64 {
		return func(dst []byte, v parquet.Value) []byte {
			return point(dst, strconv.FormatInt(whole(v), 10), scale)
		}
	}
	return func(dst []byte, v parquet.Value) []byte {
		return point(dst, bigEndian(v.ByteArray()).String(), scale)
	}
}

// bigEndian reads a two's complement number.
func bigEndian(b []byte) *big.Int {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// point puts the decimal point into a whole number.
func point(dst []byte, digits string, scale int) []byte {
	if scale <= 0 {
		return append(dst, digits...)
	}
	if digits[0] == '-' {
		dst, digits = append(dst, '-'), digits[1:]
	}
	for len(digits) <= scale {
		digits = "0" + digits
	}
	dst = append(dst, digits[:len(digits)-scale]...)
	dst = append(dst, '.')
	return append(dst, digits[len(digits)-scale:]...)
}

// padded puts zeros before text of fewer than width bytes: an SSN or ZIP code
// kept as a number has lost them.
func padded(text textOf, width int) textOf {
	return func(dst []byte, v parquet.Value) []byte {
		start := len(dst)
		dst = text(dst, v)
		short := width - (len(dst) - start)
		if short <= 0 || short == width {
			return dst
		}
		for range short {
			dst = append(dst, '0')
		}
		copy(dst[start+short:], dst[start:])
		for i := range short {
			dst[start+i] = '0'
		}
		return dst
	}
}
