package table

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// dropPageIndex takes the page index out of a table just written: the file is cut where the index begins and gets a new
// footer that points to none.
//
// The library always writes an index. Of a column without bounds it then states, for every page, that all values lie
// between zero and zero; a reader that believes it (parquet-mr, and so Spark) skips the pages of every value asked for,
// and the rows are silently not found. Bounds of row groups, which only ordinary columns have, stay in the footer.
func dropPageIndex(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(rewriteFooter(f), f.Close())
}

func rewriteFooter(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	p, err := parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true))
	if err != nil {
		return err
	}
	footer := p.Metadata()
	end := withoutIndex(footer)
	if end == 0 {
		return nil // no row groups, so no index
	}
	encoded, err := thrift.Marshal(new(thrift.CompactProtocol), footer)
	if err != nil {
		return fmt.Errorf("footer: %w", err)
	}
	encoded = binary.LittleEndian.AppendUint32(encoded, uint32(len(encoded)))
	encoded = append(encoded, "PAR1"...)
	if err := f.Truncate(end); err != nil {
		return err
	}
	_, err = f.WriteAt(encoded, end)
	return err
}

// withoutIndex clears every reference to the page index and gives the offset at which the index began, 0 where there was
// none.
func withoutIndex(footer *format.FileMetaData) (begins int64) {
	for g := range footer.RowGroups {
		for c := range footer.RowGroups[g].Columns {
			chunk := &footer.RowGroups[g].Columns[c]
			for _, offset := range []int64{chunk.ColumnIndexOffset, chunk.OffsetIndexOffset} {
				if offset > 0 && (begins == 0 || offset < begins) {
					begins = offset
				}
			}
			chunk.ColumnIndexOffset, chunk.ColumnIndexLength = 0, 0
			chunk.OffsetIndexOffset, chunk.OffsetIndexLength = 0, 0
		}
	}
	return begins
}
