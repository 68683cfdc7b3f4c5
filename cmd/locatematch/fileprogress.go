package main

import (
	"log/slog"
	"os"

	"golang.org/x/term"
)

// loggedFrom is the size in bytes from which reading one file is worth a line in a log; on a terminal every file has its bar.
const loggedFrom = 64 << 20

// fileProgress shows how the reading of one file gets on, on standard error. done is called when it has been read.
func fileProgress(path string) (progress func(bytesRead, bytesTotal int64), done func()) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, func() {}
	}
	if !term.IsTerminal(int(os.Stderr.Fd())) {
		if info.Size() >= loggedFrom {
			slog.New(slog.NewTextHandler(os.Stderr, nil)).Info("reading", "file", path, "bytes", info.Size())
		}
		return nil, func() {}
	}
	bar, end := newProgress(os.Stderr)
	bar.Begin(path, info.Size())
	return func(read, _ int64) { bar.Advance(path, read) }, func() {
		bar.End(path, "", 0, 0)
		end()
	}
}
