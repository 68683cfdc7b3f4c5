package main

import (
	"os"

	"golang.org/x/term"
)

// loggedFrom is the size in bytes from which reading one file is worth a line in a log; on a terminal every file has its bar.
const loggedFrom = 64 << 20

// fileProgress shows how the reading of one file gets on, on standard error. done is called when it has been read.
func fileProgress(path string) (progress func(bytesRead, bytesTotal int64), done func()) {
	info, err := os.Stat(path)
	if err != nil || info.Size() < loggedFrom && !term.IsTerminal(int(os.Stderr.Fd())) {
		return nil, func() {}
	}
	observer, end := newProgress(os.Stderr)
	observer.Begin(path, info.Size())
	return func(read, _ int64) { observer.Advance(path, read) }, func() {
		observer.End(path, "read", 0, 0)
		end()
	}
}
