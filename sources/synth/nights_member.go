package synth

// saying is what a row says about somebody on the caseload: of whom, and which facts. An empty key is no fact.
type saying struct {
	about   bool
	subject uint32
	number  string // of the subject, as the last night has it
	facts   [2]told
}

// told is one fact that a row states, and which of the person's it is (nights_facts.go).
type told struct {
	kind, key string
	fact      int
}

// member writes a family's row and tells what it says.
func (w *nightWriter) member(t task) (said saying) {
	x := &w.x
	w.world.familyInto(&x.f, t.family)
	f, slot := &x.f, int(t.slot)
	w.begin(uint64(t.family)<<24 | uint64(t.slot)<<16 | uint64(t.at)<<8 | uint64(t.deed))
	owner := slot
	if t.deed == deedPlanned {
		w.planned = f.plan(w.planned[:0])
		owner = w.planned[t.at].owner()
	} else {
		w.live(&w.life, f, w.whose(t))
	}
	if owner >= 0 && f.held(owner) {
		said.about, said.subject, said.number = true, f.order(owner), w.numberOn(f, owner, w.count)
	}
	switch t.deed {
	case deedHire:
		said.facts = w.hire(t)
	case deedMove:
		said.facts[0] = w.move(t)
	case deedDuty:
		said.facts[0] = w.duty(t)
	case deedBook, deedCoBook:
		said.facts = w.account(t)
	case deedPlanned:
		said.facts[0] = w.asPlanned(w.planned[t.at])
	}
	return said
}

// whose life a task is about: a partner's row is of the subject's account.
func (w *nightWriter) whose(t task) int {
	if t.deed == deedCoBook {
		return theSubject
	}
	return int(t.slot)
}

// hire writes the report of a job. Whoever uses a child's number, or the subject's, does so at every firm.
func (w *nightWriter) hire(t task) [2]told {
	f, slot, j := &w.x.f, int(t.slot), w.life.jobs[t.at]
	p := w.life.on(f.person(slot), max(j.began, w.first))
	number, factor := p.ssn, 1.0
	switch slot {
	case f.childNumber:
		number, factor = f.person(firstChild).ssn, 0
	case theBorrower:
		number, factor = f.person(theSubject).ssn, 0
	}
	firm := w.world.employer(j.firm)
	writeHireOf(&w.x.record, &p, firm, j.began, number, factor, f.knows(slot))
	return [2]told{{"employer", nineDigits(firm.ein), len(w.life.stays) + int(t.at)}, w.lives()}
}

// lives is the address that the row just filled in shows.
func (w *nightWriter) lives() told {
	return w.stayed(w.x.record.at)
}

func (w *nightWriter) stayed(h home) told {
	for i, s := range w.life.stays {
		if s.home == h {
			return told{"address", w.addressKey(h), i}
		}
	}
	return told{}
}

func (w *nightWriter) move(t task) told {
	f, slot := &w.x.f, int(t.slot)
	at := int(t.at)
	p := w.life.on(f.person(slot), w.life.stays[at].from)
	o := order{scope: "I", filer: &p, from: w.life.stays[at-1].home, to: w.life.stays[at].home, moved: w.life.stays[at].from}
	w.x.record.at = o.from
	o.answer(&w.x.record, f, slot)
	o.write(&w.x.record)
	return w.forwarded(o.to)
}

// forwarded is the new address of an order, where the answer has one.
func (w *nightWriter) forwarded(to home) told {
	if r := &w.x.record; r.values[r.index["match_flag"]] != "M" {
		return told{}
	}
	return w.stayed(to)
}

// duty writes the military's answer about a life.
func (w *nightWriter) duty(t task) told {
	f, slot := &w.x.f, int(t.slot)
	e := f.entry(slot)
	q := request{
		key: string(appendDigits(nil, int(w.world.numbers.id(uint64(f.order(slot)))), 10)), number: e.number, name: e.names[0],
		born: e.born, dated: e.bornHeld,
	}
	v := w.life.dutyOn(w.today())
	q.write(&w.x.record, v)
	if !v.active || q.number == "" && !q.dated {
		return told{}
	}
	for i, d := range w.life.duties {
		if d.begin == v.begin {
			return told{"military", dutyKey(v), len(w.life.stays) + len(w.life.jobs) + i}
		}
	}
	return told{}
}

func dutyKey(v service) string {
	return v.component + "|" + string(appendDate(nil, "CCYYMMDD", v.begin.date()))
}

// account writes one owner's row of an account of a life.
func (w *nightWriter) account(t task) [2]told {
	f, slot, b, r := &w.x.f, int(t.slot), w.life.books[t.at], &w.x.record
	subject := f.person(w.whose(t))
	a := w.world.account(subject.number, b.which)
	a.closed = b.closed <= w.today()-accountsAsOf
	a.balance = w.balance(a, subject, b)
	p := w.life.on(f.person(slot), w.today()-accountsAsOf)
	h := holders{owner: &p, payee: "0"}
	switch {
	case t.deed == deedCoBook:
		partner := *f.person(thePartner)
		h = joint(subject, &partner, subject.number>>4%3 != 0).other()
	case slot == theSubject && t.at == 0 && w.joint():
		h = joint(&p, f.person(thePartner), subject.number>>4%3 != 0)
	}
	w.bank.write(r, h, a, r.bankNumber(h.owner, h.owner.ssn, 1), f.knows(slot))
	if t.deed == deedCoBook {
		return [2]told{}
	}
	at := len(w.life.stays) + len(w.life.jobs) + len(w.life.duties) + int(t.at)
	return [2]told{{"account", w.accountKey(a, b), at}, w.lives()}
}

func (w *nightWriter) joint() bool {
	w.planned = w.x.f.plan(w.planned[:0])
	for _, row := range w.planned {
		if row.event == jointBook {
			return true
		}
	}
	return false
}

// balance drifts from file to file; of a closed account nothing is left.
func (w *nightWriter) balance(a account, owner *person, b deposit) int {
	if a.closed {
		return 0
	}
	s := streamOf(w.world.seed, ofReport, uint64(owner.number), 2<<32|uint64(b.which)<<16|uint64(w.files[w.file].due))
	return a.balance * s.between(80, 120) / 100
}

func (n *nights) accountKey(a account, b deposit) string {
	return n.world.institution(b.institution).tin + "|" + a.number[len(a.number)-4:]
}

func (n *nights) addressKey(h home) string {
	a := n.world.addressOf(h)
	return string(a.appendLine1(nil, writing{inLine: true})) + "|" + a.city + "|" + a.state + "|" + a.zip
}

// asPlanned writes a row of the first night's plan.
func (w *nightWriter) asPlanned(row planned) told {
	f, r := &w.x.f, &w.x.record
	switch row.extract {
	case postal:
		postalFile{}.member(r, f, row)
		w.live(&w.life, f, int(row.slot))
		filer, to := f.person(int(row.slot)), home{}
		switch row.event {
		case ownMove, forFamily, otherMove:
			to = filer.now().home
		case staleMove:
			to = filer.before().home
		}
		return w.forwarded(to)
	case military:
		militaryFile{}.member(r, f, row)
	case financial:
		w.bank.member(r, f, row)
	}
	return told{}
}
