package sources

import (
	"bytes"
	"encoding/hex"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// numeralOf makes the numeral of a field of one layout.
func numeralOf(encoding string, f Field) *numeral {
	return (&Layout{Format: Fixed, Encoding: encoding}).numeral(&f)
}

// TestNumerals: every way of writing a number, byte by byte; "none" is a value that is no number.
func TestNumerals(t *testing.T) {
	packed := Field{Width: 3, Number: Packed}
	cents := Field{Width: 3, Number: Packed, Decimals: 2}
	even := Field{Width: 3, Number: Packed, Digits: 4}
	zoned := Field{Width: 4, Number: Zoned}
	punched := Field{Width: 4, Number: Overpunch}
	shares := Field{Width: 4, Number: Zoned, Decimals: 4}
	for _, x := range []struct {
		encoding string
		field    Field
		raw      string // in hex
		want     string
	}{
		{EBCDIC037, packed, "12345C", "12345"},
		{EBCDIC037, packed, "00042F", "00042"}, // unsigned
		{EBCDIC037, packed, "00042A", "00042"},
		{EBCDIC037, packed, "00042D", "-00042"},
		{EBCDIC037, packed, "00042B", "-00042"},
		{EBCDIC037, packed, "00000D", "00000"}, // there is no negative zero
		{EBCDIC037, packed, "12A45C", "none"},  // a half-byte above nine
		{EBCDIC037, packed, "123456", "none"},  // no sign
		{EBCDIC037, packed, "404040", ""},      // blanks
		{ASCII, packed, "202020", ""},
		{ASCII, packed, "404040", "none"}, // an at sign is no blank
		{EBCDIC037, packed, "000000", ""}, // LOW-VALUES
		{EBCDIC037, packed, "FFFFFF", ""}, // HIGH-VALUES
		{EBCDIC037, cents, "12345C", "123.45"},
		{EBCDIC037, cents, "00005D", "-0.05"},
		{EBCDIC037, cents, "00000C", "0.00"},
		{EBCDIC037, even, "01234C", "1234"},
		{EBCDIC037, even, "11234C", "none"}, // more digits than it has
		{EBCDIC037, zoned, "F0F1F2C3", "0123"},
		{EBCDIC037, zoned, "F0F1F2F3", "0123"},
		{EBCDIC037, zoned, "F0F1F2D3", "-0123"},
		{EBCDIC037, zoned, "4040F2D3", "-0023"}, // blanks for leading zeros
		{EBCDIC037, zoned, "F040F2D3", "-0023"},
		{EBCDIC037, zoned, "F1F140C3", "none"},
		{EBCDIC037, zoned, "F1C1F1F1", "none"}, // a sign in the middle
		{EBCDIC037, zoned, "F1F1F193", "none"}, // zone 9 is no sign
		{ASCII, zoned, "30313273", "-0123"},
		{ASCII, zoned, "30313233", "0123"},
		{ASCII, zoned, "3031327D", "none"},
		{ASCII, shares, "30303035", "0.0005"},
		{ASCII, punched, hex.EncodeToString([]byte("012C")), "0123"},
		{ASCII, punched, hex.EncodeToString([]byte("012L")), "-0123"},
		{ASCII, punched, hex.EncodeToString([]byte("012{")), "0120"},
		{ASCII, punched, hex.EncodeToString([]byte("012}")), "-0120"},
		{ASCII, punched, hex.EncodeToString([]byte("  12")), "0012"},
		{ASCII, punched, hex.EncodeToString([]byte("01C2")), "none"},
		{ASCII, punched, hex.EncodeToString([]byte("012S")), "none"},
		{EBCDIC1047, punched, "F0F1F2C3", "0123"},
		{EBCDIC1047, punched, "F0F1F2D0", "-0120"},
		{EBCDIC1047, punched, "F0F1F2B3", "none"},
	} {
		raw, err := hex.DecodeString(x.raw)
		if err != nil {
			t.Fatal(err)
		}
		text, ok := numeralOf(x.encoding, x.field).decode(nil, raw)
		got := string(text)
		if !ok {
			got = "none"
		}
		if got != x.want {
			t.Errorf("%s %s of %s: %q, want %q", x.encoding, x.field.Number, x.raw, got, x.want)
		}
	}
}

// fields are those that the law and the fuzz target go through.
func numeralFields() (list []*numeral) {
	for _, encoding := range []string{ASCII, EBCDIC037, EBCDIC1047} {
		for _, way := range []string{Packed, Zoned, Overpunch} {
			for width := 1; width <= 8; width++ {
				for decimals := range 2 {
					list = append(list, numeralOf(encoding, Field{Width: width, Number: way, Decimals: decimals}))
				}
			}
		}
	}
	return list
}

// encoded writes a number into a field of blanks.
func (n *numeral) encoded(s string) ([]byte, error) {
	width := n.digits
	if n.way == Packed {
		width = (n.digits + 1) / 2
	}
	room := bytes.Repeat([]byte{n.blank}, width)
	return room, n.encode(room, s)
}

// TestNumeralsRoundTrip: what is written is read, and every number that a field can hold can be written.
func TestNumeralsRoundTrip(t *testing.T) {
	fields := numeralFields()
	rapid.Check(t, func(t *rapid.T) {
		n := fields[rapid.IntRange(0, len(fields)-1).Draw(t, "field")]
		var room [maxNumberRoom]byte
		var sum int
		for i := range n.digits {
			digit := rapid.IntRange(0, 9).Draw(t, "digit")
			room[numberEdge+i] = '0' + byte(digit)
			sum += digit
		}
		from, to, _ := n.text(room[:], n.digits, leadingZeros(room[numberEdge:numberEdge+n.digits]), sum > 0 && rapid.Bool().Draw(t, "negative"))
		text := room[from:to]
		raw, err := n.encoded(string(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if again, ok := n.decode(nil, raw); !ok || string(again) != string(text) {
			t.Fatalf("%s of %d digits, %d decimals: %q became %q", n.way, n.digits, n.decimals, text, again)
		}
	})
}

// TestNumeralsThatCannotBeWritten: a number is never cut, and the message does not hold it.
func TestNumeralsThatCannotBeWritten(t *testing.T) {
	n := numeralOf(EBCDIC037, Field{Width: 3, Number: Packed, Decimals: 2})
	for s, want := range map[string]string{"123456.00": "do not fit", "1.234": "more than 2 decimals", "12X": "not a number", "-": "", "--1": "not a number"} {
		_, err := n.encoded(s)
		if want == "" && err == nil {
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), s) && len(s) > 2 {
			t.Errorf("%q: %v", s, err)
		}
	}
}

// FuzzNumeral decodes any bytes as any kind of number: what is one can be written, and is then the same number.
func FuzzNumeral(f *testing.F) {
	fields := numeralFields()
	for i := range fields {
		f.Add(uint8(i), []byte{0x12, 0x34, 0x5C})
		f.Add(uint8(i), []byte("012}"))
	}
	f.Fuzz(func(t *testing.T, which uint8, raw []byte) {
		n := fields[int(which)%len(fields)]
		width := n.digits
		if n.way == Packed {
			width = (n.digits + 1) / 2
		}
		if len(raw) < width {
			return
		}
		text, ok := n.decode(nil, raw[:width])
		if !ok || len(text) == 0 {
			return
		}
		again, err := n.encoded(string(text))
		if err != nil {
			t.Fatalf("% X is %s: %v", raw[:width], text, err)
		}
		if read, ok := n.decode(nil, again); !ok || !bytes.Equal(read, text) {
			t.Fatalf("%q was written and read as %q", text, read)
		}
	})
}
