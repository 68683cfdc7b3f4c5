package pipeline

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"locatematch/sources"
)

// Options are how a run is carried out. None of them changes a byte of what it publishes (I8).
type Options struct {
	Workers    int      // goroutines that match; 0: GOMAXPROCS
	Memory     int64    // bytes of links that a run keeps in memory, all others go to disk; 0: a share of what the process may use
	ChunkBytes int      // 0: the cutter's own size
	Observer   Observer // progress; nil for none
}

func (o Options) withDefaults() Options {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Memory <= 0 {
		o.Memory = defaultLinkBudget()
	}
	if o.Observer == nil {
		o.Observer = quiet{}
	}
	return o
}

// Observer is told how a run gets on. Methods may be called from several goroutines at once.
type Observer interface {
	Stage(name string)                  // load, match, consolidate, write, publish
	Begin(extract string, bytes int64)  // an extract's files are about to be read; their total size on disk
	Advance(extract string, done int64) // bytes read so far
	End(extract, state string, rows, links int64)
}

type quiet struct{}

func (quiet) Stage(string)                     {}
func (quiet) Begin(string, int64)              {}
func (quiet) Advance(string, int64)            {}
func (quiet) End(string, string, int64, int64) {}

// fileResult is what cutting one file ended in.
type fileResult struct {
	extract, file int
	report        *sources.FileReport
	err           error // a fault of the file; the run goes on without it
}

// flow streams every file of every extract through the workers. Readers and workers are joined by one bounded channel,
// workers and the collector by another, so that neither raw bytes nor results can pile up; all extracts share the workers.
//
//	file ─ Cut ─┐
//	file ─ Cut ─┼▶ shards ═▶ workers ═▶ results ─▶ collect (one goroutine)
//	file ─ Cut ─┘
//
// A fault of a file is a result; an error of the flow itself ends it. newJudge, where given, makes each worker's judge;
// collect, where given, takes the results.
func (n *night) flow(ctx context.Context, opt Options, newJudge func() judge, collect func(*shardResult) error, ended func(fileResult)) error {
	if newJudge != nil {
		if err := n.findEchoes(ctx, opt); err != nil {
			return err
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	shards := make(chan shard, opt.Workers)
	results := make(chan *shardResult, 2*opt.Workers)

	g.Go(func() error {
		defer close(shards)
		return n.readFiles(ctx, opt, shards, ended)
	})
	var working sync.WaitGroup
	for range opt.Workers {
		var j judge
		if newJudge != nil {
			j = newJudge()
		}
		w := newWorker(n, j)
		working.Add(1)
		g.Go(func() error {
			defer working.Done()
			return w.work(ctx, shards, results)
		})
	}
	g.Go(func() error {
		working.Wait()
		close(results)
		return nil
	})
	g.Go(func() error {
		for r := range results {
			if collect == nil {
				continue
			}
			if err := collect(r); err != nil {
				return err
			}
		}
		return nil
	})
	return g.Wait()
}

func (w *worker) work(ctx context.Context, shards <-chan shard, results chan<- *shardResult) error {
	for s := range shards {
		r, err := w.MatchShard(s)
		if err != nil {
			return err
		}
		select {
		case results <- r:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// readFiles cuts files side by side, as many as there are workers: a reader is cheap beside a worker, and one that runs
// ahead is held by the channel.
func (n *night) readFiles(ctx context.Context, opt Options, shards chan<- shard, ended func(fileResult)) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(opt.Workers)
	var mu sync.Mutex // ended is not called from two readers at once
	pool := &sources.Pool{}
	if len(n.only) == 0 {
		g.Go(func() error { return n.readShelf(ctx, shards) })
	}
	for e, x := range n.extracts {
		if !n.reads(e) {
			continue
		}
		for f := range x.feed.Paths {
			if x.leftAlone(f) {
				continue
			}
			g.Go(func() error {
				rep, err := n.readFile(ctx, opt, pool, e, f, shards)
				if err != nil && !isFileFault(err) {
					return err
				}
				mu.Lock()
				defer mu.Unlock()
				ended(fileResult{extract: e, file: f, report: rep, err: err})
				return nil
			})
		}
	}
	return g.Wait()
}

func isFileFault(err error) bool {
	var fault *sources.FileError
	return errors.As(err, &fault)
}

func (n *night) readFile(ctx context.Context, opt Options, pool *sources.Pool, e, f int, shards chan<- shard) (*sources.FileReport, error) {
	feed := n.extracts[e].feed
	progress := n.extracts[e].progress(opt.Observer)
	cut := sources.CutOptions{ChunkBytes: opt.ChunkBytes, Pool: pool, Progress: progress, Keys: feed.Keys}
	return sources.Cut(ctx, feed.Paths[f], feed.Layout, cut, func(c *sources.Chunk) error {
		select {
		case shards <- shard{extract: e, file: f, chunk: c}:
			return nil
		case <-ctx.Done():
			c.Release()
			return ctx.Err()
		}
	})
}

// together does independent things side by side and gives the first error.
func together(tasks ...func() error) error {
	var g errgroup.Group
	for _, task := range tasks {
		g.Go(task)
	}
	return g.Wait()
}

// hand gives a stretch of rows to the goroutine at the other end of the channel, or gives up when the work is cancelled.
func hand[T any](ctx context.Context, to chan<- []T, rows []T) error {
	select {
	case to <- rows:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// each gives the rows of all stretches one at a time.
func each[T any](from <-chan []T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for rows := range from {
			for i := range rows {
				if !yield(rows[i]) {
					return
				}
			}
		}
	}
}

// streamed does things side by side, some of which hand rows to others. The first error ends all of them.
func streamed(ctx context.Context, tasks ...func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, task := range tasks {
		g.Go(func() error { return task(ctx) })
	}
	return g.Wait()
}

// inStretches parts 0 to n-1 among the cores.
func inStretches(n int, do func(from, to int)) {
	parts := runtime.GOMAXPROCS(0)
	var g sync.WaitGroup
	for i := range parts {
		g.Go(func() { do(i*n/parts, (i+1)*n/parts) })
	}
	g.Wait()
}
