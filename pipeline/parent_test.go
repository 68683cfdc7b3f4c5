package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNight_BeginsFromWhatWasWritten: a night does not begin from a history that was exchanged, damaged or lost, nor anew where the name of the
// live run alone is gone, and it says what to do; once the file is back it is read as if nothing had been.
func TestNight_BeginsFromWhatWasWritten(t *testing.T) {
	n := newNightly(t, 1, twoKinds)
	first := n.night(t, bob, map[string]string{"jobs-1.csv": jobsHeader + bobsRow})
	second := n.night(t, bob, map[string]string{"jobs-2.csv": jobsHeader + strings.ReplaceAll(bobsRow, "Acme Freight,123456789", "Zenith Mill,987654321")})
	w := n.plan(t, "").Workspace
	history := filepath.Join(w.state(second.Manifest.Run), historyFile)
	whole, err := os.ReadFile(history)
	if err != nil {
		t.Fatal(err)
	}
	older, err := os.ReadFile(filepath.Join(w.state(first.Manifest.Run), historyFile))
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what, words string) {
		t.Helper()
		_, err := Run(context.Background(), n.plan(t, "2026-11-03"), Options{})
		if err == nil || !strings.Contains(err.Error(), words) || !strings.Contains(err.Error(), currentFile) {
			t.Errorf("%s: %v", what, err)
		}
	}
	put := func(path string, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	flipped := append([]byte{}, whole...)
	flipped[len(flipped)/2] ^= 1
	for what, damage := range map[string]struct {
		do    func()
		words string
	}{
		"of another night": {func() { put(history, older) }, "was published with"},
		"one bit":          {func() { put(history, flipped) }, "its bytes are not those that were published"},
		"lost":             {func() { _ = os.Remove(history) }, "is missing"},
	} {
		damage.do()
		refused(what, damage.words)
		put(history, whole)
	}
	if err := os.Remove(w.run(currentFile)); err != nil {
		t.Fatal(err)
	}
	refused("no live run", second.Manifest.Run+" follows run "+first.Manifest.Run)
	put(w.run(currentFile), []byte(second.Manifest.Run+"\n"))
	if third := n.night(t, bob, map[string]string{"jobs-3.csv": jobsHeader + strings.Replace(bobsRow, "r1,", "r3,", 1)}); third.Manifest.Parent != second.Manifest.Run {
		t.Errorf("the run after it follows %q", third.Manifest.Parent)
	}
}
