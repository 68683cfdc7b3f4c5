package agency

import "slices"

// Kinds of facts, as Fact.Kind has them.
const (
	AddressFact  = "address"
	EmployerFact = "employer"
)

// CasesOf lists a subject's cases, sorted by id: those of the case file, else what the caseload's rows say.
func (k *Knowledge) CasesOf(subject string) []Case {
	if k == nil {
		return nil
	}
	if cases := k.Cases[subject]; len(cases) > 0 || k.OfCaseload == nil {
		return cases
	}
	return k.OfCaseload(subject)
}

// Address is what the agency has of a subject's address, by its key.
func (k *Knowledge) Address(subject, key string) (Fact, bool) {
	return k.find(subject, func(f *Fact) bool { return f.Kind == AddressFact && f.Key == key })
}

// Employer is what the agency has of a subject's employer, by its federal number or, where either side has none, by its
// standard name. Empty keys find nothing.
func (k *Knowledge) Employer(subject, number, name string) (Fact, bool) {
	return k.find(subject, func(f *Fact) bool {
		switch {
		case f.Kind != EmployerFact:
			return false
		case number != "" && f.Key == number:
			return true
		}
		numbered := f.Name != "" // the key is a number
		return name != "" && (f.Key == name || numbered && number == "" && f.Name == name)
	})
}

func (k *Knowledge) find(subject string, is func(*Fact) bool) (Fact, bool) {
	if k == nil {
		return Fact{}, false
	}
	facts := k.Facts[subject]
	for i := range facts {
		if is(&facts[i]) {
			return facts[i], true
		}
	}
	return Fact{}, false
}

// FactsOf lists what the agency has of one kind, sorted by key.
func (k *Knowledge) FactsOf(subject, kind string) (facts []Fact) {
	if k == nil {
		return nil
	}
	for _, f := range k.Facts[subject] {
		if f.Kind == kind {
			facts = append(facts, f)
		}
	}
	return facts
}

// InvalidPair tells whether a number is known not to be the subject's, and is not to be tried again yet. Days are ccyymmdd.
func (k *Knowledge) InvalidPair(subject string, ssn uint32, asOf int32) bool {
	if k == nil || ssn == 0 {
		return false
	}
	return slices.ContainsFunc(k.InvalidPairs[subject], func(p InvalidPair) bool {
		return p.SSN == ssn && (p.RecheckOn == 0 || asOf < p.RecheckOn)
	})
}

// LeviesOf lists the levies tried on a subject, by day.
func (k *Knowledge) LeviesOf(subject string) []Levy {
	if k == nil {
		return nil
	}
	return k.Levies[subject]
}
