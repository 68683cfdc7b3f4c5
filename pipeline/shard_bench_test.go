package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"locatematch/sources"
	"locatematch/sources/synth"
)

// benchNight is a loaded night of 5,000 subjects, with one chunk of each extract.
type benchNight struct {
	night  *night
	chunks []*sources.Chunk // by extract
}

var nightOfBench = sync.OnceValues(func() (*benchNight, error) {
	dir, err := os.MkdirTemp("", "locatematch-bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // the chunks and the caseload stay in memory
	if _, err := synth.Night(context.Background(), synth.Options{Out: dir, Seed: 1, Subjects: 5_000, Strangers: 100_000}); err != nil {
		return nil, err
	}
	p, err := Load(filepath.Join(dir, "night.yaml"), Overrides{})
	if err != nil {
		return nil, err
	}
	n, err := loadNight(context.Background(), p)
	if err != nil {
		return nil, err
	}
	b := &benchNight{night: n}
	for _, x := range n.extracts {
		c, err := largestChunk(x)
		if err != nil {
			return nil, err
		}
		b.chunks = append(b.chunks, c)
	}
	return b, nil
})

func largestChunk(x *extractPlan) (largest *sources.Chunk, err error) {
	_, err = sources.Cut(context.Background(), x.feed.Paths[0], x.feed.Layout, sources.CutOptions{}, func(c *sources.Chunk) error {
		if largest == nil || len(c.Data) > len(largest.Data) {
			largest = c
		}
		return nil
	})
	return largest, err
}

// BenchmarkMatchShard is the whole way of a chunk, from raw bytes to links, for each supplier's layout. What it allocates is
// a share of a link's sighting, a chunk's tally and its batch of survivors: nothing for a stranger.
func BenchmarkMatchShard(b *testing.B) {
	made, err := nightOfBench()
	if err != nil {
		b.Fatal(err)
	}
	for e, x := range made.night.extracts {
		b.Run(x.feed.Name, func(b *testing.B) {
			w := newWorker(made.night, nil)
			var rows, links int64
			b.ReportAllocs()
			for b.Loop() {
				c := *made.chunks[e] // MatchShard releases its chunk
				r, err := w.MatchShard(shard{extract: e, chunk: &c})
				if err != nil {
					b.Fatal(err)
				}
				rows += r.tally.read
				links += int64(len(r.links))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(rows), "ns/row")
			b.ReportMetric(float64(links)/float64(rows), "links/row")
		})
	}
}
