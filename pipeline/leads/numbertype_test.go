package leads

import (
	"slices"
	"testing"

	"locatematch/matchers/text"
	"locatematch/pipeline/leads/agency"
	"locatematch/sources/person"
)

// TestTaxpayerNumberIsNoSSN: a taxpayer number that agrees says who a person is as an SSN does, and policy, which asks for an SSN, is
// told that none agrees; of one that differs nothing is said but that. What was said of it is enough to tell its type again.
func TestTaxpayerNumberIsNoSSN(t *testing.T) {
	for number, want := range map[text.NumberType]struct {
		agrees, differs string
		ssn             bool
	}{
		text.SocialSecurity: {"SSN agrees", "the SSN does not match", true},
		text.Taxpayer:       {"taxpayer number (ITIN) agrees", "the number does not match", false},
		text.Adoption:       {"taxpayer number (ATIN) agrees", "the number does not match", false},
	} {
		s := sightingWith(sourceEmployment, map[string]string{person.Employer: "ACME"})
		s.Reported = Parts(0).With(PartSSN).WithNumber(number)
		link := Link{Sighting: s, Accept: true, Margin: 100 << 16}
		link.Agreement[PartSSN], link.Agreement[PartGiven], link.Agreement[PartFamily] = Agree, Agree, Agree
		lead := Consolidate(Subject{ID: "S1", Name: "Ada Box"}, []Link{link}, &Table{}, 20261121)[0]
		if lead.Identity != Strong || !slices.Contains(lead.IdentityReasons, want.agrees) {
			t.Errorf("%v: %s, %q", number, lead.Identity, lead.IdentityReasons)
		}
		a := &Assessor{Known: &agency.Knowledge{}}
		if q := a.situation(&Subject{ID: "S1"}, &lead, agency.Case{}); q.SSNAgrees != want.ssn {
			t.Errorf("%v: policy is told that an SSN agrees: %v", number, q.SSNAgrees)
		}
		if again := numberIn(lead.Evidence[0].Confirms); again != Parts(0).WithNumber(number) {
			t.Errorf("%v: %q is read as %v", number, lead.Evidence[0].Confirms, again)
		}
		link.Agreement[PartSSN] = Conflict
		if got := reasons(&link); !slices.Contains(got, want.differs) || !slices.Contains(link.against(), want.differs) {
			t.Errorf("%v: %q, against %q", number, got, link.against())
		}
	}
}
