package pipeline

import (
	"context"
	"fmt"
	"slices"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/sources/person"
)

// shelved is what is kept of one extract under one layout, made ready to be matched like an extract of the night.
type shelved struct {
	plan  *extractPlan
	files []*shelvedFile
}

// keptChunk is how many kept rows one shard holds: about as many as a chunk of an extract.
const keptChunk = 4096

// unshelve makes the shelf's files ready to be matched. Where the night has an extract of that name in the same layout its plan
// serves; else one is made, with the extract's known share, or the model's for the source where the extract is no more.
func (n *night) unshelve(s *sightingShelf) error {
	s.sort()
	for _, f := range s.files {
		at := slices.IndexFunc(n.shelved, func(of *shelved) bool {
			return of.plan.feed.Name == f.extract && of.plan.feed.Source == f.source && of.plan.feed.Layout.Digest == f.layout.Digest && of.plan.shelved == f.echo
		})
		if at < 0 {
			plan, err := n.planOf(f)
			if err != nil {
				return fmt.Errorf("retained sightings of extract %s: %w", f.extract, err)
			}
			at, n.shelved = len(n.shelved), append(n.shelved, &shelved{plan: plan})
		}
		n.shelved[at].files = append(n.shelved[at].files, f)
	}
	return nil
}

func (n *night) planOf(f *shelvedFile) (*extractPlan, error) {
	feed := &Feed{ExtractConfig: ExtractConfig{Name: f.extract, Source: f.source}, Layout: f.layout, KnownShare: n.plan.Model.Share(f.source)}
	for _, x := range n.extracts {
		if x.feed.Name != f.extract || x.feed.Source != f.source {
			continue
		}
		if x.feed.Layout.Digest == f.layout.Digest && !f.echo {
			return x, nil
		}
		feed.KnownShare = x.feed.KnownShare
	}
	plan, err := newExtractPlan(n.plan, n.caseload, feed)
	if err == nil && f.echo {
		plan.shelved = true
		if plan.echoed != nil {
			plan.binding = plan.echoed
		}
	}
	return plan, err
}

// extractAt is an extract of the night, or, by numbers above those, one of the shelf.
func (n *night) extractAt(e int) *extractPlan {
	if e < len(n.extracts) {
		return n.extracts[e]
	}
	return n.shelved[e-len(n.extracts)].plan
}

// fileAt is the file of the shelf that a shard is of, nil for one of the night's own.
func (n *night) fileAt(e, file int) *shelvedFile {
	if e < len(n.extracts) {
		return nil
	}
	return n.shelved[e-len(n.extracts)].files[file]
}

// readShelf sends the kept rows to the workers.
func (n *night) readShelf(ctx context.Context, shards chan<- shard) error {
	for i, of := range n.shelved {
		for f, file := range of.files {
			for rows := range slices.Chunk(file.rows, keptChunk) {
				select {
				case shards <- shard{extract: len(n.extracts) + i, file: f, kept: rows}:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
		}
	}
	return nil
}

// keeper decides which rows of one shard stay on the shelf, or come onto it.
type keeper struct {
	rows      *person.Rows
	kept      []keptRow // of a shard of the shelf: the rows as they lie there
	unmatched bool
	others    otherOwners
	out       []keptRow
}

// newKeeper gives nil where nothing of an extract is kept.
func (n *night) newKeeper(e *extractPlan, s shard, rows *person.Rows) *keeper {
	if !n.retain {
		return nil
	}
	days, unmatched := n.plan.retention(e.feed.Source)
	if days <= 0 {
		return nil
	}
	return &keeper{rows: rows, kept: s.kept, unmatched: unmatched, others: otherOwnersOf(e.feed.Layout)}
}

// row keeps a row that somebody claimed, whoever won it, or whose number is somebody's, and one that nobody did where policy says so. A row that may be about
// a protected person is not kept (I10).
func (k *keeper) row(row int, claimed, guarded bool) {
	if k == nil || guarded || !claimed && !k.unmatched {
		return
	}
	if k.kept != nil {
		k.out = append(k.out, k.kept[row])
		return
	}
	k.out = append(k.out, keptRow{line: k.rows.Lines[row], values: packRow(k.rows, row, k.others)})
}

// guardedAtAll reports that a pair of a record is a protected person's, one held below review too, or the record in dispute with
// one: the record is not kept.
func (n *night) guardedAtAll(m *matchers.Matcher, scored []matchers.Scored) bool {
	if d, disputed := m.Dispute(); disputed && len(n.protectedClaimants(nil, &d)) > 0 {
		return true
	}
	return slices.ContainsFunc(scored, func(s matchers.Scored) bool { return n.caseload.subjects[s.Subject].Protected })
}

// shelfResult is what matching the shelf again gave.
type shelfResult struct {
	left     sightingShelf // for the next night, with what tonight brought
	linked   int64         // links at or above review, those without a lead too
	stayed   int64         // rows of before that stay
	dropped  int64         // rows of before that link to nobody any more, or may be about a protected person
	received int64         // rows that tonight brought
}

// again says of what the shelf's rows gave that it may be published, as if each extract of it were one of the night.
func (c *collector) again(h *harvest) (list []*verdict) {
	n := c.night
	for i, of := range n.shelved {
		e := len(n.extracts) + i
		v := &verdict{collector: c, harvest: h, extract: e, plan: of.plan, total: c.newTally(of.plan), competes: n.repeatRatio(of.plan.feed.Source) < 1}
		for f, file := range of.files {
			kept := *file
			kept.rows = nil
			for _, key := range c.keysOf(e, f) {
				s := c.sections[key]
				v.total.add(s.tally)
				s.verdict, s.mark, s.shelved = v, leads.FileMark(file.sha256), true
				kept.rows = append(kept.rows, s.kept...)
			}
			h.shelf.stayed += int64(len(kept.rows))
			h.shelf.dropped += int64(len(file.rows) - len(kept.rows))
			if len(kept.rows) > 0 {
				h.shelf.left.files = append(h.shelf.left.files, &kept)
			}
		}
		list = append(list, v)
	}
	return list
}

// keep puts on the shelf what one extract brought tonight.
func (h *harvest) keep(v *verdict) {
	for _, f := range v.kept {
		h.shelf.received += int64(len(f.rows))
		h.shelf.left.files = append(h.shelf.left.files, f)
	}
}

// shelve keeps the rows of one file that was read tonight to a healthy end.
func (v *verdict) shelve(f int, sha256 string, rows []keptRow, echo bool) {
	if len(rows) > 0 {
		v.kept = append(v.kept, &shelvedFile{extract: v.plan.feed.Name, source: v.plan.feed.Source, name: v.plan.feed.Names[f],
			sha256: sha256, received: v.night.plan.AsOf, layout: v.plan.feed.Layout, rows: rows, fresh: true, echo: echo})
	}
}

// hide takes from the shelf what tells where a protected person is, once it is known where that is (I10). A row that stayed was held
// against the places that were known the night before: only those that have become known since are asked about.
func (h *harvest) hide(a *leads.Assessor, since *leads.Guard) {
	for _, f := range h.shelf.left.files {
		guard := since
		if f.fresh {
			guard = a.Guard
		}
		reveals := f.revealed(guard)
		mark, kept := leads.FileMark(f.sha256), f.rows[:0:0]
		for row := range f.rows {
			if !reveals(row) && !a.LeftOut(mark, f.rows[row].line) {
				kept = append(kept, f.rows[row])
			}
		}
		hidden := int64(len(f.rows) - len(kept))
		if f.fresh {
			h.shelf.received -= hidden
		} else {
			h.shelf.stayed, h.shelf.dropped = h.shelf.stayed-hidden, h.shelf.dropped+hidden
		}
		f.rows = kept
	}
	h.shelf.left.take(func(f *shelvedFile) bool { return len(f.rows) == 0 })
}

// revealed tells of each row, by its place, whether a guard knows a place on it.
func (f *shelvedFile) revealed(guard *leads.Guard) func(row int) bool {
	facts, rows := factsOf(f.layout), &person.Rows{}
	if facts == nil || guard.Empty() {
		return func(int) bool { return false }
	}
	unpackRows(f.rows, len(f.layout.Columns()), rows)
	reveals := make([]bool, len(f.rows))
	inStretches(len(f.rows), func(from, to int) {
		for row := from; row < to; row++ {
			reveals[row] = guard.RevealedBy(sightingAgain(f, facts, rows, row))
		}
	})
	return func(row int) bool { return reveals[row] }
}

// sightingAgain is what a kept row states, as far as its facts go.
func sightingAgain(f *shelvedFile, facts []fact, rows *person.Rows, row int) *leads.Sighting {
	values := make([]string, len(facts))
	for i := range facts {
		values[i] = facts[i].read(rows, row)
	}
	return &leads.Sighting{Source: f.source, Line: rows.Lines[row], Facts: leads.PackFacts(values)}
}
