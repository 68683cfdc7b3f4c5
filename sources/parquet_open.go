package sources

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/parquet-go/parquet-go"
)

// parquetEdges are the bytes of a Parquet file that are neither data nor footer: its mark at both ends, and the footer's length.
const parquetEdges = 4 + 4 + 4

// openParquet opens a Parquet file of so many bytes, once its footer can be there: the library makes room for as many bytes as the last
// ones of a file say, up to four gigabytes, before it looks whether the file has them.
func openParquet(r io.ReaderAt, size int64, options ...parquet.FileOption) (*parquet.File, error) {
	var length [4]byte
	if size < parquetEdges {
		return nil, errors.New("it is too short")
	}
	if _, err := r.ReadAt(length[:], size-8); err != nil {
		return nil, err
	}
	if n := int64(binary.LittleEndian.Uint32(length[:])); n > size-parquetEdges {
		return nil, errors.New("its footer has more bytes by its own word than the file") // how many may be anybody's digits
	}
	return parquet.OpenFile(r, size, options...)
}
