package pipeline

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/gofrs/flock"
)

// ErrLocked reports that another run works in this workspace. The command ends with exit code 11.
var ErrLocked = errors.New("another run holds the lock")

// errNotLocked is a mistake of the program: what only the holder of the lock may do was tried without it.
var errNotLocked = errors.New("the workspace is not locked by this process")

// held are the lock files this process holds. The operating system knows only that somebody holds them.
var held sync.Map

// Lock takes the workspace for this process, or gives ErrLocked with what the holder wrote about itself. The operating
// system lets go of the lock when the holder dies, so there is no stale lock to remove; the file itself stays.
func (w Workspace) Lock() (release func() error, err error) {
	path, err := w.lockPath()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(w.State, 0o750); err != nil {
		return nil, fmt.Errorf("state: %w", err)
	}
	lock := flock.New(path, flock.SetPermissions(0o640))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if !ok {
		return nil, fmt.Errorf("%s: %w: %s", path, ErrLocked, holder(path))
	}
	held.Store(path, true)
	release = func() error {
		held.Delete(path)
		return errors.Join(os.Truncate(path, 0), lock.Unlock())
	}
	if err := os.WriteFile(path, fmt.Appendf(nil, "process %d\n", os.Getpid()), 0o640); err != nil {
		held.Delete(path)
		_ = lock.Unlock() // what cannot be written cannot be emptied either
		return nil, err
	}
	return release, nil
}

func (w Workspace) lockPath() (string, error) {
	dir, err := filepath.Abs(w.State)
	return filepath.Join(dir, "lock"), err
}

func (w Workspace) mustHoldLock() error {
	path, err := w.lockPath()
	if err != nil {
		return err
	}
	if _, ok := held.Load(path); !ok {
		return errNotLocked
	}
	return nil
}

func holder(path string) string {
	data, err := os.ReadFile(path)
	if who := strings.TrimSpace(string(data)); err == nil && who != "" {
		return who
	}
	return "a process that has not said which"
}
