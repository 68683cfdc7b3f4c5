// Command floor cuts and splits the files of a night and does nothing else: what any program that reads them with this
// product's reader has to pay. As in a run, each file has a reader, which takes the digest in the same pass, and as many
// workers as there are processors split chunks. It prints one JSON line.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"locatematch/pipeline"
	"locatematch/sources"
	"locatematch/sources/person"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: floor night.yaml")
		os.Exit(2)
	}
	if err := floor(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "floor:", err)
		os.Exit(1)
	}
}

func floor(ctx context.Context, config string) error {
	plan, err := pipeline.Load(config, pipeline.Overrides{})
	if err != nil {
		return err
	}
	var rows, rejected atomic.Int64
	for _, feeds := range [][]pipeline.Feed{{plan.Caseload}, plan.Extracts} { // a run has loaded the caseload before it goes on
		if err := split(ctx, feeds, &rows, &rejected); err != nil {
			return err
		}
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]int64{"rows": rows.Load(), "rejected": rejected.Load()})
}

// task is a chunk and the layout to split it by.
type task struct {
	layout *sources.Layout
	chunk  *sources.Chunk
}

func split(ctx context.Context, feeds []pipeline.Feed, rows, rejected *atomic.Int64) error {
	workers := runtime.GOMAXPROCS(0)
	tasks := make(chan task, workers)
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(tasks)
		return read(ctx, feeds, workers, tasks)
	})
	for range workers {
		g.Go(func() error { return work(tasks, rows, rejected) })
	}
	return g.Wait()
}

func read(ctx context.Context, feeds []pipeline.Feed, readers int, tasks chan<- task) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(readers)
	pool := &sources.Pool{}
	for _, feed := range feeds {
		for _, path := range feed.Paths {
			g.Go(func() error {
				_, err := sources.Cut(ctx, path, feed.Layout, sources.CutOptions{Pool: pool}, func(c *sources.Chunk) error {
					select {
					case tasks <- task{feed.Layout, c}:
						return nil
					case <-ctx.Done():
						return ctx.Err()
					}
				})
				return err
			})
		}
	}
	return g.Wait()
}

func work(tasks <-chan task, rows, rejected *atomic.Int64) error {
	splitters := map[*sources.Layout]*sources.Splitter{}
	var out person.Rows
	for t := range tasks {
		s := splitters[t.layout]
		if s == nil {
			s = t.layout.NewSplitter()
			splitters[t.layout] = s
		}
		rejects, err := s.Split(t.chunk, &out)
		if err != nil {
			return err
		}
		rows.Add(int64(out.Len()))
		rejected.Add(int64(len(rejects)))
		t.chunk.Release()
	}
	return nil
}
