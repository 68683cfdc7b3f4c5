package pipeline

import (
	"context"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
	"locatematch/pipeline/report"
)

// consolidated is what a night's links became: of leads only what the manifest and the next night must know of them.
type consolidated struct {
	tonight  leads.Heard
	history  *leads.Remembered // after the night
	counts   leads.Counter
	future   int            // leads that rest on events after the business date
	vanished int            // leads of people who are protected now
	withheld []report.Count // leads that would tell where a protected person is
	desk     *queue.Builder
	waiting  []queue.Waiting // news of earlier nights that found no room in a queue
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
// Links of retained rows were written by the night that read them. Withdrawn leads come last.
func (r *runner) eachPartition(ctx context.Context, h *harvest, c *consolidated, links chan<- []leads.Link, found chan<- []leads.Lead) (err error) {
	if r.guarded, err = r.loadGuarded(h); err != nil {
		return err
	}
	a := r.assessor(r.memory.history)
	a.ToldOnly = true
	if err := r.openDesk(c, a); err != nil {
		return err
	}
	night := r.told()
	if night.Settled, err = r.settled(a); err != nil {
		return err
	}
	k := &consolidator{runner: r, harvest: h, out: c, night: night, links: links, found: found}
	if err := k.run(ctx, a); err != nil {
		return err
	}
	history, withdrawn, vanished := k.night.Remember(r.memory.history, c.tonight, r.fates(c.tonight.Settled))
	withdrawn = slices.Concat(r.withdrawForgotten(k.night, c.tonight), withdrawn)
	c.history, c.vanished, c.withheld = history, vanished, a.Withheld()
	c.counts.Add(withdrawn)
	c.desk.Add(withdrawn, r.judged.book.Stale(withdrawn)) // those that wait for room wait no longer
	h.hide(a, r.guarded.since)
	return hand(ctx, found, withdrawn)
}

// readTonight is links without those of retained rows.
func readTonight(links []leads.Link) []leads.Link {
	return slices.DeleteFunc(slices.Clone(links), func(l leads.Link) bool { return l.Sighting.Retained })
}

// add counts leads, and keeps what the next night must know of those that records report: some 250 bytes a lead, the one thing of
// a night that grows with its leads.
func (c *consolidated) add(told []leads.Lead, heard leads.Heard, asOf leads.Day) {
	c.counts.Add(told)
	c.tonight.Add(heard)
	c.future += futureLeads(told, asOf)
}

// Consolidate turns the links of a night, those of retained rows among them, or of a range of its subjects, into leads, subject by
// subject, and holds them against policy and the agency's knowledge: it gives those that are told, and what is remembered of all.
// Beside a subject's leads comes his liability, where he has any and something is told. Who is settled is passed over. Links may come in any order within a
// subject; they must be grouped by subject. It is the second of the two functions that a cluster runs.
func Consolidate(subjects []leads.Subject, links []leads.Link, night *leads.Night, a *leads.Assessor) (told []leads.Lead, heard leads.Heard) {
	settler := night.Settler()
	eachOwner(links, func(links []leads.Link) {
		s := &subjects[links[0].Subject]
		row, may := settler.Row(s, links)
		settling := leads.Settling{Number: links[0].Subject, Row: row, Stood: may && settler.Stands(row, links)}
		if settling.Stood {
			heard.Settled = append(heard.Settled, settling)
			return
		}
		a.Hear(links)
		made := night.Consolidate(*s, links)
		left := a.Assess(s, made)
		of, remembered := night.Tell(left)
		if may && len(left) == len(made) && len(of) == 0 && len(remembered.Rows) == 0 {
			heard.Settled = append(heard.Settled, settling)
		}
		heard.Add(remembered)
		if len(of) > 0 {
			if l := a.Liability(s, left); l != nil {
				of = append(of, *l)
			}
		}
		told = append(told, of...)
	})
	return told, heard
}
