package sources_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"locatematch/sources"
)

func takeSample(t *testing.T, text string) *sources.Sample {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.txt")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := sources.TakeSample(context.Background(), path, sources.SampleOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSample: encodings fit or not, whatever block a character is cut by; lines are counted with and without their last end.
func TestSample(t *testing.T) {
	wide := strings.Repeat("é", 300_000) // blocks are 256 KiB: one of them ends inside a character
	for _, c := range []struct {
		name, text           string
		ascii, utf8, windows bool
		lines                int64
	}{
		{"empty", "", true, true, true, 0},
		{"ascii", "A\nB\n", true, true, true, 2},
		{"no last end", "A\nB", true, true, true, 2},
		{"utf-8", "A\n" + wide, false, true, true, 2},
		{"cut at odd bytes", "A" + wide, false, true, true, 1},
		{"windows", "PE\xD1A\n", false, false, true, 1},
		{"neither", "PE\xD1A\x81\n", false, false, false, 1},
		{"cut off", "A\n\xC3", false, false, true, 2},
		{"byte order mark", "\xEF\xBB\xBFA\n", true, true, true, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := takeSample(t, c.text)
			if s.ASCII != c.ascii || s.UTF8 != c.utf8 || s.Windows != c.windows || s.Lines != c.lines {
				t.Errorf("ascii %v, utf-8 %v, windows %v, lines %d", s.ASCII, s.UTF8, s.Windows, s.Lines)
			}
			if !s.Whole || string(s.Head) != strings.TrimPrefix(c.text, "\xEF\xBB\xBF") {
				t.Error("the head is not the text")
			}
		})
	}
}

// TestSample_Large: of a file beyond the head the end is kept, and what lines begin with is counted in all of it.
func TestSample_Large(t *testing.T) {
	body := strings.Repeat("B"+strings.Repeat("x", 98)+"\n", 60_000) // 6 MB, and lines that end where no block does
	s := takeSample(t, "A\n"+body+"T000060000\n")
	if s.Whole || s.Lines != 60_002 || s.Firsts['A'] != 1 || s.Firsts['B'] != 60_000 || s.Firsts['T'] != 1 {
		t.Errorf("whole %v, lines %d, A %d, B %d, T %d", s.Whole, s.Lines, s.Firsts['A'], s.Firsts['B'], s.Firsts['T'])
	}
	if !strings.HasSuffix(string(s.Tail), "\nT000060000\n") {
		t.Error("the end is lost")
	}
}

// TestSample_Foreign: what is no text is named; what is not there is an error with its path.
func TestSample_Foreign(t *testing.T) {
	if s := takeSample(t, "PAR1xxxx"); s.Foreign != "a Parquet file" {
		t.Errorf("foreign %q", s.Foreign)
	}
	_, err := sources.TakeSample(context.Background(), filepath.Join(t.TempDir(), "none"), sources.SampleOptions{})
	var fault *sources.FileError
	if !errors.As(err, &fault) {
		t.Errorf("%v", err)
	}
}
