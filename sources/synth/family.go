package synth

// The people of a family, by slot.
const (
	theSubject = iota // the NP or PF
	theParent         // the other parent
	firstChild        // to lastChild
	_
	_
	lastChild
	thePartner  // whom the subject lives with now
	theKin      // father or son of the subject's own name
	theSibling  // brother or sister, perhaps a twin
	theBorrower // a stranger who works under the subject's number
	theNamesake // a stranger elsewhere of the subject's name
	theOther    // the stranger whose number the agency holds as the subject's
)

// family is one subject and those around. Its traits are drawn at once, its members when asked for.
type family struct {
	w      *world
	number uint32
	traits
	drawn   uint16
	members [slots]person
}

// traits say what a family is like; they decide who exists and what happens to them.
type traits struct {
	mother, putative, married, keepsName  bool
	children                              int
	born                                  day // the subject's
	place                                 uint16
	kin, kinSon, sibling, twin, siblingIn bool
	partner, withParents, parentsNow      bool
	parentStays, familyOrder              bool
	borrower, namesake, wrongNumber       bool
	business, serves, stale, recent       bool
	childNumber, orderByKin               int // slot of who does it, -1 nobody
	onCaseload                            uint16
}

// family draws a family's traits.
func (w *world) family(number uint32) *family {
	f := &family{}
	w.familyInto(f, number)
	return f
}

// familyInto is family without an allocation.
func (w *world) familyInto(f *family, number uint32) {
	*f = family{w: w, number: number}
	s := streamOf(w.seed, ofFamily, uint64(number), 0)
	f.drawCouple(&s)
	f.drawKin(&s)
	f.drawEvents(&s)
	f.drawCaseload(&s)
	if f.regular() {
		f.becomeRegular()
	}
}

func (f *family) drawCouple(s *stream) {
	f.born = f.w.asOf - day((18+s.below(20)+s.below(26))*365+s.below(365))
	f.place = places().draw(s, rateHomeState)
	f.mother = s.chance(rateMother)
	f.putative = s.chance(ratePutative) && !f.mother
	f.married = s.chance(rateMarried) && !f.putative
	f.keepsName = s.chance(rateKeepsName)
	f.children = 1 + s.pick(46, 32, 15, 7)
	f.parentStays = s.chance(rateParentStays)
	f.partner = s.chance(rateNewPartner)
}

func (f *family) drawKin(s *stream) {
	age := f.w.asOf.years(f.born)
	f.kin = s.chance(rateNamesakeKin) && !f.mother
	f.kinSon = s.chance(rateKinSon) && age >= 38
	f.sibling = s.chance(rateSibling)
	f.twin = s.chance(rateTwin) && f.sibling
	f.siblingIn = (s.chance(rateSharesHome) || f.twin) && f.sibling
	f.withParents = s.chance(rateWithParents) || f.siblingIn || f.kin && !f.kinSon && s.chance(0.6)
	f.parentsNow = s.chance(0.5)
}

func (f *family) drawEvents(s *stream) {
	f.recent = s.chance(rateMoved)
	f.stale = s.chance(rateStaleOrder)
	f.borrower = s.chance(rateBorrower)
	f.namesake = s.chance(rateNamesake)
	f.wrongNumber = s.chance(rateWrongPerson)
	f.business = s.chance(rateBusiness)
	f.serves = s.chance(rateService) && f.w.asOf.years(f.born) < 45
	f.familyOrder = s.chance(rateFamilyOrder) && f.married && !f.mother
	f.childNumber, f.orderByKin = -1, -1
	if who := s.pick(5, 3, 2); s.chance(rateChildNumber) {
		f.childNumber = []int{theSubject, thePartner, theSibling}[who]
	}
	if s.chance(rateOrderByKin) {
		f.orderByKin = f.housemate()
	}
	if f.familyOrder {
		f.keepsName, f.parentStays = true, false
	}
	f.partner = f.partner || f.childNumber == thePartner
	f.sibling = f.sibling || f.childNumber == theSibling
}

// housemate is who files an order from the subject's address; a partner is found where nobody else is.
func (f *family) housemate() int {
	switch {
	case f.siblingIn:
		return theSibling
	case f.kin:
		return theKin
	}
	f.partner = true
	return thePartner
}

// drawCaseload says who of the family is on the caseload.
func (f *family) drawCaseload(s *stream) {
	f.onCaseload = 1 << theSubject
	if s.chance(rateShieldParent) {
		f.onCaseload |= 1 << theParent
	}
	for child := range f.children {
		if s.chance(rateShieldChild) || f.childNumber >= 0 && child == 0 {
			f.onCaseload |= 1 << (firstChild + child)
		}
	}
	if s.chance(rateShieldKin) && f.kin {
		f.onCaseload |= 1 << theKin
	}
	if (s.chance(rateSubjectSibling) || f.twin && s.chance(0.15)) && f.sibling {
		f.onCaseload |= 1 << theSibling
	}
}

// has tells whether the family has anybody in a slot.
func (f *family) has(slot int) bool {
	switch slot {
	case theSubject, theParent:
		return true
	case thePartner:
		return f.partner
	case theKin:
		return f.kin
	case theSibling:
		return f.sibling
	case theBorrower:
		return f.borrower
	case theNamesake:
		return f.namesake
	case theOther:
		return f.wrongNumber
	}
	return slot-firstChild < f.children
}

// held tells whether the person in a slot is on the caseload. Of the last family, those whom the wanted number of
// subjects leaves no room for are not.
func (f *family) held(slot int) bool {
	return f.onCaseload>>slot&1 == 1 && f.order(slot) < f.w.first[f.number+1]
}

// order is the subject number of a slot.
func (f *family) order(slot int) uint32 {
	n := f.w.first[f.number]
	for s := range slot {
		n += uint32(f.onCaseload >> s & 1)
	}
	return n
}

// shield tells whether a person on the caseload is there to compete only.
func (f *family) shield(slot int) bool { return slot != theSubject && slot != theSibling }

// participant is the person's part in the case; a known wrong person has none.
func (f *family) participant(slot int) string {
	switch {
	case slot == theSubject && f.putative:
		return "PF"
	case slot == theSubject || slot == theSibling:
		return "NP"
	case slot == theParent:
		return "CP"
	case slot >= firstChild && slot <= lastChild:
		return "CH"
	}
	return ""
}

// person is the member in a slot.
func (f *family) person(slot int) *person {
	p := &f.members[slot]
	if f.drawn>>slot&1 == 0 {
		f.drawn |= 1 << slot
		number := f.number*slots + uint32(slot)
		s := streamOf(f.w.seed, ofPerson, uint64(number), 1)
		*p = f.draw(slot, number, &s)
	}
	return p
}

// draw makes a member.
func (f *family) draw(slot int, number uint32, s *stream) person {
	switch slot {
	case theSubject:
		return f.drawSubject(number, s)
	case theParent:
		return f.drawParent(number, s)
	case thePartner:
		return f.drawPartner(number, s)
	case theKin:
		return f.drawKinsman(number, s)
	case theSibling:
		return f.drawSibling(number, s)
	case theBorrower, theOther:
		return f.drawStranger(number, s, names().drawSurname(s))
	case theNamesake:
		return f.drawNamesake(number, s)
	}
	return f.drawChild(number, s)
}
