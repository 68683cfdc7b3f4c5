package policy

// NameAlone is the rule by which a lead is too doubtful to put before an officer; what other rules hold back is too small.
const NameAlone = "suppress.name-alone"

// Suppress reports that a lead is too small or too doubtful to put before an officer, and by which rule. What is not known is not small.
func (p *Policy) Suppress(s Situation) (Rule, bool) {
	for _, r := range p.inForce["suppress"] {
		if r.about(&s) && r.fits(&s) {
			return r.shown, true
		}
	}
	return Rule{}, false
}
