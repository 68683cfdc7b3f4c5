package synth

// entry is what the agency holds of one person: a caseload row, and what the echoing suppliers send back.
type entry struct {
	number, status string // SSN and what the federal registry said of it
	more           string // a second number
	names          [3]written
	named          int
	suffix         string
	born           date
	bornHeld       bool
	addresses      [3]holding
	held           int
	phones         [2]string
	email          string
	protected      bool
	traps          trapSet // of every pair with this person
}

// holding is one address that the agency holds.
type holding struct {
	stay     stay
	how      writing
	standing string
	ended    bool // the agency knows that the person left
}

// entry draws the caseload's knowledge of a member.
func (f *family) entry(slot int) entry {
	p := f.person(slot)
	s := streamOf(f.w.seed, ofCaseload, uint64(p.number), 0)
	var e entry
	e.holdNumber(&s, f, slot)
	e.holdNames(&s, p)
	e.holdBorn(&s, p)
	e.holdAddresses(&s, f, slot)
	e.holdContacts(&s, f.w, p)
	rate := rateProtected
	if f.shield(slot) {
		rate = rateProtectedOther
	}
	e.protected = s.chance(rate)
	if f.regular() {
		e.protected, e.number, e.born, e.bornHeld = false, nineDigits(p.ssn), p.born.date(), true
		e.traps &^= caseTraps
	}
	return e
}

// caseTraps are those of a number or birth date that is wrong on our side.
const caseTraps = trapSet(1<<CaseTransposedSSN | 1<<CaseMistypedSSN | 1<<CaseDummySSN | 1<<CaseWrongSSN | 1<<CaseWrongDate)

// holdNumber decides which SSN the caseload has. A wrong or missing one is mostly unverified: the registry would have
// corrected what it could.
func (e *entry) holdNumber(s *stream, f *family, slot int) {
	p, w := f.person(slot), f.w
	blank, verified, other := s.chance(blankSSNCaseload), s.chance(rateNumberVerified), s.chance(rateOtherNumber)
	transposed, mistyped, dummy := s.chance(rateCaseTransposed), s.chance(rateCaseMistyped), s.chance(rateCaseDummy)
	how := s.pick(88, 9, 3)
	if other {
		e.more = nineDigits(w.numbers.itin(p.number))
	}
	number := p.ssn
	switch {
	case f.wrongNumber && slot == theSubject:
		number = f.person(theOther).ssn
		e.traps.add(CaseWrongSSN)
	case blank || p.itin:
		return
	case transposed:
		number = w.wrongNumber(s, number, transposeDigits)
		e.traps.add(CaseTransposedSSN)
	case mistyped:
		number = w.wrongNumber(s, number, changeDigit)
		e.traps.add(CaseMistypedSSN)
	case dummy:
		number = dummyNumbers[s.below(len(dummyNumbers))]
		e.traps.add(CaseDummySSN)
	case verified:
		e.status = []string{"V", "N", "C"}[how]
	}
	e.number = nineDigits(number)
}

// holdNames gives the primary name and the aliases: the short form, the name before marriage, both surnames.
func (e *entry) holdNames(s *stream, p *person) {
	primary := written{given: p.given, middle: p.middle, family: p.family.text}
	var ignored trapSet
	switch {
	case p.second != nil:
		primary.family = p.writeFamily(s, manner{dressed: true}, &ignored)
	case p.family.dressed != "" && s.chance(rateDress):
		primary.family = p.family.dressed
	}
	short := nicknames[p.given]
	if nick := s.chance(rateCaseNickname); nick && len(short) > 0 {
		primary.given = short[s.below(len(short))]
	}
	if s.chance(blankMiddleCase) {
		primary.middle = ""
	} else if full := s.chance(0.45); !full && primary.middle != "" {
		primary.middle = primary.middle[:1]
	}
	e.misspell(s, &primary)
	e.addName(primary)
	if s.chance(rateMaidenHeld) && p.other != nil {
		e.addName(written{given: p.given, family: p.other.text})
	}
	if alias := s.chance(rateAlias); alias && len(short) > 0 {
		e.addName(written{given: short[s.below(len(short))], family: p.family.text})
	} else if alias && p.second != nil {
		e.addName(written{given: p.given, family: p.second.text})
	}
	if s.chance(rateSuffixHeld) {
		e.suffix = p.suffix
	}
}

func (e *entry) misspell(s *stream, n *written) {
	if s.chance(rateCaseTypo) {
		n.given = mistype(s, n.given)
	}
	if s.chance(rateCaseTypo) {
		n.family = mistype(s, n.family)
	}
}

func (e *entry) addName(n written) {
	e.names[e.named] = n
	e.named++
}

func (e *entry) holdBorn(s *stream, p *person) {
	blank, wrong, x := s.chance(blankBornCaseload), s.chance(rateCaseBornWrong), s.below(3)
	e.born, e.bornHeld = p.born.date(), !blank
	if wrong && !blank {
		e.born = mistypeDate(e.born, x)
		e.traps.add(CaseWrongDate)
	}
}

// holdAddresses lists the addresses held, latest first. Somebody whose forwarding order is in tonight's answers is
// held at the address the order leaves: that is what was sent.
func (e *entry) holdAddresses(s *stream, f *family, slot int) {
	p := f.person(slot)
	current := s.chance(rateCurrentKnown)
	last := p.lived - 1
	if f.leaves(slot) || !current && last > 0 {
		last--
	}
	if f.stale && slot == theSubject {
		last = p.lived - 1
	}
	for i := last; i >= 0 && e.held < len(e.addresses); i-- {
		h := holding{stay: p.stays[i], how: drawWriting(s), standing: "unverified", ended: e.held > 0}
		h.how.typo = false
		verified, bad := s.chance(rateVerified), s.chance(rateBadAddress)
		switch {
		case bad && i < p.lived-1:
			h.standing, h.ended = "bad", true
		case verified:
			h.standing = "verified"
		}
		e.addresses[e.held] = h
		e.held++
	}
	e.holdSent(s, f, slot)
}

// holdSent makes sure that the address is held from which somebody else's order came back: it was on the list sent.
func (e *entry) holdSent(s *stream, f *family, slot int) {
	how := drawWriting(s)
	if slot != theSubject || !f.familyOrder && f.orderByKin < 0 {
		return
	}
	sent := f.person(theSubject).stays[0]
	if f.orderByKin >= 0 {
		sent = f.shared(f.orderByKin)
	}
	if _, ok := e.holding(sent.home); ok {
		return
	}
	how.typo = false
	e.addresses[max(0, e.held-1)] = holding{stay: sent, how: how, standing: "unverified", ended: e.held > 1}
	e.held = max(1, e.held)
}

// holding finds a home among the addresses held; failing that, it is the latest.
func (e *entry) holding(h home) (holding, bool) {
	for _, held := range e.addresses[:e.held] {
		if held.stay.home == h {
			return held, true
		}
	}
	return e.addresses[0], false
}

// leaves tells whether a member's own order is in tonight's answers.
func (f *family) leaves(slot int) bool {
	return slot == theSubject && f.recent || slot == theParent && f.familyOrder
}

func (e *entry) holdContacts(s *stream, w *world, p *person) {
	area := w.addressOf(p.now().home).area
	if s.chance(ratePhone) {
		e.phones[0] = phoneNumber(area, s.below(10_000))
		if s.chance(rateSecondPhone) {
			e.phones[1] = phoneNumber(area, s.below(10_000))
		}
	}
	if s.chance(rateEmail) {
		e.email = lower(p.given) + "." + lower(p.family.text) + string(appendDigits(nil, s.below(100), 2)) + "@example." + []string{"com", "net", "org"}[s.below(3)]
	}
}

// phoneNumber has the exchange 555, which is nobody's.
func phoneNumber(area, line int) string {
	dst := appendDigits([]byte{'('}, area, 3)
	return string(appendDigits(append(dst, ") 555-"...), line, 4))
}

func lower(text string) string {
	b := []byte(text)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 32
		}
	}
	return string(b)
}
