package sources

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

var errPacked = errors.New("damaged: a page cannot be decompressed")

// checkPacked sees that a compressed page, whose data begin at a place, asks for no more room than its header says. The library takes
// every fault of LZ4 for want of room and tries again with twice as much, without end; and of Snappy it believes the first bytes of the data.
func checkPacked(r io.ReaderAt, at int64, codec format.CompressionCodec, header *format.PageHeader) error {
	if codec != format.Lz4Raw && codec != format.Snappy {
		return nil
	}
	levels, compressed := int32(0), true
	if v2 := &header.DataPageHeaderV2; v2.Valid { // whose levels stand before what is compressed
		levels = v2.V.RepetitionLevelsByteLength + v2.V.DefinitionLevelsByteLength
		compressed = !v2.V.IsCompressed.Valid || v2.V.IsCompressed.V
	}
	if levels < 0 || levels > min(header.CompressedPageSize, header.UncompressedPageSize) {
		return errPacked
	}
	size, room := header.CompressedPageSize-levels, header.UncompressedPageSize-levels
	if !compressed || size == 0 {
		return nil
	}
	if codec == format.Snappy {
		size = min(size, binary.MaxVarintLen32)
	}
	page := make([]byte, size)
	if _, err := r.ReadAt(page, at+int64(levels)); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if codec == format.Snappy {
		if n, _ := binary.Uvarint(page); n > uint64(room) {
			return errPacked
		}
		return nil
	}
	if _, err := lz4.UncompressBlock(page, make([]byte, room)); err != nil {
		return errPacked
	}
	return nil
}
