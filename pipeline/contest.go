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

	disputed bool // of a record that nobody's link is accepted of
}

// link is the stake among others: a link without a sighting, of which nothing is published.
func (s stake) link() leads.Link {
	l := leads.Link{Subject: s.subject, Weight: s.weight}
	if s.disputed {
		l.Dispute = &leads.Dispute{}
	}
	return l
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

// settle lets the links of one partition compete, source by source, over all extracts whose links may be published: all that
// a subject has are among them. What falls below the review weight is below from now on, and outcompeted. It gives the links
// that are left, in their stated order, and apart from them those that were held below it from the first: identity conflicts,
// which take no part.
func (c *collector) settle(claims []provisional) (kept, held []leads.Link) {
	for i := range claims {
		if l := &claims[i]; l.Sighting != nil {
			s := c.numbered[l.section]
			l.Sighting.FileMark, l.Sighting.Retained = s.mark, s.shelved
		}
		if l := &claims[i].Link; l.Held && l.Weight < c.night.bounds.review {
			held = append(held, *l)
		}
	}
	c.compete(claims)
	kept = make([]leads.Link, 0, len(claims))
	for i := range claims {
		if l := &claims[i].Link; l.Sighting != nil && l.Weight >= c.night.bounds.review {
			kept = append(kept, *l)
		}
	}
	slices.SortFunc(kept, compareLinks)
	slices.SortFunc(held, compareLinks)
	return kept, held
}

func (c *collector) compete(claims []provisional) {
	bySource := map[string][]stake{}
	for i := range claims {
		l := &claims[i]
		if v := c.numbered[l.section].verdict; v.competes && l.Weight >= c.night.bounds.review {
			source := v.plan.feed.Source
			bySource[source] = append(bySource[source], stake{subject: l.Subject, weight: l.Weight, place: i})
		}
	}
	for source, stakes := range bySource {
		c.night.contest(source, stakes, func(place int, part int32) { c.lower(&claims[place], part) })
	}
}

// lower takes from a link what its subject's other links cost it.
func (c *collector) lower(l *provisional, part int32) {
	total, after := c.numbered[l.section].verdict.total, l.Weight+part
	fell := total.lower(l.Weight, after, l.Dispute != nil, c.night.bounds)
	if l.Sighting == nil && fell {
		total.shielded--
	}
	l.Weight, l.Repeats, l.Accept = after, part, c.night.bounds.accepts(after, l.Dispute != nil)
}

// lower counts a link in its new band, and reports whether it is none any more.
func (t *tally) lower(from, to int32, disputed bool, b thresholds) (fell bool) {
	if b.accepts(from, disputed) {
		t.acceptedPairs--
	} else {
		t.review--
	}
	switch {
	case b.accepts(to, disputed):
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
