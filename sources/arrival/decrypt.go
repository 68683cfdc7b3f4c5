package arrival

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"filippo.io/age"
	"filippo.io/age/armor"
	"github.com/ProtonMail/go-crypto/openpgp"
	pgparmor "github.com/ProtonMail/go-crypto/openpgp/armor"
	pgperrors "github.com/ProtonMail/go-crypto/openpgp/errors"
)

// unage decrypts age. Each 64 KiB are authenticated before they are given, and
// the end by itself.
func (l *layer) unage(in *bufio.Reader, keys *Keys) error {
	if keys == nil || len(keys.age) == 0 {
		return refuse("no age key is configured (keys: age)")
	}
	var r io.Reader = in
	if head, _ := in.Peek(len(armor.Header)); string(head) == armor.Header {
		r = armor.NewReader(in)
	}
	text, err := age.Decrypt(r, keys.age...)
	var other *age.NoIdentityMatchError
	if errors.As(err, &other) {
		return refuse("none of the configured keys opens it")
	}
	l.reader = text
	return err
}

// unpgp decrypts OpenPGP. The library gives text before the message's
// authentication code was seen; its last read tells.
func (l *layer) unpgp(in *bufio.Reader, keys *Keys) error {
	if keys == nil || len(keys.openpgp) == 0 && len(keys.passphrase) == 0 {
		return refuse("no OpenPGP key is configured (keys: openpgp)")
	}
	var r io.Reader = in
	var below *bufio.Reader
	if head, _ := in.Peek(len(pgpHeader)); string(head) == pgpHeader {
		block, err := pgparmor.Decode(in)
		if err != nil {
			return errors.Join(io.ErrUnexpectedEOF, err)
		}
		r, below = block.Body, in
	}
	packets := bufio.NewReaderSize(r, 64<<10)
	if err := affordable(packets); err != nil {
		return err
	}
	asked := false
	message, err := openpgp.ReadMessage(&oneMessage{in: packets}, keys.openpgp, func(_ []openpgp.Key, symmetric bool) ([]byte, error) {
		if asked || !symmetric || len(keys.passphrase) == 0 { // it would ask for ever
			return nil, pgperrors.ErrKeyIncorrect
		}
		asked = true
		return keys.passphrase, nil
	}, nil)
	switch {
	case errors.Is(err, pgperrors.ErrKeyIncorrect):
		return refuse("none of the configured keys opens it")
	case err != nil:
		return err
	case !message.IsEncrypted && message.SignedBy == nil:
		return refuse("neither encrypted nor signed with a key that is configured: nobody vouches for it")
	}
	l.reader = &pgpReader{message, packets, below}
	return nil
}

const pgpHeader = "-----BEGIN PGP MESSAGE-----"

// pgpReader is the message's text. At its end the signature must be right where
// the signer is known, and what holds the message must end too.
type pgpReader struct {
	message *openpgp.MessageDetails
	around  io.Reader     // the packets, without armour, behind the message
	below   *bufio.Reader // below the armour, where there is one
}

func (r *pgpReader) Read(p []byte) (int, error) {
	n, err := r.message.UnverifiedBody.Read(p)
	if err != io.EOF {
		return n, err
	}
	if bad := r.message.SignatureError; r.message.SignedBy != nil && bad != nil && !expired(bad) {
		return n, refuse("its signature is not that of the key that it names")
	}
	rest, err := io.ReadAll(io.LimitReader(r.around, 1))
	if err != nil {
		return n, err
	}
	if len(rest) > 0 {
		return n, errTrailing
	}
	if r.below != nil {
		return n, armourEnd(r.below)
	}
	return n, io.EOF
}

// armourEnd reads the lines behind the last one of the message: its checksum,
// the end of the armour, blanks.
func armourEnd(in *bufio.Reader) error {
	for {
		line, err := in.ReadSlice('\n')
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '=' && string(line) != "-----END PGP MESSAGE-----" {
			return errTrailing
		}
		if err != nil {
			return err
		}
	}
}

// expired tells a sound signature of an old key from a bad one.
func expired(err error) bool {
	return errors.Is(err, pgperrors.ErrSignatureExpired) || errors.Is(err, pgperrors.ErrKeyExpired)
}
