package sources

import (
	"bytes"
	"encoding/binary"
)

// cutTyped cuts the first end bytes of the buffer, whole records of several
// types: runs of data records become chunks, the others go to the tally. The
// last run keeps the buffer; runs before it are copied, as a buffer has one
// owner.
func (c *cutter) cutTyped(end int) error {
	var r run
	for pos := 0; pos < end; {
		n, lines := c.bound.next(c.buf[pos:end])
		record := c.buf[pos : pos+n]
		if word := c.layout.typeOf(record); word == "data" {
			if err := c.tally.data(c.line); err != nil {
				return c.fault("%w", err)
			}
			r.add(pos, c.line, c.records+1)
			c.records++
		} else {
			if err := c.emitRun(&r, pos); err != nil {
				return err
			}
			if err := c.tally.control(word, c.line, record); err != nil {
				return c.fault("%w", err)
			}
		}
		c.line += lines
		pos += n
	}
	if r.rows == 0 {
		c.drop(end)
		return nil
	}
	c.tally.rows(r.rows)
	return c.emit(c.chunk(c.turn(end), r.start, end, r.line, r.record))
}

// run is a stretch of data records in the buffer.
type run struct {
	start        int
	line, record int64
	rows         int64
}

func (r *run) add(pos int, line, record int64) {
	if r.rows == 0 {
		r.start, r.line, r.record = pos, line, record
	}
	r.rows++
}

// emitRun hands out a copy of the run that ends at end, if there is one.
func (c *cutter) emitRun(r *run, end int) error {
	if r.rows == 0 {
		return nil
	}
	data := c.buf[r.start:end]
	room := len(data) + slack
	if c.opt.Pool != nil {
		room = max(room, c.opt.ChunkBytes+slack) // buffers of one size serve all
	}
	buf := append(c.opt.Pool.get(room), data...)
	c.tally.rows(r.rows)
	chunk := c.chunk(buf, 0, len(buf), r.line, r.record)
	*r = run{}
	return c.emit(chunk)
}

// typeOf is the word of a record's type. A record that has no mark of the
// layout's counts as data: the splitter rejects it.
func (l *Layout) typeOf(record []byte) string {
	if l.Records.Data.Mark.is(l, record) {
		return "data"
	}
	for _, word := range [...]string{"trailer", "section", "header"} {
		if r := l.record(word); r != nil && r.Mark.is(l, record) {
			return word
		}
	}
	return "data"
}

// is tells whether a record carries the mark.
func (m *Mark) is(l *Layout, record []byte) bool {
	if l.Format == CSV {
		return string(firstValue(record, l.Delimiter[0])) == m.Text
	}
	at := m.At - 1
	if m.mask != 0 && len(record) >= at+8 {
		return binary.LittleEndian.Uint64(record[at:])&m.mask == m.word
	}
	return len(record) >= at+len(m.raw) && string(record[at:at+len(m.raw)]) == string(m.raw)
}

// firstValue is the first value of a delimited record without blanks and
// quotes. Marks hold no quotes, so that doubled ones need no care.
func firstValue(record []byte, delimiter byte) []byte {
	v := record
	if i := bytes.IndexByte(v, delimiter); i >= 0 {
		v = v[:i]
	}
	v = bytes.TrimSpace(v)
	if len(v) >= 2 && v[0] == '"' && v[len(v)-1] == '"' {
		v = bytes.TrimSpace(v[1 : len(v)-1])
	}
	return v
}
