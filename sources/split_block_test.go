package sources_test

import (
	"bytes"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"locatematch/sources"
	"locatematch/sources/sourcetest"
)

// TestBlocksChangeNothing: records split a block at a time, with any of their bytes damaged, give the rows, rejects and notes that they
// give one by one, in the same order. Of a chunk the last records are split by themselves, so that small chunks are those.
func TestBlocksChangeNothing(t *testing.T) {
	for _, name := range []string{"stride", "ebcdic-1047", "ebcdic-sections", "packed", "numbers", "strays", "scra-result"} {
		l := loadTest(t, name)
		sample := sourcetest.Sample(t, l, 300)
		rapid.Check(t, func(r *rapid.T) {
			data := bytes.Clone(sample)
			for range rapid.IntRange(0, 40).Draw(r, "damaged") {
				data[rapid.IntRange(0, len(data)-1).Draw(r, "at")] = rapid.SampledFrom([]byte("\x00\x40\xFF\x69 0Z\xC1\xF1\x3F")).Draw(r, "byte")
			}
			blocks := sourcetest.ReadBytes(t, "x", data, l, sources.CutOptions{})
			single := sourcetest.ReadBytes(t, "x", data, l, sources.CutOptions{ChunkBytes: 1})
			if (blocks.Err == nil) != (single.Err == nil) {
				r.Fatalf("%s: %v, and %v one by one", name, blocks.Err, single.Err)
			}
			if !reflect.DeepEqual(blocks.Rows, single.Rows) || !reflect.DeepEqual(blocks.Lines, single.Lines) ||
				!reflect.DeepEqual(blocks.Rejects, single.Rejects) || !reflect.DeepEqual(blocks.Invalid, single.Invalid) {
				r.Fatalf("%s: %d rows, %d rejects, %d notes; one by one %d, %d, %d", name,
					len(blocks.Rows), len(blocks.Rejects), len(blocks.Invalid), len(single.Rows), len(single.Rejects), len(single.Invalid))
			}
		})
	}
}
