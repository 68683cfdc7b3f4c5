package pipeline

import (
	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/sources/person"
)

// linkedRows are the rows of a shard that have scored pairs, and the pairs.
type linkedRows struct {
	rows     []int32
	pairs    []matchers.Scored
	ends     []int                    // by row: where its pairs end
	disputes map[int]matchers.Dispute // by place among rows; few are in any
}

func (l *linkedRows) clear() {
	l.rows, l.pairs, l.ends = l.rows[:0], l.pairs[:0], l.ends[:0]
	clear(l.disputes)
}

func (l *linkedRows) add(row int, m *matchers.Matcher, pairs []matchers.Scored) {
	if d, disputed := m.Dispute(); disputed {
		if l.disputes == nil {
			l.disputes = map[int]matchers.Dispute{}
		}
		l.disputes[len(l.rows)] = d
	}
	l.pairs = append(l.pairs, pairs...)
	l.rows, l.ends = append(l.rows, int32(row)), append(l.ends, len(l.pairs))
}

func (l *linkedRows) of(n int) []matchers.Scored {
	if n == 0 {
		return l.pairs[:l.ends[0]]
	}
	return l.pairs[l.ends[n-1]:l.ends[n]]
}

// disputeOf is what the n-th of the rows is in dispute between, nil where nothing is.
func (l *linkedRows) disputeOf(n int) *matchers.Dispute {
	if d, disputed := l.disputes[n]; disputed {
		return &d
	}
	return nil
}

// link makes links of the rows that have scored pairs. They alone become a batch: of a file of strangers one in a thousand.
func (w *worker) link(e *extractPlan, out *shardResult) {
	if len(w.linked.rows) == 0 {
		return
	}
	batch := person.NewBatch(w.mem, e.columns, &w.rows, w.linked.rows)
	defer batch.Release()
	for n := range batch.Len() {
		w.late.begin(w.binding, batch, n)
		w.keepLinks(e, batch, n, out)
	}
}

// keepLinks turns the scored pairs of one record that reach the review weight into links.
func (w *worker) keepLinks(e *extractPlan, batch *person.Batch, row int, out *shardResult) {
	scored, dispute := w.linked.of(row), w.linked.disputeOf(row)
	w.countAnswer(e, batch, row, scored, out.tally)
	var seen *leads.Sighting
	sighting := func() *leads.Sighting {
		if seen == nil {
			w.late.all(w.keys)
			w.late.all(w.rest)
			seen = w.sighting(e, out, batch, row)
			e.countTaxed(batch, row, out.tally)
			e.countCodes(batch, row, out.tally)
		}
		return seen
	}
	claimants := w.night.protectedClaimants(scored, dispute)
	guarded := len(claimants) > 0
	if guarded {
		out.guarded = append(out.guarded, placesOf(claimants, sighting())...)
	}
	w.held(e, scored, sighting, out)
	bound := w.night.bounds
	for _, s := range scored {
		if s.Weight < bound.review {
			continue
		}
		out.tally.below--
		accept := bound.accepts(s.Weight, dispute != nil)
		if accept {
			out.tally.acceptedPairs++
		} else {
			out.tally.review++
		}
		subject, agree := &w.night.caseload.subjects[s.Subject], agreement(e.parts, s.Pattern)
		shielded := subject.Shield || agree.NumberUnderAnotherName() && w.night.shieldHas(scored) || w.night.fitsShield(dispute)
		link := func() leads.Link {
			l := w.linkOf(&s, subject, sighting(), accept, agree)
			l.Dispute = w.night.caseload.disputeWords(dispute, s.Subject)
			return l
		}
		if !out.tally.yields(subject, shielded, guarded) {
			if w.night.mayRestrict(scored, dispute, s.Subject, shielded) {
				out.restricted = append(out.restricted, link())
			}
			if !guarded && w.night.repeatRatio(e.feed.Source) < 1 {
				out.shields = append(out.shields, stake{subject: s.Subject, weight: s.Weight, disputed: dispute != nil})
			}
			continue
		}
		kept := link()
		if kept.Invalid && kept.Held { // another person's record, and known to be
			out.tally.invalidPairs++
		}
		out.links = append(out.links, kept)
	}
}

// linkOf is a scored pair at or above review as a link.
func (w *worker) linkOf(s *matchers.Scored, subject *leads.Subject, seen *leads.Sighting, accept bool, agree leads.Agreement) leads.Link {
	link := leads.Link{
		Subject: s.Subject, Sighting: seen, Weight: s.Weight, Margin: s.Margin, Rule: s.Rule,
		Pattern: uint64(s.Pattern), Accept: accept, Agreement: agree,
	}
	if w.invalidPair(subject) { // the number speaks against him, whatever it is like
		link.Held = agree.NumberUnderAnotherName()
		link.Invalid, link.Agreement[leads.PartSSN] = true, leads.Conflict
	}
	return link
}

// yields counts away the links that yield no lead: of shields, or of records that a shield has; of protected persons, and of
// records that may be about one.
func (t *tally) yields(s *leads.Subject, shielded, guarded bool) bool {
	switch {
	case s.Protected, guarded:
		t.protected++
	case shielded:
		t.shielded++
	default:
		return true
	}
	return false
}

func (w *worker) sighting(e *extractPlan, out *shardResult, batch *person.Batch, row int) *leads.Sighting {
	s := &leads.Sighting{
		Extract: e.feed.Name, File: w.fileName(out), Source: e.feed.Source, Line: batch.Line(row), Received: w.night.plan.AsOf,
		RecordID: shownRecordID(w.binding, batch, row), Person: sourcePerson(w.night.plan.Spec, w.full.values), Reported: reported(w.night.plan.Spec, w.full.values),
	}
	if w.binding == e.echoed {
		s.Reported = s.Reported.WithEcho()
	}
	s.SourcePerson = w.persons.of(w.full.values, s.Source, s.RecordID)
	if f := w.night.fileAt(out.extract, out.file); f != nil {
		s.Received = f.received
	}
	w.facts = w.facts[:0]
	for i := range e.facts {
		w.facts = append(w.facts, e.facts[i].read(batch, row))
	}
	s.Facts = leads.PackFacts(w.facts)
	return s
}
