package pipeline

import (
	"context"

	"locatematch/pipeline/leads"
)

// consolidator takes the partitions to leads: several side by side, but taken and finished in their order by one goroutine, the
// only one that touches verdicts, judgements and queues.
//
//	take, settle, sieve ─▶ portion ═▶ consolidate, assess (a goroutine each) ═▶ judge, queue, hand on
type consolidator struct {
	*runner
	harvest *harvest
	out     *consolidated
	night   *leads.Night
	links   chan<- []leads.Link
	found   chan<- []leads.Lead
}

// portion is one partition on its way.
type portion struct {
	settled []leads.Link // its links
	all     []leads.Link // identity conflicts among them
	told    []leads.Lead
	heard   leads.Heard
	done    chan struct{}
}

func (k *consolidator) run(ctx context.Context, a *leads.Assessor) error {
	var assessors []*leads.Assessor
	free := make(chan *leads.Assessor, k.opt.Workers)
	for range k.opt.Workers {
		other := a.Another()
		assessors = append(assessors, other)
		free <- other
	}
	var waiting []*portion
	defer func() { // whatever happened: nothing runs on behind the caller's back
		for _, p := range waiting {
			<-p.done
		}
		for _, other := range assessors {
			a.Join(other)
		}
	}()
	for next := 0; next < partitions || len(waiting) > 0; {
		if next < partitions && len(waiting) <= k.opt.Workers {
			p, err := k.take(next)
			if err != nil {
				return err
			}
			go func() {
				defer close(p.done)
				own := <-free
				p.told, p.heard = Consolidate(k.caseload.subjects, p.all, k.night, own)
				free <- own
			}()
			waiting, next = append(waiting, p), next+1
			continue
		}
		p := waiting[0]
		<-p.done
		waiting = waiting[1:]
		if err := k.finish(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// take gives the links of one partition that may make leads.
func (k *consolidator) take(i int) (*portion, error) {
	claims, err := k.harvest.links.take(i, k.harvest.publishes)
	if err != nil {
		return nil, err
	}
	settled, held := k.harvest.settle(claims)
	settled, held = k.harvest.lawful(settled, held)
	settled, held = k.judged.sieve(k.caseload, k.harvest, settled, held)
	return &portion{settled: settled, all: withHeld(settled, held), done: make(chan struct{})}, nil
}

// finish lets judgements count, and hands a partition's links and leads on.
func (k *consolidator) finish(ctx context.Context, p *portion) error {
	k.judged.judge(k.caseload, p.all, p.told)
	k.out.desk.Add(p.told, k.judged.out)
	k.out.add(p.told, p.heard, leads.DayOf(k.plan.AsOf))
	if err := hand(ctx, k.found, p.told); err != nil {
		return err
	}
	return hand(ctx, k.links, readTonight(p.settled))
}
