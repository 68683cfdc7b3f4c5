package arrival

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// ErrChanging is the cause when a file grew, shrank or was written to while it
// was read: whoever writes it has not finished.
var ErrChanging = errors.New("the file changed while it was read: it is still being written")

// File is a file being read. It is not for concurrent use.
type File struct {
	disk   *disk
	outer  *bufio.Reader // of the disk
	layers []*layer      // from the outermost to the innermost
	text   io.Reader
	close  []func()
	broken error // the first fault of a layer: those inside it only repeat it
	ended  error // what the end was; io.EOF when all is well
}

// Open opens a file and peels off its layers up to the text. Errors are without
// the path.
func Open(path string, keys *Keys) (*File, error) {
	d, err := openDisk(path)
	if err != nil {
		return nil, err
	}
	f := &File{disk: d, close: []func(){func() { d.file.Close() }, d.digest.stop}}
	if err := f.peel(filepath.Base(path), keys); err != nil {
		err = f.fault(err)
		f.Close()
		return nil, err
	}
	return f, nil
}

// Read reads the text.
func (f *File) Read(p []byte) (int, error) {
	if f.ended != nil {
		return 0, f.ended
	}
	n, err := f.text.Read(p)
	if err == nil {
		return n, nil
	}
	if err == io.EOF {
		err = f.finish()
	}
	if f.ended = err; err != io.EOF {
		f.ended = f.fault(err)
	}
	return n, f.ended
}

// finish gives io.EOF when every layer has ended in order.
func (f *File) finish() error {
	for i := len(f.layers) - 2; i >= 0; i-- {
		if err := f.layers[i].atEnd(); err != nil {
			return err
		}
	}
	if err := f.drain(); err != nil {
		return err
	}
	return f.disk.changed(io.EOF)
}

// drain reads the disk to its end. What follows the outermost layer may only
// be blanks behind armour.
func (f *File) drain() error {
	buf := make([]byte, 4096)
	for f.outer != nil {
		n, err := f.outer.Read(buf)
		if len(f.layers) > 0 && len(bytes.TrimSpace(buf[:n])) > 0 {
			return f.layers[0].fault(errTrailing)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var errTrailing = errors.New("something follows its end")

// Digest reads the disk to its end for the sum of a file that is not read from
// start to end: a zip, or a Parquet file.
func (f *File) Digest(ctx context.Context, progress func(read, size int64)) error {
	buf := make([]byte, 1<<20)
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		_, err := f.disk.Read(buf)
		if progress != nil {
			progress(f.disk.read, f.disk.size)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return cause(err)
		}
	}
}

// Random tells whether Digest is needed: the file's own bytes are read at
// random.
func (f *File) Random() bool { return len(f.layers) > 0 && f.layers[0].kind == zipped }

// ReaderAt gives the text for reading at random: the file itself when it has no
// layers, else a copy in memory, read to its end.
func (f *File) ReaderAt() (io.ReaderAt, int64, error) {
	if len(f.layers) == 0 {
		return f.disk.file, f.disk.size, nil
	}
	all, err := hold(f, mostHeld)
	if err != nil {
		return nil, 0, err
	}
	return bytes.NewReader(all), int64(len(all)), nil
}

// Plain tells whether the file is its text.
func (f *File) Plain() bool { return len(f.layers) == 0 }

// hold reads all of r, up to a limit.
func hold(r io.Reader, limit int64) ([]byte, error) {
	all, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(all)) > limit {
		err = refuse("a zip or Parquet file inside another is held in memory, and this one has more than %d MiB", limit>>20)
	}
	return all, err
}

// OnDisk is how many bytes of the file were read, and its size.
func (f *File) OnDisk() (read, size int64) { return f.disk.read, f.disk.size }

// SHA256 is the digest of the bytes on disk that were read, in hex.
func (f *File) SHA256() string { return f.disk.digest.sum() }

// Close closes layers and file.
func (f *File) Close() {
	for i := len(f.close) - 1; i >= 0; i-- {
		f.close[i]()
	}
	f.close = nil
}

// disk reads, counts and hashes the bytes of the file itself.
type disk struct {
	file     *os.File
	size     int64
	modified time.Time
	read     int64
	digest   *digest
}

func openDisk(path string) (*disk, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, cause(err)
	}
	d := &disk{file: file}
	if info, err := file.Stat(); err == nil {
		d.size, d.modified = info.Size(), info.ModTime()
	}
	d.digest = newDigest(d.size)
	return d, nil
}

func (d *disk) Read(p []byte) (int, error) {
	n, err := d.file.Read(p)
	d.read += int64(n)
	d.digest.write(p[:n])
	return n, err
}

// Changed is ErrChanging when the file is no longer the one that was opened. A
// file that is read from start to end is checked at its end.
func (f *File) Changed() error { return f.disk.changed(nil) }

// changed is ErrChanging when the file is another than it was when it was
// opened, else err.
func (d *disk) changed(err error) error {
	info, failed := d.file.Stat()
	if failed != nil || !info.Mode().IsRegular() {
		return err
	}
	if info.Size() != d.size || !info.ModTime().Equal(d.modified) {
		return ErrChanging
	}
	return err
}

// cause takes the path out of an error of package os: the caller names it.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
