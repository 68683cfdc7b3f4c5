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

// Hides reports that a lead would tell a place that the guard knows: where the person is, where an employer is, a telephone or an
// account. In a case of family violence (violence) it hides also what may be the other parent's: a joint account, an address that
// banks alone reported, mail in care of somebody.
func (g *Guard) Hides(l *Lead, violence bool) bool {
	switch {
	case l.Address != nil && g.Reveals(l.Address, l.PlaceKey()), l.Employer != nil && l.Employer.Line != "" && g.Reveals(l.Employer.place()),
		l.Phone != nil && g.Knows(PhonePlace(l.Phone.Number)), l.Account != nil && g.account(l, violence):
		return true
	case !violence:
		return false
	}
	bankAlone := len(l.Sources) == 1 && l.Sources[0] == sourceFinancial
	return l.Account != nil && l.Account.Joint || l.Address != nil && (bankAlone || l.Address.CareOf)
}

// MayTell reports that a lead of an earlier night may be told tonight: nothing that is known by now makes it a trace to a
// protected person. Of the records behind it only their sources are left, so that an address which a bank alone reported
// counts as one of a joint account.
func (a *Assessor) MayTell(l *Lead, cases []agency.Case) bool {
	return !a.Guard.Hides(l, a.violence(cases))
}
