package synth

import (
	"context"
	"sync"
)

// together runs jobs side by side. The first to fail stops the others, and its error is returned.
func together(ctx context.Context, jobs []func(context.Context) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var all sync.WaitGroup
	for _, job := range jobs {
		all.Go(func() {
			if err := job(ctx); err != nil {
				stop(err)
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

// progress adds up what the writers have written.
type progress struct {
	mu    sync.Mutex
	tell  func(done, total int64)
	done  int64
	total int64
}

func (n *night) newProgress() *progress {
	p := &progress{tell: n.options.Progress, total: int64(n.world.subjects * len(n.caseloads))}
	for _, x := range n.writers {
		for i := range x.buckets {
			p.total += x.buckets[i].rows()
		}
	}
	return p
}

// counter is one writer's own: it reports every tickRows rows.
func (p *progress) counter() func(int64) {
	held := int64(0)
	return func(rows int64) {
		if held += rows; held >= tickRows {
			p.add(held)
			held = 0
		}
	}
}

func (p *progress) add(rows int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done += rows
	if p.tell != nil {
		p.tell(p.done, p.total)
	}
}

// finish reports the rest, so that the last report is always done == total.
func (p *progress) finish() { p.add(p.total - p.done) }
