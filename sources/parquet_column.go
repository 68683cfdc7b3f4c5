package sources

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"

	"locatematch/sources/person"
)

// guessWidth is the bytes of a value in a column whose width is not stated.
// The footer's sizes are no help: they are of encoded pages, and a dictionary
// column looks small.
const guessWidth = 12

// columnReader reads one column of one row group as text.
type columnReader struct {
	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	text   textOf
	width  int // bytes of a value, for sizing chunks
	buf    [256]parquet.Value
}

func newColumnReader(leaf *parquet.Column, chunk parquet.ColumnChunk, f Field) (*columnReader, error) {
	text, err := newText(leaf.Type(), f)
	if err != nil {
		return nil, fmt.Errorf("column %s: %w", f.Column, err)
	}
	return &columnReader{pages: chunk.Pages(), text: text, width: max(f.Width, guessWidth)}, nil
}

// read appends the text of the next n values and stores where they lie: the
// value of row i goes to cells[i*width+column].
func (r *columnReader) read(text []byte, cells []person.Span, column, width, n int) ([]byte, error) {
	for row := 0; row < n; {
		if r.values == nil {
			if err := r.nextPage(); err != nil {
				return text, err
			}
		}
		got, err := r.values.ReadValues(r.buf[:min(n-row, len(r.buf))])
		for _, v := range r.buf[:got] {
			start := len(text)
			if !v.IsNull() {
				text = r.text(text, v)
			}
			cells[row*width+column] = person.Span{Start: uint32(start), End: uint32(len(text))}
			row++
		}
		if errors.Is(err, io.EOF) || err == nil && got == 0 {
			r.endPage()
		} else if err != nil {
			return text, err
		}
	}
	return text, nil
}

// nextPage opens the next page of the column.
func (r *columnReader) nextPage() error {
	page, err := r.pages.ReadPage()
	if errors.Is(err, io.EOF) {
		return errors.New("it has fewer values than the row group has rows")
	}
	if err != nil {
		return err
	}
	r.page, r.values = page, page.Values()
	return nil
}

func (r *columnReader) endPage() {
	if r.page != nil {
		parquet.Release(r.page)
	}
	r.page, r.values = nil, nil
}

func (r *columnReader) close() {
	r.endPage()
	r.pages.Close()
}
