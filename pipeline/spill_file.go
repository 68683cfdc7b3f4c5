package pipeline

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/ipc"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// spillDir is the folder of spill files in the state, beside the drafts and on their disk. It holds what records say of
// people, so nobody but its owner may look into it.
const spillDir = ".spill"

// spillFile is the Arrow IPC file of one partition's links, written first and then read once.
type spillFile struct {
	file   *sealedFile
	mem    memory.Allocator
	writer *ipc.FileWriter // nil while nothing has been written
}

// openSpillFiles makes the folder and the files, and takes their names away at once: what has no name is gone when the
// process is, however it ends. A system that keeps the names of open files keeps these until removeSpill.
func openSpillFiles(dir string, mem memory.Allocator, n int) (files []*spillFile, err error) {
	if err := removeSpill(dir); err != nil {
		return nil, err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	defer func() {
		removed := removeSpill(dir)
		if err != nil {
			err = errors.Join(err, closeAll(files), removed)
			files = nil
		}
	}()
	for i := range n {
		f, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf("links-%02d.arrow", i)), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return files, err
		}
		sealed, err := seal(f)
		if err != nil {
			return files, errors.Join(err, f.Close())
		}
		files = append(files, &spillFile{file: sealed, mem: mem})
	}
	return files, nil
}

func closeAll(files []*spillFile) error {
	var faults []error
	for _, f := range files {
		faults = append(faults, f.close())
	}
	return errors.Join(faults...)
}

// removeSpill removes what a run has left of its spill files. The caller holds the lock.
func removeSpill(dir string) error { return os.RemoveAll(dir) }

// write appends a batch and gives the bytes it took.
func (f *spillFile) write(batch arrow.Record) (n int64, err error) {
	if f.writer == nil {
		if f.writer, err = ipc.NewFileWriter(f.file, ipc.WithSchema(linkSchema), ipc.WithAllocator(f.mem)); err != nil {
			return 0, err
		}
	}
	before, err := f.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, err
	}
	if err := f.writer.Write(batch); err != nil {
		return 0, err
	}
	after, err := f.file.Seek(0, io.SeekCurrent)
	return after - before, err
}

// read ends the file and reads it from its beginning, batch by batch.
func (f *spillFile) read(take func(to []provisional, batch arrow.Record) []provisional) (links []provisional, err error) {
	if f.writer == nil {
		return nil, nil
	}
	if err := f.writer.Close(); err != nil {
		return nil, err
	}
	reader, err := ipc.NewFileReader(f.file, ipc.WithSchema(linkSchema), ipc.WithAllocator(f.mem))
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	for i := range reader.NumRecords() {
		batch, err := reader.RecordAt(i)
		if err != nil {
			return nil, err
		}
		links = take(links, batch)
		batch.Release()
	}
	return links, nil
}

// close frees the file's space. A second call does nothing.
func (f *spillFile) close() error {
	if f.file == nil {
		return nil
	}
	file := f.file
	f.file, f.writer = nil, nil
	return file.Close()
}
