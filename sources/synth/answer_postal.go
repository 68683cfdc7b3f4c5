package synth

import "strings"

// deliverable fills the rows of a licensee who tells of deliverability too.
type deliverable struct{ postalFile }

func (x deliverable) member(r *record, f *family, row planned) {
	x.postalFile.member(r, f, row)
	r.deliverability()
}

func (x deliverable) stranger(r *record, number int) {
	x.postalFile.stranger(r, number)
	r.deliverability()
}

// deliverability tells how the post office knows the new address: nothing where there is none.
func (r *record) deliverability() {
	if r.text("to_city") == "" {
		return
	}
	kind := kindOfDelivery(r.text("to_address_1"), r.text("to_address_2"))
	route := map[string]string{"P": "B", "R": "R", "G": "G"}[kind]
	if route == "" {
		route = "C"
	}
	r.set("address_type", kind)
	r.set("carrier_route", route+string(appendDigits(nil, r.below(1000), 3)))
	r.digits("delivery_point", r.below(1000), 3)
	how, strange := r.pick(85, 6, 6, 3), r.chance(rateStrangeCode)
	r.set("dpv", []string{"Y", "S", "D", "N"}[how])
	notes := []string{"AABB", "AACC", "AAN1", "AAM3"}[how]
	if strange {
		notes = "AA~~"
	}
	r.set("dpv_footnotes", notes)
}

// kindOfDelivery tells general delivery, high-rise, box, rural route and street apart.
func kindOfDelivery(line1, line2 string) string {
	switch {
	case strings.HasPrefix(line1, "PO BOX"), strings.HasPrefix(line1, "P.O."):
		return "P"
	case strings.HasPrefix(line1, "RR "), strings.HasPrefix(line1, "RURAL"), strings.HasPrefix(line1, "HC "):
		return "R"
	case strings.HasPrefix(line1, "GENERAL"):
		return "G"
	case line2 != "" || strings.Contains(line1, " APT ") || strings.Contains(line1, " STE "):
		return "H"
	}
	return "S"
}

// postmasters fills the replies to our requests for address information: about the person asked about and nobody else.
type postmasters struct{}

// noOrdersOfOthers leaves out the forwarding orders of other members of a household: a postmaster is asked about one person.
func noOrdersOfOthers(f *family, rows []planned) []planned {
	kept := rows[:0]
	for _, row := range f.planAll(rows) {
		if row.event != otherMove && row.event != kinOrder {
			kept = append(kept, row)
		}
	}
	return kept
}

func (postmasters) member(r *record, f *family, row planned) {
	o, asked := orderOf(r, f, row)
	r.traps &^= 1 << FamilyOrder
	o.answer(r, f, asked)
	o.reply(r, row.event == staleMove)
	r.traps.addIf(row.copy > 0, SecondRecord)
}

func (postmasters) stranger(r *record, number int) {
	p := r.w.stranger(number)
	o := strangersOrder(r, &p)
	o.reply(r, r.chance(0.2))
}

// reply is what a postmaster wrote on the form.
func (o *order) reply(r *record, stays bool) {
	if lost := r.chance(rateKeyLost); lost {
		r.traps.add(BlankKey)
	} else {
		r.digits("key", int(o.key), 10)
	}
	o.repeatSent(r)
	r.date("move_date", (r.today - day(r.between(1, 12))).date()) // the day of the reply
	nothing, strange := r.chance(rateNoForwarding), r.chance(rateStrangeCode)
	switch {
	case stays:
		r.set("reply", "1")
	case strange:
		r.set("reply", "~")
	case nothing:
		r.set("reply", []string{"2", "3", "4"}[r.below(3)])
	default:
		to := r.w.addressOf(o.to)
		r.address(newAddress, &to, writing{})
		r.set("reply", pickText(o.sent.kind == boxAddress, "6", "5"))
		return
	}
	r.traps &^= 1 << NewAddress
}
