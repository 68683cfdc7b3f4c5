package table

import (
	"math/bits"
	"slices"

	"github.com/cespare/xxhash/v2"
	"github.com/parquet-go/parquet-go"
)

// checksum is the number of rows and, by column, a sum of hashes of every value with its place, so that a value lost, moved or
// turned into a null is seen. A sum does not ask for an order: columns are read back each by itself.
type checksum struct {
	rows    int64
	columns []columnSum
}

// columnSum is of the values of one column, nulls among them.
type columnSum struct {
	values int64
	rows   int64 // values that begin a row
	sum    uint64
}

func newChecksum(columns int) checksum { return checksum{columns: make([]columnSum, columns)} }

// add takes in a row of values, taken apart.
func (c *checksum) add(row parquet.Row) {
	c.rows++
	for _, v := range row {
		c.columns[v.Column()].add(v)
	}
}

func (c *columnSum) add(v parquet.Value) {
	c.values++
	if v.RepetitionLevel() == 0 {
		c.rows++
	}
	shape := uint64(v.Kind())&0xff | uint64(v.RepetitionLevel())<<8 | uint64(v.DefinitionLevel())<<16
	high, low := bits.Mul64(hashOf(v)^0x9E3779B97F4A7C15, uint64(c.values)<<24^shape^0xD6E8FEB86659FD93)
	c.sum += high ^ low
}

// hashOf hashes what a value holds; of a null, nothing.
func hashOf(v parquet.Value) uint64 {
	switch v.Kind() {
	case parquet.ByteArray, parquet.FixedLenByteArray:
		return xxhash.Sum64(v.ByteArray())
	case parquet.Boolean:
		if v.Boolean() {
			return 1
		}
	case parquet.Int32, parquet.Float:
		return uint64(v.Uint32())
	case parquet.Int64, parquet.Double:
		return v.Uint64()
	}
	return 0
}

func (c *checksum) equal(d checksum) bool {
	return c.rows == d.rows && slices.EqualFunc(c.columns, d.columns, func(a, b columnSum) bool {
		return a.values == b.values && a.sum == b.sum
	})
}
