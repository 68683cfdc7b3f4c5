package leads

import (
	"encoding/binary"
	"strings"
)

// packedRows are rows of a history one behind the other: some 90 bytes a lead, without a pointer, in place of 350 and a dozen. What
// many rows say alike stands once, and each row has its number.
//
//	row:  id, subject, kind, former number, split, days, withdrawal, sources, reports
//	text: length, bytes
//	day:  days after the first receipt
type packedRows struct {
	blocks []packedBlock
	words  numbered[string] // kinds, sources, reasons
	marks  numbered[uint64] // of files and models
	open   strings.Builder  // of the last block, while it is being filled
	buffer []byte
}

// packedBlock is up to blockRows rows.
type packedBlock struct {
	rows string
	at   []uint32 // where each begins
}

const blockRows = 1 << 14

// numbered gives values their numbers.
type numbered[T comparable] struct {
	list []T
	at   map[T]uint64
}

func (n *numbered[T]) number(v T) uint64 {
	at, known := n.at[v]
	if !known {
		if n.at == nil {
			n.at = map[T]uint64{}
		}
		at = uint64(len(n.list))
		n.list, n.at[v] = append(n.list, v), at
	}
	return at
}

func (p *packedRows) len() int {
	if len(p.blocks) == 0 {
		return 0
	}
	return (len(p.blocks)-1)*blockRows + len(p.blocks[len(p.blocks)-1].at)
}

func (p *packedRows) add(r *Row) {
	if p.len()%blockRows == 0 {
		p.blocks = append(p.blocks, packedBlock{})
		p.open.Reset()
	}
	last := &p.blocks[len(p.blocks)-1]
	last.at = append(last.at, uint32(p.open.Len()))
	p.buffer = p.pack(p.buffer[:0], r)
	p.open.Write(p.buffer)
	last.rows = p.open.String() // the builder's own bytes: nothing is copied
}

func (p *packedRows) pack(b []byte, r *Row) []byte {
	text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	word := func(s string) { b = binary.AppendUvarint(b, p.words.number(s)) }
	day := func(d, since Day) { b = binary.AppendVarint(b, int64(d)-int64(since)) }
	text(r.LeadID)
	text(r.SubjectID)
	word(string(r.Kind))
	text(r.Numbered)
	b = r.packSplit(b)
	day(r.FirstSeen, 0)
	day(r.LastSeen, r.FirstSeen)
	day(r.FirstPublished, r.FirstSeen)
	day(r.Withdrawn, 0)
	word(r.Reason)
	b = binary.AppendUvarint(b, uint64(len(r.Sources)))
	for _, s := range r.Sources {
		word(s)
	}
	b = binary.AppendUvarint(b, uint64(len(r.Seen)))
	for i := range r.Seen {
		s := &r.Seen[i]
		b = binary.LittleEndian.AppendUint64(b, s.Mark)
		word(s.Source)
		b = binary.AppendUvarint(b, p.marks.number(s.File))
		b = binary.AppendVarint(b, s.Line)
		day(s.Received, r.FirstSeen)
		day(s.Told, r.FirstSeen)
		b = binary.AppendVarint(b, int64(s.Rung))
		b = binary.AppendUvarint(b, p.marks.number(s.Model))
		b = append(b, s.packedFlags())
		if s.Event != 0 {
			day(s.Event, r.FirstSeen)
		}
		if s.Balance != NoBalance {
			b = binary.AppendVarint(b, s.Balance)
		}
	}
	return b
}

// packSplit is what a split of a person number says of a lead. Of most leads it says nothing, and one byte says so.
func (r *Row) packSplit(b []byte) []byte {
	if r.SplitFrom == "" && r.SplitOn == 0 && len(r.PartedTo) == 0 && r.TwinOf == "" && r.Undecided == "" {
		return append(b, 0)
	}
	b = append(b, 1)
	text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
	text(r.SplitFrom)
	text(r.TwinOf)
	text(r.Undecided)
	b = binary.AppendVarint(b, int64(r.SplitOn))
	b = binary.AppendUvarint(b, uint64(len(r.PartedTo)))
	for _, number := range r.PartedTo {
		text(number)
	}
	return b
}

func (c *packedCursor) split(r *Row) {
	if c.eat(1)[0] == 0 {
		return
	}
	r.SplitFrom, r.TwinOf, r.Undecided, r.SplitOn = c.text(), c.text(), c.text(), c.day(0)
	for range c.unsigned() {
		r.PartedTo = append(r.PartedTo, c.text())
	}
}

// Flags of a report: whether it is gone, and what of an account follows.
const (
	packedGone = 1 << iota
	packedEvent
	packedBalance
)

func (s *Seen) packedFlags() (flags byte) {
	if s.Gone {
		flags |= packedGone
	}
	if s.Event != 0 {
		flags |= packedEvent
	}
	if s.Balance != NoBalance {
		flags |= packedBalance
	}
	return flags
}

func (p *packedRows) cursor(i int) packedCursor {
	b := &p.blocks[i/blockRows]
	return packedCursor{p, b.rows[b.at[i%blockRows]:]}
}

// id is the lead id of a row, which stands first.
func (p *packedRows) id(i int) string {
	c := p.cursor(i)
	return c.text()
}

func (p *packedRows) row(i int) (r Row) {
	c := p.cursor(i)
	r.LeadID, r.SubjectID, r.Kind, r.Numbered = c.text(), c.text(), Kind(c.word()), c.text()
	c.split(&r)
	r.FirstSeen = c.day(0)
	r.LastSeen, r.FirstPublished = c.day(r.FirstSeen), c.day(r.FirstSeen)
	r.Withdrawn, r.Reason = c.day(0), c.word()
	if n := c.unsigned(); n > 0 {
		r.Sources = make([]string, n)
	}
	for i := range r.Sources {
		r.Sources[i] = c.word()
	}
	if n := c.unsigned(); n > 0 {
		r.Seen = make([]Seen, n)
	}
	for i := range r.Seen {
		s := &r.Seen[i]
		s.Mark, s.Source, s.File, s.Line = c.eight(), c.word(), c.mark(), c.signed()
		s.Received, s.Told, s.Rung, s.Model = c.day(r.FirstSeen), c.day(r.FirstSeen), int32(c.signed()), c.mark()
		flags := c.eat(1)[0]
		s.Gone, s.Balance = flags&packedGone != 0, NoBalance
		if flags&packedEvent != 0 {
			s.Event = c.day(r.FirstSeen)
		}
		if flags&packedBalance != 0 {
			s.Balance = c.signed()
		}
	}
	return r
}

// packedCursor reads a row from its beginning.
type packedCursor struct {
	*packedRows
	rest string
}

func (c *packedCursor) eat(n int) string {
	s := c.rest[:n]
	c.rest = c.rest[n:]
	return s
}

func (c *packedCursor) unsigned() (n uint64) {
	for shift := 0; ; shift += 7 {
		b := c.rest[0]
		c.rest = c.rest[1:]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
}

func (c *packedCursor) signed() int64 {
	n := c.unsigned()
	return int64(n>>1) ^ -int64(n&1)
}

func (c *packedCursor) eight() (n uint64) {
	for i, b := range []byte(c.eat(8)) {
		n |= uint64(b) << (8 * i)
	}
	return n
}

func (c *packedCursor) text() string      { return c.eat(int(c.unsigned())) }
func (c *packedCursor) word() string      { return c.words.list[c.unsigned()] }
func (c *packedCursor) mark() uint64      { return c.marks.list[c.unsigned()] }
func (c *packedCursor) day(since Day) Day { return since + Day(c.signed()) }
