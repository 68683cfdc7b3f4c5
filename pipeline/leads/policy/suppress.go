package policy

import "slices"

// doubting are the rules by which a lead is too doubtful to put before an officer; what other rules hold back is too small.
var doubting = []string{"suppress.name-alone", "suppress.common-name", "suppress.one-of-three", "suppress.number-unverified", "suppress.likelier-another"}

// Doubts reports that what a rule of suppression holds back is too doubtful, and not too small.
func (r Rule) Doubts() bool { return slices.Contains(doubting, r.ID) }

// Suppress reports that a lead is too small or too doubtful to put before an officer, and by which rule. What is not known is not small.
func (p *Policy) Suppress(s Situation) (Rule, bool) {
	for _, r := range p.inForce["suppress"] {
		if r.about(&s) && r.fits(&s) {
			return r.shown, true
		}
	}
	return Rule{}, false
}
