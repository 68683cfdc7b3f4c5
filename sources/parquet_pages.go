package sources

import (
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

const (
	mostPage       = 1 << 30 // bytes of a page; writers make pages of a megabyte, some one of a row group
	pageHeaderRoom = 1 << 12 // bytes in which nearly every page's header fits
	mostPageHeader = 1 << 20 // some writers put a page's least and greatest value into it, however long
)

var errPage = errors.New("damaged: the header of a page is none")

// checkPages walks from page to page of a column and refuses it where a header says more than the file has. The library makes room for what
// a header says before it reads that much, so that a few damaged bytes would end the program and not the file.
func checkPages(r io.ReaderAt, size int64, column *format.ColumnMetaData) error {
	at := column.DataPageOffset
	if d := column.DictionaryPageOffset; d > 0 && d < at {
		at = d
	}
	end := at + column.TotalCompressedSize
	for values := int64(0); values < column.NumValues && at < end; {
		header, n, err := pageHeader(r, at, size)
		if err != nil {
			return err
		}
		data := at + int64(n)
		at = data + int64(header.CompressedPageSize)
		switch {
		case header.CompressedPageSize < 0 || header.UncompressedPageSize < 0 || at > size:
			return errors.New("damaged: a page has more bytes by its own word than the file")
		case header.CompressedPageSize > mostPage || header.UncompressedPageSize > mostPage:
			return fmt.Errorf("a page of more than %d MiB; let the supplier write smaller ones", mostPage>>20)
		}
		if err := checkPacked(r, data, column.Codec, &header); err != nil {
			return err
		}
		if header.DataPageHeader.Valid {
			values += int64(header.DataPageHeader.V.NumValues)
		}
		if header.DataPageHeaderV2.Valid {
			values += int64(header.DataPageHeaderV2.V.NumValues)
		}
	}
	return nil
}

// pageHeader reads the header of the page that begins at a place, and of how many bytes it is.
func pageHeader(r io.ReaderAt, at, size int64) (header format.PageHeader, n int, err error) {
	if at < 0 || at >= size {
		return header, 0, errPage
	}
	for room := int64(pageHeaderRoom); ; room = mostPageHeader {
		raw := make([]byte, min(room, size-at))
		if _, err := r.ReadAt(raw, at); err != nil && !errors.Is(err, io.EOF) {
			return header, 0, err
		}
		var protocol thrift.CompactProtocol
		in := protocol.NewReaderFromBytes(raw)
		header = format.PageHeader{}
		if err := thrift.NewDecoder(in).Decode(&header); err == nil {
			return header, in.BytesRead(), nil
		}
		if room == mostPageHeader || int64(len(raw)) < room {
			return header, 0, errPage
		}
	}
}
