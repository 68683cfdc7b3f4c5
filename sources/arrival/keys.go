package arrival

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"filippo.io/age"
	"github.com/ProtonMail/go-crypto/openpgp"
)

// KeySource says where keys are: each in a file or, as text, from elsewhere (an
// environment variable). Both may be there.
type KeySource struct {
	AgeFile     string // age identities, AGE-SECRET-KEY-1…, one a line
	AgeText     string
	OpenPGPFile string // secret keys, armoured or not; public keys of senders whose signatures are to be verified
	OpenPGPText string
	Passphrase  string // opens secret keys of OpenPGP, and files that were encrypted with a passphrase
}

// Keys are what files are decrypted with. They may be shared by any number of
// goroutines. Nil Keys open nothing that is encrypted.
type Keys struct {
	age        []age.Identity
	openpgp    openpgp.EntityList
	passphrase []byte
}

// LoadKeys reads keys. No error holds any part of one.
func LoadKeys(s KeySource) (*Keys, error) {
	k := &Keys{passphrase: []byte(s.Passphrase)}
	var faults []error
	each := func(what, file, text string, parse func([]byte) error) {
		if file != "" {
			b, err := os.ReadFile(file)
			if err == nil {
				err = parse(b)
			}
			if err != nil {
				faults = append(faults, fmt.Errorf("%s: %s: %w", what, file, cause(err)))
			}
		}
		if text != "" {
			if err := parse([]byte(text)); err != nil {
				faults = append(faults, fmt.Errorf("%s: the environment variable: %w", what, err))
			}
		}
	}
	each("age", s.AgeFile, s.AgeText, k.addAge)
	each("openpgp", s.OpenPGPFile, s.OpenPGPText, k.addOpenPGP)
	if s.Passphrase != "" {
		identity, err := age.NewScryptIdentity(s.Passphrase)
		if err != nil {
			return nil, err
		}
		identity.SetMaxWorkFactor(mostScrypt)
		k.age = append(k.age, identity)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return k, nil
}

func (k *Keys) addAge(text []byte) error {
	list, err := age.ParseIdentities(bytes.NewReader(text))
	if err != nil {
		return errors.New("no age identities (lines that begin with AGE-SECRET-KEY-1, and remarks that begin with #)")
	}
	k.age = append(k.age, list...)
	return nil
}

func (k *Keys) addOpenPGP(text []byte) error {
	ring, err := openpgp.ReadArmoredKeyRing(bytes.NewReader(text))
	if err != nil {
		if ring, err = openpgp.ReadKeyRing(bytes.NewReader(text)); err != nil {
			return errors.New("no OpenPGP keys")
		}
	}
	for _, e := range ring {
		if err := k.unlock(e); err != nil {
			return err
		}
	}
	k.openpgp = append(k.openpgp, ring...)
	return nil
}

// unlock opens an entity's secret keys once, so that readers side by side only
// read them.
func (k *Keys) unlock(e *openpgp.Entity) error {
	locked := e.PrivateKey != nil && e.PrivateKey.Encrypted
	for _, sub := range e.Subkeys {
		locked = locked || sub.PrivateKey != nil && sub.PrivateKey.Encrypted
	}
	if !locked {
		return nil
	}
	if len(k.passphrase) == 0 {
		return errors.New("the secret key has a passphrase: name the environment variable that holds it")
	}
	if err := e.DecryptPrivateKeys(k.passphrase); err != nil {
		return errors.New("the passphrase does not open the secret key")
	}
	return nil
}
