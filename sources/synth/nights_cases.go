package synth

import "errors"

// owed is what a subject's case comes to before the stretch: drawn once, so that it is the same every night.
type owed struct {
	order                     bool
	monthly, arrears, paid    int // dollars
	lastPaid, pastDue, opened day
	bankrupt, goodCause       bool
	language, otherState      string
	withheld                  bool
}

func (n *nights) owedBy(f *family, which uint64) owed {
	s := streamOf(f.w.seed, ofArrears, uint64(f.number), 16+which)
	o := owed{order: s.chance(rateOrder) && !f.putative, monthly: 10 * s.between(12, 90), opened: n.first - day(s.between(200, 4000))}
	behind, months := s.chance(0.7), s.between(1, 40)
	paid := s.between(5, 400)
	o.bankrupt, o.goodCause, o.withheld = s.chance(0.02), s.chance(0.01), s.chance(0.3)
	o.language = []string{"EN", "ES", "SO"}[s.pick(90, 8, 2)]
	o.otherState = []string{"", "MI", "KY", "PA"}[s.pick(88, 5, 4, 3)]
	if !o.order {
		o.monthly = 0
		return o
	}
	o.lastPaid, o.paid = max(o.opened, n.first-day(paid)), o.monthly*s.between(3, 10)/10
	if behind {
		o.arrears = o.monthly * months
		o.pastDue = max(o.opened, n.first-day(30*months))
	}
	return o
}

// keepCases writes the person's parts in their cases on a night: one, and of some subjects a second in another office.
func (m *member) keepCases(b *books, night int) error {
	if m.f.participant(m.slot) == "" {
		return nil // a known wrong person has no part in the case
	}
	number := int(m.f.number) + 1
	if m.slot == theSibling {
		number += 50_000_000 // a case of their own (caseload.go)
	}
	office, officer := m.cases.desk(night)
	err := m.keepCase(b, number, m.owedBy(m.f, uint64(m.slot/theSibling)), office, officer, night)
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.number), 5)
	if second := s.chance(rateTwoCases); second && m.slot == theSubject {
		elsewhere := caseLife{office: [2]int{1 + s.below(m.offices)}, officer: [2]int{1 + s.below(m.officers)}}
		office, officer = elsewhere.desk(night)
		err = errors.Join(err, m.keepCase(b, number+70_000_000, m.owedBy(m.f, 8), office, officer, night))
	}
	return err
}

func (m *member) keepCase(b *books, number int, o owed, office, officer string, night int) error {
	s := b.row(ofCases, m.id)
	s.set("case_id", "C"+string(appendDigits(nil, number, 8)))
	s.set("participant", m.f.participant(m.slot))
	s.set("case_status", "open")
	s.set("function", m.function(&o))
	s.set("office", office)
	s.set("officer", officer)
	s.amount("monthly", o.monthly)
	s.amount("arrears", o.arrears)
	s.amount("last_paid_amount", o.paid)
	s.known("past_due_since", o.pastDue)
	s.known("last_paid", o.lastPaid)
	s.set("locate_since", m.locateSince())
	s.known("opened", o.opened)
	if m.cases.opens > 1 {
		s.date("opened", m.day(m.cases.opens).date())
	}
	if m.cases.closes > 0 && night >= m.cases.closes {
		s.set("case_status", "closed")
		s.date("closed", m.day(m.cases.closes).date())
	}
	s.set("other_state", o.otherState)
	s.set("language", o.language)
	for field, is := range map[string]bool{"order": o.order, "protected": m.protected(night), "good_cause": o.goodCause, "bankrupt": o.bankrupt} {
		s.set(field, pickText(is, "Y", "N"))
	}
	if !m.f.shield(m.slot) && o.withheld && o.order {
		s.set("withheld_by", m.presentEmployer())
	}
	return b.done(ofCases)
}

// function is what the case is being worked for.
func (m *member) function(o *owed) string {
	switch {
	case m.f.putative:
		return "paternity"
	case !o.order:
		return "establishment"
	case m.locateSince() != "":
		return "locate"
	}
	return "enforcement"
}

// locateSince is when the person was found to be lost: nobody who has a verified address is.
func (m *member) locateSince() string {
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.number), 6)
	ago := s.between(5, 120)
	for _, h := range m.entry.addresses[:m.entry.held] {
		if h.standing == "verified" && !h.ended {
			return ""
		}
	}
	if m.f.shield(m.slot) {
		return ""
	}
	return (m.first - day(ago)).date().String()
}

// presentEmployer is the federal number of the employer whom the agency has, and who employs the person still.
func (m *member) presentEmployer() string {
	var l life
	m.live(&l, m.f, m.slot)
	for _, j := range l.jobs {
		if known := m.knowsJob(j); known == "verified" || known == "unverified" {
			return nineDigits(m.world.employer(j.firm).ein)
		}
	}
	return ""
}
