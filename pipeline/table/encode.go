package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// paddingKey names the entry of a file's metadata that fills it up to a round size.
const paddingKey = "padding"

// Encode makes a table in memory, for what may never lie on a disk as it is. The bytes are a multiple of block long, so that their
// number does not tell how many rows there are; the filling is blanks in the file's metadata, which readers pass over.
func Encode[T any](rows []T, block int) (encoded []byte, err error) {
	defer recovered("rows", &err)
	schema := parquet.SchemaOf(new(T))
	options, err := writerOptions(schema, Options{})
	if err != nil {
		return nil, err
	}
	filling := 0
	for range 8 { // the length of the filling is written too, and may need another byte
		var b bytes.Buffer
		all := append(slices.Clip(options), parquet.KeyValueMetadata(paddingKey, strings.Repeat(" ", filling)))
		if _, err := writeRows(&b, schema, slices.Values(rows), all, nil); err != nil {
			return nil, err
		}
		if over := b.Len() % block; over != 0 {
			filling += block - over
			continue
		}
		return b.Bytes(), nil
	}
	return nil, fmt.Errorf("%d rows do not fill up to a multiple of %d bytes", len(rows), block)
}

// Decode reads what Encode made.
func Decode[T any](encoded []byte) (rows []T, err error) {
	defer recovered("rows", &err)
	f, err := parquet.OpenFile(bytes.NewReader(encoded), int64(len(encoded)))
	if err != nil {
		return nil, err
	}
	if err := checkSchema(f.Schema(), parquet.SchemaOf(new(T))); err != nil {
		return nil, err
	}
	if err := checkCounts(f); err != nil {
		return nil, err
	}
	reader := parquet.NewGenericReader[T](f)
	defer reader.Close()
	rows = make([]T, f.NumRows())
	for n := 0; n < len(rows); {
		k, err := reader.Read(rows[n:])
		if n += k; n < len(rows) && (err != nil || k == 0) {
			return nil, errors.Join(err, io.ErrUnexpectedEOF)
		}
	}
	return rows, nil
}
