package synth

// died tells whether a person is reported to have died, and when. Reports can be false: nothing else in the population follows.
func (w *world) died(person uint32) (bool, day) {
	s := streamOf(w.seed, ofFate, uint64(person), 0)
	return s.chance(rateDied), w.asOf - day(s.between(20, 700))
}

// confined tells whether a person is or was in prison; until is never for one who is there still.
func (w *world) confined(person uint32) (is bool, from, until day) {
	s := streamOf(w.seed, ofFate, uint64(person), 1)
	is, from, until = s.chance(rateConfined), w.asOf-day(s.between(40, 1800)), never
	if left := s.chance(0.3); left {
		until = min(from+day(s.between(30, 900)), w.asOf-3)
	}
	return is, from, until
}

// deathReport is a death as Social Security or vital records report it.
func deathReport(r *record, a *about) {
	r.identity(a, 0.03)
	_, on := r.w.died(a.p.number)
	r.date("death_date", on.date())
	r.set("state_of_death", r.w.addressOf(a.p.now().home).state)
}

// prisoner is somebody in prison, or released from it, as a corrections department has them.
func prisoner(r *record, a *about) {
	r.identity(a, 0.05)
	_, from, until := r.w.confined(a.p.number)
	at := []string{"LEBANON CORRECTIONAL", "MARION CORRECTIONAL", "COUNTY JAIL"}[r.below(3)]
	r.set("facility", at)
	switch how := r.pick(3, 5, 2); {
	case until != never:
		r.set("incarcerated", "N")
		r.date("release_date", until.date())
	case how == 0:
		r.set("incarcerated", "Y")
	case how == 1:
		r.set("incarcerated", from.date().String())
	default:
		r.set("incarcerated", at)
	}
}

// benefit is what Social Security pays a person, and where to.
func benefit(r *record, a *about) {
	r.sent(&a.ask)
	r.code("locate_source", "E05", "E06")
	r.identity(a, 0.02)
	if died, on := r.w.died(a.p.number); died {
		r.date("death_date", on.date())
		return
	}
	r.lives(residence, a.p, a.knows)
	r.set("address_date", string(appendDate(nil, "CCYY-MM", (r.today-day(r.between(30, 900))).date())))
	r.set("payment_status", []string{"C01", "S06", "T31"}[r.pick(90, 6, 4)])
}

// locateAnswer is what one of the federal locate service's other sources has. Answers of the Internal Revenue Service are not for
// this kind of file.
func locateAnswer(r *record, a *about) {
	r.sent(&a.ask)
	if died, on := r.w.died(a.p.number); died {
		r.set("locate_source", "E04")
		r.set("response_code", "02")
		r.identity(a, 0.02)
		r.date("death_date", on.date())
		return
	}
	r.code("locate_source", "A01", "A03", "B01", "D01", "E01", "F01", "G01")
	if nothing := r.chance(rateNoData); nothing {
		r.set("response_code", []string{"06", "10", "39"}[r.below(3)])
		return
	}
	r.set("ssn_matched", []string{"V", "C", "M", "X"}[r.pick(85, 6, 7, 2)])
	r.identity(a, blankBornBank)
	r.set("address_of", "2")
	r.datedAddress()
	r.lives(residence, a.p, a.knows)
	if free := r.chance(rateFreeForm); !free {
		r.set("address_split", "C")
		return
	}
	r.set("address_split", "F")
	r.freeForm(r.w.addressOf(r.at))
}

// datedAddress says when the address held, with as much as the source knows.
func (r *record) datedAddress() {
	form := r.pick(10, 40, 15, 10, 25)
	r.digits("address_date_form", form, 1)
	if pattern := []string{"", "MMCCYY", "QCCYY", "CCYY", "CCYYMMDD"}[form]; pattern != "" {
		r.set("address_date", string(appendDate(nil, pattern, (r.today-day(r.between(30, 1500))).date())))
	}
}

// freeForm puts the address into one field, its lines parted by backslashes; the ZIP stands apart where the source could isolate it.
func (r *record) freeForm(a address) {
	isolated := r.chance(0.5)
	last := a.city + " " + a.state
	if !isolated {
		last += " " + a.zip
	}
	line := string(a.appendLine1(nil, writing{inLine: true}))
	r.clear("address_1", "address_2", "city", "state", "zip")
	if isolated {
		r.set("zip", a.zip)
	}
	r.set("free_address", line+`\`+last)
}
