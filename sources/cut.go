package sources

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"locatematch/sources/arrival"
)

// CutOptions are how a file is cut. The zero value works.
type CutOptions struct {
	File       int                               // goes into Chunk.File
	ChunkBytes int                               // target size of a chunk, default 256 KiB; changes nothing but the chunks
	Pool       *Pool                             // recycles chunk buffers; nil allocates
	Keys       *arrival.Keys                     // open encrypted files; nil opens none
	Progress   func(bytesRead, bytesTotal int64) // called now and then, bytes on disk; may be nil
}

// Cut reads one file, finds record boundaries and hands out chunks in order.
// What is compressed, in a zip or encrypted is opened first (package arrival);
// the SHA-256 of the bytes on disk is taken in the same pass. A chunk holds whole data records of one section;
// headers, section records and trailers are checked here and stand in no chunk.
//
// emit receives each chunk and with it the duty to release it; its error ends
// the cut and is returned as it is. A fault of the file as a whole (damaged
// compression, no key that opens it, not a Parquet file, wrong header, missing columns) is a
// *FileError; chunks emitted before it stay provisional and the caller drops
// what came of them. A fault of one section is in its verdict in the report.
// When ctx ends, Cut returns its error.
//
// An empty file is an error where the layout has a header, a trailer, sections
// or a line of column names; otherwise it has zero rows.
func Cut(ctx context.Context, path string, l *Layout, opt CutOptions, emit func(*Chunk) error) (*FileReport, error) {
	if opt.ChunkBytes <= 0 {
		opt.ChunkBytes = defaultChunk
	}
	opt.ChunkBytes = min(opt.ChunkBytes, maxLine)
	if l.Format == Parquet {
		return cutParquet(ctx, path, l, opt, emit)
	}
	in, err := open(ctx, path, opt)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	c := &cutter{
		ctx: ctx, in: in, layout: l, opt: opt, emit: emit,
		line: 1, size: opt.ChunkBytes, bound: newBoundary(l), tally: newTally(l),
	}
	err = c.run()
	opt.Pool.put(c.buf)
	if err != nil {
		return nil, err
	}
	return c.report(), nil
}

// cutter is the state of one Cut of a text file.
type cutter struct {
	ctx    context.Context
	in     *input
	layout *Layout
	opt    CutOptions
	emit   func(*Chunk) error

	buf     []byte // read and not yet cut; begins at a record
	size    int    // bytes that buf is filled to
	eof     bool
	line    int64 // physical line (or record, where there are no lines) at buf[0]
	records int64 // data records before buf[0]
	blanks  int64 // empty lines before buf[0], held back: they count only when a record follows
	rest    int   // bytes of a last record that is cut short, where there are no line ends

	bound  boundary
	tally  *tally
	header *header
}

// run cuts the whole file.
func (c *cutter) run() error {
	if err := c.begin(); err != nil {
		return err
	}
	for {
		if err := c.fill(); err != nil {
			return err
		}
		done, err := c.step()
		if err != nil || done {
			return err
		}
	}
}

// step cuts what can be cut of the buffer; done when the file is at its end.
func (c *cutter) step() (done bool, err error) {
	whole, records, lines := c.bound.whole(c.buf, c.eof)
	end, blanks := whole, int64(0)
	if c.bound.stride > 0 && whole > 0 {
		c.rest = whole % c.bound.stride
	}
	if c.bound.lines {
		end, blanks = trimBlankLines(c.buf[:whole])
	}
	switch {
	case end > 0:
		if err := c.releaseBlanks(); err != nil {
			return false, err
		}
		return false, c.cut(end, records-blanks, lines-blanks)
	case blanks > 0:
		c.holdBlanks(whole, blanks)
		return false, nil
	case c.eof:
		return true, c.finish()
	case len(c.buf) > maxLine:
		return false, c.fault("no line end within %d bytes: is this the right layout?", maxLine)
	}
	c.size = min(2*max(c.size, len(c.buf)), maxLine+1)
	return false, nil
}

// cut hands out the first end bytes of the buffer, which are whole records.
func (c *cutter) cut(end int, records, lines int64) error {
	if c.layout.marked() {
		return c.cutTyped(end)
	}
	chunk := c.chunk(c.turn(end), 0, end, c.line, c.records+1)
	c.line += lines
	c.records += records
	c.tally.rows(records)
	return c.emit(chunk)
}

// chunk makes a chunk of buf[start:end] in the current section.
func (c *cutter) chunk(buf []byte, start, end int, line, record int64) *Chunk {
	return &Chunk{
		File: c.opt.File, Section: c.tally.current, FirstLine: line, FirstRecord: record,
		Data: buf[start:end], buf: buf, pool: c.opt.Pool,
		header: c.header, context: c.tally.context, outside: c.tally.outside,
	}
}

// turn moves what lies behind end to a new buffer and returns the old one.
func (c *cutter) turn(end int) []byte {
	old := c.buf
	rest := old[end:]
	c.size = max(c.opt.ChunkBytes, len(rest))
	c.buf = append(c.opt.Pool.get(c.size+slack), rest...)
	return old
}

// fill reads until the buffer holds size bytes or the file ends.
func (c *cutter) fill() error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if cap(c.buf) < c.size {
		grown := append(c.opt.Pool.get(c.size+slack), c.buf...)
		c.opt.Pool.put(c.buf)
		c.buf = grown
	}
	for !c.eof && len(c.buf) < c.size {
		n, err := c.in.Read(c.buf[len(c.buf):c.size])
		c.buf = c.buf[:len(c.buf)+n]
		if err == io.EOF {
			c.eof = true
		} else if err != nil {
			return err
		}
	}
	if c.opt.Progress != nil {
		c.opt.Progress(c.in.file.OnDisk())
	}
	return nil
}

// drop forgets the first n bytes of the buffer.
func (c *cutter) drop(n int) { c.buf = c.buf[:copy(c.buf, c.buf[n:])] }

// holdBlanks takes empty lines off the buffer. Whether they are records is
// known only when something follows: at the end of the file they are not.
func (c *cutter) holdBlanks(bytes int, lines int64) {
	c.drop(bytes)
	c.blanks += lines
}

// releaseBlanks hands out the empty lines held back, now that a record follows.
func (c *cutter) releaseBlanks() error {
	for c.blanks > 0 {
		n := min(c.blanks, int64(c.opt.ChunkBytes))
		buf := append(c.opt.Pool.get(int(n)+slack), bytes.Repeat([]byte{'\n'}, int(n))...)
		if err := c.tally.data(c.line); err != nil {
			return c.fault("%w", err)
		}
		chunk := c.chunk(buf, 0, len(buf), c.line, c.records+1)
		c.blanks -= n
		c.line += n
		c.records += n
		c.tally.rows(n)
		if err := c.emit(chunk); err != nil {
			return err
		}
	}
	return nil
}

// finish ends the file: the sections get their last verdicts. A record cut
// short is rejected, and its section with it: more than its end may be lost.
func (c *cutter) finish() error {
	if c.rest > 0 && c.tally.current >= 0 {
		c.tally.fault("the last record has %d of %d bytes", c.rest, c.bound.stride)
	}
	if err := c.tally.end(); err != nil {
		return &FileError{Path: c.in.path, Err: err}
	}
	return nil
}

// report is the outcome of a file read to its end.
func (c *cutter) report() *FileReport {
	read, _ := c.in.file.OnDisk()
	return &FileReport{Path: c.in.path, SHA256: c.in.file.SHA256(), Bytes: read, Records: c.records, Batch: c.tally.batch, Sections: c.tally.sections}
}

// fault is a *FileError at the cutter's line.
func (c *cutter) fault(format string, args ...any) error {
	return &FileError{Path: c.in.path, Line: c.line, Err: fmt.Errorf(format, args...)}
}

// ErrEmpty is the cause when a file is empty that may not be.
var ErrEmpty = errors.New("the file is empty")
