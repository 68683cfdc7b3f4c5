package synth

import "strings"

// about is whom a row of a file is about, and what we had sent of them where the file answers us.
type about struct {
	p      *person
	which  int     // 0 the first of the person's rows of the file's kind
	number uint32  // the number under which the source has the person
	factor float64 // on errors in that number; 0: none
	knows  func(home) bool
	duty   service
	ask    request
}

// request is what we sent about somebody.
type request struct {
	key, caseID string
	number      string
	status      string // of the number at the federal registry
	name        written
	born        date
	dated       bool
}

// requestOf is what we send about somebody on the caseload.
func requestOf(f *family, slot int) request {
	e := f.entry(slot)
	number, _, _ := f.caseOf(slot)
	return request{key: f.w.subjectID(f.order(slot)), caseID: number, number: e.number, status: e.status, name: e.names[0], born: e.born, dated: e.bornHeld}
}

// requestFor is what another programme of the agency sends about somebody else.
func requestFor(s *stream, p *person) request {
	programme := []string{"FC", "TX", "ED"}[s.below(3)]
	q := request{key: programme + string(appendDigits(nil, int(p.number), 9)), number: nineDigits(p.ssn), born: p.born.date(), dated: true}
	q.name = p.write(s, manner{nickname: rateNicknamePay, typo: 1, dressed: true})
	if s.chance(0.1) {
		q.number = ""
	}
	return q
}

// othersRequest is what is sent about a person by whoever asks, the same to every source.
func (w *world) othersRequest(p *person) request {
	s := streamOf(w.seed, ofRequest, uint64(p.number), 0)
	return requestFor(&s, p)
}

// people fills the rows of a file that tells of people one by one: write fills in one row.
type people struct {
	write func(r *record, a *about)
}

// member writes a planned row of a family.
func (x people) member(r *record, f *family, row planned) {
	slot := int(row.slot)
	p := f.person(slot)
	a := about{p: p, which: int(row.copy), number: p.ssn, factor: 1, knows: f.knows(slot)}
	a.duty = f.w.service(p.number, slot == theSubject && f.serves, false)
	if f.held(slot) {
		a.ask = requestOf(f, slot)
	} else {
		a.ask = r.w.othersRequest(p)
	}
	switch row.event {
	case hiredOnChild:
		a.number, a.factor = f.person(firstChild).ssn, 0
		r.against(SharedSSN, firstChild)
		r.traps.add(UsesChildSSN)
	case hiredOnOther:
		a.number, a.factor = f.person(theSubject).ssn, 0
		r.against(BorrowedSSN, theSubject)
	case askedWrong: // answered by number: about the person whose number we hold
		a.p = f.person(theOther)
		a.number, a.knows, a.duty = a.p.ssn, knowsAll, f.w.service(a.p.number, r.chance(0.6), false)
		r.against(WrongAnswer, slot)
	}
	r.traps.addIf(row.copy > 0, SecondRecord)
	x.write(r, &a)
}

// stranger writes a row about somebody else.
func (x people) stranger(r *record, number int) {
	p := r.w.stranger(number)
	x.write(r, &about{p: &p, number: p.ssn, factor: 1, knows: knowsAll, duty: r.w.service(p.number, false, true), ask: r.w.othersRequest(&p)})
}

// sent repeats what we sent, in the fields that a layout has for it. Now and then our key is lost on the way.
func (r *record) sent(q *request) {
	r.repeat(q)
	if lost := r.chance(rateKeyLost); lost && r.has("key") {
		r.traps.add(BlankKey)
		r.set("key", "")
	}
}

// repeat is sent without a loss.
func (r *record) repeat(q *request) {
	r.set("key", q.key)
	r.set("case_id", q.caseID)
	r.set("pass_back", q.caseID)
	r.set("fips", homeFIPS)
	r.set("sent_ssn", q.number)
	r.set("sent_given", q.name.given)
	r.set("sent_middle", q.name.middle)
	r.set("sent_family", q.name.family)
	if q.dated {
		r.date("sent_born", q.born)
	}
}

// identity fills in who the person is, as the source has it.
func (r *record) identity(a *about, blankBorn float64) {
	ein := r.w.numbers.ein(&r.stream)
	r.set("ssn", r.shownNumber(a.p, a.number, ein, a.factor))
	r.name(a.p, manner{nickname: rateNicknamePay, typo: 1, dressed: r.dressed, suffix: r.has("suffix"), stray: rateForbiddenSuffix})
	born, blank := writeDate(&r.stream, a.p.born, &r.traps), r.chance(blankBorn)
	if blank {
		r.traps &^= dateTraps
	} else {
		r.date("born", born)
	}
	r.set("sex", string(rune(a.p.sex)))
}

// anybody fills in what any source may have of a person.
func anybody(r *record, a *about) {
	r.sent(&a.ask)
	r.identity(a, blankBornBank)
	r.lives(residence, a.p, a.knows)
	area := r.w.addressOf(a.p.now().home).area
	r.phone("phone", phoneNumber(area, r.below(10_000)))
	r.set("email", lower(a.p.given)+"."+lower(a.p.family.text)+"@example.com")
	r.set("protected", "N")
	r.amount("balance", r.below(9_000))
}

// forgetful drops the traps that a layout has no field for: nobody can be misled by a birth date that is not there.
type forgetful struct{ filler }

func (x forgetful) member(r *record, f *family, row planned) {
	x.filler.member(r, f, row)
	if !r.owns("ssn") {
		r.traps &^= numberTraps
	}
	if !r.owns("born") {
		r.traps &^= dateTraps
	}
	if !r.owns("family") && !r.owns("full_name") {
		r.traps &^= nameTraps
	}
	if !r.owns("address_1") && !r.owns("to_address_1") && !r.owns("free_address") {
		r.traps &^= 1 << NewAddress
	}
}

func (x forgetful) open(at institution) {
	if o, ok := x.filler.(opener); ok {
		o.open(at)
	}
}

// nameTraps are those of how a name is written.
const nameTraps = trapSet(1<<Nickname | 1<<InitialOnly | 1<<MiddleAsGiven | 1<<MisspeltName | 1<<SwappedNames | 1<<OtherSurname |
	1<<Hyphenated | 1<<TwoSurnames | 1<<JoinedSurname | 1<<CutName | 1<<DressedName | 1<<StraySuffix)

// code draws one of a field's known codes that is a plain statement, and now and then one that no list has.
func (r *record) code(field string, among ...string) {
	value, strange := among[r.below(len(among))], r.chance(rateStrangeCode)
	if strange {
		value = strings.Repeat("~", len(value))
	}
	r.set(field, value)
}
