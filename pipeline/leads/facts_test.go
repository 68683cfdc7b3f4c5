package leads

import (
	"testing"

	"pgregory.net/rapid"
)

// TestFacts_PackedIsWhatWasPacked: every column reads back as it was given, of whatever length.
func TestFacts_PackedIsWhatWasPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := make([]string, len(FactColumns))
		for i := range values {
			if rapid.Bool().Draw(t, "filled") {
				values[i] = rapid.StringN(0, 300, 300).Draw(t, "value")
			}
		}
		packed := PackFacts(values)
		for i, want := range values {
			if got := packed.At(i); got != want {
				t.Fatalf("column %d: %q, want %q", i, got, want)
			}
		}
	})
}
