package synth

// accounts fills the accounts of a data match: of Method 1 with the kind of number, of Method 2 with our key and the institution's
// own comparison of names, where the layout has them.
type accounts struct{ *financialFile }

func (x accounts) member(r *record, f *family, row planned) {
	x.financialFile.member(r, f, row)
	slot, p := int(row.slot), f.person(int(row.slot))
	q := request{key: string(appendDigits(nil, int(f.w.listed(p.number)), 10)), name: written{family: p.family.text}}
	if f.held(slot) {
		q = requestOf(f, slot)
	}
	x.answer(r, &q, row.event == businessBook)
}

func (x accounts) stranger(r *record, number int) {
	x.financialFile.stranger(r, number)
	p := r.w.stranger(number)
	q := request{key: string(appendDigits(nil, int(r.w.listed(p.number)), 10)), name: written{family: p.family.text}}
	x.answer(r, &q, r.text("born") == "" && r.text("full_name") == r.text("title"))
}

// answer fills in what either method says beside the account.
func (x accounts) answer(r *record, q *request, business bool) {
	number, kind := r.text("ssn"), r.below(10)
	if r.has("key") {
		r.sent(q)
	}
	name := r.text("full_name")
	if name == "" {
		name = r.text("family")
	}
	switch {
	case kind == 0:
		r.set("name_match", "0")
	case firstFour(name) == firstFour(q.name.family):
		r.set("name_match", "1")
	default:
		r.set("name_match", "2")
	}
	switch {
	case kind < 5 || number == "":
	case business:
		r.set("number_type", "E")
	case number[0] == '9':
		r.set("number_type", "I")
	default:
		r.set("number_type", "S")
	}
	if abroad := r.chance(rateAbroad); abroad {
		r.set("foreign", []string{"Y", "1"}[r.below(2)])
	}
	r.amount("interest", r.below(400))
	r.amount("fees", r.below(90))
}
