package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"locatematch/sources"
)

// makeFiles writes the caseload and the extract of a cell, unless they are there. Memory does not follow their size.
func makeFiles(c cell, o *options) error {
	p := newPopulation(c, o.strangers)
	if err := makeFile(o.caseloadOf(c), filepath.Join(o.layouts, "caseload.yaml"), func(e *sources.Encoder) error {
		return eachRow(e, c.subjects, func(i int, v []string) []string {
			s := p.person(i)
			if i%3 == 0 {
				s.ssn = ""
			}
			return append(v, "N"+strconv.Itoa(i), s.ssn, s.given, s.middle, s.family, "", s.born, s.sex, s.street, s.city, oneState, s.zip, s.phone, "")
		})
	}); err != nil {
		return err
	}
	return makeFile(o.extractOf(c), filepath.Join(o.layouts, c.layout()), func(e *sources.Encoder) error {
		return eachRow(e, c.rows, func(i int, v []string) []string {
			r := p.row(i)
			return append(v, strconv.Itoa(i), r.ssn, r.given, r.middle, r.family, r.born, r.street, r.city, oneState, r.zip)
		})
	})
}

func eachRow(e *sources.Encoder, n int, row func(i int, values []string) []string) error {
	var values []string
	for i := range n {
		values = row(i, values[:0])
		if err := e.Row(values); err != nil {
			return err
		}
	}
	return nil
}

// makeFile writes a file beside its name, and gives it its name when it is whole.
func makeFile(path, layout string, fill func(*sources.Encoder) error) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	l, err := sources.Load(layout)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	part := path + ".part"
	if err := write(part, path, l, fill); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return os.Rename(part, path)
}

func write(part, path string, l *sources.Layout, fill func(*sources.Encoder) error) error {
	f, err := os.Create(part)
	if err != nil {
		return err
	}
	buffered := bufio.NewWriterSize(f, 1<<20)
	packed, err := packer(buffered, path)
	if err == nil {
		var e *sources.Encoder
		if e, err = sources.NewEncoder(packed, l); err == nil {
			err = errors.Join(fill(e), e.Close(), packed.Close(), buffered.Flush())
		}
	}
	return errors.Join(err, f.Close())
}

type plain struct{ io.Writer }

func (plain) Close() error { return nil }

// packer compresses as the file's name says, at the fastest level: what is measured is reading.
func packer(w io.Writer, path string) (io.WriteCloser, error) {
	switch {
	case strings.HasSuffix(path, ".gz"):
		return gzip.NewWriterLevel(w, gzip.BestSpeed)
	case strings.HasSuffix(path, ".zst"):
		return zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	}
	return plain{w}, nil
}
