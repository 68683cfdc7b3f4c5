package sources

import (
	"context"

	"github.com/parquet-go/parquet-go"
)

// ParquetColumns lists the names by which a layout can name the columns of a
// Parquet file: its leaves, in the order of the file's schema. What a field
// cannot hold (lists, times of day) is left out. An error is a *FileError.
func ParquetColumns(path string) (names []string, err error) {
	in, err := open(context.Background(), path, CutOptions{})
	if err != nil {
		return nil, err
	}
	defer in.Close()
	defer func() {
		if x := recover(); x != nil { // the library panics on some damaged files
			names, err = nil, &FileError{Path: path, Err: damaged(x)}
		}
	}()
	text, size, err := in.file.ReaderAt()
	if err != nil {
		return nil, &FileError{Path: path, Err: err}
	}
	file, err := openParquet(text, size)
	if err != nil {
		return nil, &FileError{Path: path, Err: err}
	}
	collect(file.Root(), "", func(name string, c *parquet.Column) {
		if _, err := newText(c.Type(), Field{}); err == nil && c.MaxRepetitionLevel() == 0 {
			names = append(names, name)
		}
	})
	return names, nil
}
