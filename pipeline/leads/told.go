package leads

import "locatematch/pipeline/leads/agency"

// PlaceKey is the standard form of a published lead's address, "" of any other kind: of a lead that was read from a file, whose
// records are not at hand.
func (l *Lead) PlaceKey() string {
	if l.Address == nil {
		return ""
	}
	return AddressKey(l.Address.Line, "", "", l.Address.City, l.Address.State, l.Address.Zip)
}

// Alone is a lead without the records behind it, to be kept when they are gone.
func (l Lead) Alone() Lead {
	l.reports = nil
	return l
}

// Trace is what of a lead could tell where somebody is, as it was published: all that a guard asks of it.
type Trace struct {
	Line        string `parquet:"line"` // this and the next three: of the address, or of the employer's
	City        string `parquet:"city,dict"`
	State       string `parquet:"state,dict"`
	Zip         string `parquet:"zip"`
	Employer    bool   `parquet:"employer"` // it is where an employer is
	Phone       string `parquet:"phone"`
	Institution string `parquet:"institution,dict"` // TIN
	Token       string `parquet:"token"`            // of the account
	Shared      bool   `parquet:"shared"`           // it may be another's: a joint account, an address that a bank alone reported, mail in care of somebody
}

// Trace is what of the lead a guard asks about.
func (l *Lead) Trace() (t Trace) {
	switch {
	case l.Address != nil:
		a := l.Address
		bankAlone := len(l.Sources) == 1 && l.Sources[0] == sourceFinancial
		t.Line, t.City, t.State, t.Zip, t.Shared = a.Line, a.City, a.State, a.Zip, bankAlone || a.CareOf
	case l.Employer != nil:
		e := l.Employer
		t.Line, t.City, t.State, t.Zip, t.Employer = e.Line, e.City, e.State, e.Zip, true
	case l.Phone != nil:
		t.Phone = l.Phone.Number
	case l.Account != nil:
		t.Institution, t.Token, t.Shared = l.Account.InstitutionTIN, l.Account.Token, l.Account.Joint
	}
	return t
}

// Hides reports that a lead would tell a place that the guard knows: where the person is, where an employer is, a telephone or an
// account. In a case of family violence (violence) it hides also what may be the other parent's: a joint account, an address that
// banks alone reported, mail in care of somebody.
func (g *Guard) Hides(l *Lead, violence bool) bool {
	t := l.Trace()
	return g.HidesTrace(&t, violence)
}

// HidesTrace is Hides of a lead of which no more is at hand.
func (g *Guard) HidesTrace(t *Trace, violence bool) bool {
	if violence && t.Shared {
		return true
	}
	switch {
	case g.Empty() || *t == Trace{}:
		return false
	case t.Employer:
		return t.Line != "" && g.Reveals((&Employer{Line: t.Line, City: t.City, State: t.State, Zip: t.Zip}).place())
	case t.Phone != "":
		return g.Knows(PhonePlace(t.Phone))
	case t.Token != "" || t.Institution != "":
		return g.shows(t.Institution, t.Token, violence)
	}
	return g.Reveals(&Address{City: t.City, State: t.State, Zip: t.Zip}, AddressKey(t.Line, "", "", t.City, t.State, t.Zip))
}

// MayTell reports that a lead of an earlier night may be told tonight: nothing that is known by now makes it a trace to a
// protected person. Of the records behind it only their sources are left, so that an address which a bank alone reported
// counts as one of a joint account.
func (a *Assessor) MayTell(t *Trace, cases []agency.Case) bool {
	return !a.Guard.HidesTrace(t, a.violence(cases))
}
