package pipeline

import (
	"time"

	"locatematch/matchers"
)

// timedRecords is the sample on which each rule is timed: few enough that thirteen rules take a second or two, beside the indexes.
const timedRecords = 8192

// timeRules measures what every rule costs, each with an index of its own, one after another on one goroutine. What rules
// share (one phonetic code for several of them, a pair that two propose) each of them pays for here.
func (n *night) timeRules(r *BlockingReport, found *survey) error {
	r.Timed = len(found.sample)
	for i := range r.Rules {
		alone, err := n.blockedBy(n.plan.Spec.Blocking[i : i+1])
		if err != nil {
			return err
		}
		taken := alone.timeSample(found.sample)
		r.Rules[i].Seconds = taken.Seconds() * float64(found.records) / float64(max(1, len(found.sample)))
	}
	return nil
}

func (n *night) timeSample(sample []sampledRecord) time.Duration {
	proposer := matchers.NewProposer(n.caseload.frozen)
	began := time.Now()
	for i := range sample {
		proposer.Propose(n.extracts[sample[i].extract].scorer, sample[i].values, nil)
	}
	return time.Since(began)
}
