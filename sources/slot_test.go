package sources

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"locatematch/sources/person"
)

// TestTrimIsThatOfBytes: a column of fields of any width, in any of the three ways of trimming, has the values that package bytes
// finds, whatever stands around them.
func TestTrimIsThatOfBytes(t *testing.T) {
	width := rapid.OneOf(rapid.IntRange(1, 70), rapid.IntRange(1, 2*widest))
	rapid.Check(t, func(t *rapid.T) {
		f := slot{from: rapid.IntRange(0, 20).Draw(t, "from"), blanks: everyByte * ' '}
		f.to = f.from + width.Draw(t, "width")
		f.right = rapid.Bool().Draw(t, "right")
		f.left = f.right && rapid.Bool().Draw(t, "left")
		var data []byte
		var starts []uint32
		for range rapid.IntRange(1, 5).Draw(t, "records") {
			record := bytes.Repeat([]byte{'x'}, f.to+8)
			field := record[f.from:f.to]
			head := rapid.IntRange(0, len(field)).Draw(t, "head")
			tail := rapid.IntRange(0, len(field)-head).Draw(t, "tail")
			copy(field, bytes.Repeat([]byte{' '}, head))
			copy(field[len(field)-tail:], bytes.Repeat([]byte{' '}, tail))
			if middle := field[head : len(field)-tail]; len(middle) > 2 {
				middle[rapid.IntRange(1, len(middle)-2).Draw(t, "gap")] = ' '
			}
			starts, data = append(starts, uint32(len(data))), append(data, record...)
		}
		spans := make([]person.Span, 3*len(starts))
		f.trim(stripe{spans, 3}, data, starts)
		for i, start := range starts {
			want := data[int(start)+f.from : int(start)+f.to]
			if f.right {
				want = bytes.TrimRight(want, " ")
			}
			if f.left {
				want = bytes.TrimLeft(want, " ")
			}
			if x := spans[3*i]; !bytes.Equal(data[x.Start:x.End], want) {
				t.Fatalf("%q, want %q", data[x.Start:x.End], want)
			}
		}
	})
}
