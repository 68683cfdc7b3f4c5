// Package packed writes values one behind the other into a string of bytes, without a pointer or a gap, and reads them back. What
// comes in: numbers, texts, eight bytes as they are. What goes out: some hundred bytes a lead, which a night copies to the next as
// they are, and takes apart only for the few leads that it asks for.
//
//	text: length, bytes    number: varint; with a sign zigzag, as package encoding/binary
//
// Whatever bytes a Cursor is given, it neither panics nor reads beyond them: what is not there is zero, and the Cursor is broken.
package packed

import "encoding/binary"

// AppendText packs a text.
func AppendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// Cursor reads what was packed, from its beginning.
type Cursor struct {
	rest   string
	broken bool
}

// On begins to read.
func On(packed string) Cursor { return Cursor{rest: packed} }

// Rest is what has not been read yet.
func (c *Cursor) Rest() string { return c.rest }

// Whole reports that everything was read, and nothing more was asked for.
func (c *Cursor) Whole() bool { return !c.broken && c.rest == "" }

// Break says that what was read cannot be meant.
func (c *Cursor) Break() { c.rest, c.broken = "", true }

// Eat reads some bytes as they are; none where so many are not there.
func (c *Cursor) Eat(n uint64) string {
	if n > uint64(len(c.rest)) {
		c.Break()
		return ""
	}
	s := c.rest[:n]
	c.rest = c.rest[n:]
	return s
}

// Byte reads one byte.
func (c *Cursor) Byte() byte {
	if c.rest == "" {
		c.Break()
		return 0
	}
	b := c.rest[0]
	c.rest = c.rest[1:]
	return b
}

// Unsigned reads a number without a sign.
func (c *Cursor) Unsigned() (n uint64) {
	for i := range len(c.rest) {
		b := c.rest[i]
		if i == binary.MaxVarintLen64-1 && b > 1 {
			break
		}
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			c.rest = c.rest[i+1:]
			return n
		}
	}
	c.Break()
	return 0
}

// Signed reads a number with a sign.
func (c *Cursor) Signed() int64 {
	n := c.Unsigned()
	return int64(n>>1) ^ -int64(n&1)
}

// Eight reads eight bytes, the lowest first.
func (c *Cursor) Eight() (n uint64) {
	for i, b := range []byte(c.Eat(8)) {
		n |= uint64(b) << (8 * i)
	}
	return n
}

// Text reads a text.
func (c *Cursor) Text() string { return c.Eat(c.Unsigned()) }

// Count reads how many things follow, each of one byte at least: no more than bytes are left.
func (c *Cursor) Count() int {
	n := c.Unsigned()
	if n > uint64(len(c.rest)) {
		c.Break()
		return 0
	}
	return int(n)
}
