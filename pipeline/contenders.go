package pipeline

import (
	"encoding/binary"
	"math/bits"

	"locatematch/matchers"
	"locatematch/matchers/text"
)

// contenders are records kept in standard form while a training streams by: those that some rule pairs with a subject of a sample.
// From all records of some subjects the repeat ratios are learnt, without streaming the extracts once more; and a record kept
// meets all its subjects again, for they compete for it.
//
// The sample is one subject in 2^level, by a hash of its number. The level is the lowest at which everything kept is within
// contenderBytes, so the sample depends on caseload and rows alone (I8): what one worker has to drop would not have had room among
// all workers' either.
type contenders struct {
	seed   uint64
	most   int  // bytes
	top    uint // level at which so few subjects are left that no more are dropped
	level  uint
	rows   []contender
	values []byte // packed, row by row
}

// contender is one record kept.
type contender struct {
	extract int
	level   uint // the highest at which one of its subjects is in the sample
	end     int  // in values
}

// contenderBytes hold some 80,000 records, and serve a night of any size; with fewestSampled subjects or fewer, all stay.
const (
	contenderBytes = 8 << 20
	contenderSize  = 24 // of a contender itself
	fewestSampled  = 256
)

func newContenders(seed uint64, most, subjects int) *contenders {
	return &contenders{seed: seed, most: most, top: uint(max(0, bits.Len(uint(subjects/fewestSampled))-1))}
}

// levelOf is the highest level at which a subject is in the sample.
func (c *contenders) levelOf(subject uint32) uint {
	return uint(bits.TrailingZeros64(scramble(c.seed, uint64(subject)) | 1<<63))
}

// has reports whether a subject is in the sample.
func (c *contenders) has(subject uint32) bool { return c.levelOf(subject) >= c.level }

// take keeps a record if one of the subjects that it is paired with is in the sample.
func (c *contenders) take(extract int, values []matchers.Value, subjects []uint32) {
	level, sampled := uint(0), false
	for _, s := range subjects {
		if l := c.levelOf(s); l >= c.level {
			level, sampled = max(level, l), true
		}
	}
	if !sampled {
		return
	}
	for i := range values {
		c.values = appendValue(c.values, &values[i])
	}
	c.rows = append(c.rows, contender{extract: extract, level: level, end: len(c.values)})
	c.shrink()
}

// shrink raises the level until what is kept is within bounds.
func (c *contenders) shrink() {
	for c.level < c.top && len(c.values)+contenderSize*len(c.rows) > c.most {
		c.level++
		c.keep(c.level)
	}
}

// keep drops the records that are not of a level's sample.
func (c *contenders) keep(level uint) {
	rows, values, from := c.rows[:0], c.values[:0], 0
	for _, r := range c.rows {
		packed := c.values[from:r.end]
		from = r.end
		if r.level >= level {
			values = append(values, packed...)
			r.end = len(values)
			rows = append(rows, r)
		}
	}
	c.level, c.rows, c.values = max(c.level, level), rows, values
}

// add takes another worker's records over.
func (c *contenders) add(o *contenders) {
	level := max(c.level, o.level)
	c.keep(level)
	o.keep(level)
	before := len(c.values)
	c.values = append(c.values, o.values...)
	for _, r := range o.rows {
		r.end += before
		c.rows = append(c.rows, r)
	}
	c.shrink()
}

// each unpacks the records from one place to another, into values.
func (c *contenders) each(from, to int, values []matchers.Value, do func(extract int)) {
	at := 0
	if from > 0 {
		at = c.rows[from-1].end
	}
	for _, r := range c.rows[from:to] {
		packed := c.values[at:r.end]
		for i := range values {
			packed = unpackValue(packed, &values[i])
		}
		at = r.end
		do(r.extract)
	}
}

// appendValue packs a value: validity, number, bytes.
func appendValue(b []byte, v *matchers.Value) []byte {
	b = binary.AppendUvarint(append(b, byte(v.Validity)), v.Num)
	return append(binary.AppendUvarint(b, uint64(len(v.Std))), v.Std...)
}

// unpackValue reads a packed value, whose bytes stay where they are, and gives what is behind it.
func unpackValue(b []byte, v *matchers.Value) []byte {
	v.Validity = text.Validity(b[0])
	num, n := binary.Uvarint(b[1:])
	b = b[1+n:]
	size, n := binary.Uvarint(b)
	end := n + int(size)
	v.Num, v.Std = num, b[n:end:end]
	return b[end:]
}
