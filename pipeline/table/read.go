package table

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"github.com/parquet-go/parquet-go"
	"golang.org/x/sync/errgroup"
)

// Read reads a whole table. The file must hold every column of T, of the same type; columns T does not know are left.
func Read[T any](path string) (rows []T, err error) {
	err = reading(path, func(f *parquet.File, reader *parquet.GenericReader[T]) error {
		rows = make([]T, f.NumRows())
		for n := 0; n < len(rows); {
			k, err := reader.Read(rows[n:])
			if n += k; n < len(rows) && (err != nil || k == 0) {
				return short(path, int64(n), f, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// ReadEach is Read row by row: no more of the table is in memory than a batch. A row is the caller's until the function returns; what
// it points to may be kept. An error of the function ends it.
func ReadEach[T any](path string, take func(*T) error) error {
	return reading(path, func(f *parquet.File, reader *parquet.GenericReader[T]) error {
		rows := make([]T, batchRows)
		for n := int64(0); n < f.NumRows(); {
			clear(rows)
			k, err := reader.Read(rows)
			for i := range rows[:k] {
				if err := take(&rows[i]); err != nil {
					return fmt.Errorf("%s: %w", path, err)
				}
			}
			if n += int64(k); n < f.NumRows() && (err != nil || k == 0) {
				return short(path, n, f, err)
			}
		}
		return nil
	})
}

// ReadNote gives the text that a table's metadata hold under a key, and whether they hold one.
func ReadNote(path, key string) (text string, found bool, err error) {
	defer recovered(path, &err)
	f, done, err := open(path)
	if err != nil {
		return "", false, err
	}
	defer done()
	text, found = f.Lookup(key)
	return text, found, nil
}

// reading opens a table that has the columns of T.
func reading[T any](path string, do func(*parquet.File, *parquet.GenericReader[T]) error) (err error) {
	defer recovered(path, &err)
	f, done, err := open(path)
	if err != nil {
		return err
	}
	defer done()
	if err := checkSchema(f.Schema(), parquet.SchemaOf(new(T))); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := checkCounts(f); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	reader := parquet.NewGenericReader[T](f)
	defer reader.Close()
	return do(f, reader)
}

// short says that a table ended before its footer says.
func short(path string, n int64, f *parquet.File, err error) error {
	return fmt.Errorf("%s: row %d of %d: %w", path, n+1, f.NumRows(), errors.Join(err, io.ErrUnexpectedEOF))
}

// Verify opens a table, checks that its row groups and column chunks hold as many values as its footer says, and reads
// every row. It gives the number of rows.
func Verify(path string) (rows int64, err error) {
	defer recovered(path, &err)
	sum, err := scan(path)
	return sum.rows, err
}

// Rows gives the number of rows of a table from its footer, after checking that its row groups agree with it. It reads no
// values: Verify does.
func Rows(path string) (rows int64, err error) {
	defer recovered(path, &err)
	f, done, err := open(path)
	if err != nil {
		return 0, err
	}
	defer done()
	if err := checkCounts(f); err != nil {
		return 0, fmt.Errorf("%s: %w", path, err)
	}
	return f.NumRows(), nil
}

// verifyAgainst reads a table just written and compares it with what went in.
func verifyAgainst(path string, written checksum) error {
	read, err := scan(path)
	if err != nil {
		return fmt.Errorf("read back after writing: %w", err)
	}
	if !read.equal(written) {
		return fmt.Errorf("%s: read back after writing: %d rows written, %d read, or a value differs", path, written.rows, read.rows)
	}
	return nil
}

func open(path string) (*parquet.File, func() error, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	p, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return p, f.Close, nil
}

// scan reads every value, columns side by side.
func scan(path string) (checksum, error) {
	f, done, err := open(path)
	if err != nil {
		return checksum{}, err
	}
	defer done()
	sum := newChecksum(len(f.Schema().Columns()))
	if err := checkCounts(f); err != nil {
		return sum, fmt.Errorf("%s: %w", path, err)
	}
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for c := range sum.columns {
		g.Go(func() (err error) {
			defer recovered(path, &err)
			return scanColumn(path, f, c, &sum.columns[c])
		})
	}
	sum.rows = f.NumRows() // as its row groups say too
	return sum, g.Wait()
}

func scanColumn(path string, f *parquet.File, column int, sum *columnSum) error {
	buffer := make([]parquet.Value, batchRows)
	for i, group := range f.RowGroups() {
		values, rows := sum.values, sum.rows
		chunk := group.ColumnChunks()[column]
		err := scanChunk(chunk, sum, buffer)
		if values, rows = sum.values-values, sum.rows-rows; err == nil && (values != chunk.NumValues() || rows != group.NumRows()) {
			err = fmt.Errorf("%d values of %d rows can be read, the footer says %d of %d", values, rows, chunk.NumValues(), group.NumRows())
		}
		if err != nil {
			return fmt.Errorf("%s: row group %d, column %s: %w", path, i, strings.Join(f.Schema().Columns()[column], "."), err)
		}
	}
	return nil
}

func scanChunk(chunk parquet.ColumnChunk, sum *columnSum, buffer []parquet.Value) (err error) {
	pages := chunk.Pages()
	defer func() { err = errors.Join(err, pages.Close()) }()
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		err = scanPage(page, sum, buffer)
		parquet.Release(page)
		if err != nil {
			return err
		}
	}
}

func scanPage(page parquet.Page, sum *columnSum, buffer []parquet.Value) error {
	for values := page.Values(); ; {
		n, err := values.ReadValues(buffer)
		for i := range buffer[:n] {
			sum.add(buffer[i])
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case n == 0:
			return io.ErrNoProgress
		}
	}
}

// checkCounts compares the counts a file states in several places.
func checkCounts(f *parquet.File) error {
	var rows int64
	for i, group := range f.RowGroups() {
		rows += group.NumRows()
		for _, chunk := range group.ColumnChunks() {
			column := f.Schema().Columns()[chunk.Column()]
			leaf, _ := f.Schema().Lookup(column...)
			values := chunk.NumValues()
			if values < group.NumRows() || leaf.MaxRepetitionLevel == 0 && values != group.NumRows() {
				return fmt.Errorf("row group %d, column %s: %d values for %d rows", i, strings.Join(column, "."), values, group.NumRows())
			}
		}
	}
	if rows != f.NumRows() {
		return fmt.Errorf("the footer says %d rows, the row groups add up to %d", f.NumRows(), rows)
	}
	return nil
}

// checkSchema names every column that is wanted and missing, or there with another type.
func checkSchema(have, want *parquet.Schema) error {
	var faults []error
	for _, column := range want.Columns() {
		name := strings.Join(column, ".")
		w, _ := want.Lookup(column...)
		h, ok := have.Lookup(column...)
		switch {
		case !ok:
			faults = append(faults, fmt.Errorf("column %s is missing", name))
		case h.Node.Type().String() != w.Node.Type().String():
			faults = append(faults, fmt.Errorf("column %s is %s, want %s", name, h.Node.Type(), w.Node.Type()))
		case h.MaxDefinitionLevel != w.MaxDefinitionLevel || h.MaxRepetitionLevel != w.MaxRepetitionLevel:
			faults = append(faults, fmt.Errorf("column %s nests or is optional in another way than wanted", name))
		}
	}
	return errors.Join(faults...)
}
