package table

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// EachText reads columns of texts or bytes, each there once in every row, row by row and beside nothing else of the table: making
// rows of a type costs ten times as much. The values of a row, in the order of the names, hold until the function returns. An error
// of the function ends it.
func EachText(path string, take func(row [][]byte) error, names ...string) (err error) {
	defer recovered(path, &err)
	f, done, err := open(path)
	if err != nil {
		return err
	}
	defer done()
	columns, err := textColumns(f.Schema(), names)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := checkCounts(f); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	rows := int64(0)
	for _, group := range f.RowGroups() {
		n, err := eachTextOf(group, columns, take)
		if rows += n; errors.Is(err, io.EOF) {
			return short(path, rows, f, nil)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

// textColumns finds the columns, which must be plain.
func textColumns(schema *parquet.Schema, names []string) (columns []int, err error) {
	for _, name := range names {
		leaf, found := schema.Lookup(strings.Split(name, ".")...)
		switch {
		case !found:
			return nil, fmt.Errorf("column %s is missing", name)
		case leaf.Node.Type().Kind() != parquet.ByteArray || leaf.MaxDefinitionLevel > 0 || leaf.MaxRepetitionLevel > 0:
			return nil, fmt.Errorf("column %s is %s, or nests or is optional; want plain bytes", name, leaf.Node.Type())
		}
		columns = append(columns, leaf.ColumnIndex)
	}
	return columns, nil
}

// eachTextOf reads one row group; io.EOF where a column ends before its rows do.
func eachTextOf(group parquet.RowGroup, columns []int, take func([][]byte) error) (n int64, err error) {
	streams := make([]*textStream, len(columns))
	defer func() {
		for _, s := range streams {
			if s != nil {
				err = errors.Join(err, s.close())
			}
		}
	}()
	for i, column := range columns {
		streams[i] = &textStream{pages: group.ColumnChunks()[column].Pages(), values: make([]parquet.Value, 0, batchRows)}
	}
	row := make([][]byte, len(columns))
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

// textStream gives the values of one column chunk one after the other.
type textStream struct {
	pages  parquet.Pages
	page   parquet.Page // nil before the first
	reader parquet.ValueReader
	values []parquet.Value // read and not given yet, from at on
	at     int
}

// next gives a value that holds until it is called again.
func (s *textStream) next() ([]byte, error) {
	for s.at == len(s.values) {
		if err := s.fill(); err != nil {
			return nil, err
		}
	}
	v := s.values[s.at]
	s.at++
	return v.ByteArray(), nil
}

func (s *textStream) fill() error {
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

func (s *textStream) release() {
	if s.page != nil {
		parquet.Release(s.page)
		s.page, s.reader = nil, nil
	}
}

func (s *textStream) close() error {
	s.release()
	return s.pages.Close()
}
