package arrival_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"locatematch/sources/arrival"
	"locatematch/sources/sourcetest"
)

// TestDigestIsOfEveryByte: however large a file is, and in whatever pieces it is read, the digest is that of its bytes, and what is
// done with them in the meantime changes nothing. A reader that gives up leaves nothing running.
func TestDigestIsOfEveryByte(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	data := bytes.Repeat([]byte("0123456789ABCDEF-line\n"), 100_000)
	rapid.Check(t, func(r *rapid.T) {
		size := rapid.OneOf(rapid.IntRange(0, len(data)), rapid.IntRange(0, 100)).Draw(r, "size")
		f, err := arrival.Open(sourcetest.WriteFile(t, "x.txt", data[:size]), nil)
		if err != nil {
			r.Fatal(err)
		}
		defer f.Close()
		piece := make([]byte, rapid.IntRange(1000, 1<<20).Draw(r, "piece"))
		left := rapid.IntRange(0, 100).Draw(r, "reads")
		for ; left > 0; left-- {
			_, err := f.Read(piece)
			clear(piece)
			if err == io.EOF {
				break
			} else if err != nil {
				r.Fatal(err)
			}
		}
		if left == 0 {
			return // given up
		}
		want := sha256.Sum256(data[:size])
		for range 2 { // it can be asked for again
			if f.SHA256() != hex.EncodeToString(want[:]) {
				r.Fatalf("another digest of %d bytes", size)
			}
		}
	})
}
