package packed

import (
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"
)

// Law: what was packed is what is read.
func TestCursor_ReadsWhatWasPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word, n, i := rapid.String().Draw(t, "word"), rapid.Uint64().Draw(t, "unsigned"), rapid.Int64().Draw(t, "signed")
		b := AppendText(nil, word)
		b = binary.AppendVarint(binary.AppendUvarint(b, n), i)
		b = append(binary.LittleEndian.AppendUint64(b, n), 7)
		c := On(string(b))
		if c.Text() != word || c.Unsigned() != n || c.Signed() != i || c.Eight() != n || c.Whole() || c.Byte() != 7 || !c.Whole() {
			t.Fatalf("%q, %d, %d came back otherwise", word, n, i)
		}
		if c.Byte(); c.Whole() {
			t.Fatal("a byte behind the end was read")
		}
	})
}

// FuzzCursor: whatever the bytes, reading ends, stays within them, and says so where it could not read.
func FuzzCursor(f *testing.F) {
	f.Add([]byte("\x03abc\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Add([]byte("\x05ab"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := On(string(data))
		for steps := 0; c.Rest() != ""; steps++ {
			if steps > len(data) {
				t.Fatal("reading does not end")
			}
			before := len(c.Rest())
			switch steps % 4 {
			case 0:
				c.Text()
			case 1:
				c.Signed()
			case 2:
				if c.Count() > before {
					t.Fatal("more things than bytes")
				}
			case 3:
				c.Eight()
			}
			if len(c.Rest()) >= before {
				t.Fatal("nothing was read")
			}
		}
	})
}
