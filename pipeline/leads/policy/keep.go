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

// Suppress reports that a lead is too small to put before an officer, and by which rule. What is not known is not small.
func (p *Policy) Suppress(s Situation) (Rule, bool) {
	for _, r := range p.inForce["suppress"] {
		if r.about(&s) && r.fits(&s) {
			return r.shown, true
		}
	}
	return Rule{}, false
}

// Caps are the limits of a night's queues. Leads under a clock set by law are never capped: they come on top.
type Caps struct {
	PerOfficer      int // leads for one officer
	AlertsPerPerson int // alerts for one officer on one person
}

const (
	queuePerOfficer = "queue.per-officer"
	queueAlerts     = "queue.alerts"
)

// Caps gives the limits of a night's queues.
func (p *Policy) Caps() (c Caps) {
	for _, r := range p.inForce["queue"] {
		switch r.id {
		case queuePerOfficer:
			c.PerOfficer = r.limit
		case queueAlerts:
			c.AlertsPerPerson = r.limit
		}
	}
	return c
}
