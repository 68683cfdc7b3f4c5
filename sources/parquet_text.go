package sources

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/encoding"
	"github.com/parquet-go/parquet-go/format"
)

// newText chooses how a column's values become text. Dates and timestamps are
// written in the field's date form, ISO when it has none; whole numbers get
// zeros up to the width when the field is padded with them; decimals are exact;
// doubles are shortest, NaN is missing; booleans are Y and N.
func newText(t parquet.Type, f Field) (pageText, error) {
	text, err := plainText(t, f)
	if err == nil && f.Pad == "zeros" {
		text = padded(text, f.Width)
	}
	return text, err
}

func plainText(t parquet.Type, f Field) (pageText, error) {
	var logical format.LogicalTypeValue
	if l := t.LogicalType(); l != nil {
		logical = l.Value
	}
	switch x := logical.(type) {
	case *format.DateType:
		return numbers(t.Kind(), dateText(f.Form)), nil
	case *format.TimestampType:
		return numbers(t.Kind(), timestampText(x, f.Form)), nil
	case *format.DecimalType:
		return decimalText(t.Kind(), int(x.Scale)), nil
	case *format.IntType:
		if !x.IsSigned {
			return numbers(t.Kind(), unsignedText(t.Kind())), nil
		}
	case *format.TimeType, *format.UUIDType, *format.Float16Type, *format.BsonType, *format.VariantType, *format.GeometryType, *format.GeographyType:
		return nil, fmt.Errorf("values of type %s have no text form", t)
	}
	return kindText(t, f.Form)
}

// kindText is for columns without a logical type that matters.
func kindText(t parquet.Type, form string) (pageText, error) {
	switch t.Kind() {
	case parquet.ByteArray:
		return func(v encoding.Values) textRun { return byteArrays(v).all }, nil
	case parquet.FixedLenByteArray:
		return func(v encoding.Values) textRun {
			return eachArray(v, func(dst, x []byte) []byte { return append(dst, x...) })
		}, nil
	case parquet.Int32, parquet.Int64:
		return numbers(t.Kind(), func(dst []byte, n int64) []byte { return strconv.AppendInt(dst, n, 10) }), nil
	case parquet.Boolean:
		return booleanText, nil
	case parquet.Double:
		return func(v encoding.Values) textRun {
			return each(v.Double(), func(dst []byte, x float64) []byte { return floatText(dst, x, 64) })
		}, nil
	case parquet.Float:
		return func(v encoding.Values) textRun {
			return each(v.Float(), func(dst []byte, x float32) []byte { return floatText(dst, float64(x), 32) })
		}, nil
	case parquet.Int96:
		write := int96Text(form)
		return func(v encoding.Values) textRun { return each(v.Int96(), write) }, nil
	}
	return nil, fmt.Errorf("values of type %s have no text form", t)
}

func byteArrays(v encoding.Values) texts {
	data, offsets := v.ByteArray()
	return texts{data, offsets}
}

// eachArray is a run of values of one length.
func eachArray(v encoding.Values, write func(dst, x []byte) []byte) textRun {
	data, size := v.FixedLenByteArray()
	return eachAt(func(dst []byte, i int) []byte { return write(dst, data[i*size:(i+1)*size]) })
}

// numbers are whole numbers of either size.
func numbers(k parquet.Kind, write func(dst []byte, n int64) []byte) pageText {
	if k == parquet.Int32 {
		return func(v encoding.Values) textRun {
			return each(v.Int32(), func(dst []byte, n int32) []byte { return write(dst, int64(n)) })
		}
	}
	return func(v encoding.Values) textRun { return each(v.Int64(), write) }
}

func unsignedText(k parquet.Kind) func(dst []byte, n int64) []byte {
	if k == parquet.Int32 {
		return func(dst []byte, n int64) []byte { return strconv.AppendUint(dst, uint64(uint32(n)), 10) }
	}
	return func(dst []byte, n int64) []byte { return strconv.AppendUint(dst, uint64(n), 10) }
}

// booleanText reads booleans from their bits.
func booleanText(v encoding.Values) textRun {
	bits := v.Boolean()
	return eachAt(func(dst []byte, i int) []byte { return append(dst, "NY"[bits[i/8]>>(i%8)&1]) })
}

// floatText writes a number without an exponent. Tools that know no null for
// numbers write NaN, so it is missing.
func floatText(dst []byte, x float64, bits int) []byte {
	if math.IsNaN(x) {
		return dst
	}
	return strconv.AppendFloat(dst, x, 'f', -1, bits)
}

// timestampText writes the date of a timestamp in the field's form, or date
// and time in ISO form when the field has none.
func timestampText(t *format.TimestampType, form string) func(dst []byte, n int64) []byte {
	unit := time.Millisecond
	if t.Unit.Value != nil {
		unit = t.Unit.Value.Duration()
	}
	layout := momentLayout(form)
	perSecond := int64(time.Second / unit)
	return func(dst []byte, n int64) []byte {
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
func int96Text(form string) func(dst []byte, x deprecated.Int96) []byte {
	const unixEpoch = 2440588 // Julian day number of 1970-01-01
	layout := momentLayout(form)
	return func(dst []byte, x deprecated.Int96) []byte {
		nanos := int64(uint64(x[1])<<32 | uint64(x[0]))
		days := int64(x[2]) - unixEpoch
		return time.Unix(days*86400, nanos).UTC().AppendFormat(dst, layout)
	}
}

// decimalText writes an exact decimal with the column's scale.
func decimalText(k parquet.Kind, scale int) pageText {
	large := func(dst, b []byte) []byte { return point(dst, bigEndian(b).String(), scale) }
	switch k {
	case parquet.Int32, parquet.Int64:
		return numbers(k, func(dst []byte, n int64) []byte { return point(dst, strconv.FormatInt(n, 10), scale) })
	case parquet.ByteArray:
		return func(v encoding.Values) textRun {
			t := byteArrays(v)
			return eachAt(func(dst []byte, i int) []byte { return large(dst, t.at(i)) })
		}
	}
	return func(v encoding.Values) textRun { return eachArray(v, large) }
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
func padded(text pageText, width int) pageText {
	return func(v encoding.Values) textRun {
		run, bare := text(v), new(texts)
		return func(dst []byte, ends []uint32, from, to int) ([]byte, []uint32) {
			bare.fill(run, from, to)
			for i := range to - from {
				x := bare.at(i)
				for short := width - len(x); short > 0 && short < width; short-- {
					dst = append(dst, '0')
				}
				dst = append(dst, x...)
				ends = append(ends, uint32(len(dst)))
			}
			return dst, ends
		}
	}
}
