package main

import (
	"log/slog"
	"os"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"locatematch/pipeline"
)

// newProgress shows how a run gets on: a bar per extract on a terminal, log lines otherwise. done takes the bars down before
// anything else is printed.
func newProgress(f *os.File) (o pipeline.Observer, done func()) {
	if term.IsTerminal(int(f.Fd())) {
		p := mpb.New(mpb.WithOutput(f), mpb.WithWidth(36), mpb.WithAutoRefresh())
		b := &bars{progress: p, bars: map[string]*mpb.Bar{}}
		return b, b.done
	}
	return &lines{log: slog.New(slog.NewTextHandler(f, nil))}, func() {}
}

func terminalWidth() int {
	if w, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil && w > 40 {
		return w
	}
	return 80
}

// bars draws one bar per extract, by bytes of its files on disk.
type bars struct {
	mu       sync.Mutex
	progress *mpb.Progress
	bars     map[string]*mpb.Bar
}

func (b *bars) Stage(string) {}

func (b *bars) Begin(extract string, bytes int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bars[extract] = b.progress.AddBar(max(bytes, 1),
		mpb.PrependDecorators(decor.Name(extract, decor.WCSyncSpaceR)),
		mpb.AppendDecorators(decor.CountersKibiByte("% .1f / % .1f"), decor.Name(" "), decor.Percentage()),
	)
}

func (b *bars) Advance(extract string, done int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bar := b.bars[extract]; bar != nil {
		bar.SetCurrent(done)
	}
}

func (b *bars) End(extract, _ string, _, _ int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if bar := b.bars[extract]; bar != nil {
		bar.SetTotal(-1, true)
	}
}

func (b *bars) done() {
	b.mu.Lock()
	for _, bar := range b.bars {
		if !bar.Completed() {
			bar.Abort(false)
		}
	}
	b.mu.Unlock()
	b.progress.Wait()
}

// lines logs stages and extracts, for a scheduler's log.
type lines struct{ log *slog.Logger }

func (l *lines) Stage(name string) { l.log.Info("stage", "name", name) }
func (l *lines) Begin(e string, bytes int64) {
	l.log.Info("extract begins", "extract", e, "bytes", bytes)
}
func (l *lines) Advance(string, int64) {}

func (l *lines) End(e, state string, rows, links int64) {
	l.log.Info("extract ended", "extract", e, "state", state, "rows", rows, "links", links)
}
