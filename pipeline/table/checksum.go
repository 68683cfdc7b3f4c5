package table

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"
	"github.com/parquet-go/parquet-go"
)

// checksum is the number of rows and a hash of every value in them with its place, so that a value lost, moved to
// another row or turned into a null is seen.
type checksum struct {
	rows   int64
	digest *xxhash.Digest
	buffer []byte
}

func newChecksum() checksum { return checksum{digest: xxhash.New()} }

func (c *checksum) add(row parquet.Row) {
	c.rows++
	b := c.buffer[:0]
	for _, v := range row {
		start := len(b)
		b = append(b, 0, 0, 0, 0, byte(v.Kind()), byte(v.RepetitionLevel()), byte(v.DefinitionLevel()))
		b = binary.AppendVarint(b, int64(v.Column()))
		b = v.AppendBytes(b)
		binary.LittleEndian.PutUint32(b[start:], uint32(len(b)-start))
	}
	c.digest.Write(b)
	c.digest.Write([]byte{0xff}) // end of row
	c.buffer = b
}

func (c *checksum) equal(d checksum) bool {
	return c.rows == d.rows && c.digest.Sum64() == d.digest.Sum64()
}
