package restricted

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"filippo.io/age"

	"locatematch/pipeline/table"
)

// FileName is the file's name within a run.
const FileName = "restricted.parquet.age"

// block is what the table's size is a multiple of: some fifty rows.
const block = 16 << 10

// Recipients are whom a restricted queue is encrypted to. The zero value is nobody: no queue is set up.
type Recipients struct {
	names []string // public keys, sorted
	keys  []age.Recipient
}

// Parse reads public keys, one a text, as age-keygen prints them: "age1…". A text may also hold several lines, as a recipients
// file does, with comments after #. A key that stands twice counts once. Errors do not repeat a text: it may be a secret key.
func Parse(texts []string) (*Recipients, error) {
	r := &Recipients{}
	for i, text := range texts {
		for _, line := range strings.Split(text, "\n") {
			line = strings.TrimSpace(line)
			if line == "" || strings.HasPrefix(line, "#") || slices.Contains(r.names, line) {
				continue
			}
			key, err := parse(line)
			if err != nil {
				return nil, fmt.Errorf("recipient %d: %w", i+1, err)
			}
			r.names, r.keys = append(r.names, line), append(r.keys, key)
		}
	}
	slices.Sort(r.names)
	return r, nil
}

func parse(line string) (age.Recipient, error) {
	if strings.HasPrefix(strings.ToUpper(line), "AGE-SECRET-KEY-") {
		return nil, errors.New("this is a secret key; write its public key, age1…, and make a new pair if others have seen it")
	}
	keys, err := age.ParseRecipients(strings.NewReader(line))
	if err != nil || len(keys) != 1 {
		return nil, errors.New("not a public key; want age1…, as age-keygen prints it")
	}
	return keys[0], nil
}

// Names are the public keys, sorted.
func (r *Recipients) Names() []string {
	if r == nil {
		return nil
	}
	return r.names
}

// None reports that no restricted queue is set up.
func (r *Recipients) None() bool { return r == nil || len(r.keys) == 0 }

// Seal encrypts rows to the recipients.
func (r *Recipients) Seal(rows []Row) ([]byte, error) {
	if r.None() {
		return nil, errors.New("nobody to encrypt to")
	}
	plain, err := table.Encode(rows, block)
	if err != nil {
		return nil, err
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, r.keys...)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil { // it writes the last piece
		return nil, err
	}
	return sealed.Bytes(), nil
}

// ErrKey marks a key file that cannot be used, or that opens nothing.
var ErrKey = errors.New("key file")

// Open decrypts what Seal made, with the secret keys of a file as age-keygen writes it.
func Open(sealed []byte, keyFile string) ([]Row, error) {
	raw, err := os.Open(keyFile)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	defer raw.Close()
	keys, err := age.ParseIdentities(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %s has no secret key as age-keygen writes it", ErrKey, keyFile)
	}
	r, err := age.Decrypt(bytes.NewReader(sealed), keys...)
	var other *age.NoIdentityMatchError
	if errors.As(err, &other) {
		return nil, fmt.Errorf("%w: the restricted queue is not encrypted to a key of %s", ErrKey, keyFile)
	}
	if err != nil {
		return nil, fmt.Errorf("the restricted queue is damaged: %w", err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("the restricted queue is damaged: %w", err)
	}
	return table.Decode[Row](plain)
}
