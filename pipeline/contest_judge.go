package pipeline

import (
	"cmp"
	"slices"

	"locatematch/matchers"
)

// patientJudge holds the records that link, or nearly, back until all links of their source are there, and then shows them to
// its judge with the weights that a run gives them. Of other records it keeps nothing.
type patientJudge struct {
	judge
	night *night
	held  []heldRecord
}

type heldRecord struct {
	extract int
	id      []byte
	scored  []matchers.Scored
}

// nearMiss bits below review a pair loses by its subject's links as one above does, so that thresholds below review are judged
// as if they were the model's; a run does not keep such pairs. On the peers' night the best F1 is .9867 so, and .9837 where
// links alone compete. Still lighter pairs are one in ten thousand true, and what they lose changes nothing.
const nearMiss = 10 * matchers.One

func (p *patientJudge) record(e int, id []byte, scored []matchers.Scored) {
	n := p.night
	if scored[0].Weight < n.bounds.review-nearMiss || n.repeatRatio(n.extracts[e].feed.Source) == 1 { // the best comes first
		p.judge.record(e, id, scored)
		return
	}
	p.held = append(p.held, heldRecord{extract: e, id: slices.Clone(id), scored: slices.Clone(scored)})
}

// release lets the held records of all workers compete and shows each to its judge.
func (n *night) release(judges []*patientJudge) {
	bySource := map[string][]*heldRecord{}
	for _, p := range judges {
		for i := range p.held {
			source := n.extracts[p.held[i].extract].feed.Source
			bySource[source] = append(bySource[source], &p.held[i])
		}
	}
	for source, records := range bySource {
		n.competeIn(source, records)
	}
	for _, p := range judges {
		for _, r := range p.held {
			slices.SortFunc(r.scored, func(a, b matchers.Scored) int {
				return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Subject, b.Subject))
			})
			p.judge.record(r.extract, r.id, r.scored)
		}
	}
}

func (n *night) competeIn(source string, records []*heldRecord) {
	var pairs []*matchers.Scored
	var stakes []stake
	for _, r := range records {
		if len(n.protectedClaimants(r.scored, nil)) > 0 {
			continue
		}
		for i := range r.scored {
			s := &r.scored[i]
			stakes = append(stakes, stake{subject: s.Subject, weight: s.Weight, place: len(pairs)})
			pairs = append(pairs, s)
		}
	}
	n.contest(source, stakes, func(place int, part int32) { pairs[place].Weight += part })
}
