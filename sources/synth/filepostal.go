package synth

// postalFile fills the rows of the change-of-address licensee. Tonight's file holds only entries of the mailing list
// for which a forwarding order was found; each repeats the entry as we sent it.
type postalFile struct{}

var (
	sentAddress = addressFields{"sent_address_1", "sent_address_2", "sent_city", "sent_state", "sent_zip", ""}
	newAddress  = addressFields{"to_address_1", "to_address_2", "to_city", "to_state", "to_zip", "to_zip4"}
)

// order is one forwarding order and the list entry that it answered.
type order struct {
	key      uint64
	sentName written
	sent     address
	sentHow  writing
	scope    string // I, F, B
	filer    *person
	from, to home
	moved    day
}

// member writes an order that touches a family.
func (postalFile) member(r *record, f *family, row planned) {
	o, asked := orderOf(r, f, row)
	o.answer(r, f, asked)
	o.write(r)
	r.traps.addIf(row.copy > 0, SecondRecord)
}

// orderOf is the order of a planned row, and whose list entry it answers.
func orderOf(r *record, f *family, row planned) (o order, asked int) {
	filer := f.person(int(row.slot))
	o = order{scope: "I", filer: filer, from: filer.before().home, to: filer.now().home, moved: filer.now().from}
	asked = int(row.slot)
	switch row.event {
	case forFamily:
		o.scope = "F"
		r.traps.add(FamilyOrder)
	case otherMove:
		o.scope, asked = "F", theSubject
		r.against(FamilyMove, theSubject)
	case kinOrder:
		asked = theSubject
		o.from, o.to = f.shared(int(row.slot)).home, f.near(parentHome+1+int(row.slot))
		o.moved = f.w.asOf - day(r.between(10, 530))
		r.against(OrderByKin, theSubject)
	case staleMove:
		o.from, o.to, o.moved = filer.now().home, filer.before().home, filer.before().from
		r.traps.add(StaleOrder)
	}
	r.at = o.from
	return o, asked
}

// answer fills in the entry of the list that the order was found for.
func (o *order) answer(r *record, f *family, asked int) {
	p := f.person(asked)
	o.key = f.w.listed(p.number)
	if f.held(asked) {
		o.key = f.w.numbers.id(uint64(f.order(asked)))
		e := f.entry(asked)
		held, _ := e.holding(o.from)
		o.sentName, o.sent, o.sentHow = e.names[0], f.w.addressOf(held.stay.home), held.how
		o.sentName.suffix = e.suffix
		if _, known := e.holding(o.to); !known {
			r.traps.add(NewAddress)
		}
		return
	}
	o.sentName = written{given: p.given, middle: p.middle, family: p.family.text}
	o.sent, o.sentHow = f.w.addressOf(o.from), drawWriting(&r.stream)
}

// stranger writes another entry of the agency's mailing list.
func (postalFile) stranger(r *record, number int) {
	p := r.w.stranger(number)
	o := strangersOrder(r, &p)
	o.write(r)
}

func strangersOrder(r *record, p *person) order {
	o := order{key: r.w.listed(p.number), scope: "I", filer: p, from: p.before().home, to: p.now().home, moved: p.now().from}
	o.sentName = written{given: p.given, middle: p.middle, family: p.family.text}
	o.sent, o.sentHow = r.w.addressOf(o.from), drawWriting(&r.stream)
	switch x := r.below(1000); {
	case x < perMille(rateBusinessMove):
		o.scope = "B"
	case x < perMille(rateBusinessMove+rateFamilyMove):
		o.scope = "F"
	}
	return o
}

func (o *order) write(r *record) {
	if r.chance(blankKeyPostal) {
		r.traps.add(BlankKey)
	} else {
		r.digits("key", int(o.key), 10)
	}
	o.repeatSent(r)
	o.writeName(r)
	old, how := r.w.addressOf(o.from), drawWriting(&r.stream)
	r.address(residence, &old, how)
	r.set("move_type", o.scope)
	r.date("move_date", o.moved.date())
	o.writeOutcome(r, how)
}

// repeatSent repeats the entry of the list, as we sent it.
func (o *order) repeatSent(r *record) {
	start := len(r.buf)
	r.buf = appendName(r.buf, "", o.sentName)
	r.take("sent_name", start)
	r.address(sentAddress, &o.sent, o.sentHow)
}

// writeName writes the name as filed: a surname alone for a family, a firm's name for a business.
func (o *order) writeName(r *record) {
	switch o.scope {
	case "I":
		r.name(o.filer, manner{nickname: rateNickname, typo: 1, dressed: true, suffix: true})
	case "F":
		traps := r.traps
		family := o.filer.writeFamily(&r.stream, manner{dressed: true}, &traps)
		r.traps = traps
		r.traps.addIf(r.surname(family), CutName)
	default:
		r.surname(o.filer.family.text + " " + businessKinds[r.below(len(businessKinds))])
	}
}

// writeOutcome writes the new address and the codes (domain 3.1): A found, 91 and 92 found without the unit, 01 abroad,
// 02 left no address, 03 box closed.
func (o *order) writeOutcome(r *record, how writing) {
	without, which, unit := r.chance(rateNoForwarding), r.pick(2, 10, 3), r.pick(94, 3, 3)
	if without {
		r.set("return_code", []string{"01", "02", "03"}[which])
		r.set("match_flag", []string{"F", "K", "G"}[which])
		r.traps &^= 1 << NewAddress
		return
	}
	to := r.w.addressOf(o.to)
	how.typo, how.spelt = false, false
	r.address(newAddress, &to, how)
	r.set("return_code", []string{"A", "91", "92"}[unit])
	r.set("match_flag", "M")
}
