package sources

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/parquet-go/parquet-go"

	"locatematch/sources/person"
)

// The bounds of a Parquet chunk: it is sized from the footer's figures, and
// those are not to be trusted on a damaged file.
const (
	maxParquetRows = 1 << 16 // rows in a chunk
	maxParquetText = 1 << 30 // bytes of text in a chunk; spans are uint32, Arrow's offsets int32
)

// cutParquet cuts a Parquet file: the digest first, then its rows, row group by
// row group, as text. One that is inside another file is held in memory. The library panics on some damaged files; that too is a
// *FileError.
func cutParquet(ctx context.Context, path string, l *Layout, opt CutOptions, emit func(*Chunk) error) (report *FileReport, err error) {
	in, err := open(ctx, path, opt)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	if in.file.Plain() {
		if err := in.digest(ctx, opt.Progress); err != nil {
			return nil, err
		}
	}
	p := &parquetCutter{ctx: ctx, layout: l, opt: opt, emit: emit}
	defer p.close()
	text, size, err := in.file.ReaderAt()
	if err != nil {
		return nil, &FileError{Path: path, Err: err}
	}
	records, err := p.run(text, size)
	if err != nil {
		return nil, p.wrap(path, err)
	}
	if err := in.file.Changed(); err != nil {
		return nil, &FileError{Path: path, Err: err}
	}
	read, _ := in.file.OnDisk()
	return &FileReport{
		Path: path, SHA256: in.file.SHA256(), Bytes: read, Records: records,
		Sections: []Section{{Line: 1, Rows: records, Want: -1}},
	}, nil
}

// parquetCutter is the state of one Cut of a Parquet file.
type parquetCutter struct {
	ctx     context.Context
	layout  *Layout
	opt     CutOptions
	emit    func(*Chunk) error
	leaves  []*parquet.Column // by column of the layout
	readers []*columnReader
	records int64
	outer   error // an error of emit or ctx: not the file's
}

// wrap makes a fault of the file a *FileError, and leaves others alone.
func (p *parquetCutter) wrap(path string, err error) error {
	if p.outer != nil {
		return p.outer
	}
	return &FileError{Path: path, Err: err}
}

// run reads the file; what panics in the library below it becomes an error.
func (p *parquetCutter) run(r io.ReaderAt, size int64) (records int64, err error) {
	emitting := false
	emit := p.emit
	p.emit = func(c *Chunk) error {
		emitting = true
		err := emit(c)
		emitting = false
		return err
	}
	defer func() {
		if x := recover(); x != nil {
			if emitting {
				panic(x) // the receiver's own
			}
			err = damaged(x)
		}
	}()
	if size == 0 {
		return 0, ErrEmpty
	}
	file, err := openParquet(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(64<<10))
	if err != nil {
		return 0, fmt.Errorf("not a Parquet file, or a damaged one: %w", err)
	}
	if err := p.place(file); err != nil {
		return 0, err
	}
	for i, g := range file.RowGroups() {
		for f, leaf := range p.leaves {
			if err := checkPages(r, size, &file.Metadata().RowGroups[i].Columns[leaf.Index()].MetaData); err != nil {
				return 0, fmt.Errorf("row group %d: column %s: %w", i+1, p.layout.data[f].Column, err)
			}
		}
		if err := p.group(i, g); err != nil {
			return 0, err
		}
	}
	if p.records != file.NumRows() {
		return 0, fmt.Errorf("damaged Parquet file: the footer says %d rows, its row groups have %d", file.NumRows(), p.records)
	}
	return p.records, nil
}

// damaged says what panicked, without what it panicked about unless that is an
// error of the runtime: the rest may be data.
func damaged(x any) error {
	if err, ok := x.(runtime.Error); ok {
		return fmt.Errorf("damaged Parquet file: %w", err)
	}
	return errors.New("damaged Parquet file: it cannot be decoded")
}

// place finds the layout's columns in the file's schema: the library itself
// would fill missing ones with nothing and say nothing.
func (p *parquetCutter) place(file *parquet.File) error {
	var leaves []*parquet.Column
	var names []string
	collect(file.Root(), "", func(name string, c *parquet.Column) {
		leaves, names = append(leaves, c), append(names, name)
	})
	h, err := p.layout.placeColumns(names)
	if err != nil {
		return err
	}
	p.leaves = make([]*parquet.Column, len(p.layout.data))
	for i, t := range h.target {
		if t < 0 {
			continue
		}
		if leaves[i].MaxRepetitionLevel() > 0 {
			return fmt.Errorf("column %s is a list, and a field holds one value", names[i])
		}
		p.leaves[t] = leaves[i]
	}
	return nil
}

// collect walks the schema's leaves; a leaf inside structs is named by its
// path, with dots.
func collect(c *parquet.Column, prefix string, f func(string, *parquet.Column)) {
	for _, child := range c.Columns() {
		name := prefix + child.Name()
		if child.Leaf() {
			f(name, child)
		} else {
			collect(child, name+".", f)
		}
	}
}

// group reads one row group in chunks.
func (p *parquetCutter) group(i int, g parquet.RowGroup) error {
	defer p.close()
	chunks := g.ColumnChunks()
	perRow := 0
	for f, leaf := range p.leaves {
		r, err := newColumnReader(leaf, chunks[leaf.Index()], p.layout.data[f])
		if err != nil {
			return err
		}
		p.readers = append(p.readers, r)
		perRow += r.width
	}
	step := int64(min(max(p.opt.ChunkBytes/max(perRow, 1), 1), maxParquetRows))
	for left := g.NumRows(); left > 0; {
		if p.outer = p.ctx.Err(); p.outer != nil {
			return p.outer
		}
		n := min(step, left)
		if err := p.chunk(int(n)); err != nil {
			return fmt.Errorf("row group %d: %w", i+1, err)
		}
		left -= n
	}
	return nil
}

// chunk reads n rows, column by column, and hands them out.
func (p *parquetCutter) chunk(n int) error {
	c := &Chunk{
		File: p.opt.File, FirstLine: p.records + 1, FirstRecord: p.records + 1,
		pool: p.opt.Pool, cells: p.opt.Pool.getCells(n * len(p.readers)),
	}
	text := p.opt.Pool.get(p.opt.ChunkBytes + slack)
	for i, r := range p.readers {
		var err error
		if text, err = r.read(text, c.cells, i, len(p.readers), n); err != nil {
			return fmt.Errorf("column %s: %w", p.layout.data[i].Column, err)
		}
		if len(text) > maxParquetText {
			return fmt.Errorf("column %s: %d rows have more than %d bytes", p.layout.data[i].Column, n, maxParquetText)
		}
	}
	c.Data, c.buf = text, text
	p.records += int64(n)
	p.outer = p.emit(c)
	return p.outer
}

// close lets go of the row group's pages.
func (p *parquetCutter) close() {
	defer func() { _ = recover() }() // on a damaged file even this may panic
	for _, r := range p.readers {
		r.close()
	}
	p.readers = nil
}

// splitCells makes rows of a Parquet chunk, whose values are known.
func (s *Splitter) splitCells() {
	c := s.chunk
	s.suspect = !s.clean(c.Data)
	width := s.rows.Width
	for from := 0; from < len(c.cells); from += width {
		row := s.begin()
		for i, x := range c.cells[from : from+width] {
			row[i] = s.trim(c.Data, int(x.Start), int(x.End))
		}
		s.acceptCells(row)
		s.line++
	}
}

// acceptCells looks at each value of a row by itself: they do not lie together.
func (s *Splitter) acceptCells(row []person.Span) {
	if s.suspect {
		for _, x := range row {
			if err := s.layout.soundText(s.chunk.Data[x.Start:x.End]); err != nil {
				reason := EncodingFault
				if errors.Is(err, errNUL) {
					reason = NUL
				}
				s.drop(reason, "")
				return
			}
		}
	}
	s.rows.Lines = append(s.rows.Lines, s.line)
	s.record++
}
