package synth

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/gzip"
)

// output is one file on its way: written beside its name, and given its name when it is whole.
type output struct {
	path string
	file *os.File
	buf  *bufio.Writer
	zip  *gzip.Writer // nil unless the name ends in .gz
}

func create(path string) (*output, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	file, err := os.Create(path + ".part")
	if err != nil {
		return nil, err
	}
	o := &output{path: path, file: file, buf: bufio.NewWriterSize(file, 1<<18)}
	if filepath.Ext(path) == ".gz" { // the fastest level: what is tested is reading; no time of day in the header
		if o.zip, err = gzip.NewWriterLevel(o.buf, gzip.BestSpeed); err != nil {
			return nil, errors.Join(err, file.Close())
		}
	}
	return o, nil
}

func (o *output) writer() io.Writer {
	if o.zip != nil {
		return o.zip
	}
	return o.buf
}

// finish closes the file; when nothing failed, it gets its name.
func (o *output) finish(err error) error {
	if o.zip != nil && err == nil {
		err = o.zip.Close()
	}
	if err == nil {
		err = o.buf.Flush()
	}
	err = errors.Join(err, o.file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(o.file.Name()))
	}
	return os.Rename(o.file.Name(), o.path)
}

// writeFile makes one file with what fill writes.
func writeFile(path string, fill func(io.Writer) error) error {
	o, err := create(path)
	if err != nil {
		return err
	}
	return o.finish(fill(o.writer()))
}
