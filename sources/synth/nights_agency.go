package synth

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path/filepath"
)

// agencyFiles are what the agency itself knows, with the columns of the layouts agency-…; the caseload's people and nobody else.
var agencyFiles = []struct {
	name    string
	columns []string
	rows    func(*member, int) [][]string
}{
	{"cases", []string{"subject_id", "case_id", "participant", "case_status", "function", "office", "officer", "order", "monthly", "arrears",
		"past_due_since", "last_paid", "last_paid_amount", "locate_since", "opened", "closed", "other_state", "language", "protected",
		"good_cause", "bankrupt", "withheld_by"}, (*member).caseRows},
	{"addresses", []string{"subject_id", "address_1", "address_2", "address_3", "city", "state", "zip", "known", "end_code", "since", "until"},
		(*member).addressRows},
	{"employers", []string{"subject_id", "ein", "employer", "known", "end_code", "since", "until"}, (*member).employerRows},
	{"invalid-pairs", []string{"subject_id", "ssn", "recheck_on"}, (*member).pairRows},
	{"levies", []string{"subject_id", "institution_tin", "token", "levied_on", "outcome"}, (*member).levyRows},
	{"renumbered", []string{"old_subject_id", "new_subject_id", "change", "changed_on"}, (*member).renumberedRows},
}

// writeAgency writes the agency's own files as they stand on a night.
func (n *nights) writeAgency(ctx context.Context, dir string, night int) error {
	for _, file := range agencyFiles {
		err := writeFile(filepath.Join(dir, "agency", file.name+".csv"), func(out io.Writer) error {
			w := csv.NewWriter(out)
			if err := w.Write(file.columns); err != nil {
				return err
			}
			err := n.everybody(ctx, night, func(m *member) error { return w.WriteAll(file.rows(m, night)) })
			return errors.Join(err, w.Error())
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// addressRows are the addresses held, as the caseload has them.
func (m *member) addressRows(int) (rows [][]string) {
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.person(m.slot).number), 1)
	for _, h := range m.entry.addresses[:m.entry.held] {
		a := m.world.addressOf(h.stay.home)
		known, code, until, sent := h.standing, "", "", s.chance(0.15)
		if known == "unverified" && sent {
			known = "sent"
		}
		if known == "bad" {
			code = "MAIL RETURNED"
		}
		if h.ended && h.stay.to != never {
			until = h.stay.to.date().String()
		}
		line2 := ""
		if a.secondLine(h.how) {
			line2 = string(a.appendUnit(nil))
		}
		rows = append(rows, []string{m.id, string(a.appendLine1(nil, h.how)), line2, "", a.city, a.state, a.zip, known, code,
			h.stay.from.date().String(), until})
	}
	return rows
}

// employerRows are the former jobs that the agency found out.
func (m *member) employerRows(int) (rows [][]string) {
	var l life
	m.live(&l, m.f, m.slot)
	for _, j := range l.jobs {
		known := m.knowsJob(j)
		if known == "" {
			continue
		}
		firm, code, until := m.world.employer(j.firm), "", ""
		if known == "bad" {
			code, until = "LEFT", j.ended.date().String()
		}
		rows = append(rows, []string{m.id, nineDigits(firm.ein), firm.name, known, code, j.began.date().String(), until})
	}
	return rows
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

// pairRows name the number held that was found to be another person's.
func (m *member) pairRows(int) [][]string {
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.number), 3)
	if found := s.chance(ratePairKnown); !found || !m.f.wrongNumber || m.slot != theSubject {
		return nil
	}
	return [][]string{{m.id, nineDigits(m.f.person(theOther).ssn), ""}}
}

// levyRows are levies tried in the half year before the stretch.
func (m *member) levyRows(int) [][]string {
	var l life
	m.live(&l, m.f, m.slot)
	s := streamOf(m.world.seed, ofArrears, uint64(m.f.number), 4)
	levied, ago, outcome := s.chance(rateLevyTried), s.between(20, 300), []string{"collected", "nothing there", "released"}[s.below(3)]
	if !levied || m.slot != theSubject || len(l.books) == 0 {
		return nil
	}
	a := m.world.account(m.f.person(m.slot).number, l.books[0].which)
	return [][]string{{m.id, m.world.institution(l.books[0].institution).tin, a.number[len(a.number)-4:], (m.first - day(ago)).date().String(), outcome}}
}

// renumberedRows are the numbers merged: some before the stretch, which nobody saw, and some within it.
func (m *member) renumberedRows(night int) [][]string {
	if m.slot == theSubject && m.f.number%renumberEvery == 7 {
		return [][]string{{m.other(m.f, m.slot), m.id, "merged", (m.first - 40).date().String()}}
	}
	if m.renumbered(m.f, m.slot) && night >= m.flagNight() {
		return [][]string{{m.subjectID(m.f.order(m.slot)), m.id, "merged", m.day(m.flagNight()).date().String()}}
	}
	return nil
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
