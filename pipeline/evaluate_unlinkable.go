package pipeline

import (
	"cmp"
	"slices"

	"locatematch/matchers"
)

// reach says whether a subject can reach the accept threshold at its best, and what it lacks, as bits of comparisons.
type reach struct {
	links       bool
	lacks, lift uint16 // lift: those of lacks that would bring it there
}

// unlinkable adds who can never be linked: to each extract, by what the extract's layout can hold and its prior; and to all,
// those whom no extract can link.
func (s *study) unlinkable(list []Evaluation) error {
	n := s.night
	reached := make([][]reach, len(n.extracts))
	tasks := make([]func() error, len(n.extracts))
	for e := range n.extracts {
		tasks[e] = func() error {
			reached[e] = n.reaches(n.extracts[e])
			return nil
		}
	}
	if err := together(tasks...); err != nil {
		return err
	}
	for e := range n.extracts {
		list[e].Unlinkable = n.countUnlinkable(reached[e])
	}
	if len(list) > len(n.extracts) {
		list[len(list)-1].Unlinkable = n.countUnlinkable(bestReach(reached))
	}
	return nil
}

// reaches asks of every subject what its own record would weigh in an extract.
func (n *night) reaches(x *extractPlan) []reach {
	m := matchers.NewMatcher(n.caseload.frozen, x.scorer)
	has := make([]bool, len(n.plan.Spec.Fields))
	for f := range has {
		has[f] = x.binding.fields[f].bound()
	}
	list := make([]reach, len(n.caseload.subjects))
	for subject := range list {
		c := m.Ceiling(uint32(subject), has)
		r := reach{links: c.Weight >= n.bounds.accept}
		for _, lack := range c.Lacking {
			r.lacks |= 1 << lack.Comparison
			if lack.Weight >= n.bounds.accept {
				r.lift |= 1 << lack.Comparison
			}
		}
		list[subject] = r
	}
	return list
}

// bestReach is what a subject can reach in any extract.
func bestReach(extracts [][]reach) []reach {
	best := slices.Clone(extracts[0])
	for _, list := range extracts[1:] {
		for subject, r := range list {
			b := &best[subject]
			b.links = b.links || r.links
			b.lacks |= r.lacks
			b.lift |= r.lift
		}
	}
	return best
}

// countUnlinkable counts subjects that are looked for: a shield yields no lead, linked or not. The first entry counts them
// all; behind it come the comparisons that they lack, the most helpful first.
func (n *night) countUnlinkable(list []reach) []Unlinkable {
	all := Unlinkable{}
	fields := make([]Unlinkable, len(n.plan.Spec.Comparisons))
	for i := range fields {
		fields[i].Field = n.plan.Spec.Comparisons[i].Name
	}
	for subject, r := range list {
		if n.caseload.subjects[subject].Shield {
			continue
		}
		if all.Of++; r.links {
			continue
		}
		all.Subjects++
		if r.lift != 0 {
			all.WouldLink++
		}
		for i := range fields {
			fields[i].Subjects += int64(r.lacks >> i & 1)
			fields[i].WouldLink += int64(r.lift >> i & 1)
		}
	}
	fields = slices.DeleteFunc(fields, func(u Unlinkable) bool { return u.Subjects == 0 })
	slices.SortStableFunc(fields, func(a, b Unlinkable) int {
		return cmp.Or(cmp.Compare(b.WouldLink, a.WouldLink), cmp.Compare(b.Subjects, a.Subjects))
	})
	return append([]Unlinkable{all}, fields...)
}
