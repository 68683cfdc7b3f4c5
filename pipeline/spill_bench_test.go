package pipeline

import (
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/memory"

	"locatematch/pipeline/leads"
)

// shardsOfBench are the results of the bench night's chunks, copied with all that is theirs until there are so many links.
func shardsOfBench(b testing.TB, links int) (shards []*shardResult, n int) {
	made, err := nightOfBench()
	if err != nil {
		b.Fatal(err)
	}
	w := newWorker(made.night, nil)
	var first []*shardResult
	for e := range made.night.extracts {
		c := *made.chunks[e]
		r, err := w.MatchShard(shard{extract: e, chunk: &c})
		if err != nil || len(r.links) == 0 {
			b.Fatalf("%d links in extract %d, %v", len(r.links), e, err)
		}
		first = append(first, r)
	}
	for n < links {
		for _, r := range first {
			shards, n = append(shards, copyOf(r)), n+len(r.links)
		}
	}
	return shards, n
}

func copyOf(r *shardResult) *shardResult {
	next := &shardResult{links: slices.Clone(r.links), shields: slices.Clone(r.shields)}
	for i := range next.links {
		s := *next.links[i].Sighting
		s.RecordID, s.Facts = strings.Clone(s.RecordID), leads.Facts(strings.Clone(string(s.Facts)))
		next.links[i].Sighting = &s
	}
	return next
}

func liveBytes() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestLinkStore_BytesALink: a link that waits takes what is counted against the budget, and half of what it would take as a
// struct.
func TestLinkStore_BytesALink(t *testing.T) {
	const links = 200_000
	empty := liveBytes()
	shards, n := shardsOfBench(t, links)
	structs := float64(liveBytes()-empty) / float64(n)
	before := liveBytes()
	s := storeOfBench(t, 1<<40)
	for _, r := range shards {
		if err := s.add(0, r); err != nil {
			t.Fatal(err)
		}
	}
	columns, counted := float64(liveBytes()-before)/float64(n), float64(s.held)/float64(n)
	t.Logf("%d links: %.0f bytes a link as structs, %.0f in the store, %.0f against the budget", n, structs, columns, counted)
	if columns > .65*structs || columns > 1.2*counted {
		t.Errorf("%.0f bytes a link, %.0f as structs, %.0f against the budget", columns, structs, counted)
	}
	runtime.KeepAlive(shards)
}

func storeOfBench(b testing.TB, budget int64) *linkStore {
	made, err := nightOfBench()
	if err != nil {
		b.Fatal(err)
	}
	s := newLinkStore(memory.DefaultAllocator, filepath.Join(b.TempDir(), spillDir), budget, len(made.night.caseload.subjects))
	b.Cleanup(func() { s.close() })
	return s
}

// BenchmarkLinkStore is what a link costs from its shard to its partition's list: kept in memory, and through files.
func BenchmarkLinkStore(b *testing.B) {
	shards, n := shardsOfBench(b, 100_000)
	for _, bench := range []struct {
		name   string
		budget int64
	}{{"memory", 1 << 40}, {"disk", 1 << 20}} {
		b.Run(bench.name, func(b *testing.B) {
			var spilled int64
			b.ReportAllocs()
			for b.Loop() {
				s := storeOfBench(b, bench.budget)
				for _, r := range shards {
					if err := s.add(0, r); err != nil {
						b.Fatal(err)
					}
				}
				for i := range partitions {
					if _, err := s.take(i, func(uint32) bool { return true }); err != nil {
						b.Fatal(err)
					}
				}
				spilled = s.spilled
				if err := s.close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/link")
			b.ReportMetric(float64(spilled)/float64(n), "spilled-B/link")
		})
	}
}
