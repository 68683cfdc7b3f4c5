package leads

// nameAlone reports that of all that says who a person is the name alone agrees.
func (a *Agreement) nameAlone() bool {
	for _, p := range []Part{PartKey, PartSSN, PartBorn, PartAddress, PartPhone, PartEmail, PartOther} {
		if a[p] == Agree {
			return false
		}
	}
	return a.name() == Agree && a[PartSSN] != Near
}

// twoOfThree reports that of SSN, birth date and whole name two agree: what Kansas asks for before it sends a person (domain.md 1.4). An SSN
// that is off by one slip counts beside one of the others.
func (a *Agreement) twoOfThree() bool {
	agree := 0
	for _, agrees := range []bool{a[PartSSN] >= Near, a[PartBorn] == Agree, a.name() == Agree} {
		if agrees {
			agree++
		}
	}
	return agree >= 2
}

// keyAlone reports that of all that says who a person is our own key came back and nothing else: an answer about whoever holds the SSN that
// we sent. The post office is asked by name and address.
func (l *Link) keyAlone() bool {
	return l.Agreement[PartKey] == Agree && l.Agreement.silent() && l.Sighting.Source != sourcePostal
}

// spokenAgainst reports that something of the person speaks against a link, or that another subject fits nearly as well.
func (l *Link) spokenAgainst() bool { return l.Agreement.conflicts() || l.Margin < minMargin }

// likelierAnother reports that a record is likelier of somebody else than of the subject: even odds are 0 bits.
func (l *Link) likelierAnother() bool { return l.Weight < 0 }
