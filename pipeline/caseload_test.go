package pipeline

import "testing"

// TestProtects_OnlyAPlainNoDoesNot: a caseload that writes N everywhere protects nobody; an unknown word protects.
func TestProtects_OnlyAPlainNoDoesNot(t *testing.T) {
	for indicator, want := range map[string]bool{"": false, "N": false, "0": false, "no": false, "FV": true, "Y": true, "P": true, "?": true} {
		if got := protects(indicator); got != want {
			t.Errorf("indicator %q protects: %v, want %v", indicator, got, want)
		}
	}
}
