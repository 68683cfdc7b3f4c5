package leads

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"locatematch/pipeline/leads/packed"
)

// packedRows are rows of a history one behind the other: some 90 bytes a lead, without a pointer, in place of 350 and a dozen. What
// many rows say alike stands once, and each row has its number.
//
//	row: id, subject, kind, former number, split, days, withdrawal, sources, reports
//	day: days after the first receipt
type packedRows struct {
	numbers
	blocks []packedBlock
	open   strings.Builder // of the last block, while it is being filled
	buffer []byte
}

// numbers are what rows say by number. They only grow, from night to night too: so a row is copied as it is.
type numbers struct {
	words numbered[string] // kinds, sources, reasons
	marks numbered[uint64] // of files and models
}

// clone is the same numbers, to be added to.
func (n *numbers) clone() *numbers { return &numbers{n.words.clone(), n.marks.clone()} }

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

func (n *numbered[T]) clone() numbered[T] { return numbered[T]{slices.Clone(n.list), maps.Clone(n.at)} }

func (p *packedRows) len() int {
	if len(p.blocks) == 0 {
		return 0
	}
	return (len(p.blocks)-1)*blockRows + len(p.blocks[len(p.blocks)-1].at)
}

func (p *packedRows) add(r *Row) {
	p.buffer = packed.AppendText(packed.AppendText(p.buffer[:0], r.LeadID), r.SubjectID)
	p.buffer = p.pack(p.buffer, r)
	p.put(p.buffer)
}

// put takes up a row that is packed already.
func (p *packedRows) put(row []byte) {
	if p.len()%blockRows == 0 {
		if last := len(p.blocks) - 1; last >= 0 {
			p.blocks[last].rows = strings.Clone(p.blocks[last].rows) // without the room for more
		}
		p.blocks = append(p.blocks, packedBlock{at: make([]uint32, 0, blockRows)})
		p.open = strings.Builder{}
	}
	last := &p.blocks[len(p.blocks)-1]
	last.at = append(last.at, uint32(p.open.Len()))
	p.open.Write(row)
	last.rows = p.open.String() // the builder's own bytes: nothing is copied
}

// pack packs what stands behind a row's id and subject.
func (n *numbers) pack(b []byte, r *Row) []byte {
	word := func(s string) { b = binary.AppendUvarint(b, n.words.number(s)) }
	day := func(d, since Day) { b = binary.AppendVarint(b, int64(d)-int64(since)) }
	word(string(r.Kind))
	b = packed.AppendText(b, r.Numbered)
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
		b = binary.AppendUvarint(b, n.marks.number(s.File))
		b = binary.AppendVarint(b, s.Line)
		day(s.Received, r.FirstSeen)
		day(s.Told, r.FirstSeen)
		b = binary.AppendVarint(b, int64(s.Rung))
		b = binary.AppendUvarint(b, n.marks.number(s.Model))
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
	for _, text := range []string{r.SplitFrom, r.TwinOf, r.Undecided} {
		b = packed.AppendText(b, text)
	}
	b = binary.AppendVarint(b, int64(r.SplitOn))
	b = binary.AppendUvarint(b, uint64(len(r.PartedTo)))
	for _, number := range r.PartedTo {
		b = packed.AppendText(b, number)
	}
	return b
}

func (c *packedCursor) split(r *Row) {
	if c.Byte() == 0 {
		return
	}
	r.SplitFrom, r.TwinOf, r.Undecided, r.SplitOn = c.Text(), c.Text(), c.Text(), c.day(0)
	for range c.Count() {
		r.PartedTo = append(r.PartedTo, c.Text())
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
	return packedCursor{&p.numbers, packed.On(p.bytes(i))}
}

// bytes are a row as it is packed.
func (p *packedRows) bytes(i int) string {
	b := &p.blocks[i/blockRows]
	from := b.at[i%blockRows]
	if next := i%blockRows + 1; next < len(b.at) {
		return b.rows[from:b.at[next]]
	}
	return b.rows[from:]
}

// id is the lead id of a row, which stands first.
func (p *packedRows) id(i int) string {
	c := p.cursor(i)
	return c.Text()
}

// owner is the id of a row, its subject, and the rest of it as it is packed.
func (p *packedRows) owner(i int) (id, subject, rest string) {
	c := p.cursor(i)
	id, subject = c.Text(), c.Text()
	return id, subject, c.Rest()
}

func (p *packedRows) row(i int) (r Row) {
	c := p.cursor(i)
	c.row(&r)
	return r
}

// row reads a row, into lists that it may have already.
func (c *packedCursor) row(r *Row) {
	*r = Row{LeadID: c.Text(), SubjectID: c.Text(), Kind: Kind(c.word()), Numbered: c.Text(), Sources: r.Sources[:0], Seen: r.Seen[:0]}
	c.split(r)
	r.FirstSeen = c.day(0)
	r.LastSeen, r.FirstPublished = c.day(r.FirstSeen), c.day(r.FirstSeen)
	r.Withdrawn, r.Reason = c.day(0), c.word()
	sources := c.Count()
	r.Sources = slices.Grow(r.Sources, sources)
	for range sources {
		r.Sources = append(r.Sources, c.word())
	}
	seen := c.Count()
	r.Seen = slices.Grow(r.Seen, min(seen, len(c.Rest())/leastSeen))
	for range seen {
		r.Seen = append(r.Seen, c.seen(r.FirstSeen))
	}
}

// leastSeen is what a report takes at least: its mark, seven numbers and the flags.
const leastSeen = 8 + 7 + 1

func (c *packedCursor) seen(first Day) (s Seen) {
	s.Mark, s.Source, s.File, s.Line = c.Eight(), c.word(), c.mark(), c.Signed()
	s.Received, s.Told, s.Rung, s.Model = c.day(first), c.day(first), int32(c.Signed()), c.mark()
	flags := c.Byte()
	s.Gone, s.Balance = flags&packedGone != 0, NoBalance
	if flags&packedEvent != 0 {
		s.Event = c.day(first)
	}
	if flags&packedBalance != 0 {
		s.Balance = c.Signed()
	}
	return s
}

// packedCursor reads a row from its beginning.
type packedCursor struct {
	*numbers
	packed.Cursor
}

func (c *packedCursor) word() string      { return numberedAt(&c.words, &c.Cursor) }
func (c *packedCursor) mark() uint64      { return numberedAt(&c.marks, &c.Cursor) }
func (c *packedCursor) day(since Day) Day { return since + Day(c.Signed()) }

// numberedAt is what stands under the number that is read next.
func numberedAt[T comparable](n *numbered[T], c *packed.Cursor) (v T) {
	at := c.Unsigned()
	if at >= uint64(len(n.list)) {
		c.Break()
		return v
	}
	return n.list[at]
}

var errPackedRow = errors.New("is damaged")

// load takes up a row as a file holds it, once it is known to be whole. It gives the row, until the next is loaded.
func (p *packedRows) load(id, subject, rest []byte, scratch *Row) error {
	b := append(binary.AppendUvarint(p.buffer[:0], uint64(len(id))), id...)
	b = append(binary.AppendUvarint(b, uint64(len(subject))), subject...)
	p.buffer = append(b, rest...)
	p.put(p.buffer)
	c := p.cursor(p.len() - 1)
	if c.row(scratch); !c.Whole() {
		return fmt.Errorf("row %d %w", p.len(), errPackedRow)
	}
	return nil
}
