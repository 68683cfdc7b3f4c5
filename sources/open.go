package sources

import (
	"context"
	"io"

	"locatematch/sources/arrival"
)

// ErrChanging is the cause when a file is still being written.
var ErrChanging = arrival.ErrChanging

// input is a file being read; its errors are *FileError.
type input struct {
	path string
	file *arrival.File
}

// open opens a file for reading, decrypted and inflated. A file that is read at
// random is digested first.
func open(ctx context.Context, path string, opt CutOptions) (*input, error) {
	file, err := arrival.Open(path, opt.Keys)
	if err != nil {
		return nil, &FileError{Path: path, Err: err}
	}
	in := &input{path, file}
	if file.Random() {
		if err := in.digest(ctx, opt.Progress); err != nil {
			in.Close()
			return nil, err
		}
	}
	return in, nil
}

// digest reads the whole file on disk for its SHA-256. Only an end of ctx is
// not the file's fault.
func (in *input) digest(ctx context.Context, progress func(int64, int64)) error {
	err := in.file.Digest(ctx, progress)
	if err == nil || err == ctx.Err() {
		return err
	}
	return &FileError{Path: in.path, Err: err}
}

// Read reads text; errors other than io.EOF are *FileError.
func (in *input) Read(p []byte) (int, error) {
	n, err := in.file.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	return n, &FileError{Path: in.path, Err: err}
}

// Close closes the file.
func (in *input) Close() { in.file.Close() }
