package arrival

import (
	"bufio"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func (l *layer) gunzip(in *bufio.Reader) error {
	r, err := gzip.NewReader(in)
	if err != nil {
		return err
	}
	l.reader = r
	l.file.close = append(l.file.close, func() { r.Close() })
	return nil
}

// unzstd uses one decoder and no goroutines: files are read side by side
// already.
func (l *layer) unzstd(in *bufio.Reader) error {
	if _, err := in.Peek(1); err != nil {
		return io.ErrUnexpectedEOF
	}
	r, err := zstd.NewReader(in, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
	if err != nil {
		return err
	}
	l.reader = r
	l.file.close = append(l.file.close, r.Close)
	return nil
}
