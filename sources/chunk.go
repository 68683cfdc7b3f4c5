package sources

import (
	"sync"

	"locatematch/sources/person"
)

const (
	defaultChunk = 1 << 18  // bytes in a chunk; with its rows' places it stays in a core's cache
	maxRecord    = 1 << 20  // bytes in a record of a layout; also how far an open quote is followed
	maxLine      = 16 << 20 // bytes without a line end after which a file is given up; no chunk is larger, so that its size decides nothing
	slack        = 4 << 10  // spare room behind a chunk for section context and rewritten values
)

// Chunk is a run of whole data records of one section. Whoever receives one
// releases it.
type Chunk struct {
	File        int   // CutOptions.File
	Section     int   // index into FileReport.Sections
	FirstLine   int64 // physical 1-based line of the first record, or its number in the file where there are no lines
	FirstRecord int64 // 1-based number of the first record among the file's data records
	Data        []byte

	buf     []byte // Data's home, as it goes back to the pool
	pool    *Pool
	header  *header       // csv: where the layout's columns stand in this file
	context *rowContext   // what the section lends to each row
	outside bool          // records that stand in no section
	cells   []person.Span // parquet: the values, row by row
}

// Release returns the chunk's buffer; rows and batches that point into it are
// invalid from then on. It may be called once.
func (c *Chunk) Release() {
	c.pool.put(c.buf)
	c.pool.putCells(c.cells)
	c.buf, c.Data, c.cells, c.pool = nil, nil, nil, nil
}

// rowContext is what stands once in the file and belongs to each row of a
// section: the values of its section record and the carried header fields.
type rowContext struct {
	data  []byte
	spans []person.Span
}

// Pool recycles chunk buffers. The zero value is ready; it may be shared by
// any number of files and workers.
type Pool struct {
	mu    sync.Mutex
	free  [][]byte
	cells [][]person.Span // of Parquet chunks
}

// keep bounds what a pool holds on to. More chunks than this are never in
// flight: channels are bounded by a small multiple of the cores.
const keep = 256

// get hands out a buffer of n bytes of room.
func (p *Pool) get(n int) []byte {
	if p != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		for i := len(p.free) - 1; i >= 0; i-- {
			if b := p.free[i]; cap(b) >= n {
				p.free[i] = p.free[len(p.free)-1]
				p.free = p.free[:len(p.free)-1]
				return b[:0]
			}
		}
	}
	return make([]byte, 0, n)
}

// put takes a buffer back; a nil pool leaves it to the garbage collector.
func (p *Pool) put(b []byte) {
	if p == nil || cap(b) == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.free) < keep {
		p.free = append(p.free, b)
	}
}

// getCells hands out room for n cells.
func (p *Pool) getCells(n int) []person.Span {
	if p != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		if last := len(p.cells) - 1; last >= 0 && cap(p.cells[last]) >= n {
			cells := p.cells[last]
			p.cells = p.cells[:last]
			return cells[:n]
		}
	}
	return make([]person.Span, n)
}

// putCells takes cells back.
func (p *Pool) putCells(cells []person.Span) {
	if p == nil || cap(cells) == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.cells) < keep {
		p.cells = append(p.cells, cells)
	}
}
