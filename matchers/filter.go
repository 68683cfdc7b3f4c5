package matchers

// filter is a register-blocked Bloom filter: a key sets six bits of one 512-bit block, three in each of two words, so
// a query costs one cache line and most strangers leave after the first word. It never denies a key that is in it.
type filter struct {
	words  []uint64
	blocks uint64
}

// filterBits a key: about one stranger in 300 passes by accident, for 100 KB a rule at 50,000 keys. Half as many bits
// lets one in 25 pass, and each costs a microsecond of batch building.
const filterBits = 16

func newFilter(keys int) filter {
	blocks := uint64(keys*filterBits/512 + 1)
	return filter{words: make([]uint64, blocks*8), blocks: blocks}
}

// masks gives a key's block and the two words' offsets and bits.
func (f *filter) masks(key uint64) (block uint64, first, second uint64, a, b uint64) {
	block = key >> 32 * f.blocks >> 32 * 8
	h := key * hashC
	a = 1<<(h>>58) | 1<<(h>>52&63) | 1<<(h>>46&63)
	b = 1<<(h>>40&63) | 1<<(h>>34&63) | 1<<(h>>28&63)
	return block, key & 7, key >> 3 & 7, a, b
}

func (f *filter) add(key uint64) {
	block, first, second, a, b := f.masks(key)
	f.words[block+first] |= a
	f.words[block+second] |= b
}

// has reports whether the key may be in the set.
func (f *filter) has(key uint64) bool {
	block, first, second, a, b := f.masks(key)
	return f.words[block+first]&a == a && f.words[block+second]&b == b
}

// siftRows is how many keys are asked about side by side.
const siftRows = 64

// sift appends the keys of a block that may be in the set, with their rows. Key 0 is none. It has masks written out once more, as
// a call for each key costs as much as the question. The first words of all keys are asked without a branch, so that no key waits
// for another's miss; the second words only of those that are left.
func (f *filter) sift(hits []hit, keys []uint64) []hit {
	var may [siftRows]uint8
	words, blocks := f.words, f.blocks
	for from := 0; from < len(keys); from += siftRows {
		some, n := keys[from:min(from+siftRows, len(keys))], uint64(0)
		for row, key := range some {
			h := key * hashC
			a := uint64(1)<<(h>>58) | 1<<(h>>52&63) | 1<<(h>>46&63)
			lacks := a &^ words[key>>32*blocks>>32*8+key&7]
			may[n%siftRows] = uint8(row)
			n += (key | -key) >> 63 &^ ((lacks | -lacks) >> 63)
		}
		for _, row := range may[:n] {
			key := some[row]
			h := key * hashC
			b := uint64(1)<<(h>>40&63) | 1<<(h>>34&63) | 1<<(h>>28&63)
			if words[key>>32*blocks>>32*8+key>>3&7]&b == b {
				hits = append(hits, hit{key: key, row: int32(from) + int32(row)})
			}
		}
	}
	return hits
}
