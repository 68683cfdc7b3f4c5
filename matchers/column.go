package matchers

import "locatematch/matchers/text"

// column is the frozen dictionary of a byte field with what is known of each of its values, or the counts of a numeric one.
type column struct {
	dictionary
	names     []nameTraits // by code; nil for addresses
	places    []placeTraits
	counts    []uint32 // subjects that have the value, by code; spellings of one joined form counted together
	holders   int      // subjects with a value
	pairs     float64  // chance that two different subjects agree, unbiased: sum c(c-1) / n(n-1)
	areaPairs float64  // the same for a ZIP's first three digits
}

// traits of a code; nil where the field has none of the sort.
func (c *column) traits(code uint32) (name *nameTraits, place *placeTraits) {
	if c.names != nil {
		name = &c.names[code]
	}
	if c.places != nil {
		place = &c.places[code]
	}
	return name, place
}

// codeOf is find in a dictionary whose values are described: a short value is compared beside its traits, which are wanted next,
// and costs two misses of the cache in place of four.
func (c *column) codeOf(hash uint64, std []byte) uint32 {
	if c.names == nil || len(std) > inTwoWords {
		return c.find(hash, std)
	}
	low, high := twoWords(std)
	for i := hash & c.mask; ; i = (i + 1) & c.mask {
		slot := c.slots[i]
		if slot == 0 {
			return 0
		}
		if slot>>32 != hash>>32 {
			continue
		}
		if t := &c.names[uint32(slot)]; t.low == low && t.high == high && int(t.size) == len(std) {
			return uint32(slot)
		}
	}
}

// describe works out the traits of every value; asText also those of an address that is compared as a text.
func (c *column) describe(kind text.Kind, asText bool) {
	var scratch []byte
	n := c.distinct()
	if kind == text.Address {
		c.places = make([]placeTraits, n+1)
	}
	if kind != text.Address || asText {
		c.names = make([]nameTraits, n+1)
	}
	for code := uint32(1); code <= uint32(n); code++ {
		std := c.value(code)
		if c.places != nil {
			c.places[code] = newPlaceTraits(std)
		}
		if c.names != nil {
			var sound uint32
			if soundsLike(kind) {
				sound, scratch = soundOf(scratch, std)
			}
			c.names[code] = newNameTraits(kind, std, sound)
		}
	}
}
