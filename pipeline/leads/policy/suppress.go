package policy

// Suppress reports that a lead is too small to put before an officer, and by which rule. What is not known is not small.
func (p *Policy) Suppress(s Situation) (Rule, bool) {
	for _, r := range p.inForce["suppress"] {
		if r.about(&s) && r.fits(&s) {
			return r.shown, true
		}
	}
	return Rule{}, false
}
