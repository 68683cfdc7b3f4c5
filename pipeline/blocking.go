package pipeline

import (
	"context"
	"strings"
)

// BlockingReport says what each blocking rule costs and finds on a night. Matches are expected ones, estimated from the model
// without labels: each pair counts as far as its weight says that it is a match, and a record's pairs, one of which at most
// is, share one certainty.
type BlockingReport struct {
	Records int64        `json:"records"`
	Pairs   int64        `json:"pairs"`   // proposed by any rule
	Matches float64      `json:"matches"` // of them, estimated
	Rules   []RuleReport `json:"rules"`   // in the spec's order
	Timed   int          `json:"timed,omitempty"`
}

// RuleReport is one rule's part.
type RuleReport struct {
	Rule         string  `json:"rule"`
	Keys         int     `json:"keys"`        // of the caseload
	CappedKeys   int     `json:"capped_keys"` // dropped, because more subjects share them than the cap allows
	LargestBlock int     `json:"largest_block"`
	Blocks       []Block `json:"blocks"` // its largest
	Pairs        int64   `json:"pairs"`
	OnlyPairs    int64   `json:"only_pairs"` // that no other rule proposes
	Matches      float64 `json:"matches"`
	OnlyMatches  float64 `json:"only_matches"`
	SumPairs     int64   `json:"sum_pairs"`   // by this rule and those before it
	SumMatches   float64 `json:"sum_matches"` // likewise
	// Seconds that one worker takes to ask this rule alone about every record, and to propose, compare and score its pairs.
	// Measured on a sample of BlockingReport.Timed records and scaled to the night; reading and standardising left out.
	Seconds float64 `json:"seconds,omitempty"`
}

// BlockingOptions are how the rules are measured.
type BlockingOptions struct {
	Options
	Seconds bool // time every rule; without it the report is the same for the same night
}

// Blocking measures the spec's rules on a plan's caseload and extracts. It streams every extract as a run does, early stop
// left out, and publishes nothing.
func Blocking(ctx context.Context, p *Plan, opt BlockingOptions) (*BlockingReport, error) {
	opt.Options = opt.Options.withDefaults()
	opt.Observer.Stage("load")
	n, err := loadNight(ctx, p)
	if err != nil {
		return nil, err
	}
	opt.Observer.Stage("match")
	timed := 0
	if opt.Seconds {
		timed = timedRecords
	}
	found, err := n.survey(ctx, opt.Options, timed)
	if err != nil {
		return nil, err
	}
	r := n.blockingReport(found)
	if opt.Seconds {
		opt.Observer.Stage("time")
		return r, n.timeRules(r, found)
	}
	return r, nil
}

func (n *night) blockingReport(found *survey) *BlockingReport {
	all := found.covers.by(^uint64(0))
	r := &BlockingReport{Records: found.records, Pairs: all.pairs, Matches: all.expected()}
	for i, s := range n.caseload.frozen.Stats().Rules {
		bit := uint64(1) << i
		own, only := found.covers.by(bit), found.covers.only(bit)
		sum := found.covers.by(bit | (bit - 1))
		r.Rules = append(r.Rules, RuleReport{
			Rule: strings.Join(n.plan.Spec.Blocking[i], ", "), Keys: s.Keys, CappedKeys: s.CappedKeys, LargestBlock: s.LargestBlock(),
			Blocks: n.largestBlocks(i),
			Pairs:  own.pairs, OnlyPairs: only.pairs, Matches: own.expected(), OnlyMatches: only.expected(),
			SumPairs: sum.pairs, SumMatches: sum.expected(),
		})
	}
	return r
}
