package queue

import (
	"slices"
	"strings"

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
func (b *Builder) may(e *entry, s policy.Situation) policy.May {
	for _, g := range e.news.granted {
		if g.caseID == e.caseID && !e.waited {
			return *g.may
		}
	}
	return b.in.Rules.May(s)
}

// situation is a lead for a case as policy asks about it. A clock runs from the day the agency first received the fact.
func (b *Builder) situation(n *News, c agency.Case) policy.Situation {
	says := func(reason string) bool { return slices.Contains(n.IdentityReasons, reason) }
	s := policy.Situation{
		AsOf: b.in.AsOf, Kind: string(n.Kind), Sources: n.Sources, Identity: string(n.Identity), Standing: string(n.Standing),
		SSNAgrees: says("SSN agrees"), SSNConflicts: says("the SSN does not match") || says("the number does not match"),
		NameAgrees:    says("name agrees"),
		NameConflict:  says("the name differs") || says("family name differs") || says("given name differs"),
		AddressAgrees: says("address agrees"), BirthAgrees: says("birth date agrees"),
		NameAlone: nameAlone(n.IdentityReasons), SpokenAgainst: slices.ContainsFunc(n.IdentityReasons, leads.SpeaksAgainst),
		TwoOfThree: twoOfThree(n.IdentityReasons), KeyAlone: says(leads.KeyCameBack) && says(leads.SaysNothing),
		NumberUnverified: slices.ContainsFunc(n.IdentityReasons, func(r string) bool { return strings.HasSuffix(r, "was not verified") }),
		LittleToGoBy:     says(leads.LittleToGoBy) || says(leads.KeyDisagrees), LikelierAnother: says(leads.LikelierAnother),
		Event: n.Event.Integer(), Entered: n.Entered.Integer(), Received: n.FirstSeen.Integer(), Case: c, Account: n.Account.asked(),
	}
	if b.in.Levies != nil {
		s.Levies = b.in.Levies(n.SubjectID)
	}
	for _, caution := range n.Cautions {
		s.Cautions = append(s.Cautions, caution.Code)
	}
	slices.Sort(s.Cautions)
	return s
}

// nameAlone reports that of all that says who the person is the name alone agrees.
func nameAlone(reasons []string) (agrees bool) {
	for _, r := range reasons {
		switch {
		case r == "name agrees":
			agrees = true
		case strings.HasSuffix(r, " agrees"), r == "our own reference came back", r == "the SSN is off by one slip":
			return false
		}
	}
	return agrees
}

// twoOfThree reports that of SSN, birth date and whole name two agree, or that the SSN is off by one slip and one of the others agrees.
func twoOfThree(reasons []string) bool {
	agree := 0
	for _, r := range reasons {
		number := strings.HasPrefix(r, "SSN") || strings.HasPrefix(r, "taxpayer number")
		if r == "birth date agrees" || r == "name agrees" || number && strings.HasSuffix(r, " agrees") || strings.HasSuffix(r, " is off by one slip") {
			agree++
		}
	}
	return agree >= 2
}

// asked is an account as policy asks about it.
func (a *Account) asked() *policy.Account {
	if a == nil {
		return nil
	}
	return &policy.Account{Balance: a.Balance, Joint: a.Joint, SecondaryOwner: a.SecondaryOwner, Trust: a.Trust, Closed: a.Closed}
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
