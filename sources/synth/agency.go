package synth

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
)

// agencyWriter fills the agency's books for one night.
type agencyWriter struct {
	*books
	w *world
}

// writeAgency writes what the agency knows of the people on its caseload.
func (n *night) writeAgency(ctx context.Context) error {
	b, err := openBooks(filepath.Join(n.options.Out, "in"))
	if err != nil {
		return err
	}
	n.agency = agencyWriter{b, n.world}
	if n.planting {
		for k := range b.pages {
			b.pages[k].rejects = rejectsOf(b.pages[k].layout, 1<<20)
		}
	}
	return b.close(n.agency.everybody(ctx))
}

// everybody visits the caseload in the order of subject numbers within families.
func (a *agencyWriter) everybody(ctx context.Context) error {
	var f family
	for subject := range uint32(a.w.subjects) {
		if subject%tickRows == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		number, nth := a.w.holder(subject)
		if nth == 0 {
			a.w.familyInto(&f, number)
		}
		if err := a.person(&f, f.nthHeld(nth), a.w.subjectID(subject)); err != nil {
			return err
		}
	}
	return a.plantRejects()
}

// plantRejects plants what the readers must refuse: rows about somebody who is not on the caseload.
func (a *agencyWriter) plantRejects() error {
	for k := range knowledges {
		r := &a.pages[k].rejects
		for reason := r.next(r.among); reason != ""; reason = r.next(r.among) {
			p := a.w.stranger(len(r.planted) % a.w.pool)
			a.row(k, string(appendDigits(nil, int(a.w.listed(p.number)), 10)))
			if err := a.pages[k].plant(a.sheets[k].row(), reason); err != nil {
				return err
			}
		}
	}
	return nil
}

// person writes what is known of one person: the case of everybody, and of those who are looked for the rest.
func (a *agencyWriter) person(f *family, slot int, id string) error {
	p := f.person(slot)
	s := streamOf(f.w.seed, ofAgency, uint64(p.number), 0)
	if err := a.cases(&s, f, slot, id); err != nil || f.shield(slot) {
		return err
	}
	return errors.Join(a.addresses(&s, f, slot, id), a.employers(&s, f, slot, id), a.pairs(&s, f, slot, id),
		a.levy(&s, f, slot, id), a.renumbered(&s, id))
}

// cases writes the family's case and, of some, a second one elsewhere.
func (a *agencyWriter) cases(s *stream, f *family, slot int, id string) error {
	sheet := a.row(ofCases, id)
	number, office, officer := f.caseOf(slot)
	sheet.set("case_id", number)
	sheet.set("office", office)
	sheet.set("officer", officer)
	sheet.set("participant", f.participant(slot))
	sheet.set("case_status", "open")
	if e := f.entry(slot); e.protected {
		sheet.set("protected", "FV")
	}
	if f.shield(slot) {
		sheet.set("function", pickText(f.putative, "paternity", "enforcement"))
		return a.done(ofCases)
	}
	a.money(s, f, slot, sheet)
	if err := a.done(ofCases); err != nil {
		return err
	}
	if second := s.chance(rateSecondCase); !second || f.putative {
		return nil
	}
	sheet = a.row(ofCases, id)
	sheet.set("case_id", "C9"+string(appendDigits(nil, int(f.number), 7))+string(appendDigits(nil, slot, 1)))
	sheet.set("office", office)
	sheet.set("officer", officer)
	sheet.set("participant", "NP")
	sheet.set("case_status", "open")
	a.money(s, f, slot, sheet)
	return a.done(ofCases)
}

// money fills in what a case owes and pays, and what else is known of it. A putative father owes nothing: there is no order.
func (a *agencyWriter) money(s *stream, f *family, slot int, sheet *sheet) {
	owes, withheld, bankrupt, other, spanish := s.chance(rateOwes), s.chance(rateWithheld), s.chance(rateBankrupt), s.chance(rateOtherState), s.chance(rateSpanish)
	monthly, months, paid := 100+10*s.below(80), 1+s.below(30), s.between(20, 900)
	located := s.between(5, 400)
	if other {
		sheet.set("other_state", []string{"OK", "MO", "NE", "CO", "TX"}[s.below(5)])
	}
	if spanish {
		sheet.set("language", "es")
	}
	sheet.date("locate_since", (f.w.asOf - day(located)).date())
	if f.putative && slot == theSubject {
		sheet.set("function", "paternity")
		return
	}
	sheet.set("function", "enforcement")
	sheet.set("order", "Y")
	sheet.amount("monthly", monthly)
	sheet.date("last_paid", (f.w.asOf - day(paid)).date())
	sheet.amount("last_paid_amount", monthly)
	if owes {
		sheet.amount("arrears", monthly*months)
		sheet.date("past_due_since", (f.w.asOf - day(30*months)).date())
	}
	if bankrupt {
		sheet.set("bankrupt", "Y")
	}
	if withheld {
		sheet.set("withheld_by", nineDigits(f.w.employer(int(f.number)%employerCount).ein))
	}
}

// addresses writes, of some people, the address where they live now as verified already, and an earlier one as bad.
func (a *agencyWriter) addresses(s *stream, f *family, slot int, id string) error {
	verified, bad := s.chance(rateVerifiedNow), s.chance(rateBadBefore)
	p := f.person(slot)
	write := func(at stay, known, code string, since day) error {
		sheet, home := a.row(ofAddresses, id), f.w.addressOf(at.home)
		sheet.address(addressFields{"address_1", "address_2", "city", "state", "zip", ""}, &home, writing{})
		sheet.set("known", known)
		sheet.set("end_code", code)
		sheet.date("since", since.date())
		return a.done(ofAddresses)
	}
	switch {
	case verified:
		return write(p.now(), "verified", "", f.w.asOf-day(s.between(1, 60)))
	case bad && p.lived > 1:
		return write(p.stays[p.lived-2], "bad", []string{"RTS", "NSN", "UNC"}[s.below(3)], min(p.now().from+day(s.between(10, 90)), f.w.asOf))
	}
	return nil
}

// employers writes, of some people, an employer that is verified, or whom they left before they were hired again.
func (a *agencyWriter) employers(s *stream, f *family, slot int, id string) error {
	verified, left := s.chance(rateVerifiedNow), s.chance(rateLeft)
	firm, began := f.w.job(f.person(slot).number, 0)
	if !verified && !left {
		return nil
	}
	sheet := a.row(ofEmployers, id)
	sheet.set("ein", nineDigits(firm.ein))
	sheet.set("employer", firm.name)
	if verified {
		sheet.set("known", "verified")
		sheet.date("since", (began + 1).date())
	} else {
		sheet.set("known", "bad")
		sheet.set("end_code", []string{"Q", "F", "L"}[s.below(3)])
		sheet.date("since", (began - day(s.between(200, 900))).date())
		sheet.date("until", (began - day(s.between(20, 190))).date())
	}
	return a.done(ofEmployers)
}

// pairs writes numbers that are known not to be the person's: the wrong one that the caseload holds, a child's that was used.
func (a *agencyWriter) pairs(s *stream, f *family, slot int, id string) error {
	known := s.chance(rateInvalidKnown)
	var number uint32
	switch {
	case !known:
	case f.wrongNumber && slot == theSubject:
		number = f.person(theOther).ssn
	case f.childNumber == slot:
		number = f.person(firstChild).ssn
	}
	if number == 0 {
		return nil
	}
	a.row(ofInvalidPairs, id).set("ssn", nineDigits(number))
	return a.done(ofInvalidPairs)
}

func (a *agencyWriter) levy(s *stream, f *family, slot int, id string) error {
	levied, days := s.chance(rateLevied), s.between(10, 700)
	if !levied || f.putative {
		return nil
	}
	sheet := a.row(ofLevies, id)
	sheet.set("institution_tin", f.w.institution(int(f.number)%5).tin)
	number := f.w.account(f.person(slot).number, 0).number
	sheet.set("token", number[len(number)-4:])
	sheet.date("levied_on", (f.w.asOf - day(days)).date())
	sheet.set("outcome", []string{"paid", "no funds", "account closed"}[s.below(3)])
	return a.done(ofLevies)
}

func (a *agencyWriter) renumbered(s *stream, id string) error {
	merged, days := s.chance(rateRenumbered), s.between(10, 300)
	if !merged {
		return nil
	}
	a.merger("9"+strconv.FormatUint(s.next()%1_000_000_000, 10), id, a.w.asOf-day(days))
	return a.done(ofRenumbered)
}

// caseOf is the number, office and officer of a member's case; a sibling has a case of their own.
func (f *family) caseOf(slot int) (number, office, officer string) {
	cases := streamOf(f.w.seed, ofID, uint64(f.number), 1)
	n := int(f.number) + 1
	if slot == theSibling {
		n += 50_000_000
	}
	at := cases.below(officeCount)
	return "C" + string(appendDigits(nil, n, 8)), "OFFICE " + pad2(at+1), "W" + pad2(at+1) + pad2(cases.between(1, officersEach))
}
