package policy

// Retention says for how many days what a source sent may be kept, and whether its rows that match no one may be. Of two rules
// the later layer's counts. Where no rule is in force nothing is kept.
func (p *Policy) Retention(source string) (days int, unmatched bool) {
	for _, r := range p.inForce["retention"] {
		if among(r.sources, source) {
			days, unmatched = r.days, r.unmatched
		}
	}
	return days, unmatched
}
