package pipeline

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// What is written to a sealed file, in whatever pieces, is read back from any place, and stands in no byte of the file.
func TestSealedFile_ReadsBackAndTellsNothing(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		f, err := os.Create(filepath.Join(dir, "spill"))
		if err != nil {
			t.Fatal(err)
		}
		s, err := seal(f)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		var text []byte
		for _, piece := range rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 70), 1, 12).Draw(t, "pieces") {
			piece = append(piece, "99 SECRET CT"...)
			if n, err := s.Write(piece); n != len(piece) || err != nil {
				t.Fatal(n, err)
			}
			text = append(text, piece...)
		}
		raw, err := os.ReadFile(f.Name())
		if err != nil || len(raw) != len(text) || bytes.Contains(raw, []byte("SECRET")) {
			t.Fatalf("%d bytes on disk of %d, %v: or they tell", len(raw), len(text), err)
		}
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		part := make([]byte, rapid.IntRange(0, len(text)-at).Draw(t, "length"))
		if _, err := s.ReadAt(part, int64(at)); err != nil && err != io.EOF || !bytes.Equal(part, text[at:at+len(part)]) {
			t.Fatalf("%d bytes from %d: %v", len(part), at, err)
		}
		if end, err := s.Seek(0, io.SeekEnd); end != int64(len(text)) || err != nil {
			t.Fatal(end, err)
		}
		if _, err := s.Seek(int64(at), io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if rest, err := io.ReadAll(s); err != nil || !bytes.Equal(rest, text[at:]) {
			t.Fatal(err)
		}
	})
}
