package pipeline

import (
	"context"

	"locatematch/matchers"
)

// SuggestOptions are how rules are searched for.
type SuggestOptions struct {
	Options
	Budget int64 // pairs of the night that the rules may propose together; 0: four times what the spec's own rules propose
}

// Suggestion is a set of blocking rules for a night, with what it is estimated to find.
type Suggestion struct {
	Budget  int64           `json:"budget"`
	Records int64           `json:"records"`
	Sampled int             `json:"sampled"` // records on which candidates were screened
	Pool    int             `json:"pool"`    // candidates
	Matches float64         `json:"matches"` // that the pool as a whole finds: what Completeness is a share of
	Missed  float64         `json:"missed"`  // that the whole pool misses, estimated by capture and recapture
	Own     OwnRules        `json:"own"`
	Rules   []SuggestedRule `json:"rules"` // in the order of choosing
}

// OwnRules is what the spec's own rules come to, counted with the same candidates in sight.
type OwnRules struct {
	Rules        int     `json:"rules"`
	Pairs        int64   `json:"pairs"`
	Matches      float64 `json:"matches"`
	Completeness float64 `json:"completeness"`
}

// SuggestedRule is one rule of a suggestion.
type SuggestedRule struct {
	Rule         []string `json:"rule"`
	Pairs        int64    `json:"pairs"` // that it proposes alone
	NewPairs     int64    `json:"new_pairs"`
	NewMatches   float64  `json:"new_matches"` // beyond those of the rules before it
	SumPairs     int64    `json:"sum_pairs"`
	SumMatches   float64  `json:"sum_matches"`
	Completeness float64  `json:"completeness"` // SumMatches of Suggestion.Matches: estimated pair completeness
}

// screenedRecords bounds the memory and time of a search: a record takes about a kilobyte, and a pool of three thousand
// candidates meets fifty thousand records in half a minute.
const screenedRecords = 50_000

// budgetOfOwn times the pairs of the spec's own rules is the budget where none is given: on historical_50k that lifts pair
// completeness by a tenth, and the pairs of a night take a small part of its time.
const budgetOfOwn = 4

// Suggest searches for the set of blocking rules with the highest estimated pair completeness within a budget of pairs.
//
//  1. One pass: what the spec's own rules propose, and a sample of records.
//  2. On the sample: a pool of candidates from the spec's fields and kinds (pool), the probable matches that each finds
//     (screening), and the sixty-four with the most promise (finalists), the spec's own rules among them.
//  3. A second pass counts exactly what every set of finalists proposes.
//  4. The choice within the budget (chooser).
//
// Nothing is published and no label is needed. Estimates are the model's: a trained one judges better than the built-in.
func Suggest(ctx context.Context, p *Plan, opt SuggestOptions) (*Suggestion, error) {
	opt.Options = opt.Options.withDefaults()
	opt.Observer.Stage("load")
	n, err := loadNight(ctx, p)
	if err != nil {
		return nil, err
	}
	opt.Observer.Stage("match")
	own, err := n.survey(ctx, opt.Options, screenedRecords)
	if err != nil {
		return nil, err
	}
	if opt.Budget == 0 {
		opt.Budget = budgetOfOwn * own.covers.by(everyRule).pairs
	}
	if opt.Budget == 0 { // rules that propose nothing at all
		opt.Budget = own.records
	}
	opt.Observer.Stage("screen")
	f, err := n.screenCandidates(ctx, own, opt)
	if err != nil {
		return nil, err
	}
	opt.Observer.Stage("match")
	final, err := n.blockedBy(f.rules)
	if err != nil {
		return nil, err
	}
	exact, err := final.survey(ctx, opt.Options, 0)
	if err != nil {
		return nil, err
	}
	return f.suggestion(exact, opt.Budget), nil
}

// everyRule is the set of all rules.
const everyRule = ^uint64(0)

// final is what the screening hands on to the exact pass.
type final struct {
	own     int        // the first so many rules are the spec's
	rules   [][]string // finalists
	pool    int
	sampled int
	share   float64 // of the probable matches that the pool finds in the sample, what the finalists find
	missed  float64 // matches that the pool misses, as a share of what it finds
}

// screenCandidates makes the pool on the sample and chooses the finalists.
func (n *night) screenCandidates(ctx context.Context, own *survey, opt SuggestOptions) (*final, error) {
	part := float64(len(own.sample)) / float64(max(1, own.records))
	dearest := int64(float64(opt.Budget) * part)
	p := &pool{
		night: n, ended: ctx.Err, workers: opt.Workers, sample: own.sample, elements: matchers.KeyElements(n.plan.Spec),
		bounds: poolBounds{dearest: dearest, cheap: dearest / cheapPart},
	}
	if err := p.takeOwn(n.plan.Spec.Blocking); err != nil {
		return nil, err
	}
	if err := p.search(); err != nil {
		return nil, err
	}
	s, err := p.screen(p.found)
	if err != nil {
		return nil, err
	}
	f := &final{own: len(n.plan.Spec.Blocking), pool: len(p.found), sampled: len(p.sample)}
	chosen := finalists(s, p.found, f.own, matchers.MaxRules)
	f.rules = withinParts(p.found, chosen)
	all, by := s.matches(nil), s.matches(chosen[:len(f.rules)])
	f.share = float64(max(by, 1)) / float64(max(all, 1))
	f.missed = missed(n.plan.Spec, s, p.found) / max(1, inMatches(all))
	return f, nil
}

// withinParts gives the rules of the candidates, as many as one spec holds.
func withinParts(candidates []candidate, chosen []int) (rules [][]string) {
	for _, i := range chosen {
		rules = append(rules, candidates[i].rule)
	}
	for first := range rounds(rules) {
		return rules[:first.to]
	}
	return rules
}

// suggestion chooses within the budget from what was counted exactly.
func (f *final) suggestion(exact *survey, budget int64) *Suggestion {
	all := exact.covers.by(everyRule).expected() / f.share
	c := newChooser(exact.covers, len(f.rules), budget, exact.records)
	own := exact.covers.by(1<<f.own - 1)
	out := &Suggestion{
		Budget: budget, Records: exact.records, Sampled: f.sampled, Pool: f.pool, Matches: all, Missed: all * f.missed,
		Own: OwnRules{Rules: f.own, Pairs: own.pairs, Matches: own.expected(), Completeness: ratioOf(own.expected(), all)}, Rules: []SuggestedRule{},
	}
	var before cover
	var set uint64
	for _, r := range c.best().rules {
		set |= 1 << r
		sum := exact.covers.by(set)
		out.Rules = append(out.Rules, SuggestedRule{
			Rule: f.rules[r], Pairs: c.alone[r].pairs, NewPairs: sum.pairs - before.pairs, NewMatches: inMatches(sum.matches - before.matches),
			SumPairs: sum.pairs, SumMatches: sum.expected(), Completeness: ratioOf(sum.expected(), all),
		})
		before = sum
	}
	return out
}

func ratioOf(a, b float64) float64 {
	if b <= 0 {
		return 0
	}
	return a / b
}
