package pipeline

import (
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/sources/person"
)

// takeCase takes in one person's part in one case. A protection counts even where the rest of the row is not understood.
func (l *knowledgeLoader) takeCase(r *agencyRow) {
	c := agency.Case{
		ID: r.need(person.CaseID), Subject: r.need(person.SubjectID),
		Participant: oneOf(r, person.Participant, agency.Noncustodial, agency.Putative, agency.Custodial, agency.Child),
		Status:      oneOf(r, person.CaseStatus, agency.Open, agency.Closed),
		Function:    oneOf(r, person.Function, agency.Locate, agency.Paternity, agency.Establishment, agency.Enforcement),
		Office:      r.word(person.Office), Officer: r.word(person.Officer), Order: r.yes(person.SupportOrder),
		Monthly: r.cents(person.Monthly), Arrears: r.cents(person.Arrears), PastDueSince: r.day(person.PastDueSince),
		LastPaid: r.day(person.LastPaid), LastPaidAmount: r.cents(person.LastPaidAmount), LocateSince: r.day(person.LocateSince),
		Opened: r.day(person.Opened), Closed: r.day(person.Closed), OtherState: strings.ToUpper(r.word(person.OtherState)),
		Language: r.word(person.Language), Protected: protects(r.text(person.Protected)), GoodCause: r.yes(person.GoodCause),
		Bankrupt: r.yes(person.Bankrupt), WithheldBy: r.word(person.WithheldBy),
	}
	if c.Protected {
		l.caseload.protect(c.Subject)
		l.caseload.familyViolence(c.ID)
	}
	if l.known(r, c.Subject) {
		add(&l.caseload.knowledge.Cases, c.Subject, c)
	}
}

// fact reads what addresses and employers have in common.
func (r *agencyRow) fact(kind string) agency.Fact {
	return agency.Fact{
		Subject: r.need(person.SubjectID), Kind: kind,
		Known:   oneOf(r, person.KnownState, agency.Unverified, agency.Verified, agency.Sent, agency.Bad),
		EndCode: r.word(person.EndCode), Since: r.day(person.Since), Until: r.day(person.Until),
	}
}

func (l *knowledgeLoader) takeAddress(r *agencyRow) {
	f := r.fact(agency.AddressFact)
	f.Key = leads.AddressKey(r.text(person.Address1), r.text(person.Address2), r.text(person.Address3),
		r.text(person.City), r.text(person.State), r.text(person.Zip))
	if f.Key == "" {
		r.fault(person.Address1)
	}
	if l.known(r, f.Subject) {
		add(&l.caseload.knowledge.Facts, f.Subject, f)
	}
}

func (l *knowledgeLoader) takeEmployer(r *agencyRow) {
	f := r.fact(agency.EmployerFact)
	f.Key, f.Name = leads.EmployerKeys(r.text(person.EIN), r.text(person.Employer))
	if f.Key == "" {
		r.fault(person.Employer)
	}
	if l.known(r, f.Subject) {
		add(&l.caseload.knowledge.Facts, f.Subject, f)
	}
}

func (l *knowledgeLoader) takeInvalidPair(r *agencyRow) {
	p := agency.InvalidPair{Subject: r.need(person.SubjectID), SSN: r.number(person.SSN), RecheckOn: r.day(person.RecheckOn)}
	if l.known(r, p.Subject) {
		add(&l.caseload.knowledge.InvalidPairs, p.Subject, p)
	}
}

// takeLevy keeps of an account number no more than a lead shows (I11).
func (l *knowledgeLoader) takeLevy(r *agencyRow) {
	v := agency.Levy{Subject: r.need(person.SubjectID), InstitutionTIN: r.need(person.InstitutionTIN), Token: r.text(person.Token),
		On: r.day(person.LeviedOn), Outcome: r.word(person.Outcome)}
	if v.Token = strings.ToUpper(v.Token); len(v.Token) > 4 {
		v.Token = v.Token[len(v.Token)-4:]
	}
	v.InstitutionTIN = strings.ReplaceAll(v.InstitutionTIN, "-", "")
	if l.known(r, v.Subject) {
		add(&l.caseload.knowledge.Levies, v.Subject, v)
	}
}

func (l *knowledgeLoader) takeRenumbering(r *agencyRow) {
	n := agency.Renumbering{Old: r.need(person.OldSubjectID), New: r.need(person.NewSubjectID),
		Split: oneOf(r, person.Change, "merged", "split") == "split", LeadID: r.text(person.LeadID), On: r.day(person.ChangedOn)}
	if n.Split && n.On == 0 {
		r.fault(person.ChangedOn) // without the day nobody knows which leads were told of both
	}
	if l.known(r, n.New) {
		l.caseload.knowledge.Renumbered = append(l.caseload.knowledge.Renumbered, n)
	}
}
