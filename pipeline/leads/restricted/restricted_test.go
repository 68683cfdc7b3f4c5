package restricted_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"filippo.io/age"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/restricted"
)

func keyFile(t *testing.T) (path, public string) {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "worker.key")
	if err := os.WriteFile(path, []byte(key.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, key.Recipient().String()
}

func rows(n int) (list []restricted.Row) {
	for i := range n {
		list = append(list, restricted.Row{Rank: int32(i + 1), Subject: "S2", Kind: leads.KindEmployer, Employer: "Hidden Works", Cautions: []string{"Take care."},
			Sources: []string{"employment"}, LeadID: "L-" + strings.Repeat("a", i+1)})
	}
	return list
}

// What is sealed comes back to each recipient and to nobody else; no word of it stands in the bytes, and their number is the same
// for one row, for forty and for none.
func TestSeal_OpensForRecipientsAloneAndTellsNoCount(t *testing.T) {
	one, first := keyFile(t)
	two, second := keyFile(t)
	stranger, _ := keyFile(t)
	to, err := restricted.Parse([]string{first, "# the other worker\n" + second + "\n" + first})
	if err != nil || len(to.Names()) != 2 {
		t.Fatal(to.Names(), err)
	}
	size := 0
	for _, n := range []int{0, 1, 4, 40} {
		want := rows(n)
		sealed, err := to.Seal(want)
		if err != nil {
			t.Fatal(err)
		}
		if size == 0 {
			size = len(sealed)
		}
		if len(sealed) != size || bytes.Contains(sealed, []byte("Hidden")) {
			t.Errorf("%d rows: %d bytes, without rows %d; or a word stands in them", n, len(sealed), size)
		}
		for _, key := range []string{one, two} {
			got, err := restricted.Open(sealed, key)
			if err != nil || len(got) != n || n > 0 && !reflect.DeepEqual(got, want) {
				t.Fatalf("%d rows came back as %d: %v", n, len(got), err)
			}
		}
		if _, err := restricted.Open(sealed, stranger); !errors.Is(err, restricted.ErrKey) {
			t.Errorf("a stranger's key: %v", err)
		}
		sealed[len(sealed)/2] ^= 1
		if _, err := restricted.Open(sealed, one); err == nil {
			t.Error("damage was not found")
		}
	}
}

// No error repeats a key.
func TestParse_ErrorsHoldNoKey(t *testing.T) {
	path, _ := keyFile(t)
	secret, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(secret), strings.ToLower(string(secret)), "age1nonsense", "ssh-rsa AAAA"} {
		if _, err := restricted.Parse([]string{text}); err == nil || strings.Contains(err.Error(), strings.TrimSpace(text)[:12]) {
			t.Errorf("%.8s…: no error, or one that repeats it", text)
		}
	}
}

// Of an address or a telephone a row says only that there is one.
func TestGuarded_LeavesPlacesOut(t *testing.T) {
	for _, l := range []leads.Lead{
		{Kind: leads.KindAddress, Address: &leads.Address{Line: "99 SECRET CT"}, Display: "99 SECRET CT", Summary: "99 Secret Ct", Conflicts: []string{"99 SECRET CT"}, StandingReasons: []string{"99 SECRET CT"}},
		{Kind: leads.KindPhone, Phone: &leads.Phone{Number: "5125550142"}, Display: "512-555-0142", Summary: "512-555-0142"},
	} {
		g := restricted.Guarded(l)
		if g.Address != nil || g.Phone != nil || strings.Contains(strings.ToUpper(g.Display+g.Summary+strings.Join(append(g.Conflicts, g.StandingReasons...), " ")), "SECRET") || strings.Contains(g.Summary, "0142") {
			t.Errorf("%+v", g)
		}
	}
}
