package pipeline

import (
	"cmp"
	"slices"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
)

// Competition says who competes. Subjects that claim one record share it; one subject's records of a source compete for the
// subject, as far as the model's repeat ratio says that the source has one record a person.
type Competition string

// A run has both. The others show what each adds.
const (
	CompetitionBoth   Competition = "both"
	CompetitionRecord Competition = "record" // only subjects that claim one record
	CompetitionNone   Competition = "none"
)

// repeatRatio is what a source's links compete by, 1 where they do not: several rows of a caseload that is linked with itself
// may be one person's other numbers.
func (n *night) repeatRatio(source string) float64 {
	if n.self {
		return 1
	}
	return n.plan.Model.Contest(source)
}

// withoutRepeats is the plan with a model in which a subject's records do not compete: to see what that adds.
func (p *Plan) withoutRepeats() *Plan {
	plan, model := *p, *p.Model
	model.RepeatRatio, model.PresentShare = nil, nil
	plan.Model = &model
	return &plan
}

// stake is one link, or a pair below review, in the competition for its subject. The links of records that may be about a protected person take no
// part: nothing that is written may depend on them (I10). Those of shields do, among their own.
type stake struct {
	subject uint32
	weight  int32 // after the record's own competition
	place   int   // of the link, for the caller
}

// contest lets each subject's links in one source compete, all of them being there, and says what a pair loses, where it
// loses anything. The order of the stakes does not matter.
func (n *night) contest(source string, stakes []stake, lose func(place int, part int32)) {
	r := matchers.NewRepeats(n.repeatRatio(source), n.bounds.review)
	eachSubject(stakes, func(of []stake, weights []int32) {
		r.Among(weights)
		for _, s := range of {
			if part := r.Part(s.weight); part != 0 {
				lose(s.place, part)
			}
		}
	})
}

// eachSubject sorts stakes by subject and gives each subject's, with their weights. The weights are valid until the next call.
func eachSubject(stakes []stake, do func(of []stake, weights []int32)) {
	slices.SortFunc(stakes, func(a, b stake) int { return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.place, b.place)) })
	var weights []int32
	for len(stakes) > 0 {
		n := 0
		for weights = weights[:0]; n < len(stakes) && stakes[n].subject == stakes[0].subject; n++ {
			weights = append(weights, stakes[n].weight)
		}
		do(stakes[:n], weights)
		stakes = stakes[n:]
	}
}

// compete lets each subject's links compete, source by source, over all extracts whose links may be published. What falls
// below the review weight is below from now on, and outcompeted.
func (c *collector) compete(extracts []*verdict) {
	bySource := map[string][]*verdict{}
	for _, v := range extracts {
		if source := v.plan.feed.Source; c.night.repeatRatio(source) < 1 {
			bySource[source] = append(bySource[source], v)
		}
	}
	for source, of := range bySource {
		c.competeIn(source, of)
	}
}

func (c *collector) competeIn(source string, extracts []*verdict) {
	type entry struct {
		of   *verdict
		link *leads.Link // nil: a shield's
	}
	var entries []entry
	var stakes []stake
	for _, v := range extracts {
		for i := range v.links {
			stakes = append(stakes, stake{subject: v.links[i].Subject, weight: v.links[i].Weight, place: len(entries)})
			entries = append(entries, entry{of: v, link: &v.links[i]})
		}
		for _, s := range v.shields {
			stakes = append(stakes, stake{subject: s.subject, weight: s.weight, place: len(entries)})
			entries = append(entries, entry{of: v})
		}
	}
	before := make([]int32, len(entries))
	for _, s := range stakes {
		before[s.place] = s.weight
	}
	c.night.contest(source, stakes, func(place int, part int32) {
		e, after := entries[place], before[place]+part
		fell := e.of.total.lower(before[place], after, c.night.bounds)
		if e.link == nil {
			if fell {
				e.of.total.shielded--
			}
			return
		}
		e.link.Weight, e.link.Repeats, e.link.Accept = after, part, after >= c.night.bounds.accept
	})
	for _, v := range extracts {
		v.links = slices.DeleteFunc(v.links, func(l leads.Link) bool { return l.Weight < c.night.bounds.review })
	}
}

// lower counts a link in its new band, and reports whether it is none any more.
func (t *tally) lower(from, to int32, b thresholds) (fell bool) {
	if from >= b.accept {
		t.acceptedPairs--
	} else {
		t.review--
	}
	switch {
	case to >= b.accept:
		t.acceptedPairs++
	case to >= b.review:
		t.review++
	default:
		t.below++
		t.outcompeted++
		return true
	}
	return false
}
