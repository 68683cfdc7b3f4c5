package synth

// militaryFile fills the rows of the active duty answers. Everything that could identify a person in them is what we
// sent: only the answer is the supplier's.
type militaryFile struct{}

// service is a period of active duty; ends is never for one without an end yet.
type service struct {
	active     bool
	begin, end day
	component  string
	notified   bool
}

// service is the subject's; without traits for it, hardly anybody serves.
func (w *world) service(person uint32, serves, likely bool) service {
	s := streamOf(w.seed, ofOrder, uint64(person), 0)
	v := service{begin: w.asOf - day(s.between(100, 2400)), end: never, component: []string{"AR", "AN", "AF", "NA", "NN", "MR", "FR", "CG"}[s.below(8)]}
	over, notified := s.chance(0.3), s.chance(0.04)
	rate := rateActiveSubject
	if likely {
		rate = rateActive
	}
	lately := s.chance(rate)
	switch {
	case !serves && !lately:
		return service{notified: notified && likely}
	case over || !serves && !likely:
		v.end = max(v.begin+60, w.asOf-day(s.between(20, 360)))
	default:
		v.active = true
	}
	return v
}

// member writes the answer about somebody whom we asked about.
func (militaryFile) member(r *record, f *family, row planned) {
	slot := int(row.slot)
	q := requestOf(f, slot)
	about := f.w.service(f.person(slot).number, f.serves, false)
	if row.event == askedWrong { // answered by number: about the person whose number we hold
		about = f.w.service(f.person(theOther).number, r.chance(0.6), false)
		r.against(WrongAnswer, slot)
	}
	q.write(r, about)
}

// stranger writes the answer to another programme of the agency's.
func (militaryFile) stranger(r *record, number int) {
	p := r.w.stranger(number)
	q := requestFor(&r.stream, &p)
	q.write(r, r.w.service(p.number, false, true))
}

// write fills in request and answer. The match result is this generator's own code: 1 by number, 2 by name and birth
// date; without either the answer is Z with an error code.
func (q *request) write(r *record, v service) {
	r.set("ssn", q.number)
	r.traps.addIf(r.set("family", q.name.family), CutName)
	r.set("given", q.name.given)
	r.set("middle", q.name.middle)
	r.set("key", q.key)
	if q.dated {
		r.date("born", q.born)
	}
	r.date("status_date", r.today.date())
	r.date("match_date", (r.today - 1).date())
	start := len(r.buf)
	r.buf = append(r.buf, "SYN"...)
	r.buf = appendDigits(r.buf, int(r.next()%1_000_000_000_000_000), 15)
	r.take("certificate", start)
	switch {
	case q.number == "" && !q.dated:
		r.set("active_duty", "Z")
		r.set("error_code", "1")
		return
	case q.number == "":
		r.set("match_result", "2")
	default:
		r.set("match_result", "1")
	}
	v.write(r)
}

func (v service) write(r *record) {
	r.set("active_duty", pickText(v.active, pickText(r.chance(0.1), "X", "Y"), "N"))
	r.set("left_within_367", pickText(!v.active && v.component != "", "Y", "N"))
	r.set("notified", pickText(v.notified, "Y", "N"))
	if v.notified {
		r.date("notify_begin", (r.today + 30).date())
		r.set("notify_component", "NG")
	}
	if v.component == "" {
		return
	}
	r.set("component", v.component)
	r.date("duty_begin", v.begin.date())
	if v.end != never {
		r.date("duty_end", v.end.date())
	}
}
