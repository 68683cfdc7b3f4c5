package pipeline

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// sealedFile is a temporary file whose bytes nobody reads but the process that wrote them: AES in counter mode under a key that is
// drawn for the file and never leaves memory. A provisional link may be of a record that a protected person's address is on; it
// is dropped before anything is published, and must not lie on the disk until then, nor in its free blocks afterwards (I10).
// Nothing is authenticated: whoever could change the file could change the process.
type sealedFile struct {
	file  *os.File
	block cipher.Block
	at    int64 // of Read and Write
}

func seal(f *os.File) (*sealedFile, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	return &sealedFile{file: f, block: block}, err
}

// turn is the stream of bytes from an offset on; each key has one file, so that no stretch of it is used for two texts. Files are
// written once, from the beginning.
func (f *sealedFile) turn(into, from []byte, offset int64) {
	var counter [aes.BlockSize]byte
	binary.BigEndian.PutUint64(counter[8:], uint64(offset)/aes.BlockSize)
	stream := cipher.NewCTR(f.block, counter[:])
	var skipped [aes.BlockSize]byte
	within := offset % aes.BlockSize
	stream.XORKeyStream(skipped[:within], skipped[:within])
	stream.XORKeyStream(into, from)
}

func (f *sealedFile) Write(p []byte) (int, error) {
	hidden := make([]byte, len(p))
	f.turn(hidden, p, f.at)
	n, err := f.file.WriteAt(hidden, f.at)
	f.at += int64(n)
	return n, err
}

func (f *sealedFile) Read(p []byte) (int, error) {
	n, err := f.ReadAt(p, f.at)
	f.at += int64(n)
	if n > 0 && errors.Is(err, io.EOF) {
		err = nil
	}
	return n, err
}

func (f *sealedFile) ReadAt(p []byte, offset int64) (int, error) {
	n, err := f.file.ReadAt(p, offset)
	f.turn(p[:n], p[:n], offset)
	return n, err
}

func (f *sealedFile) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += f.at
	case io.SeekEnd:
		info, err := f.file.Stat()
		if err != nil {
			return 0, err
		}
		offset += info.Size()
	}
	if offset < 0 {
		return 0, errors.New("a place before the file's beginning")
	}
	f.at = offset
	return offset, nil
}

func (f *sealedFile) Close() error { return f.file.Close() }
