package sources

import "github.com/parquet-go/parquet-go/encoding"

// pageText makes the values of a page text.
type pageText func(v encoding.Values) textRun

// textRun appends the text of the page's values from to to, and of each the
// length of dst behind it. It panics where there are no such values.
type textRun func(dst []byte, ends []uint32, from, to int) ([]byte, []uint32)

// each makes a run of a function for one value.
func each[T any](values []T, write func(dst []byte, x T) []byte) textRun {
	return func(dst []byte, ends []uint32, from, to int) ([]byte, []uint32) {
		for _, x := range values[from:to] {
			dst = write(dst, x)
			ends = append(ends, uint32(len(dst)))
		}
		return dst, ends
	}
}

// eachAt makes a run of a function for one value by its number.
func eachAt(write func(dst []byte, i int) []byte) textRun {
	return func(dst []byte, ends []uint32, from, to int) ([]byte, []uint32) {
		for i := from; i < to; i++ {
			dst = write(dst, i)
			ends = append(ends, uint32(len(dst)))
		}
		return dst, ends
	}
}

// texts are values one behind the other; value i is data[offsets[i]:offsets[i+1]].
type texts struct {
	data    []byte
	offsets []uint32
}

// at is value i.
func (t texts) at(i int) []byte { return t.data[t.offsets[i]:t.offsets[i+1]] }

// fill makes t the values from to to of a page, in the room that t has.
func (t *texts) fill(run textRun, from, to int) {
	t.data, t.offsets = run(t.data[:0], append(t.offsets[:0], 0), from, to)
}

// allOf is the text of a page's n values.
func allOf(run textRun, n int) (t texts) {
	t.fill(run, 0, n)
	if len(t.data) > maxParquetText {
		panic("more text in a dictionary than offsets can tell")
	}
	return t
}

// all is a run of values as they lie, in one copy.
func (t texts) all(dst []byte, ends []uint32, from, to int) ([]byte, []uint32) {
	offsets := t.offsets[from : to+1]
	last := offsets[0]
	base := uint32(len(dst)) - last
	for _, offset := range offsets[1:] {
		if offset < last {
			panic("offsets that go back")
		}
		ends, last = append(ends, base+offset), offset
	}
	return append(dst, t.data[offsets[0]:last]...), ends
}

// lookUp is a run of values by their number.
func (t texts) lookUp(numbers []int32) textRun {
	return each(numbers, func(dst []byte, i int32) []byte { return append(dst, t.at(int(i))...) })
}
