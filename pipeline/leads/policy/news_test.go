package policy

import (
	"os"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"
)

// A balance that passes an amount of a rule on levies is always news; one that stays where it was never is; and what is news one way is
// news the other way where the change is as great a share of both.
func TestBalanceNews(t *testing.T) {
	p := BuiltIn()
	rapid.Check(t, func(t *rapid.T) {
		told, now := rapid.Int64Range(0, 500_000).Draw(t, "told"), rapid.Int64Range(0, 500_000).Draw(t, "now")
		news := p.BalanceNews(told, now)
		for _, amount := range []int64{25_00, 100_00} { // suppress.small-balance, may.levy.balance
			if (told < amount) != (now < amount) && !news {
				t.Fatalf("%d after %d passes %d and is no news", now, told, amount)
			}
		}
		if p.BalanceNews(told, told) {
			t.Fatalf("%d after itself is news", told)
		}
		if told >= 100_00 && now >= 100_00 && news && max(told-now, now-told) < 100_00 {
			t.Fatalf("%d after %d is a small change", now, told)
		}
		if told >= 100_00 && now >= 100_00 && news && 2*max(told-now, now-told) < told {
			t.Fatalf("%d after %d is less than half", now, told)
		}
	})
}

// A layer may ask for more, or call every other balance news.
func TestBalanceNews_ByLayer(t *testing.T) {
	for name, c := range map[string]struct {
		layer string
		want  bool
	}{
		"built in":      {"", true},
		"twice as much": {"layer: state\nnews:\n  - {id: news.balance, share: 90, words: 'Only {share}.', citation: ours}\n", false},
		"off":           {"layer: state\nnews:\n  - {id: news.balance, off: true, words: All balances are news here.}\n", true},
	} {
		p := BuiltIn()
		if c.layer != "" {
			p = layeredOver(t, c.layer)
		}
		if got := p.BalanceNews(1000_00, 1600_00); got != c.want {
			t.Errorf("%s: news %v", name, got)
		}
	}
	off := layeredOver(t, "layer: state\nnews:\n  - {id: news.balance, off: true, words: All balances are news here.}\n")
	if !off.BalanceNews(1000_00, 1001_00) {
		t.Error("off, and a dollar more is no news")
	}
}

func layeredOver(t *testing.T, layer string) *Policy {
	t.Helper()
	path := filepath.Join(t.TempDir(), "layer.yaml")
	if err := os.WriteFile(path, []byte(layer), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := Load([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
