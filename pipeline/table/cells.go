package table

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// Cells are the values of one row, in the order of its type's fields. They hold until the next row is asked for.
type Cells []parquet.Value

// Text is a text's bytes.
func (c Cells) Text(i int) []byte { return c[i].ByteArray() }

// Int is a number or a day.
func (c Cells) Int(i int) int64 {
	if c[i].Kind() == parquet.Int32 {
		return int64(c[i].Int32())
	}
	return c[i].Int64()
}

// Is is a truth.
func (c Cells) Is(i int) bool { return c[i].Boolean() }

// EachCells is ReadEach for a type whose columns are all plain values, each there once, and without making a value of it: that costs
// ten times as much, where a row is looked at and passed on.
func EachCells[T any](path string, take func(Cells) error) (err error) {
	defer recovered(path, &err)
	f, done, err := open(path)
	if err != nil {
		return err
	}
	defer done()
	columns, err := plainColumns(f.Schema(), parquet.SchemaOf(new(T)))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := checkCounts(f); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	rows := int64(0)
	for _, group := range f.RowGroups() {
		n, err := eachCellsOf(group, columns, take)
		if rows += n; errors.Is(err, io.EOF) {
			return short(path, rows, f, nil)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

// plainColumns finds the columns that are wanted, in their order.
func plainColumns(have, want *parquet.Schema) (columns []int, err error) {
	if err := checkSchema(have, want); err != nil {
		return nil, err
	}
	for _, path := range want.Columns() {
		leaf, _ := have.Lookup(path...)
		if leaf.MaxDefinitionLevel > 0 || leaf.MaxRepetitionLevel > 0 {
			return nil, fmt.Errorf("column %s nests or is optional; its rows are no plain cells", strings.Join(path, "."))
		}
		columns = append(columns, leaf.ColumnIndex)
	}
	return columns, nil
}

// eachCellsOf reads one row group; io.EOF where a column ends before its rows do.
func eachCellsOf(group parquet.RowGroup, columns []int, take func(Cells) error) (n int64, err error) {
	streams := make([]*cellStream, len(columns))
	defer func() {
		for _, s := range streams {
			if s != nil {
				err = errors.Join(err, s.close())
			}
		}
	}()
	for i, column := range columns {
		streams[i] = &cellStream{pages: group.ColumnChunks()[column].Pages(), values: make([]parquet.Value, 0, batchRows)}
	}
	row := make(Cells, len(columns))
	for ; n < group.NumRows(); n++ {
		for i, s := range streams {
			if row[i], err = s.next(); err != nil {
				return n, err
			}
		}
		if err := take(row); err != nil {
			return n, err
		}
	}
	return n, nil
}

// cellStream gives the values of one column chunk one after the other.
type cellStream struct {
	pages  parquet.Pages
	page   parquet.Page // nil before the first
	reader parquet.ValueReader
	values []parquet.Value // read and not given yet, from at on
	at     int
}

// next gives a value that holds until it is called again.
func (s *cellStream) next() (parquet.Value, error) {
	for s.at == len(s.values) {
		if err := s.fill(); err != nil {
			return parquet.Value{}, err
		}
	}
	s.at++
	return s.values[s.at-1], nil
}

func (s *cellStream) fill() error {
	if s.page == nil {
		page, err := s.pages.ReadPage()
		if err != nil {
			return err
		}
		s.page, s.reader = page, page.Values()
	}
	n, err := s.reader.ReadValues(s.values[:cap(s.values)])
	s.values, s.at = s.values[:n], 0
	switch {
	case n > 0:
		return nil
	case errors.Is(err, io.EOF):
		s.release()
		return nil
	case err == nil:
		return io.ErrNoProgress
	}
	return err
}

func (s *cellStream) release() {
	if s.page != nil {
		parquet.Release(s.page)
		s.page, s.reader = nil, nil
	}
}

func (s *cellStream) close() error {
	s.release()
	return s.pages.Close()
}
