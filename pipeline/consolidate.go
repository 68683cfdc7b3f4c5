package pipeline

import (
	"context"
	"path/filepath"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/report"
)

// consolidated is what a night's links became: of leads only what the manifest and the next night must know of them.
type consolidated struct {
	history *leads.Table // against which the leads were told
	tonight []*leads.Row
	counts  leads.Counter
	future  int // leads that rest on events after the business date

	withheld []report.Count // leads that would tell where a protected person is
	desk     *queue.Builder
	waiting  []leads.Lead // news of earlier nights that found no room in a queue
}

// consolidate takes the links partition by partition to leads, and writes links, leads and rejects meanwhile: no more of them
// is in memory than of three partitions.
//
//	partition ─ settle ─▶ links ─▶ links.parquet
//	                        └─ consolidate ─▶ leads ─▶ leads.parquet
func (r *runner) consolidate(ctx context.Context, d *Draft, h *harvest) (*consolidated, error) {
	c := &consolidated{}
	links, found := make(chan []leads.Link), make(chan []leads.Lead)
	err := streamed(ctx,
		func(ctx context.Context) error {
			defer close(links)
			defer close(found)
			return r.eachPartition(ctx, h, c, links, found)
		},
		func(context.Context) error { return r.writeLinks(d, each(links)) },
		func(context.Context) error {
			_, err := leads.WriteLeadsSeq(d.Run(leadsFile), each(found))
			return err
		},
		func(context.Context) error { return r.writeRejects(d, h) },
	)
	return c, err
}

// eachPartition hands on the links and leads of every partition in turn: subjects are in order, and so is all that is written.
func (r *runner) eachPartition(ctx context.Context, h *harvest, c *consolidated, links chan<- []leads.Link, found chan<- []leads.Lead) (err error) {
	if c.history, err = r.loadHistory(); err != nil {
		return err
	}
	a := r.assessor(h, c.history)
	defer func() { c.withheld = a.Withheld() }()
	if err := r.openDesk(c, a); err != nil {
		return err
	}
	for i := range partitions {
		claims, err := h.links.take(i, h.publishes)
		if err != nil {
			return err
		}
		settled, held := h.settle(claims)
		settled, held = h.lawful(settled, held)
		settled, held = r.judged.sieve(r.caseload, h, settled, held)
		if err := hand(ctx, links, settled); err != nil {
			return err
		}
		made, liabilities := r.assess(a, Consolidate(r.caseload.subjects, withHeld(settled, held), c.history, r.plan.AsOf))
		all := merge(made, liabilities)
		r.judged.judge(r.caseload, withHeld(settled, held), all)
		c.desk.Add(all, r.judged.out)
		c.add(all, made, leads.DayOf(r.plan.AsOf))
		if err := hand(ctx, found, all); err != nil {
			return err
		}
	}
	return nil
}

// add counts leads, and keeps what the next night must know of those that records report: some 160 bytes a lead, the one thing of a
// night that grows with its leads.
func (c *consolidated) add(all, made []leads.Lead, asOf leads.Day) {
	c.counts.Add(all)
	c.tonight = append(c.tonight, leads.Rows(made)...)
	c.future += futureLeads(made, asOf)
}

// Consolidate turns the links of a night, or of a range of its subjects, into leads, subject by subject. Links may come in any
// order within a subject; they must be grouped by subject. It is the second of the two functions that a cluster runs.
func Consolidate(subjects []leads.Subject, links []leads.Link, history leads.History, asOf int32) []leads.Lead {
	var all []leads.Lead
	for len(links) > 0 {
		n := 1
		for n < len(links) && links[n].Subject == links[0].Subject {
			n++
		}
		all = append(all, leads.Consolidate(subjects[links[0].Subject], links[:n], history, asOf)...)
		links = links[n:]
	}
	return all
}

func (r *runner) loadHistory() (*leads.Table, error) {
	if r.parent == nil {
		return &leads.Table{}, nil
	}
	return leads.LoadHistory(filepath.Join(r.plan.Workspace.State, r.parent.Run, historyFile))
}
