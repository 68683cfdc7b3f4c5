package synth

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

// caseRows are the person's parts in their cases on a night: one, and of some subjects a second in another office.
func (m *member) caseRows(night int) [][]string {
	if m.f.participant(m.slot) == "" {
		return nil // a known wrong person has no part in the case
	}
	number := int(m.f.number) + 1
	if m.slot == theSibling {
		number += 50_000_000 // a case of their own (caseload.go)
	}
	office, officer := m.cases.desk(night)
	rows := [][]string{m.caseRow(number, m.owedBy(m.f, uint64(m.slot/theSibling)), office, officer, night)}
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.number), 5)
	if second := s.chance(rateTwoCases); second && m.slot == theSubject {
		elsewhere := caseLife{office: [2]int{1 + s.below(m.offices)}, officer: [2]int{1 + s.below(m.officers)}}
		office, officer = elsewhere.desk(night)
		rows = append(rows, m.caseRow(number+70_000_000, m.owedBy(m.f, 8), office, officer, night))
	}
	return rows
}

func (m *member) caseRow(number int, o owed, office, officer string, night int) []string {
	opened, closed, status := o.opened.date().String(), "", "open"
	if m.cases.opens > 1 {
		opened = m.day(m.cases.opens).date().String()
	}
	if m.cases.closes > 0 && night >= m.cases.closes {
		closed, status = m.day(m.cases.closes).date().String(), "closed"
	}
	withheld := ""
	if !m.f.shield(m.slot) && o.withheld && o.order {
		withheld = m.presentEmployer()
	}
	return []string{m.id, "C" + string(appendDigits(nil, number, 8)), m.f.participant(m.slot), status, m.function(&o), office, officer,
		flag(o.order), dollarsOf(o.monthly), dollarsOf(o.arrears), dated(o.pastDue), dated(o.lastPaid), dollarsOf(o.paid), m.locateSince(),
		opened, closed, o.otherState, o.language, flag(m.protected(night)), flag(o.goodCause), flag(o.bankrupt), withheld}
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

func flag(b bool) string { return pickText(b, "Y", "N") }

func dollarsOf(n int) string { return string(appendInt(nil, n)) }

// dated writes a day; day 0 is none.
func dated(d day) string {
	if d == 0 {
		return ""
	}
	return d.date().String()
}
