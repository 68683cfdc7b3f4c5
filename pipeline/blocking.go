package pipeline

import (
	"context"
	"math/bits"
	"strings"

	"locatematch/matchers"
)

// BlockingReport says what each blocking rule costs and finds on a night.
type BlockingReport struct {
	Pairs   int64        `json:"pairs"`   // proposed by any rule
	Matches float64      `json:"matches"` // of them, estimated
	Rules   []RuleReport `json:"rules"`   // in the spec's order
}

// RuleReport is one rule's part. Matches are estimated from the model, without labels: each pattern's pairs count as far as
// its weight says that they are matches.
type RuleReport struct {
	Rule         string  `json:"rule"`
	Keys         int     `json:"keys"`        // of the caseload
	CappedKeys   int     `json:"capped_keys"` // dropped, because more subjects share them than the cap allows
	LargestBlock int     `json:"largest_block"`
	Pairs        int64   `json:"pairs"`
	OnlyPairs    int64   `json:"only_pairs"` // that no other rule proposes
	Matches      float64 `json:"matches"`
	OnlyMatches  float64 `json:"only_matches"`
	SumPairs     int64   `json:"sum_pairs"`   // by this rule and those before it
	SumMatches   float64 `json:"sum_matches"` // likewise
}

// Blocking measures the spec's rules on a plan's caseload and extracts. It streams every extract as a run does, early stop
// and competition left out, and publishes nothing.
func Blocking(ctx context.Context, p *Plan, opt Options) (*BlockingReport, error) {
	opt = opt.withDefaults()
	opt.Observer.Stage("load")
	n, err := loadNight(ctx, p)
	if err != nil {
		return nil, err
	}
	opt.Observer.Stage("match")
	counted, err := n.countPatterns(ctx, TrainOptions{Options: opt, PriorOnly: true})
	if err != nil {
		return nil, err
	}
	return n.blockingReport(counted), nil
}

func (n *night) blockingReport(counted *matchers.Training) *BlockingReport {
	r := &BlockingReport{}
	for i, s := range n.caseload.frozen.Stats().Rules {
		r.Rules = append(r.Rules, RuleReport{
			Rule: strings.Join(n.plan.Spec.Blocking[i], ", "), Keys: s.Keys, CappedKeys: s.CappedKeys, LargestBlock: s.LargestBlock,
		})
	}
	scorers := n.scorersOf(counted)
	for _, c := range counted.Blocked {
		r.count(c, float64(c.Pairs)*matchers.Probability(scorers[c.Source].OfPattern(c.Pattern)))
	}
	return r
}

// count adds the pairs of one pattern that exactly these rules propose.
func (r *BlockingReport) count(c matchers.PatternCount, matches float64) {
	r.Pairs += c.Pairs
	r.Matches += matches
	first := bits.TrailingZeros64(c.Rules)
	for i := range r.Rules {
		rule := &r.Rules[i]
		if c.Rules>>i&1 == 1 {
			rule.Pairs += c.Pairs
			rule.Matches += matches
		}
		if c.Rules == 1<<i {
			rule.OnlyPairs += c.Pairs
			rule.OnlyMatches += matches
		}
		if i >= first {
			rule.SumPairs += c.Pairs
			rule.SumMatches += matches
		}
	}
}

// scorersOf gives the scorer of each source that was counted: that of its first extract.
func (n *night) scorersOf(counted *matchers.Training) []*matchers.Scorer {
	scorers := make([]*matchers.Scorer, len(counted.Sources))
	_, byExtract := n.sourcesOf()
	for e := len(n.extracts) - 1; e >= 0; e-- {
		scorers[byExtract[e]] = n.extracts[e].scorer
	}
	return scorers
}
