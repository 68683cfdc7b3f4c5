package leads

import (
	"strconv"
	"strings"

	"locatematch/sources/codes"
	"locatematch/sources/person"
)

// militaryFact is an answer that the person serves (Y or X, or a status of those on active duty), was notified of a call-up, or
// served until a stated day (N with an end, or a day of separation). N alone says nothing that lasts, and Z that the question was not understood: neither
// is a lead, and neither says "not serving". So a service begins and ends by dated answers alone, and absence from a file, however
// complete, ends nothing.
func militaryFact(l *Link) *fact {
	s := l.Sighting
	if s.Source != sourceMilitary {
		return nil
	}
	m := &Military{AsOf: s.event()}
	switch duty, notified := s.value(person.ActiveDuty), s.value(person.Notified); {
	case duty == "Y" || duty == "X":
		m.Active = true
		m.Component = s.value(person.Component)
		m.Begin, m.End = ParseDate(s.value(person.DutyBegin)), ParseDate(s.value(person.DutyEnd))
	case notified == "Y":
		m.Component = s.value(person.NotifyComponent)
		m.Begin, m.End = ParseDate(s.value(person.NotifyBegin)), ParseDate(s.value(person.NotifyEnd))
	case duty == "N" && ParseDate(s.value(person.DutyEnd)) != nil:
		m.Ended = true
		m.Component = s.value(person.Component)
		m.Begin, m.End = ParseDate(s.value(person.DutyBegin)), ParseDate(s.value(person.DutyEnd))
	case onDuty(s.value(person.DutyStatus)):
		m.Active, m.Component = true, s.value(person.Service)
		m.Begin = ParseDate(s.value(person.DutyBegin))
	case s.separated() != nil:
		m.Ended, m.Component = true, s.value(person.Service)
		m.Begin, m.End = ParseDate(s.value(person.DutyBegin)), s.separated()
	default:
		return nil
	}
	m.Component = strings.ToUpper(m.Component)
	m.Service = codes.Words(person.Component, m.Component)
	f := &fact{kind: KindMilitary, key: m.Component + "|" + dateKey(m.Begin), display: m.display(), event: m.AsOf, answer: true, military: m}
	f.mark = dateKey(m.End)
	switch {
	case m.Active:
		f.mark += "|active"
	case m.Ended:
		f.mark += "|ended"
	}
	f.clause = m.clause
	return f
}

// separated is the day on which the Department of Defense says that a person left the service. The same field has the day of death
// where the eligibility says that the person died (domain.md section 4).
func (s *Sighting) separated() *PartialDate {
	if eligibility := s.value(person.Eligibility); eligibility == "" || eligibility == "2" {
		return nil
	}
	return ParseDate(s.value(person.LeftDate))
}

// onDuty knows the statuses of those on active duty, reservists and the National Guard among them.
func onDuty(status string) bool {
	switch strings.ToUpper(status) {
	case "A", "B", "N", "V":
		return true
	}
	return false
}

func dateKey(d *PartialDate) string {
	if d == nil {
		return ""
	}
	if d.Precision == ByQuarter {
		return d.Date.time().Format("2006") + "Q" + strconv.Itoa(int(d.Date.time().Month()-1)/3+1)
	}
	layout := map[string]string{ByDay: "20060102", ByMonth: "200601", ByYear: "2006"}[d.Precision]
	return d.Date.time().Format(layout)
}

func (m *Military) display() string {
	words := "Called to active duty"
	if m.Active || m.Ended {
		words = "Active duty"
	}
	if m.Service != "" {
		words += " in " + m.Service
	}
	if m.Begin != nil {
		words += " from " + m.Begin.Long()
	}
	if m.Ended {
		words += " until " + m.End.Long()
	}
	return words
}

func (m *Military) clause(p pronouns, asOf Day) string {
	service := ""
	if m.Service != "" {
		service = " in " + m.Service
	}
	if m.Active {
		return sentenceCase(p.subject) + " is on active duty" + service + "; the Defense Department said so" + on(m.AsOf, asOf)
	}
	if m.Ended {
		return sentenceCase(p.possessive) + " active duty" + service + " ended" + on(m.End, asOf) + "; the Defense Department said so" + on(m.AsOf, asOf)
	}
	return sentenceCase(p.subject) + " was told of a call to active duty" + service + "; the Defense Department said so" + on(m.AsOf, asOf)
}
