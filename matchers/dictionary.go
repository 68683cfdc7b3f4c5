package matchers

import (
	"bytes"
)

// dictionary numbers the distinct standard values of one field. Code 0 is no value; codes count from 1 in order of first
// appearance. Bytes lie in one arena; slots is an open-addressing table of (32 hash bits, code).
type dictionary struct {
	arena []byte
	ends  []uint32 // value of code c is arena[ends[c-1]:ends[c]]
	slots []uint64
	mask  uint64
}

func newDictionary(capacity int) dictionary {
	d := dictionary{ends: make([]uint32, 1, capacity+1)}
	d.resize(capacity)
	return d
}

func (d *dictionary) resize(capacity int) {
	size := uint64(64)
	for size < uint64(capacity)*2 {
		size *= 2
	}
	d.slots, d.mask = make([]uint64, size), size-1
	for code := 1; code < len(d.ends); code++ {
		d.place(hashValue(d.value(uint32(code))), uint32(code))
	}
}

func (d *dictionary) place(hash uint64, code uint32) {
	i := hash & d.mask
	for d.slots[i] != 0 {
		i = (i + 1) & d.mask
	}
	d.slots[i] = hash>>32<<32 | uint64(code)
}

// distinct is the number of values.
func (d *dictionary) distinct() int { return len(d.ends) - 1 }

func (d *dictionary) value(code uint32) []byte { return d.arena[d.ends[code-1]:d.ends[code]] }

// find gives the code of a value whose hash (hashValue) is given, 0 when it is not here.
func (d *dictionary) find(hash uint64, value []byte) uint32 {
	for i := hash & d.mask; ; i = (i + 1) & d.mask {
		slot := d.slots[i]
		if slot == 0 {
			return 0
		}
		if slot>>32 == hash>>32 {
			if code := uint32(slot); bytes.Equal(d.value(code), value) {
				return code
			}
		}
	}
}

// intern gives the code of a value, a new one when it is not here yet.
func (d *dictionary) intern(hash uint64, value []byte) uint32 {
	if code := d.find(hash, value); code != 0 {
		return code
	}
	if d.distinct()*2 >= len(d.slots) {
		d.resize(len(d.slots))
	}
	d.arena = append(d.arena, value...)
	d.ends = append(d.ends, uint32(len(d.arena)))
	code := uint32(len(d.ends) - 1)
	d.place(hash, code)
	return code
}

// clear forgets every value and keeps the memory.
func (d *dictionary) clear() {
	d.arena, d.ends = d.arena[:0], d.ends[:1]
	clear(d.slots)
}

func (d *dictionary) bytes() int64 {
	return int64(cap(d.arena)) + 4*int64(cap(d.ends)) + 8*int64(len(d.slots))
}
