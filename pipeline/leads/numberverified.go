package leads

// onUnverified is behind the mark of an answer that was found by an SSN which nobody had verified. The same answer under a number that is
// verified says more, and is news: policy may have held the other back (suppress.number-unverified), and nobody was told.
const onUnverified = "|under an unverified number"

// foundBy marks the answers of a group that say nothing but our own key, and were found by a number that nobody has verified.
func (g *group) foundBy(s Subject) {
	if g.kind != KindMilitary || s.SSNStatus != unverified {
		return
	}
	for _, r := range g.reports {
		if r.link.keyAlone() {
			r.fact.mark += onUnverified
		}
	}
}

// nowVerified reports that the same was answered under the number before it was verified.
func (r reported) nowVerified(past *Row) bool {
	before := *r.fact
	before.mark += onUnverified
	return before.military != nil && past.knows(before.hash(r.link.Sighting.Source))
}
