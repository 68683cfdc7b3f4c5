package pipeline

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func anyEntry(t *rapid.T) LedgerEntry {
	return LedgerEntry{
		SHA256: strings.Repeat(fmt.Sprintf("%04x", rapid.Uint16Range(0, 40).Draw(t, "sum")), 16),
		Name:   rapid.StringMatching(`[a-z]{1,8}\.txt`).Draw(t, "name"), Extract: "w4", Run: "2026-11-21-x",
		Bytes: rapid.Int64Range(0, 99).Draw(t, "bytes"),
	}
}

// Laws: what was added is found; the first entry of a digest stands; the bytes do not depend on the order of adding; what is
// decoded is what was encoded.
func TestLedger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOf(rapid.Custom(anyEntry)).Draw(t, "entries")
		first := map[string]LedgerEntry{}
		var l Ledger
		for _, e := range entries {
			if _, ok := first[e.SHA256]; !ok {
				first[e.SHA256] = e
			}
			l.Add(e)
		}
		var shuffled Ledger
		for _, e := range rapid.Permutation(entriesOf(first)).Draw(t, "order") {
			shuffled.Add(e)
		}
		one, two := mustEncode(t, &l), mustEncode(t, &shuffled)
		if !bytes.Equal(one, two) {
			t.Fatalf("order shows:\n%s\n%s", one, two)
		}
		back, err := decodeLedger(one)
		if err != nil {
			t.Fatal(err)
		}
		for sum, e := range first {
			if got, ok := back.Find(sum); !ok || got != e || !back.Has(e.Bytes) {
				t.Fatalf("want %v, got %v, %v", e, got, ok)
			}
		}
		if _, ok := back.Find(strings.Repeat("f", 64)); ok || back.Has(100) || back.Len() != len(first) {
			t.Fatal("found what was never added")
		}
	})
}

func entriesOf(m map[string]LedgerEntry) (all []LedgerEntry) {
	for _, e := range m {
		all = append(all, e)
	}
	return all
}

func mustEncode(t interface{ Fatal(...any) }, l *Ledger) []byte {
	data, err := l.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestLedgerCloneIsApart(t *testing.T) {
	l := &Ledger{}
	c := l.Clone()
	c.Add(LedgerEntry{SHA256: strings.Repeat("a", 64), Bytes: 3})
	if l.Len() != 0 || l.Has(3) || c.Len() != 1 {
		t.Error("adding to the clone changed the ledger")
	}
}

func TestLedgerRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), ledgerFile)
	for content, want := range map[string]string{
		`{"format":2,"files":[]}`:                           "format 2, this version reads 1",
		`{"format":1,"files":[{"sha256":"ab","name":"x"}]}`: `file 1 (x): "ab" is not a SHA-256`,
		`{"format":1,"files":[],"host":"x"}`:                "unknown field",
		`{"format":1,"files":[]} {}`:                        "something follows",
		`{"format":1,`:                                      "unexpected EOF",
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadLedger(path); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v, want %q", content, err, want)
		}
	}
	if _, err := LoadLedger(path + "x"); !os.IsNotExist(err) {
		t.Errorf("no ledger: %v", err)
	}
}

func FuzzLedger(f *testing.F) {
	f.Add([]byte(`{"format":1,"files":[{"sha256":"` + strings.Repeat("a", 64) + `","name":"x","extract":"w4","run":"r","bytes":3}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := decodeLedger(data)
		if err != nil {
			return
		}
		encoded := mustEncode(t, l)
		if back, err := decodeLedger(encoded); err != nil || !bytes.Equal(mustEncode(t, back), encoded) {
			t.Fatalf("does not survive: %v", err)
		}
	})
}
