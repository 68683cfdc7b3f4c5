package pipeline

import (
	"context"
	"errors"
	"slices"
	"strings"

	"locatematch/matchers"
	"locatematch/sources/person"
)

// scout is one worker's view of a night whose blocking is studied: what each set of rules proposes, and a sample of records.
type scout struct {
	night    *night
	proposer *matchers.Proposer
	sampler  *sampler // nil: no sample is drawn
	covers   coverage
	records  int64
	expected []int64
}

// sees counts every row.
func (s *scout) sees(int, []matchers.Value) { s.records++ }

// count is called in the scorer's place.
func (s *scout) count(at place, values []matchers.Value, keys []matchers.Key, _ uint32) int {
	pairs := s.proposer.Propose(s.night.extracts[at.extract].scorer, values, keys)
	s.expected = expected(s.expected[:0], pairs)
	for i := range pairs {
		s.covers.add(pairs[i].Rules, s.expected[i])
	}
	return len(pairs)
}

// record is not called: a counter gets no scores.
func (s *scout) record(int, []byte, []matchers.Scored) {}

func (s *scout) row(e, file int, rows *person.Rows, row int) {
	if s.sampler != nil {
		s.sampler.row(e, file, rows, row)
	}
}

// survey is what a pass over a night's extracts found.
type survey struct {
	covers  coverage
	records int64
	sample  []sampledRecord // by number, ascending
}

// survey streams the night past the caseload's rules and keeps a sample of so many records.
func (n *night) survey(ctx context.Context, opt Options, sampled int) (*survey, error) {
	var all []*scout
	newJudge := func() judge {
		s := &scout{night: n, proposer: matchers.NewProposer(n.caseload.frozen), covers: coverage{}}
		if sampled > 0 {
			s.sampler = newSampler(n, surveySeed, sampled)
		}
		all = append(all, s)
		return s
	}
	var faults []string
	ended := func(f fileResult) {
		if err := n.damaged(f); err != nil {
			faults = append(faults, err.Error())
		}
	}
	if err := n.flow(ctx, opt, newJudge, nil, ended); err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		slices.Sort(faults) // files end in any order
		return nil, errors.New(strings.Join(faults, "\n"))
	}
	sum := all[0]
	for _, s := range all[1:] {
		sum.covers.merge(s.covers)
		sum.records += s.records
		if sampled > 0 {
			sum.sampler.add(s.sampler)
		}
	}
	out := &survey{covers: sum.covers, records: sum.records}
	if sampled > 0 {
		out.sample = sum.sampler.drawn()
	}
	return out, nil
}

// surveySeed draws the sample: any fixed number will do (I8).
const surveySeed = 4

// blockedBy is the same night under other blocking rules.
func (n *night) blockedBy(rules [][]string) (*night, error) {
	frozen, err := n.caseload.frozen.WithBlocking(rules)
	if err != nil {
		return nil, err
	}
	other, c := *n, *n.caseload
	c.frozen = frozen
	other.caseload = &c
	for _, x := range other.extracts {
		x.read.Store(0)
	}
	return &other, nil
}
