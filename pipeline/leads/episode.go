package leads

// correction is how many days apart two days of hire at one employer are when one is taken to correct the other: the day that was
// agreed and the first day paid, or a slip. The later is no news where the other was told; both stay on record.
const correction = 10

// findEpisodes sees which groups are about one employer: each day of hire is a hiring of its own, and a report that does not say
// when it hired is apart from all of them. What a group is depends on its own reports alone, so that lead ids and the history do
// not depend on what else is known, or on which report came first.
func findEpisodes(groups []group) {
	for i := range groups {
		for j := range groups {
			g, other := &groups[i], &groups[j]
			if i == j || g.kind != KindEmployer || other.kind != KindEmployer || g.key != other.key {
				continue
			}
			g.dated = g.dated || g.episode == "" && other.episode != ""
			g.again = g.again || other.episode != "" && other.episode < g.episode
			if near(g.episode, other.episode) {
				g.near = append(g.near, other.episode)
			}
		}
	}
}

// near reports that two episodes, known to the day, are days apart.
func near(a, b string) bool {
	p, q := ParseDate(a), ParseDate(b)
	if p == nil || q == nil || p.Precision != ByDay || q.Precision != ByDay {
		return false
	}
	return max(p.Date-q.Date, q.Date-p.Date) <= correction
}

// corrects reports that a hiring which was not known is days from one that was, or from an earlier one of tonight.
func (n *Night) corrects(s Subject, g *group) bool {
	for _, episode := range g.near {
		if episode < g.episode {
			return true
		}
		for _, r := range n.known(s, g, episode) {
			if r.Withdrawn == 0 {
				return true
			}
		}
	}
	return false
}
