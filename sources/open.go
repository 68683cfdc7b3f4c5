package sources

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// zstdWindow is the largest window accepted: what zstd --long=27 writes.
const zstdWindow = 128 << 20

// input is a file being read: its bytes on disk are counted and hashed as they
// pass, then inflated when the name says so.
type input struct {
	path  string
	file  *os.File
	size  int64 // on disk
	read  int64 // bytes on disk so far
	hash  hash.Hash
	text  io.Reader     // what the layout describes
	ahead *bufio.Reader // between disk and inflater; nil for plain files
	close func()
}

// open opens a file for reading; every error is a *FileError.
func open(path string) (*input, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, &FileError{Path: path, Err: cause(err)}
	}
	in := &input{path: path, file: file, hash: sha256.New()}
	if info, err := file.Stat(); err == nil {
		in.size = info.Size()
	}
	if err := in.inflate(); err != nil {
		file.Close()
		return nil, in.fault(err)
	}
	return in, nil
}

// cause takes the path out of an error of package os: FileError names it.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// inflate puts an inflater behind the disk when the file's name ends in .gz or
// .zst.
func (in *input) inflate() error {
	switch {
	case strings.HasSuffix(in.path, ".gz"):
		in.ahead = bufio.NewReaderSize(disk{in}, 256<<10)
		r, err := gzip.NewReader(in.ahead)
		if err != nil {
			return err
		}
		in.text, in.close = r, func() { r.Close() }
	case strings.HasSuffix(in.path, ".zst"):
		in.ahead = bufio.NewReaderSize(disk{in}, 256<<10)
		if _, err := in.ahead.Peek(1); err != nil {
			return err
		}
		// One decoder and no goroutines: files are read side by side already.
		r, err := zstd.NewReader(in.ahead, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
		if err != nil {
			return err
		}
		in.text, in.close = r, r.Close
	default:
		in.text, in.close = disk{in}, func() {}
	}
	return nil
}

// disk reads, counts and hashes the bytes on disk.
type disk struct{ in *input }

func (d disk) Read(p []byte) (int, error) {
	n, err := d.in.file.Read(p)
	d.in.read += int64(n)
	d.in.hash.Write(p[:n])
	return n, err
}

// Read reads inflated bytes; errors other than io.EOF are *FileError.
func (in *input) Read(p []byte) (int, error) {
	n, err := in.text.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	return n, in.fault(err)
}

// fault says what is wrong with the file and where on the disk.
func (in *input) fault(err error) error {
	if in.ahead == nil {
		return &FileError{Path: in.path, Err: cause(err)}
	}
	at := in.read - int64(in.ahead.Buffered())
	switch {
	case in.size == 0:
		err = errors.New("an empty file is not a compressed one")
	case errors.Is(err, io.ErrUnexpectedEOF), err == io.EOF:
		err = fmt.Errorf("compressed data truncated at byte %d of %d: %w", at, in.size, io.ErrUnexpectedEOF)
	default:
		err = fmt.Errorf("compressed data damaged, or not compressed data, near byte %d of %d: %w", at, in.size, err)
	}
	return &FileError{Path: in.path, Err: err}
}

// sum is the SHA-256 of the bytes read so far, in hex.
func (in *input) sum() string { return hex.EncodeToString(in.hash.Sum(nil)) }

// Close closes inflater and file.
func (in *input) Close() {
	in.close()
	in.file.Close()
}
