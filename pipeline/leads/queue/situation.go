package queue

import (
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// Rules is what queues ask of policy; *policy.Policy answers.
type Rules interface {
	May(policy.Situation) policy.May
	Due(policy.Situation) []policy.Due
}

// noRules stand where an agency has stated no policy: no clock runs, and nothing may be done before it is verified.
type noRules struct{}

func (noRules) May(policy.Situation) policy.May {
	return policy.May{Step: policy.VerifyFirst, Words: "you may verify this first"}
}

func (noRules) Due(policy.Situation) []policy.Due { return nil }

// may is what the night found may be done with a lead for a case. A lead that waited is asked about anew: the case may be
// another by now.
func (b *Builder) may(n news, s policy.Situation) policy.May {
	for _, m := range n.lead.MayDo {
		if m.CaseID != s.Case.ID || n.waited {
			continue
		}
		may := policy.May{Step: policy.Step(m.Step), Words: m.Words, Rule: policy.Rule{ID: m.Rule, Words: m.Reason, Citation: m.Citation, CheckedOn: m.CheckedOn}}
		for _, words := range m.HeldBy {
			may.HeldBy = append(may.HeldBy, policy.Rule{Words: words, CheckedOn: "-"})
		}
		return may
	}
	return b.in.Rules.May(s)
}

// situation is a lead for a case as policy asks about it. A clock runs from the day the agency first received the fact.
func (b *Builder) situation(l *leads.Lead, c agency.Case) policy.Situation {
	says := func(reason string) bool { return slices.Contains(l.IdentityReasons, reason) }
	s := policy.Situation{
		AsOf: b.in.AsOf, Kind: string(l.Kind), Sources: l.Sources, Identity: string(l.Identity), Standing: string(l.Standing),
		SSNAgrees: says("SSN agrees"), SSNConflicts: says("the SSN does not match") || says("the number does not match"),
		NameAgrees:    says("name agrees"),
		NameConflict:  says("the name differs") || says("family name differs") || says("given name differs"),
		AddressAgrees: says("address agrees"), BirthAgrees: says("birth date agrees"),
		Received: l.FirstSeen.Integer(), Case: c, Account: accountOf(l),
	}
	if l.Employer != nil {
		s.Entered = l.Employer.Entered.Integer()
	}
	if len(l.Evidence) > 0 && l.Evidence[0].EventDate != nil {
		s.Event = l.Evidence[0].EventDate.Date.Integer()
	}
	if b.in.Levies != nil {
		s.Levies = b.in.Levies(l.SubjectID)
	}
	for _, caution := range l.Cautions {
		s.Cautions = append(s.Cautions, caution.Code)
	}
	slices.Sort(s.Cautions)
	return s
}

func accountOf(l *leads.Lead) *policy.Account {
	if l.Account == nil {
		return nil
	}
	a := &policy.Account{Joint: l.Account.Joint, SecondaryOwner: l.Account.SecondaryOwner, Trust: l.Account.Trust != "", Closed: l.Account.Status == "closed"}
	if l.Account.Balance != nil {
		cents := *l.Account.Balance * 100 // leads have whole dollars
		a.Balance = &cents
	}
	return a
}

// earliest is the statutory clock that ends first, else the first of the others. The zero Due: none runs.
func earliest(clocks []policy.Due) (first policy.Due) {
	for _, d := range clocks {
		if d.On != 0 && (first.On == 0 || d.Statutory && !first.Statutory || d.Statutory == first.Statutory && d.On < first.On) {
			first = d
		}
	}
	return first
}
