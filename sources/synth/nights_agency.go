package synth

import (
	"context"
	"errors"
	"path/filepath"
)

// writeAgency writes the agency's own files as they stand on a night.
func (n *nights) writeAgency(ctx context.Context, dir string, night int) error {
	b, err := openBooks(filepath.Join(dir, "agency"))
	if err != nil {
		return err
	}
	return b.close(n.everybody(ctx, night, func(m *member) error {
		return errors.Join(m.keepCases(b, night), m.keepAddresses(b), m.keepEmployers(b), m.keepPair(b), m.keepLevy(b), m.keepMerger(b, night))
	}))
}

// keepAddresses writes the addresses held, as the caseload has them.
func (m *member) keepAddresses(b *books) error {
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.person(m.slot).number), 1)
	for _, h := range m.entry.addresses[:m.entry.held] {
		known, sent := h.standing, s.chance(0.15)
		if known == "unverified" && sent {
			known = "sent"
		}
		sheet, a := b.row(ofAddresses, m.id), m.world.addressOf(h.stay.home)
		how := h.how
		how.zip4 = false
		sheet.address(addressFields{"address_1", "address_2", "city", "state", "zip", ""}, &a, how)
		sheet.set("known", known)
		if known == "bad" {
			sheet.set("end_code", "MAIL RETURNED")
		}
		sheet.date("since", h.stay.from.date())
		if h.ended && h.stay.to != never {
			sheet.date("until", h.stay.to.date())
		}
		if err := b.done(ofAddresses); err != nil {
			return err
		}
	}
	return nil
}

// keepEmployers writes the former jobs that the agency found out.
func (m *member) keepEmployers(b *books) error {
	var l life
	m.live(&l, m.f, m.slot)
	for _, j := range l.jobs {
		known := m.knowsJob(j)
		if known == "" {
			continue
		}
		sheet, firm := b.row(ofEmployers, m.id), m.world.employer(j.firm)
		sheet.set("ein", nineDigits(firm.ein))
		sheet.set("employer", firm.name)
		sheet.set("known", known)
		sheet.date("since", j.began.date())
		if known == "bad" {
			sheet.set("end_code", "LEFT")
			sheet.date("until", j.ended.date())
		}
		if err := b.done(ofEmployers); err != nil {
			return err
		}
	}
	return nil
}

// knowsJob is what the agency has of a job: nothing of those that the stretch reports.
func (m *member) knowsJob(j job) string {
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.person(m.slot).number), 2)
	known, verified := s.chance(rateKnownJob), s.chance(rateVerified)
	switch {
	case !j.former || !known || m.f.shield(m.slot):
		return ""
	case j.ended < m.first:
		return "bad"
	case verified:
		return "verified"
	}
	return "unverified"
}

// keepPair writes the number held that was found to be another person's.
func (m *member) keepPair(b *books) error {
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.number), 3)
	if found := s.chance(ratePairKnown); !found || !m.f.wrongNumber || m.slot != theSubject {
		return nil
	}
	b.row(ofInvalidPairs, m.id).set("ssn", nineDigits(m.f.person(theOther).ssn))
	return b.done(ofInvalidPairs)
}

// keepLevy writes a levy tried in the half year before the stretch.
func (m *member) keepLevy(b *books) error {
	var l life
	m.live(&l, m.f, m.slot)
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.number), 4)
	levied, ago, outcome := s.chance(rateLevyTried), s.between(20, 300), []string{"collected", "nothing there", "released"}[s.below(3)]
	if !levied || m.slot != theSubject || len(l.books) == 0 {
		return nil
	}
	a := m.world.account(m.f.person(m.slot).number, l.books[0].which)
	sheet := b.row(ofLevies, m.id)
	sheet.set("institution_tin", m.world.institution(l.books[0].institution).tin)
	sheet.set("token", a.number[len(a.number)-4:])
	sheet.date("levied_on", (m.first - day(ago)).date())
	sheet.set("outcome", outcome)
	return b.done(ofLevies)
}

// keepMerger writes the numbers merged: some before the stretch, which nobody saw, and some within it.
func (m *member) keepMerger(b *books, night int) error {
	old, changed := "", day(0)
	switch {
	case m.slot == theSubject && m.f.number%renumberEvery == 7:
		old, changed = m.other(m.f, m.slot), m.first-40
	case m.renumbered(m.f, m.slot) && night >= m.flagNight():
		old, changed = m.subjectID(m.f.order(m.slot)), m.day(m.flagNight())
	default:
		return nil
	}
	b.merger(old, m.id, changed)
	return b.done(ofRenumbered)
}

// renumberEvery is of how many families one has a number merged before the stretch, and one in its middle.
const renumberEvery = 100

// renumbered tells whether a person's number is merged into another in the middle of the stretch.
func (n *nights) renumbered(f *family, slot int) bool {
	return slot == theSubject && f.number%renumberEvery == 13
}

// numberOn is the number under which the caseload has a person on a night. The suppliers go on with the first.
func (n *nights) numberOn(f *family, slot, night int) string {
	if n.renumbered(f, slot) && night >= n.flagNight() {
		return n.other(f, slot)
	}
	return n.subjectID(f.order(slot))
}

// other is a number of the person that no caseload of the first night has.
func (n *nights) other(f *family, slot int) string {
	return string(appendInt(nil, int(n.world.listed(f.person(slot).number))))
}
