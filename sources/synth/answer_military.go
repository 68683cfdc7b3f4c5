package synth

// asking repeats what we ask, and nothing else: the file is our own.
func asking(r *record, a *about) {
	q := &a.ask
	r.repeat(q)
	r.set("ssn", q.number)
	r.set("given", q.name.given)
	r.set("middle", q.name.middle)
	r.set("family", q.name.family)
	if q.dated {
		r.date("born", q.born)
	}
	r.date("status_date", r.today.date())
}

// coverage is what the military coverage match says of a parent, whichever of the row's two the layout reads: whether he serves, and
// what the child of the row is to the sponsor.
func coverage(r *record, a *about) {
	r.sent(&a.ask)
	r.set("ssn_verified", a.ask.status)
	r.date("match_date", (r.today - 6).date())
	died, _ := r.w.died(a.p.number)
	r.set("active_duty", pickText(a.duty.active && !died, "Y", "N"))
	if died {
		r.set("deceased", "Y")
	}
	r.onDuty(a.duty)
	r.code("sponsor_relation", "1", "2", "3", "4", "5", "8")
}

// onDuty fills in a period of active duty, if there is one.
func (r *record) onDuty(v service) {
	if v.component == "" {
		return
	}
	r.set("component", v.component)
	r.date("duty_begin", v.begin.date())
	if v.end != never {
		r.date("duty_end", v.end.date())
	}
}

// defense is what the Department of Defense answers through the federal locate service. Of somebody who never served it has nothing.
func defense(r *record, a *about) {
	r.sent(&a.ask)
	r.date("status_date", (r.today - 20).date())
	v := a.duty
	died, on := r.w.died(a.p.number)
	if nothing := r.chance(rateNoData) || v.component == ""; nothing && !died {
		r.set("response_code", []string{"06", "10", "39"}[r.below(3)])
		return
	}
	r.identity(a, blankBornBank)
	r.code("service", "A", "N", "F", "M", "P")
	switch {
	case died:
		r.set("response_code", "02")
		r.set("eligibility", "2")
		r.date("left_date", on.date())
	case v.active:
		r.set("eligibility", "0")
		r.set("duty_status", []string{"A", "B", "N", "V"}[r.pick(80, 3, 9, 8)])
		r.code("pay_grade", "03", "04", "05", "06", "07", "12", "21", "22", "23")
		r.amount("annual_salary", r.between(24, 110)*1000)
		r.date("duty_begin", v.begin.date())
		r.lives(residence, a.p, a.knows)
	default:
		r.set("eligibility", []string{"1", "3"}[r.below(2)])
		r.set("duty_status", []string{"R", "F", "Z"}[r.below(3)])
		r.date("duty_begin", v.begin.date())
		r.date("left_date", min(v.end, r.today-30).date())
	}
}
