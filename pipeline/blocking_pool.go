package pipeline

import (
	"fmt"
	"slices"

	"locatematch/matchers"
)

// candidate is a blocking rule that may be chosen, with what it costs the sample.
type candidate struct {
	rule  []string
	pairs int64 // that it alone proposes for the sampled records
}

// poolBounds are what a pool of candidates may cost, in pairs of the sample.
type poolBounds struct {
	dearest int64 // no candidate proposes more alone
	cheap   int64 // a rule at or below it is narrowed no further: what it proposes costs next to nothing
}

// pool is a search for candidate rules on a sample of records.
type pool struct {
	night    *night
	ended    func() error // why the search must end; nil to go on
	workers  int
	sample   []sampledRecord
	bounds   poolBounds
	elements []string
	found    []candidate
	own      int // of them: the first, which are the spec's own rules
}

// narrowest is the most elements that a candidate has, and rareKeys are the limits on subjects a key with which a dear rule is
// tried too: a rare name alone says much, a common one little.
const narrowest = 3

var rareKeys = []int{5, 20, 100}

// cheapPart: a rule that costs less than this part of the budget is cheap.
const cheapPart = 32

// takeOwn makes the spec's own rules the first candidates, whatever they cost.
func (p *pool) takeOwn(rules [][]string) error {
	costs, err := p.blocksOf(rules)
	p.own = len(costs)
	for i := range costs {
		p.found = append(p.found, candidate{rule: rules[i], pairs: costs[i].pairs})
	}
	return err
}

// search finds candidates level by level: single elements, then pairs, then triples. A rule is tried only where each rule
// with one element less is dear, for whatever it finds a cheap rule would find at next to no cost.
func (p *pool) search() error {
	var level [][]int
	for i := range p.elements {
		level = append(level, []int{i})
	}
	for range narrowest {
		dear, err := p.measure(level)
		if err != nil {
			return err
		}
		level = p.narrow(level, dear)
	}
	return nil
}

func (p *pool) words(rule []int) (words []string) {
	for _, i := range rule {
		words = append(words, p.elements[i])
	}
	return words
}

// measure counts the pairs of each rule of a level, keeps those that are bearable as candidates, and says which are dear.
func (p *pool) measure(level [][]int) (dear map[string]bool, err error) {
	dear = map[string]bool{}
	rules := make([][]string, len(level))
	for i, rule := range level {
		rules[i] = p.words(rule)
	}
	for round := range rounds(rules) {
		blocks, err := p.blocksOf(rules[round.from:round.to])
		if err != nil {
			return nil, err
		}
		for i, sizes := range blocks {
			dear[fmt.Sprint(level[round.from+i])] = sizes.pairs > p.bounds.cheap
			p.take(rules[round.from+i], sizes)
		}
	}
	return dear, nil
}

// take keeps a rule as a candidate, and where it is dear its rare keys alone too.
func (p *pool) take(rule []string, b blocks) {
	p.offer(rule, b.pairs)
	if b.pairs <= p.bounds.cheap {
		return
	}
	for i, limit := range rareKeys {
		if b.rare[i] < b.pairs {
			p.offer(append(slices.Clone(rule), fmt.Sprintf("max:%d", limit)), b.rare[i])
		}
	}
}

// offer takes a bearable rule that proposes something, unless it is one of the spec's own.
func (p *pool) offer(rule []string, pairs int64) {
	if pairs == 0 || pairs > p.bounds.dearest {
		return
	}
	if !slices.ContainsFunc(p.found[:p.own], func(c candidate) bool { return slices.Equal(c.rule, rule) }) {
		p.found = append(p.found, candidate{rule: rule, pairs: pairs})
	}
}

// narrow gives the rules of the next level: one more element, and every part of the rule dear.
func (p *pool) narrow(level [][]int, dear map[string]bool) (next [][]int) {
	for _, rule := range level {
		if !dear[fmt.Sprint(rule)] {
			continue
		}
		for i := rule[len(rule)-1] + 1; i < len(p.elements); i++ {
			longer := append(slices.Clone(rule), i)
			if p.conjoined(rule, i) && allDear(longer, dear) {
				next = append(next, longer)
			}
		}
	}
	return next
}

func (p *pool) conjoined(rule []int, i int) bool {
	return !slices.ContainsFunc(rule, func(j int) bool { return !matchers.Conjoined(p.elements[i], p.elements[j]) })
}

// allDear reports whether every rule with one element less is dear.
func allDear(rule []int, dear map[string]bool) bool {
	for skip := range rule {
		shorter := slices.Delete(slices.Clone(rule), skip, skip+1)
		if !dear[fmt.Sprint(shorter)] {
			return false
		}
	}
	return true
}

// blocks are the pairs that a rule proposes for the sample: all, and those of keys that few subjects share, by rareKeys.
type blocks struct {
	pairs int64
	rare  []int64
}

// under is the night under some candidates, unless the search was interrupted.
func (p *pool) under(rules [][]string) (*night, error) {
	if err := p.ended(); err != nil {
		return nil, err
	}
	return p.night.blockedBy(rules)
}

// blocksOf measures the blocks of some rules, without comparing anything.
func (p *pool) blocksOf(rules [][]string) ([]blocks, error) {
	n, err := p.under(rules)
	if err != nil {
		return nil, err
	}
	parts := make([][]blocks, p.workers)
	err = sideBySide(len(p.sample), p.workers, func(worker, from, to int) error {
		sums := make([]blocks, len(rules))
		for i := range sums {
			sums[i].rare = make([]int64, len(rareKeys))
		}
		proposer := matchers.NewProposer(n.caseload.frozen)
		for _, r := range p.sample[from:to] {
			proposer.Blocks(r.values, func(rule, subjects int) { sums[rule].add(int64(subjects)) })
		}
		parts[worker] = sums
		return nil
	})
	sums := parts[0]
	for _, part := range parts[1:] {
		for i := range part {
			sums[i].merge(part[i])
		}
	}
	return sums, err
}

func (b *blocks) add(subjects int64) {
	b.pairs += subjects
	for i, limit := range rareKeys {
		if subjects <= int64(limit) {
			b.rare[i] += subjects
		}
	}
}

func (b *blocks) merge(o blocks) {
	b.pairs += o.pairs
	for i := range o.rare {
		b.rare[i] += o.rare[i]
	}
}

// stretch is a run of rules that one index can hold.
type stretch struct{ from, to int }

// rounds cuts a list of rules into stretches within the limits of one spec.
func rounds(rules [][]string) func(yield func(stretch) bool) {
	return func(yield func(stretch) bool) {
		for from := 0; from < len(rules); {
			parts := map[string]bool{}
			to := from
			for ; to < len(rules) && to-from < matchers.MaxRules; to++ {
				more := matchers.Parts(rules[to])
				fresh := 0
				for _, part := range more {
					if !parts[part] {
						fresh++
					}
				}
				if len(parts)+fresh > matchers.MaxParts {
					break
				}
				for _, part := range more {
					parts[part] = true
				}
			}
			if !yield(stretch{from, to}) {
				return
			}
			from = to
		}
	}
}

// sideBySide cuts n things into a stretch for each worker.
func sideBySide(n, workers int, do func(worker, from, to int) error) error {
	tasks := make([]func() error, workers)
	for w := range tasks {
		tasks[w] = func() error { return do(w, n*w/workers, n*(w+1)/workers) }
	}
	return together(tasks...)
}
