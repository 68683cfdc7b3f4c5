package pipeline

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"locatematch/matchers"
	"locatematch/sources"
	"locatematch/sources/person"
)

// worstPairs reads the extracts once more, for the records of the worst pairs and of true pairs that were never compared,
// and says what each pair's weight is made of.
func (s *study) worstPairs(ctx context.Context, list []Evaluation) error {
	for e := range s.night.extracts {
		q := newInquest(s.night, s.key, e, s.suspectsOf(e))
		if err := q.read(ctx); err != nil {
			return err
		}
		if n := q.notFound(); n > 0 {
			return fmt.Errorf("extract %s: %d of the worst pairs weigh otherwise when they are read again: its files changed meanwhile; evaluate again",
				q.extract.feed.Name, n)
		}
		v := &list[e]
		v.FalseLinks = q.told(&q.falseLinks, v)
		v.Misses = append(q.told(&q.misses, v), q.told(&q.unseen, v)...)
		v.Unread = q.unread
	}
	return nil
}

// inquest finds out about the suspects of one extract.
type inquest struct {
	*suspects
	night    *night
	extract  *extractPlan
	matcher  *matchers.Matcher
	standard *standardiser
	fields   []int
	wanted   map[string][]*suspect // by record
	lost     map[string][]uint32   // by record: subjects that it was never compared with
	repeats  bool                  // a subject's records compete, which takes from what a pair weighs by itself
}

func newInquest(n *night, key *answerKey, e int, found *suspects) *inquest {
	x := n.extracts[e]
	q := &inquest{
		suspects: found, night: n, extract: x, matcher: matchers.NewMatcher(n.caseload.frozen, x.scorer),
		repeats: n.repeatRatio(x.feed.Source) < 1, standard: newStandardiser(n.plan.Spec), wanted: map[string][]*suspect{}, lost: map[string][]uint32{},
	}
	for f := range n.plan.Spec.Fields {
		q.fields = append(q.fields, f)
	}
	for _, list := range [][]suspect{found.falseLinks.list, found.misses.list} {
		for i := range list {
			q.wanted[list[i].record] = append(q.wanted[list[i].record], &list[i])
		}
	}
	for record, subjects := range key.truth[e] {
		for _, subject := range subjects {
			if !found.seen[truePair{record, subject}] {
				q.lost[record] = append(q.lost[record], subject)
			}
		}
	}
	return q
}

// read goes through the extract's files in order. A record's first row of its name is the one that was never compared; of
// compared pairs that one counts which weighs what was judged.
func (q *inquest) read(ctx context.Context) error {
	splitter := q.extract.feed.Layout.NewSplitter()
	rows := person.Rows{}
	for f, path := range q.extract.feed.Paths {
		_, err := sources.Cut(ctx, path, q.extract.feed.Layout, sources.CutOptions{Keys: q.extract.feed.Keys}, func(c *sources.Chunk) error {
			defer c.Release()
			if _, err := splitter.Split(c, &rows); err != nil {
				return err
			}
			b := q.extract.bindingOf(shard{file: f, chunk: c})
			for row := range rows.Len() {
				q.row(b, rowsWithLine{&rows}, row)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("extract %s: %w", q.extract.feed.Name, err)
		}
	}
	for _, subjects := range q.lost {
		q.unread += int64(len(subjects))
	}
	return nil
}

func (q *inquest) row(b *binding, rows rowsWithLine, row int) {
	record := string(recordID(b, rows, row))
	wanted, lost := q.wanted[record], q.lost[record]
	if len(wanted)+len(lost) == 0 {
		return
	}
	delete(q.lost, record)
	q.standard.row(b, rows, row, q.fields)
	shown := masked(shownRecordID(b, rows, row))
	for _, s := range wanted {
		e := q.matcher.Explain(q.standard.values, s.subject)
		if repeats := s.weight - q.weight(&e); !s.found && (repeats == 0 || repeats < 0 && q.repeats) {
			q.tell(s, &e, repeats, shown)
		}
	}
	for _, subject := range lost {
		e := q.matcher.Explain(q.standard.values, subject)
		s := suspect{subject: subject, record: record, weight: q.weight(&e)}
		q.tell(&s, &e, 0, shown)
		q.unseen.add(s)
	}
}

// weight is a pair's as it was judged.
func (q *inquest) weight(e *matchers.Explanation) int32 {
	if q.night.self {
		return e.Total - e.Competition
	}
	return q.night.bounds.asJudged(e.Total, e.Dispute != nil)
}

func (q *inquest) tell(s *suspect, e *matchers.Explanation, repeats int32, shown string) {
	s.found, s.guarded, s.shown = true, q.night.caseload.guards(e), shown
	if !s.guarded {
		s.why = whyWorst(e, repeats, !q.night.self)
	}
}

func (q *inquest) notFound() (n int) {
	for _, suspects := range q.wanted {
		for _, s := range suspects {
			if !s.found {
				n++
			}
		}
	}
	return n
}

// told gives the suspects as they are shown. A pair that may concern a protected person is counted in place of it (I10).
func (q *inquest) told(r *ranking, v *Evaluation) (list []WorstPair) {
	for _, s := range r.list {
		if s.guarded {
			v.LeftOut++
			continue
		}
		list = append(list, WorstPair{
			SubjectID: q.night.caseload.subjects[s.subject].ID, Extract: q.extract.feed.Name, RecordID: s.shown,
			Compared: s.compared, Weight: matchers.Bits(s.weight), Why: s.why,
		})
	}
	return list
}

// telling is one part of a weight in words.
type telling struct {
	words  string
	weight int32
}

func (t telling) String() string { return fmt.Sprintf("%s, %+.1f", t.words, matchers.Bits(t.weight)) }

// whyWorst tells the prior, then the parts of a weight, the greatest first, whichever way they count. Parts of less than a
// twentieth of a bit are left out: they would read as nothing.
func whyWorst(e *matchers.Explanation, repeats int32, competes bool) []string {
	parts := []telling{{"household: another member may fit", e.Household}, {"repeats: other records claim the subject", repeats}}
	if competes {
		parts = append(parts, telling{"competition: others claim the record", e.Competition})
	}
	for _, d := range e.Dependences {
		parts = append(parts, telling{d.Comparisons[0] + " and " + d.Comparisons[1] + " together", d.Together})
	}
	for i := range e.Parts {
		p := &e.Parts[i]
		words := p.Comparison + ": " + p.LevelName
		if p.Comparison == "" {
			words = fmt.Sprintf("choice: best of %d sets of %s", p.Sets, p.Group)
		}
		parts = append(parts, telling{words, p.S + p.Frequency})
	}
	magnitude := func(t telling) int32 { return max(t.weight, -t.weight) }
	slices.SortStableFunc(parts, func(a, b telling) int { return cmp.Compare(magnitude(b), magnitude(a)) })
	why := []string{telling{"prior", e.Prior}.String()}
	for _, t := range parts {
		if magnitude(t) >= matchers.One/20 {
			why = append(why, t.String())
		}
	}
	return why
}

// guards reports that an explained pair may concern a protected person: the subject is one, or one claims the record or is in
// dispute about it. Its address may then be theirs, and a rival left unnamed would tell that it is (I10).
func (c *caseload) guards(e *matchers.Explanation) bool {
	return c.subjects[e.Subject].Protected || slices.ContainsFunc(parties(e.Dispute), func(s uint32) bool { return c.subjects[s].Protected }) || slices.ContainsFunc(e.Rivals, func(r matchers.Rival) bool { return c.subjects[r.Subject].Protected })
}
