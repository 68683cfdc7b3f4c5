package matchers

import "slices"

// Proposal is one pair of a record: every rule that proposes it, bit by bit, and its weight before competition.
type Proposal struct {
	Subject uint32
	Rules   uint64
	Weight  int32
}

// Proposer lists a record's pairs with all the rules that propose each, where a Matcher credits a pair to its first rule: for
// studies of blocking. It belongs to one worker.
type Proposer struct {
	m     *Matcher
	pairs proposed
	found []Proposal
}

// NewProposer makes a worker's proposer.
func NewProposer(c *Caseload) *Proposer {
	return &Proposer{m: NewMatcher(c, nil), pairs: newProposed(c)}
}

// Propose gives every pair that some rule proposes for a record, ascending by subject, scored without early stop and without
// competition. keys are as in Options. The slice is valid until the next call.
func (p *Proposer) Propose(s *Scorer, values []Value, keys []Key) []Proposal {
	m := p.m
	p.found = p.found[:0]
	if !m.prober.resume(values, keys) {
		return p.found
	}
	subjects := p.pairs.list(m, 0)
	if len(subjects) == 0 {
		return p.found
	}
	slices.Sort(subjects)
	m.s, m.scored = s, m.scored[:0]
	m.record.fill(values)
	m.bound()
	for i, subject := range subjects {
		m.score(Candidate{Subject: subject}, true)
		p.found = append(p.found, Proposal{Subject: subject, Rules: p.pairs.take(subject), Weight: m.scored[i].Weight})
	}
	return p.found
}

// Blocks tells of every key of the record that the index holds its rule and how many subjects share it, and compares
// nothing. A rule with words (token) may have several keys, whose subjects may overlap.
func (p *Proposer) Blocks(values []Value, block func(rule, subjects int)) {
	p.m.prober.Ask(values)
	for _, passed := range p.m.prober.passed {
		block(int(passed.rule), int(passed.count))
	}
}
