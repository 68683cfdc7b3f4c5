package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
	"golang.org/x/sync/errgroup"
)

// rowGroup bounds memory and lets readers skip: the library's default is one row group for a whole file, whose buffers
// grow with it (356 MB against 133 MB for 3 million rows of 32 columns).
const rowGroup = 131_072

// batchRows is how many rows go through the library at a time.
const batchRows = 256

// codec is one for all tables: its encoders hold eight megabytes each, and are used again by the tables that are written later.
var codec = &zstd.Codec{Level: zstd.SpeedFastest}

// Options say how a table is written.
type Options struct {
	// Personal names columns (dotted paths; a group stands for all its columns) whose values stay out of page bounds
	// and statistics.
	Personal []string
	// Note gives a key and a text for the file's own metadata, once every row has been written; nil: there is none. ReadNote reads it.
	Note func() (key, text string)
}

// Write writes rows to path, replacing what was there, closes the file, reads it back whole and compares. It gives the
// number of rows. On error the file may be left behind, damaged; the caller owns the directory it lies in.
func Write[T any](path string, rows []T, opt Options) (n int64, err error) {
	return WriteSeq(path, slices.Values(rows), opt)
}

// WriteSeq is Write for rows that are made one at a time.
func WriteSeq[T any](path string, rows iter.Seq[T], opt Options) (n int64, err error) {
	defer recovered(path, &err)
	schema := parquet.SchemaOf(new(T))
	options, err := writerOptions(schema, opt)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o640)
	if err != nil {
		return 0, err
	}
	written, err := writeRows(f, schema, rows, options, opt.Note)
	if err := errors.Join(err, f.Close()); err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	if err := dropPageIndex(path); err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	return written.rows, verifyAgainst(path, written)
}

func writerOptions(schema *parquet.Schema, opt Options) ([]parquet.WriterOption, error) {
	options := []parquet.WriterOption{
		schema,
		parquet.MaxRowsPerRowGroup(rowGroup),
		parquet.Compression(codec),
		parquet.CreatedBy("locatematch", "1", "fixed"),
	}
	for _, name := range opt.Personal {
		found := false
		for _, column := range schema.Columns() {
			if path := strings.Join(column, "."); path == name || strings.HasPrefix(path, name+".") {
				options = append(options, parquet.SkipPageBounds(column...), parquet.SkipPageStatistics(column...))
				found = true
			}
		}
		if !found {
			return nil, fmt.Errorf("personal column %q is not in the table", name)
		}
	}
	return options, nil
}

// writeRows takes rows apart once, for the writer and for the checksum. Taking apart costs as much as encoding, so the two go
// side by side: batches pass from one to the other, and back when they are written.
func writeRows[T any](w io.Writer, schema *parquet.Schema, rows iter.Seq[T], options []parquet.WriterOption, note func() (key, text string)) (sum checksum, err error) {
	writer := parquet.NewGenericWriter[T](w, options...)
	full, free := make(chan *batch, batches), make(chan *batch, batches)
	for range batches {
		free <- &batch{rows: make([]parquet.Row, 0, batchRows)}
	}
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(func() (err error) {
		defer close(full)
		defer recovered("rows", &err)
		sum, err = takeApart(ctx, schema, rows, full, free)
		return err
	})
	g.Go(func() (err error) {
		defer recovered("writer", &err)
		for b := range full {
			if _, err := writer.WriteRows(b.rows); err != nil {
				return err
			}
			free <- b
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return sum, err
	}
	if note != nil {
		writer.SetKeyValueMetadata(note())
	}
	return sum, writer.Close()
}

// batches in flight between taking rows apart and encoding them.
const batches = 4

// batch is rows taken apart. It is used again once it is written.
type batch struct {
	rows []parquet.Row
	text []byte // of flat rows
}

// takeApart sends the rows on as columns' values, in the free batches, and adds them up.
func takeApart[T any](ctx context.Context, schema *parquet.Schema, rows iter.Seq[T], full, free chan *batch) (checksum, error) {
	sum := newChecksum(len(schema.Columns()))
	flat := flatRowOf(reflect.TypeFor[T](), schema)
	row := new(T) // one for all
	of := reflect.ValueOf(row).Elem()
	b := <-free
	for *row = range rows {
		n := len(b.rows)
		b.rows = b.rows[:n+1]
		if flat != nil {
			b.rows[n], b.text = flat.append(b.rows[n][:0], b.text, of)
		} else {
			b.rows[n] = schema.Deconstruct(b.rows[n][:0], row)
		}
		sum.add(b.rows[n])
		if len(b.rows) < batchRows {
			continue
		}
		full <- b // as many batches as the channel holds, so this never waits
		select {
		case b = <-free:
			b.rows, b.text = b.rows[:0], b.text[:0]
		case <-ctx.Done():
			return sum, ctx.Err()
		}
	}
	if len(b.rows) > 0 {
		full <- b
	}
	return sum, nil
}

// recovered turns a panic of the library into an error of the file: 1.4 % of random damage made it panic.
func recovered(path string, err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%s: not a readable Parquet table: %v", path, r)
	}
}
