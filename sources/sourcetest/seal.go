package sourcetest

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"filippo.io/age"
	agearmor "filippo.io/age/armor"
	"github.com/ProtonMail/go-crypto/openpgp"
	pgparmor "github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zip"
	"github.com/klauspost/compress/zstd"

	"locatematch/sources/arrival"
)

// Passphrase opens what Wrap encrypts with a passphrase, and KeyRing's locked
// twin. It is long and odd so that a scan for it finds nothing else.
const Passphrase = "correct horse battery staple 4711"

// sealer has the agency's keys: made once, for a test's whole life.
type sealer struct {
	identity *age.X25519Identity
	entity   *openpgp.Entity
}

var keysOnce = sync.OnceValues(func() (*sealer, error) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, err
	}
	entity, err := openpgp.NewEntity("Agency", "", "agency@example.com", &packet.Config{Algorithm: packet.PubKeyAlgoEdDSA})
	return &sealer{identity, entity}, err
})

func agency(tb testing.TB) *sealer {
	tb.Helper()
	s, err := keysOnce()
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// AgeKey is the text of the agency's file of age identities.
func AgeKey(tb testing.TB) string { return "# agency\n" + agency(tb).identity.String() + "\n" }

// OpenPGPKey is the agency's secret key, armoured.
func OpenPGPKey(tb testing.TB) string {
	tb.Helper()
	var b bytes.Buffer
	w, err := pgparmor.Encode(&b, openpgp.PrivateKeyType, nil)
	if err == nil {
		err = agency(tb).entity.SerializePrivate(w, nil)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

// Keys are the agency's, and the passphrase.
func Keys(tb testing.TB) *arrival.Keys {
	tb.Helper()
	k, err := arrival.LoadKeys(arrival.KeySource{AgeText: AgeKey(tb), OpenPGPText: OpenPGPKey(tb), Passphrase: Passphrase})
	if err != nil {
		tb.Fatal(err)
	}
	return k
}

// Wrap puts a file into layers, as its suffixes say from the inside out:
// Wrap(tb, "x.csv", data, "gz", "age") is x.csv.gz.age. Known are gz, zst, zip,
// age and pgp to the agency's keys; agea and asc, armoured; agep and pgpp, with
// the passphrase; and pgps, signed by the agency too.
func Wrap(tb testing.TB, name string, data []byte, layers ...string) (string, []byte) {
	tb.Helper()
	for _, l := range layers {
		var b bytes.Buffer
		if err := agency(tb).wrap(&b, l, name, data); err != nil {
			tb.Fatalf("%s: %v", l, err)
		}
		data = b.Bytes()
		switch {
		case strings.HasPrefix(l, "age"):
			name += ".age"
		case strings.HasPrefix(l, "pgp"):
			name += ".pgp"
		default:
			name += "." + l
		}
	}
	return name, data
}

func (s *sealer) wrap(b *bytes.Buffer, layer, name string, data []byte) error {
	var w io.WriteCloser
	var err error
	then := func() error { return nil }
	switch layer {
	case "gz":
		w = gzip.NewWriter(b)
	case "zst":
		w, err = zstd.NewWriter(b)
	case "zip":
		archive := zip.NewWriter(b)
		var member io.Writer
		member, err = archive.Create(name)
		w = nopCloser{member}
		then = archive.Close
	case "age":
		w, err = age.Encrypt(b, s.identity.Recipient())
	case "agea":
		armoured := agearmor.NewWriter(b)
		w, err = age.Encrypt(armoured, s.identity.Recipient())
		then = armoured.Close
	case "agep":
		var r *age.ScryptRecipient
		if r, err = age.NewScryptRecipient(Passphrase); err == nil {
			r.SetWorkFactor(10)
			w, err = age.Encrypt(b, r)
		}
	case "pgp":
		w, err = openpgp.Encrypt(b, []*openpgp.Entity{s.entity}, nil, &openpgp.FileHints{IsBinary: true}, nil)
	case "pgps":
		w, err = openpgp.Encrypt(b, []*openpgp.Entity{s.entity}, s.entity, &openpgp.FileHints{IsBinary: true}, nil)
	case "pgpp":
		w, err = openpgp.SymmetricallyEncrypt(b, []byte(Passphrase), nil, nil)
	case "asc":
		var armoured io.WriteCloser
		if armoured, err = pgparmor.Encode(b, "PGP MESSAGE", nil); err == nil {
			w, err = openpgp.Encrypt(armoured, []*openpgp.Entity{s.entity}, nil, &openpgp.FileHints{IsBinary: true},
				&packet.Config{DefaultCompressionAlgo: packet.CompressionZLIB})
			then = armoured.Close
		}
	default:
		return fmt.Errorf("no such layer")
	}
	if err != nil {
		return err
	}
	if _, err := w.Write(data); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return then()
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
