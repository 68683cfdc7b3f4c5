package arrival

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// kind is what a layer is.
type kind string

const (
	none    kind = ""
	gzipped kind = "gzip"
	zstded  kind = "zstd"
	zipped  kind = "zip"
	aged    kind = "age"
	pgp     kind = "OpenPGP"
)

var suffixes = map[string]kind{
	".gz": gzipped, ".zst": zstded, ".zip": zipped, ".age": aged, ".pgp": pgp, ".gpg": pgp, ".asc": pgp,
}

// magics are the first bytes of what is told by them.
var magics = []struct {
	bytes string
	kind  kind
}{
	{"\x1F\x8B\x08", gzipped},
	{"\x28\xB5\x2F\xFD", zstded},
	{"PK\x03\x04", zipped},
	{"PK\x05\x06", zipped},
	{"age-encryption.org/", aged},
	{"-----BEGIN AGE ENCRYPTED FILE-----", aged},
	{"-----BEGIN PGP MESSAGE-----", pgp},
}

// headBytes are as many as tell what a layer is.
const headBytes = 64

// told says what bytes are, none when they say nothing.
func told(head []byte) kind {
	for _, m := range magics {
		if bytes.HasPrefix(head, []byte(m.bytes)) {
			return m.kind
		}
	}
	if pgpMessage(head) {
		return pgp
	}
	return none
}

// layer is one reader around another.
type layer struct {
	file   *File
	kind   kind
	inner  int // how many layers are around it
	reader io.Reader
	given  int64
}

// peel opens layer after layer, until what is left is none.
func (f *File) peel(name string, keys *Keys) error {
	f.outer = bufio.NewReaderSize(f.disk, 256<<10)
	in := f.outer
	for {
		head, err := in.Peek(headBytes)
		if err != nil && err != io.EOF {
			return err
		}
		suffix := filepath.Ext(name)
		k := told(head)
		if named := suffixes[strings.ToLower(suffix)]; named != none {
			name = strings.TrimSuffix(name, suffix)
			if k == none {
				k = named
			}
		}
		if k == none {
			f.text = in
			if in == f.outer {
				f.plain()
			}
			return nil
		}
		if len(f.layers) == mostLayers {
			return fmt.Errorf("more than %d files inside one another", mostLayers)
		}
		l := &layer{file: f, kind: k, inner: len(f.layers)}
		f.layers = append(f.layers, l)
		if name, err = l.open(in, name, keys); err != nil {
			return l.fault(err)
		}
		in = bufio.NewReaderSize(l, 64<<10)
	}
}

// plain reads the disk without a buffer in between, behind what was looked at.
func (f *File) plain() {
	seen, _ := f.outer.Peek(f.outer.Buffered())
	f.text, f.outer = io.MultiReader(bytes.NewReader(seen), f.disk), nil
}

// open makes the layer's reader, and gives the name of what is inside.
func (l *layer) open(in *bufio.Reader, name string, keys *Keys) (string, error) {
	var err error
	switch l.kind {
	case gzipped:
		err = l.gunzip(in)
	case zstded:
		err = l.unzstd(in)
	case zipped:
		return l.unzip(in, name)
	case aged:
		err = l.unage(in, keys)
	case pgp:
		err = l.unpgp(in, keys)
	}
	return name, err
}

func (l *layer) Read(p []byte) (int, error) {
	n, err := l.reader.Read(p)
	l.given += int64(n)
	if tooMuch := guard(l.given, l.file.consumed()); tooMuch != nil {
		return n, l.fault(tooMuch)
	}
	if err != nil && err != io.EOF {
		err = l.fault(err)
	}
	return n, err
}

// consumed is how much of the disk the layers have had.
func (f *File) consumed() int64 {
	if f.Random() {
		return f.disk.size
	}
	return f.disk.read
}

// atEnd is an error when there is more.
func (l *layer) atEnd() error {
	var one [1]byte
	n, err := io.ReadFull(l, one[:])
	switch {
	case n > 0:
		return l.fault(errTrailing)
	case err == io.EOF:
		return nil
	}
	return err
}

// layerFault is what went wrong in which layer.
type layerFault struct {
	layer *layer
	err   error
}

func (e *layerFault) Error() string { return string(e.layer.kind) + ": " + e.err.Error() }
func (e *layerFault) Unwrap() error { return e.err }

// fault marks an error as the layer's; the first one of a file stands.
func (l *layer) fault(err error) error {
	var already *layerFault
	if errors.As(err, &already) || l.file.broken != nil {
		return err
	}
	l.file.broken = &layerFault{l, err}
	return l.file.broken
}

// fault says what is wrong with the file, where on the disk, and no more than
// that.
func (f *File) fault(err error) error {
	if changed := f.disk.changed(nil); changed != nil {
		return changed
	}
	if f.broken != nil {
		err = f.broken
	}
	var in *layerFault
	if !errors.As(err, &in) {
		return cause(err)
	}
	if f.disk.size == 0 {
		return fmt.Errorf("an empty file, and by its name %s", in.layer.kind.what())
	}
	at := f.disk.read
	if f.outer != nil {
		at -= int64(f.outer.Buffered())
	}
	return in.layer.words(in.err, at, f.disk.size)
}

func (k kind) what() string {
	switch k {
	case aged, pgp:
		return "an encrypted one (" + string(k) + ")"
	}
	return "a compressed one (" + string(k) + ")"
}

// words are the sentence for a fault. The texts of the libraries' errors are
// kept out of it where they may quote what they read.
func (l *layer) words(err error, at, size int64) error {
	what := "compressed data"
	if l.inner > 0 {
		what = fmt.Sprintf("compressed data (%s, inside %s)", l.kind, l.file.layers[l.inner-1].kind)
	}
	if l.kind == aged || l.kind == pgp {
		what = fmt.Sprintf("encrypted data (%s)", l.kind)
	}
	var plain *refusal
	switch {
	case errors.As(err, &plain):
		return fmt.Errorf("%s: %w", what, plain)
	case err == errTrailing:
		return fmt.Errorf("%s: %w", what, err)
	case errors.Is(err, io.ErrUnexpectedEOF), err == io.EOF:
		return fmt.Errorf("%s truncated at byte %d of %d: %w", what, at, size, io.ErrUnexpectedEOF)
	case l.kind == aged || l.kind == pgp:
		return &quiet{fmt.Sprintf("%s damaged, truncated or changed on the way, near byte %d of %d", what, at, size), err}
	}
	return fmt.Errorf("%s damaged, or not compressed data, near byte %d of %d: %w", what, at, size, err)
}

// refusal is a fault in words of our own.
type refusal struct{ words string }

func (e *refusal) Error() string { return e.words }

func refuse(format string, args ...any) error { return &refusal{fmt.Sprintf(format, args...)} }

// quiet is an error whose cause can be asked for and is not printed.
type quiet struct {
	words string
	err   error
}

func (e *quiet) Error() string { return e.words }
func (e *quiet) Unwrap() error { return e.err }
