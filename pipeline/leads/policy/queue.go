package policy

// Caps are the limits of a night's queues. Leads under a clock set by law are never capped: they come on top.
type Caps struct {
	PerOfficer      int // leads for one officer
	AlertsPerPerson int // alerts for one officer on one person
}

const (
	queuePerOfficer = "queue.per-officer"
	queueAlerts     = "queue.alerts"
	queueSpecialist = "queue.specialist"
)

// Specialist is the officer whose queue gets the leads of which May gives the step Specialist, and identity conflicts; "" where they stay
// with the officer of the case.
func (p *Policy) Specialist() string {
	for _, r := range p.inForce["queue"] {
		if r.id == queueSpecialist {
			return r.officer
		}
	}
	return ""
}

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
