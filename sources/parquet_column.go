package sources

import (
	"bytes"
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

// columnReader reads one column of one row group as text, a run of values at a
// time, from the Go slices that the library decodes pages to.
type columnReader struct {
	pages parquet.Pages
	page  parquet.Page
	text  pageText
	width int  // bytes of a value, for sizing chunks
	level byte // the definition level of a value that is not null

	// Of the page.
	run    textRun
	levels []byte // of each row; nil where none can be null
	rows   int
	row    int // the next one
	value  int // the next one: nulls have none

	dictionary parquet.Dictionary // that words are of
	words      texts
	ends       []uint32
}

func newColumnReader(leaf *parquet.Column, chunk parquet.ColumnChunk, f Field) (*columnReader, error) {
	text, err := newText(leaf.Type(), f)
	if err != nil {
		return nil, fmt.Errorf("column %s: %w", f.Column, err)
	}
	return &columnReader{pages: chunk.Pages(), text: text, width: max(f.Width, guessWidth), level: byte(leaf.MaxDefinitionLevel())}, nil
}

// read appends the text of the next n values and stores where they lie: the
// value of row i goes to cells[i*width+column].
func (r *columnReader) read(text []byte, cells []person.Span, column, width, n int) ([]byte, error) {
	for row := 0; row < n; {
		if r.row == r.rows {
			if err := r.nextPage(); err != nil {
				return text, err
			}
			continue
		}
		k := min(n-row, r.rows-r.row)
		text = r.append(text, cells[row*width+column:], width, k)
		row += k
	}
	return text, nil
}

// append appends the text of the next n rows of the page and stores where they
// lie, a cell every width.
func (r *columnReader) append(text []byte, cells []person.Span, width, n int) []byte {
	values, levels := n, []byte(nil)
	if r.levels != nil {
		levels = r.levels[r.row : r.row+n]
		values = bytes.Count(levels, []byte{r.level})
	}
	at := uint32(len(text))
	text, r.ends = r.run(text, r.ends[:0], r.value, r.value+values)
	r.row, r.value = r.row+n, r.value+values
	ends := r.ends
	for i := range n {
		end := at
		if levels == nil || levels[i] == r.level {
			end, ends = ends[0], ends[1:]
		}
		cells[i*width] = person.Span{Start: at, End: end}
		at = end
	}
	return text
}

// nextPage opens the next page of the column.
func (r *columnReader) nextPage() error {
	r.endPage()
	page, err := r.pages.ReadPage()
	if errors.Is(err, io.EOF) {
		return errors.New("it has fewer values than the row group has rows")
	}
	if err != nil {
		return err
	}
	r.page, r.rows, r.row, r.value = page, int(page.NumValues()), 0, 0
	if r.levels = page.DefinitionLevels(); r.level == 0 {
		r.levels = nil
	}
	d := page.Dictionary()
	if d == nil {
		r.run = r.text(page.Data())
		return nil
	}
	if d != r.dictionary {
		r.dictionary, r.words = d, allOf(r.text(d.Page().Data()), d.Len())
	}
	data := page.Data()
	r.run = r.words.lookUp(data.Int32())
	return nil
}

func (r *columnReader) endPage() {
	if r.page != nil {
		parquet.Release(r.page)
	}
	r.page, r.run, r.levels, r.rows, r.row = nil, nil, nil, 0, 0
}

func (r *columnReader) close() {
	r.endPage()
	r.pages.Close()
}
