package synth

// financialFile fills the accounts of one institution after another: every open account, as Method 1 has it.
type financialFile struct{ at institution }

func (x *financialFile) open(at institution) { x.at = at }

// holders say whose row it is, and who else owns the account.
type holders struct {
	owner, second *person
	payee         string // 0 sole, 1 the owner is secondary, 2 the owner is primary
	title         string // "" as the owners' names make it
}

// member writes the account of somebody in a family.
func (x *financialFile) member(r *record, f *family, row planned) {
	slot := int(row.slot)
	p := f.person(slot)
	h := holders{owner: p, payee: "0"}
	a := f.w.account(p.number, int(row.copy))
	number, factor := p.ssn, 1.0
	r.traps.addIf(row.copy == 1, SecondRecord)
	switch row.event {
	case jointBook, coBook:
		subject, partner := f.person(theSubject), f.person(thePartner)
		a = f.w.account(subject.number, 0)
		h = joint(subject, partner, subject.number>>4%3 != 0)
		if row.event == coBook {
			h = h.other()
			r.against(CoOwner, theSubject)
		} else {
			r.traps.add(JointAccount)
		}
	case businessBook:
		x.business(r, p.number, p.ssn)
		r.against(BusinessEIN, theSubject)
		return
	case minorBook:
		custodian := f.person(theSubject)
		h.title = custodian.given + " " + custodian.family.text + " CUST FOR " + p.given + " " + p.family.text + " UTMA"
		a.kind, a.trust, factor = "01", "1", 0
		r.against(MinorAccount, theSubject)
	}
	x.write(r, h, a, r.bankNumber(p, number, factor), f.knows(slot))
}

// joint makes the holders of a joint account, from the first one's side.
func joint(first, second *person, firstIsPrimary bool) holders {
	if firstIsPrimary {
		return holders{owner: first, second: second, payee: "2"}
	}
	return holders{owner: first, second: second, payee: "1"}
}

// other is the same account from the other owner's side.
func (h holders) other() holders {
	return joint(h.second, h.owner, h.payee == "1")
}

// stranger writes somebody else's account: sole, joint with the other of the couple, or a business's.
func (x *financialFile) stranger(r *record, number int) {
	p := r.w.stranger(number)
	h := holders{owner: &p, payee: "0"}
	switch x2 := r.below(100); {
	case x2 < 9:
		x.business(r, p.number, r.w.numbers.ein(&r.stream))
		return
	case x2 < 32 && number%4 < 2:
		spouse := r.w.stranger(number ^ 1)
		h = joint(&p, &spouse, number%2 == 0)
		if number%2 == 1 { // one account, two rows: the number is the primary owner's
			a := r.w.account(spouse.number, 0)
			x.write(r, h, a, r.bankNumber(&p, p.ssn, 1), knowsAll)
			return
		}
	}
	a := r.w.account(p.number, r.below(2))
	x.write(r, h, a, r.bankNumber(&p, p.ssn, 1), knowsAll)
}

// bankNumber is what the institution has as a person's number.
func (r *record) bankNumber(p *person, number uint32, factor float64) string {
	blank := r.chance(blankSSNBank * factor)
	text := r.shownNumber(p, number, r.w.numbers.ein(&r.stream), factor)
	if blank {
		r.traps &^= numberTraps
		return ""
	}
	return text
}

const numberTraps = trapSet(1<<TransposedSSN | 1<<MistypedSSN | 1<<DummySSN | 1<<BrokenSSN | 1<<ShownITIN | 1<<ShownEIN)

// write fills in one owner's row.
func (x *financialFile) write(r *record, h holders, a account, number string, knows func(home) bool) {
	m := manner{nickname: rateNickname, typo: 1, dressed: true, stray: rateStraySuffix}
	n := h.owner.write(&r.stream, m)
	r.traps |= n.traps
	r.set("ssn", number)
	x.names(r, h, n, m)
	r.traps.addIf(r.lastCut("full_name"), CutName)
	r.lives(residence, h.owner, knows)
	if born := writeDate(&r.stream, h.owner.born, &r.traps); r.chance(blankBornBank) || x.at.noBirths {
		r.traps &^= dateTraps
	} else {
		r.date("born", born)
	}
	r.set("payee", h.payee)
	x.writeAccount(r, a)
}

// names writes the owner, the second owner and the title, in the institution's case.
func (x *financialFile) names(r *record, h holders, n written, m manner) {
	start := len(r.buf)
	r.fullName("full_name", n)
	for field, part := range map[string]string{"given": n.given, "middle": n.middle, "family": n.family} {
		r.traps.addIf(r.set(field, part), CutName)
	}
	titleAt := len(r.buf)
	if h.title != "" {
		r.buf = append(r.buf, h.title...)
	} else {
		r.buf = appendName(r.buf, "", n)
	}
	if h.second != nil {
		other := h.second.write(&r.stream, m)
		r.buf = appendName(append(r.buf, " OR "...), "", other)
		r.take("title", titleAt)
		r.fullName("second_name", other)
		r.set("second_ssn", nineDigits(h.second.ssn))
	} else {
		r.take("title", titleAt)
	}
	if h.payee == "1" {
		r.set("primary_ssn", nineDigits(h.second.ssn))
	}
	if x.at.mixedCase {
		titleCase(r.buf[start:])
	}
}

func (x *financialFile) writeAccount(r *record, a account) {
	r.set("account", a.number)
	r.set("account_type", a.kind)
	r.set("trust", a.trust)
	r.amount("balance", a.balance)
	r.set("balance_kind", "2")
	r.set("account_status", pickText(a.closed, "1", "0"))
	r.date("run_month", x.at.month)
}

// business writes a firm's account: a name that is no person's and an EIN where people have an SSN.
func (x *financialFile) business(r *record, owner uint32, ein uint32) {
	s := streamOf(r.w.seed, ofAccount, uint64(owner), 99)
	name := names().drawSurname(&s).text + " " + businessTrades[s.below(len(businessTrades))] + " " + businessKinds[s.below(len(businessKinds))]
	r.set("ssn", nineDigits(ein))
	r.surname(name)
	r.set("title", name)
	h := home{number: 4<<40 | uint64(owner), place: places().draw(&s, rateHomeState)}
	at := r.w.addressOf(h)
	r.address(residence, &at, drawWriting(&r.stream))
	r.set("payee", "0")
	x.writeAccount(r, r.w.account(owner, 98))
}
