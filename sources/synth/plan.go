package synth

// extract is one of the night's files.
type extract uint8

const (
	postal extract = iota
	employment
	military
	financial
	extracts
)

// What further kinds of files tell of, beside those four.
const (
	locates  = extracts + iota // answers of the federal locate service's other sources
	benefits                   // of Social Security
	prisons
	deaths
	meetings // files of no known kind
	kinds
)

// event is why a row exists.
type event uint8

const (
	ownMove      event = iota // somebody's own forwarding order
	forFamily                 // the same, filed for the family: a surname alone
	otherMove                 // the other parent's family order, answered under the subject's key
	kinOrder                  // a housemate's order, answered under the subject's key
	staleMove                 // an old order of somebody who moved back
	hired                     // a new hire
	hiredOnChild              // the same with a child's number
	hiredOnOther              // the same with the subject's number
	asked                     // an answer of the military's
	askedWrong                // the same, or the locate service's, about the person whose number we hold
	book                      // an account
	jointBook                 // an account with the partner
	coBook                    // the partner's row of that account
	businessBook              // a business account with the subject's digits
	minorBook                 // a child's account in the subject's custody
	met                       // an answer or a report of the further kinds
)

// planned is one row that a family leaves in an extract.
type planned struct {
	extract extract
	event   event
	slot    uint8
	copy    uint8 // 0 the first of its kind
}

// plan lists a family's rows in all extracts, in an order that depends on nothing else.
func (f *family) plan(rows []planned) []planned {
	s := streamOf(f.w.seed, ofPlan, uint64(f.number), 0)
	for slot := range slots {
		switch {
		case !f.has(slot):
		case slot == theSubject:
			rows = f.planSubject(&s, rows)
		case slot == theSibling && f.held(slot):
			rows = f.planWork(&s, rows, slot)
			rows = f.planMoney(&s, rows, slot)
		case slot >= firstChild && slot <= lastChild:
			rows = f.planChild(&s, rows, slot)
		default:
			rows = f.planOthers(&s, rows, slot)
		}
	}
	return rows
}

func (f *family) planSubject(s *stream, rows []planned) []planned {
	rows = f.planMoves(s, rows)
	rows = f.planWork(s, rows, theSubject)
	rate := rateAsked
	if f.serves || f.wrongNumber {
		rate = 0.8
	}
	if s.chance(rate) {
		what := asked
		if f.wrongNumber {
			what = askedWrong
		}
		rows = append(rows, planned{military, what, theSubject, 0})
	}
	return f.planMoney(s, rows, theSubject)
}

func (f *family) planMoves(s *stream, rows []planned) []planned {
	whole, twice := s.chance(rateFamilyMove), s.chance(rateMovedTwice)
	withFamily := f.partner && f.person(thePartner).family == f.person(theSubject).family
	if f.recent && !f.stale {
		first, second := ownMove, forFamily
		if whole && withFamily {
			first, second = forFamily, ownMove
		}
		rows = append(rows, planned{postal, first, theSubject, 0})
		if twice {
			rows = append(rows, planned{postal, second, theSubject, 1})
		}
	}
	if f.stale {
		rows = append(rows, planned{postal, staleMove, theSubject, 0})
	}
	if f.familyOrder {
		rows = append(rows, planned{postal, otherMove, theParent, 0})
	}
	if f.orderByKin >= 0 {
		rows = append(rows, planned{postal, kinOrder, uint8(f.orderByKin), 0})
	}
	return rows
}

// planWork is the new hires of somebody who is looked for.
func (f *family) planWork(s *stream, rows []planned, slot int) []planned {
	works, second := s.chance(rateHired), s.chance(rateSecondJob)
	if f.childNumber == slot {
		rows = append(rows, planned{employment, hiredOnChild, uint8(slot), 0})
	} else if works {
		rows = append(rows, planned{employment, hired, uint8(slot), 0})
	}
	if works && second {
		rows = append(rows, planned{employment, hired, uint8(slot), 1})
	}
	return rows
}

// planMoney is the accounts of somebody who is looked for.
func (f *family) planMoney(s *stream, rows []planned, slot int) []planned {
	banked, second, joint := s.chance(rateBanked), s.chance(rateSecondBook), s.chance(rateCoOwner)
	joint = joint && f.partner && slot == theSubject
	switch {
	case !banked:
	case joint:
		rows = append(rows, planned{financial, jointBook, uint8(slot), 0}, planned{financial, coBook, thePartner, 0})
	default:
		rows = append(rows, planned{financial, book, uint8(slot), 0})
	}
	if banked && second {
		rows = append(rows, planned{financial, book, uint8(slot), 1})
	}
	if f.business && slot == theSubject {
		rows = append(rows, planned{financial, businessBook, uint8(slot), 2})
	}
	return rows
}

func (f *family) planChild(s *stream, rows []planned, slot int) []planned {
	minor, works := s.chance(rateMinorBook), s.chance(rateOtherHired)
	switch age := f.w.asOf.years(f.person(slot).born); {
	case minor && age < 18:
		rows = append(rows, planned{financial, minorBook, uint8(slot), 0})
	case works && age >= 16:
		rows = append(rows, planned{employment, hired, uint8(slot), 0})
	}
	return rows
}

// planOthers is the rows of those whom nobody looks for.
func (f *family) planOthers(s *stream, rows []planned, slot int) []planned {
	hiring, banking, moving := rateOtherHired, rateOtherBanked, rateOtherMoved
	if f.planted(slot) {
		hiring, banking, moving = rateKinHired, rateKinBanked, rateKinMoved
	}
	works, banked, moved := s.chance(hiring), s.chance(banking), s.chance(moving)
	switch {
	case slot == theBorrower:
		rows = append(rows, planned{employment, hiredOnOther, theBorrower, 0})
	case f.childNumber == slot:
		rows = append(rows, planned{employment, hiredOnChild, uint8(slot), 0})
	case works:
		rows = append(rows, planned{employment, hired, uint8(slot), 0})
	}
	if banked && slot != theBorrower {
		rows = append(rows, planned{financial, book, uint8(slot), 1})
	}
	if moved && f.person(slot).lived > 1 && slot != theBorrower && !(f.familyOrder && slot == theParent) {
		rows = append(rows, planned{postal, ownMove, uint8(slot), 0})
	}
	return rows
}

// planted tells whether somebody is in the population for the trap alone.
func (f *family) planted(slot int) bool {
	switch slot {
	case theKin, theBorrower, theNamesake, theOther:
		return true
	case theSibling:
		return f.siblingIn || f.twin
	}
	return false
}
