package pipeline

import (
	"context"

	"locatematch/matchers"
	"locatematch/sources/person"
)

// study looks into what the jury counts: whom the errors fall on, and which pairs were judged most wrongly. It has a clerk at
// every worker, beside the judge. A nil study looks into nothing.
type study struct {
	night  *night
	key    *answerKey
	groups *groupTable // nil where no detail is asked for
	worst  int         // pairs of each sort and extract that are asked for
	clerks []*clerk
}

func newStudy(n *night, key *answerKey, opt EvaluateOptions) *study {
	if !opt.Detail && opt.Worst <= 0 {
		return nil
	}
	s := &study{night: n, key: key, worst: opt.Worst}
	if opt.Detail {
		s.groups = newGroupTable(n)
	}
	return s
}

// beside puts a clerk beside a worker's judge.
func (s *study) beside(j judge) judge {
	if s == nil {
		return j
	}
	c := newClerk(s)
	s.clerks = append(s.clerks, c)
	return bench{j, c}
}

// report adds what was asked for to the evaluations: one an extract in the order of the config and, where there are several,
// one of them all.
func (s *study) report(ctx context.Context, j *jury, list []Evaluation) error {
	if s == nil {
		return nil
	}
	if s.groups != nil {
		s.curves(j, list)
		s.groupRates(list)
		if err := s.unlinkable(list); err != nil {
			return err
		}
	}
	if s.worst > 0 {
		return s.worstPairs(ctx, list)
	}
	return nil
}

// curves adds the curve and the reliability of each extract, and of all.
func (s *study) curves(j *jury, list []Evaluation) {
	accept := matchers.Bits(s.night.bounds.accept)
	all := newHistogram()
	for e := range s.night.extracts {
		all.add(j.all[e])
	}
	for i := range list {
		h := all
		if i < len(s.night.extracts) {
			h = j.all[i]
		}
		list[i].Curve, list[i].Reliability = h.curve(accept, list[i].TruePairs), h.reliability()
	}
}

// accepts goes by the histogram's bins, as Evaluation.Accept does: else groups would not add up to the whole, by the pairs
// that lie less than 1/128 bit below the threshold.
func (s *study) accepts(weight int32) bool {
	return binOf(matchers.Bits(weight)) >= binOf(matchers.Bits(s.night.bounds.accept))
}

// bench is several judges at one worker.
type bench []judge

func (b bench) row(e, file int, r *person.Rows, row int) {
	for _, j := range b {
		j.row(e, file, r, row)
	}
}

func (b bench) record(e int, id []byte, scored []matchers.Scored) {
	for _, j := range b {
		j.record(e, id, scored)
	}
}

// clerk notes what one worker saw.
type clerk struct {
	*study
	tallies []groupTally // by extract
	worst   []*suspects  // by extract
}

func newClerk(s *study) *clerk {
	c := &clerk{study: s}
	for range s.night.extracts {
		c.tallies = append(c.tallies, s.groups.tally())
		c.worst = append(c.worst, newSuspects(s.worst))
	}
	return c
}

func (*clerk) row(int, int, *person.Rows, int) {}

func (c *clerk) record(e int, id []byte, scored []matchers.Scored) {
	for _, s := range scored {
		s.Weight = c.night.bounds.asJudged(s.Weight, s.Disputed)
		same, accepted := c.key.isTrue(e, id, s.Subject), c.accepts(s.Weight)
		if accepted {
			c.groups.count(c.tallies[e], s.Subject, same)
		}
		if c.study.worst > 0 {
			c.worst[e].note(id, s, same, accepted)
		}
	}
}
