package synth

import "strconv"

// directoryHire is a new hire in a state's own form or the directory's: the report, and when it was entered. Some addresses are
// abroad, where the layout has fields for that.
func directoryHire(r *record, a *about) {
	newHire(r, a)
	_, began := r.w.job(a.p.number, a.which)
	r.date("entered_on", min(began+day(r.between(1, 20)), r.today).date())
	r.stateEIN()
	if r.has("country") && r.chance(rateAbroad) {
		r.abroad("", "zip4")
	}
	if r.has("employer_country") && r.chance(rateAbroad) {
		r.abroad("employer_", "employer_zip4")
	}
}

// stateEIN is the employer's number at a state, made of the federal one.
func (r *record) stateEIN() {
	if ein := r.text("ein"); ein != "" {
		r.set("state_ein", homeState+ein)
	}
}

// abroad replaces an address by a Canadian one: the province in the third line, country and postal code in fields of their own.
func (r *record) abroad(prefix, zip4 string) {
	r.clear(prefix+"address_1", prefix+"address_2", prefix+"city", prefix+"state", prefix+"zip", zip4)
	r.set(prefix+"address_1", strconv.Itoa(r.between(10, 990))+" RUE PRINCIPALE")
	r.set(prefix+"address_3", "ONTARIO")
	r.set(prefix+"city", "WINDSOR")
	r.set(prefix+"country", "CA")
	r.set(prefix+"country_name", "CANADA")
	r.set(prefix+"postal_code", "N9A 1A"+strconv.Itoa(r.below(10)))
}

// tenure is the job that wages are reported of: an older one than those of the new hires.
func (w *world) tenure(person uint32, which int) (employer, day) {
	s := streamOf(w.seed, ofJob, uint64(person), uint64(8+which))
	return w.employer(employers.draw(&s)), w.asOf - day(s.between(140, 1500))
}

// reportedQuarter is a day in the last quarter that has been reported.
func (w *world) reportedQuarter() date { return (w.asOf - 100).date() }

// quarterlyWage is what an employer paid in a quarter. The known records have neither birth date nor address.
func quarterlyWage(r *record, a *about) {
	r.identity(a, blankBornW4)
	if r.has("address_1") {
		r.lives(residence, a.p, a.knows)
	}
	firm, _ := r.w.tenure(a.p.number, a.which)
	r.amount("wage", r.between(300, 24_000))
	r.date("quarter", r.w.reportedQuarter())
	r.employedBy(firm)
	r.stateEIN()
}

func (r *record) employedBy(firm employer) {
	r.digits("ein", int(firm.ein), 9)
	r.set("employer", firm.name)
	a := r.w.addressOf(firm.home)
	r.address(employerAddress, &a, writing{})
}

// unemploymentClaim is a claim at a state workforce agency; the address is the claimant's.
func unemploymentClaim(r *record, a *about) {
	r.identity(a, blankBornW4/2)
	r.lives(residence, a.p, a.knows)
	r.amount("benefit", r.between(900, 7_000))
	r.date("benefit_quarter", r.w.reportedQuarter())
}

// directoryAnswer is what the national directory has of a person of ours: a new hire, a quarter's wages, a claim, or nothing.
func directoryAnswer(r *record, a *about) {
	r.sent(&a.ask)
	source := []string{"H99", "H98", "H97", "H01"}[r.pick(55, 28, 12, 5)]
	r.set("locate_source", source)
	r.code("match_type", "L", "N", "P")
	if source == "H01" {
		r.set("response_code", []string{"06", "10", "39"}[r.below(3)])
		r.at = home{}
		return
	}
	r.identity(a, blankBornW4)
	r.set("ssn_matched", []string{"V", "C", "M", "X"}[r.pick(85, 6, 7, 2)])
	r.set("name_matched", nameMatched(r, &a.ask))
	firm, began := r.w.job(a.p.number, a.which)
	switch source {
	case "H99":
		r.lives(residence, a.p, a.knows)
		r.set("address_of", "2")
		r.date("hire_date", began.date())
		r.employedBy(firm)
		r.code("employment_type", "P", "T", "C", "I")
		r.set("health_insurance", []string{"", "F", "I"}[r.pick(6, 2, 2)])
		if defense := r.chance(0.02); defense {
			r.set("agency_name", "DEPARTMENT OF DEFENSE")
			r.code("defense_code", "A", "C", "R")
		}
	case "H98":
		firm, _ = r.w.tenure(a.p.number, a.which)
		at := r.w.addressOf(firm.home)
		r.address(residence, &at, writing{}) // the one address that such an answer has
		r.set("address_of", "1")
		r.employedBy(firm)
		r.date("quarter", r.w.reportedQuarter())
		r.amount("wage", r.between(300, 24_000))
		r.code("employment_status", "A", "L", "M", "I", "R", "V")
	case "H97":
		r.lives(residence, a.p, a.knows)
		r.set("address_of", "2")
		r.date("quarter", r.w.reportedQuarter())
		r.set("agency_name", "STATE WORKFORCE AGENCY")
	}
}

// nameMatched is the directory's own comparison: initial and four letters of the family name, 4 where it has no whole name.
func nameMatched(r *record, q *request) string {
	given, family := r.text("given"), r.text("family")
	switch {
	case given == "" || family == "":
		return "4"
	case q.name.given != "" && given[0] == q.name.given[0] && firstFour(family) == firstFour(q.name.family):
		return "1"
	}
	return ""
}

// firstFour are the first letters of a family name, marks and blanks left out.
func firstFour(family string) string {
	var letters []byte
	for i := range len(family) {
		if c := family[i] &^ 0x20; c >= 'A' && c <= 'Z' && len(letters) < 4 {
			letters = append(letters, c)
		}
	}
	return string(letters)
}
