package pipeline

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// fileOps are the operations by which publishing changes the disk, so that a test can let each of them fail in turn and
// then look at what a reader sees (I9). Reading goes past it.
type fileOps interface {
	MakeDir(path string) error
	WriteFile(path string, data []byte) error
	Sync(path string) error                 // a file, or a directory's entries
	Rename(from, to string) error           // to must not exist
	Replace(path string, data []byte) error // whole or not at all
	RemoveAll(path string) error            // nothing there is no error
}

// osFiles is the operating system.
type osFiles struct{}

func (osFiles) MakeDir(path string) error                { return os.MkdirAll(path, 0o750) }
func (osFiles) WriteFile(path string, data []byte) error { return os.WriteFile(path, data, 0o640) }
func (osFiles) RemoveAll(path string) error              { return os.RemoveAll(path) }

// Rename refuses to put a directory in the place of an empty one, which the system call allows.
func (osFiles) Rename(from, to string) error {
	if _, err := os.Lstat(to); !errors.Is(err, os.ErrNotExist) {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: errors.Join(os.ErrExist, err)}
	}
	return os.Rename(from, to)
}

// Replace keeps its temporary file beside the target, where the next Begin finds it.
func (osFiles) Replace(path string, data []byte) error {
	return renameio.WriteFile(path, data, 0o640, renameio.WithTempDir(filepath.Dir(path)))
}

func (osFiles) Sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// syncTree makes a directory and everything below it durable.
func syncTree(files fileOps, root string) error {
	return filepath.WalkDir(root, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return files.Sync(path)
	})
}
