package synth

const employerCount = 8_000

// employer is a firm: its name, its number and where it is.
type employer struct {
	name string
	ein  uint32
	home home
}

var (
	businessKinds = []string{"LLC", "INC", "CORP", "CO", "AND SONS LLC", "GROUP INC", "HOLDINGS LLC", "DBA", "ENTERPRISES", "SERVICES LLC"}
	businessWords = []string{"BUCKEYE", "LAKESHORE", "SUMMIT", "PIONEER", "CARDINAL", "KEYSTONE", "HEARTLAND", "MIDWEST", "TRI STATE",
		"RIVER VALLEY", "CAPITAL", "ALLIED", "FIRST CHOICE", "PREMIER", "NATIONAL", "EAGLE", "LIBERTY", "GATEWAY", "CROSSROADS", "NORTH COAST"}
	businessTrades = []string{"STAFFING", "LOGISTICS", "FOODS", "CONSTRUCTION", "HEALTHCARE", "ROOFING", "RESTAURANTS", "TRUCKING", "WAREHOUSE",
		"LANDSCAPING", "MANUFACTURING", "AUTO PARTS", "CLEANING", "HOME CARE", "PLUMBING", "PACKAGING", "SECURITY", "STEEL", "CALL CENTER",
		"TEMPORARY SERVICES", "HOTELS", "GROCERY", "TIRE", "MEAT PACKING", "PAINTING"}
)

// employer is the firm of a rank; the first few hire a great part of all.
func (w *world) employer(rank int) employer {
	s := streamOf(w.seed, ofEmployer, uint64(rank), 0)
	first := businessWords[s.below(len(businessWords))]
	if s.chance(0.5) {
		first = names().drawSurname(&s).text
	}
	name := first + " " + businessTrades[s.below(len(businessTrades))] + " " + businessKinds[s.below(6)]
	return employer{name, w.numbers.ein(&s), home{number: 2<<40 | uint64(rank), place: places().draw(&s, 0.85)}}
}

// job is a person's job: who hired them, and when.
func (w *world) job(person uint32, which int) (employer, day) {
	s := streamOf(w.seed, ofJob, uint64(person), uint64(which))
	return w.employer(employers.draw(&s)), w.asOf - day(s.between(1, 26))
}

var employers = newZipf(employerCount, 30)

var employerAddress = addressFields{"employer_address_1", "employer_address_2", "employer_city", "employer_state", "employer_zip", "employer_zip4"}

// newHire writes the report of somebody's job.
func newHire(r *record, a *about) {
	firm, began := r.w.job(a.p.number, a.which)
	writeHireOf(r, a.p, firm, began, a.number, a.factor, a.knows)
}

// writeHireOf fills in the report of a firm that hired somebody on a day.
func writeHireOf(r *record, p *person, firm employer, began day, number uint32, factor float64, knows func(home) bool) {
	r.set("ssn", r.shownNumber(p, number, firm.ein, factor))
	r.name(p, manner{nickname: rateNicknamePay, typo: 1, dressed: r.dressed, stray: rateForbiddenSuffix})
	r.lives(residence, p, knows)
	if born := writeDate(&r.stream, p.born, &r.traps); r.chance(blankBornW4) {
		r.traps &^= dateTraps
	} else {
		r.date("born", born)
	}
	a := r.w.addressOf(firm.home)
	if !r.chance(blankHireDate) {
		r.date("hire_date", began.date())
	}
	r.set("hire_state", a.state)
	r.digits("ein", int(firm.ein), 9)
	r.set("employer", firm.name)
	r.address(employerAddress, &a, writing{zip4: true})
}

// dateTraps are those of a birth date, which a record without one does not set.
const dateTraps = trapSet(1<<TransposedDate | 1<<MistypedDate | 1<<SwappedDate | 1<<RoundedDate)

// shownNumber is what stands in the SSN field: the number, an ITIN or an EIN in its place, or an error.
func (r *record) shownNumber(p *person, number, ein uint32, factor float64) string {
	itin, firm := r.chance(rateITINShown*factor), r.chance(rateEINShown*factor)
	switch {
	case firm:
		r.traps.add(ShownEIN)
		return nineDigits(ein)
	case itin || p.itin && number == p.ssn:
		r.traps.add(ShownITIN)
		return nineDigits(r.w.numbers.itin(p.number))
	}
	return r.w.writeNumber(&r.stream, number, factor, &r.traps)
}

// knows tells which homes the agency holds of a member; of people not on the caseload it does not matter.
func (f *family) knows(slot int) func(home) bool {
	if !f.held(slot) {
		return knowsAll
	}
	e := f.entry(slot)
	return func(h home) bool { _, ok := e.holding(h); return ok }
}

func knowsAll(home) bool { return true }
