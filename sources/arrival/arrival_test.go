package arrival_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"github.com/klauspost/compress/zip"
	"github.com/klauspost/compress/zstd"

	"locatematch/sources/arrival"
	"locatematch/sources/sourcetest"
)

// text is a supplier's file: enough for several blocks of every layer.
var text = []byte(strings.Repeat("911223333,ABERNATHY,ADA,12 ELM ST,DOVER,KS\n", 5000))

// read opens a file, reads all of it and gives its digest.
func read(path string, keys *arrival.Keys) (all []byte, sum string, err error) {
	f, err := arrival.Open(path, keys)
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	if f.Random() {
		if err := f.Digest(context.Background(), nil); err != nil {
			return nil, "", err
		}
	}
	all, err = io.ReadAll(f)
	return all, f.SHA256(), err
}

// layersOf are the ways in which files come, alone and in one another.
var layersOf = [][]string{
	{}, {"gz"}, {"zst"}, {"zip"}, {"age"}, {"agea"}, {"agep"}, {"pgp"}, {"pgps"}, {"pgpp"}, {"asc"},
	{"gz", "age"}, {"zst", "pgp"}, {"zip", "pgp"}, {"gz", "zip"}, {"zip", "agea"}, {"gz", "zip", "pgp", "age"}, {"asc", "gz"},
}

// TestLayers: the text comes out, by suffix and without it, and the digest is of what lay on the disk.
func TestLayers(t *testing.T) {
	keys := sourcetest.Keys(t)
	for _, layers := range layersOf {
		name, disk := sourcetest.Wrap(t, "in.csv", text, layers...)
		want := sha256.Sum256(disk)
		for _, called := range []string{name, "unnamed"} {
			got, sum, err := read(sourcetest.WriteFile(t, called, disk), keys)
			if err != nil || !bytes.Equal(got, text) {
				t.Errorf("%s as %s: %d of %d bytes, %v", name, called, len(got), len(text), err)
			}
			if sum != hex.EncodeToString(want[:]) {
				t.Errorf("%s as %s: the digest is not that of the file", name, called)
			}
		}
	}
}

// TestDamage: a changed byte, a file cut short or with something behind it is an error, whatever was read before; or it
// changes nothing (a zip's time of day). No other text ever ends in order.
func TestDamage(t *testing.T) {
	keys := sourcetest.Keys(t)
	rng := rand.New(rand.NewPCG(5, 6))
	most := text[:200_000] // not compressed, more than what is looked through for session keys
	for _, layers := range layersOf[1:] {
		name, disk := sourcetest.Wrap(t, "in.csv", most, layers...)
		path := sourcetest.WriteFile(t, name, nil)
		check := func(what string, damaged []byte, mustFail bool) {
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			got, _, err := read(path, keys)
			if err == nil && (mustFail || !bytes.Equal(got, most)) {
				t.Errorf("%s, %s: read to its end as if it were whole", name, what)
			}
			if err != nil && (strings.Contains(err.Error(), "ABERNATHY") || strings.Contains(err.Error(), "911223333")) {
				t.Errorf("%s, %s: the message holds what was read", name, what)
			}
		}
		for _, n := range []int{1, 3, 17, len(disk) / 2, len(disk) - 30} {
			check(fmt.Sprintf("cut at the end by %d", n), disk[:len(disk)-n], n > 17 || layers[len(layers)-1] != "zip" && layers[len(layers)-1] != "asc" && layers[len(layers)-1] != "agea")
		}
		check("with something behind it", append(bytes.Clone(disk), "more"...), layers[len(layers)-1] != "zip")
		if last := layers[len(layers)-1]; last != "gz" && last != "zst" { // of these, two are one
			check("twice", append(bytes.Clone(disk), disk...), last != "zip")
		}
		for range 60 {
			damaged := bytes.Clone(disk)
			damaged[rng.IntN(len(damaged))] ^= 1 << rng.IntN(8)
			check("a bit changed", damaged, false)
		}
	}
}

// TestRefusals: what is not opened, and what is said of it.
func TestRefusals(t *testing.T) {
	keys := sourcetest.Keys(t)
	var none *arrival.Keys
	wrapped := func(layers ...string) []byte {
		_, disk := sourcetest.Wrap(t, "in.csv", text, layers...)
		return disk
	}
	for _, x := range []struct {
		name string
		disk []byte
		keys *arrival.Keys
		want string
	}{
		{"x.gz", []byte("ssn,given\n"), keys, "compressed data damaged, or not compressed data, near byte"},
		{"x.gz", nil, keys, "an empty file, and by its name a compressed one (gzip)"},
		{"x.age", nil, keys, "an empty file, and by its name an encrypted one (age)"},
		{"x.age", wrapped("age"), none, "encrypted data (age): no age key is configured (keys: age)"},
		{"x.pgp", wrapped("pgp"), none, "encrypted data (OpenPGP): no OpenPGP key is configured (keys: openpgp)"},
		{"x.age", wrapped("age"), stranger(t), "encrypted data (age): none of the configured keys opens it"},
		{"x.age", wrapped("agep"), stranger(t), "encrypted data (age): none of the configured keys opens it"},
		{"x.pgp", wrapped("pgp"), stranger(t), "encrypted data (OpenPGP): none of the configured keys opens it"},
		{"x.pgp", text, keys, "encrypted data (OpenPGP) damaged, truncated or changed on the way"},
		{"x", signed(t), keys, "neither encrypted nor signed with a key that is configured"},
		{"x.zip", members(t, "in/w4-20261121.csv", "in/911223333.csv"), keys, `compressed data: 2 files in one zip ("in/w4-20261121.csv", "in/#########.csv"): send each by itself`},
		{"x.zip", members(t, "[Content_Types].xml", "xl/sheet.xml"), keys, "a spreadsheet or document, not a file of records: save it as CSV"},
		{"x.zip", members(t, "folder/"), keys, "a zip without a file in it"},
		{"x.zip", locked(t), keys, "zip password"},
		{"x", wrapped("gz", "gz", "gz", "gz", "gz"), keys, "more than 4 files inside one another"},
		{"x.zst", bomb(t), keys, "it becomes more than 250 times its size on disk"},
		{"x.pgp", argon(31), keys, "opening it with a passphrase would take more than 2 GiB of memory"},
		{"x.csv.gz.age", wrapped("age"), keys, "compressed data (gzip, inside age) damaged, or not compressed data"},
	} {
		_, _, err := read(sourcetest.WriteFile(t, x.name, x.disk), x.keys)
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, want %q", x.name, err, x.want)
		}
	}
}

// TestRefusals_WrongPassphrase: by one wrong passphrase in some dozens a session key comes out that looks like one, and what it opens
// is no message.
func TestRefusals_WrongPassphrase(t *testing.T) {
	_, disk := sourcetest.Wrap(t, "in.csv", text, "pgpp")
	_, _, err := read(sourcetest.WriteFile(t, "x.pgp", disk), stranger(t))
	const none, damaged = "encrypted data (OpenPGP): none of the configured keys opens it", "encrypted data (OpenPGP) damaged, truncated or changed on the way"
	if err == nil || !strings.Contains(err.Error(), none) && !strings.Contains(err.Error(), damaged) {
		t.Errorf("%v, want %q or %q", err, none, damaged)
	}
}

// stranger has keys of its own, and another passphrase.
func stranger(t *testing.T) *arrival.Keys {
	t.Helper()
	e, err := openpgp.NewEntity("Stranger", "", "stranger@example.com", &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := e.SerializePrivate(&b, nil); err != nil {
		t.Fatal(err)
	}
	k, err := arrival.LoadKeys(arrival.KeySource{OpenPGPText: b.String(), Passphrase: "another"})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// signed is a message that anybody can read and nobody whom we know has signed.
func signed(t *testing.T) []byte {
	t.Helper()
	e, err := openpgp.NewEntity("Somebody", "", "somebody@example.com", &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA})
	if err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	w, err := openpgp.Sign(&raw, e, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(text)
	w.Close()
	return armoured(t, raw.Bytes())
}

func members(t *testing.T, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		m, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "/") {
			m.Write(text)
		}
	}
	w.Close()
	return b.Bytes()
}

// locked says of its member that it has a password.
func locked(t *testing.T) []byte {
	disk := members(t, "x.csv")
	at := bytes.LastIndex(disk, []byte("PK\x01\x02"))
	disk[at+8] |= 1
	return disk
}

// argon is the start of a message that asks for 2 to the power of memory KiB.
func argon(memory byte) []byte {
	b := append([]byte{0xC3, 22, 4, 9, 4}, make([]byte, 16)...)
	return append(append(b, 3, 4, memory), 0xD2, 0x08, 1, 2, 3, 4, 5, 6, 7, 8)
}

func bomb(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zstd.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 100 {
		w.Write(zeros)
	}
	w.Close()
	return b.Bytes()
}

// TestChanging: a file that grows while it is read, or ends as if it did, is still being written.
func TestChanging(t *testing.T) {
	path := sourcetest.WriteFile(t, "x.csv", text)
	f, err := arrival.Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.ReadFull(f, make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, time.Now(), time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(f); !errors.Is(err, arrival.ErrChanging) {
		t.Errorf("error %v", err)
	}
}

// TestKeys: faults of key files name the file and hold nothing of the key; a key with a passphrase is opened by it.
func TestKeys(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	secret := strings.TrimSpace(strings.Split(sourcetest.AgeKey(t), "\n")[1])
	for _, x := range []struct {
		from arrival.KeySource
		want string
	}{
		{arrival.KeySource{AgeFile: filepath.Join(dir, "absent")}, "age: " + filepath.Join(dir, "absent") + ": no such file or directory"},
		{arrival.KeySource{AgeFile: file("half", secret[:40]+"\n")}, "no age identities"},
		{arrival.KeySource{AgeText: "x" + secret}, "age: the environment variable: no age identities"},
		{arrival.KeySource{OpenPGPFile: file("text", "hello")}, "no OpenPGP keys"},
		{arrival.KeySource{OpenPGPText: lockedKey(t)}, "the secret key has a passphrase: name the environment variable that holds it"},
		{arrival.KeySource{OpenPGPText: lockedKey(t), Passphrase: "wrong"}, "the passphrase does not open the secret key"},
	} {
		_, err := arrival.LoadKeys(x.from)
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%v, want %q", err, x.want)
		}
		if err != nil && (strings.Contains(err.Error(), secret[20:40]) || strings.Contains(err.Error(), "wrong")) {
			t.Error("the message holds a part of the key")
		}
	}
	keys, err := arrival.LoadKeys(arrival.KeySource{OpenPGPText: lockedKey(t), Passphrase: sourcetest.Passphrase})
	if err != nil {
		t.Fatal(err)
	}
	name, disk := sourcetest.Wrap(t, "x", text, "pgp")
	if got, _, err := read(sourcetest.WriteFile(t, name, disk), keys); err != nil || !bytes.Equal(got, text) {
		t.Error(err)
	}
}

// FuzzOpen opens any bytes as any kind of file: no panic, and what ends in order after one bit was changed is what it was.
func FuzzOpen(f *testing.F) {
	// Without the passphrase: turning one into a key costs as much as the file asks for.
	keys, err := arrival.LoadKeys(arrival.KeySource{AgeText: sourcetest.AgeKey(f), OpenPGPText: sourcetest.OpenPGPKey(f)})
	if err != nil {
		f.Fatal(err)
	}
	names := []string{"x", "x.gz", "x.zst", "x.zip", "x.age", "x.pgp", "x.asc", "x.gz.age", "x.zip.pgp"}
	for i, layers := range layersOf {
		_, disk := sourcetest.Wrap(f, "x", text[:300], layers...)
		f.Add(uint8(i), disk)
	}
	f.Add(uint8(6), []byte("-----BEGIN PGP MESSAGE-----\n\nwcA=\n"))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, which uint8, disk []byte) {
		path := filepath.Join(dir, names[int(which)%len(names)])
		if err := os.WriteFile(path, disk, 0o600); err != nil {
			t.Fatal(err)
		}
		_, sum, err := read(path, keys)
		want := sha256.Sum256(disk)
		if err == nil && sum != hex.EncodeToString(want[:]) {
			t.Error("the digest is not that of the file")
		}
	})
}

// lockedKey is the agency's key under the passphrase.
func lockedKey(t *testing.T) string {
	t.Helper()
	ring, err := openpgp.ReadArmoredKeyRing(strings.NewReader(sourcetest.OpenPGPKey(t)))
	if err != nil {
		t.Fatal(err)
	}
	if err := ring[0].EncryptPrivateKeys([]byte(sourcetest.Passphrase), nil); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := ring[0].SerializePrivateWithoutSigning(&b, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func armoured(t *testing.T, raw []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := armor.Encode(&b, "PGP MESSAGE", nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(raw)
	w.Close()
	return b.Bytes()
}

// TestTwoSignedMessages: looking for signatures the library read on over a second message, in one of three encryptions of the same
// text, and the file ended as if it were whole.
func TestTwoSignedMessages(t *testing.T) {
	keys := sourcetest.Keys(t)
	for draw := range 12 {
		name, disk := sourcetest.Wrap(t, "in.csv", text[:100_000], "pgps")
		if got, _, err := read(sourcetest.WriteFile(t, name, append(bytes.Clone(disk), disk...)), keys); err == nil {
			t.Errorf("draw %d: read to its end, %d bytes, as if it were whole", draw, len(got))
		}
	}
}
