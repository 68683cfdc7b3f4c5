package leads

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
	"locatematch/sources/person"
)

var standings = map[Standing]int{Current: 0, LikelyCurrent: 1, NotKnown: 2, Ended: 3, Contradicted: 4}

// anyAssessor knows a few facts about the addresses and employers that links of these tests report, and a case.
func anyAssessor(t *rapid.T, subject string) *Assessor {
	k := &agency.Knowledge{Facts: map[string][]agency.Fact{}, Cases: map[string][]agency.Case{subject: {{
		ID: "C1", Subject: subject, Participant: agency.Noncustodial, Order: rapid.Bool().Draw(t, "order"),
		Bankrupt: rapid.Bool().Draw(t, "bankrupt"), Arrears: rapid.Int64Range(0, 100_000).Draw(t, "arrears"),
	}}}}
	for _, f := range []agency.Fact{
		{Kind: agency.AddressFact, Key: "12 OAK ST|78701"}, {Kind: agency.AddressFact, Key: "9 PINE RD|78701"},
		{Kind: agency.EmployerFact, Key: "741234567", Name: "ACME FREIGHT"},
	} {
		if rapid.Bool().Draw(t, "known") {
			f.Subject, f.Known = subject, rapid.SampledFrom([]agency.Known{agency.Verified, agency.Unverified, agency.Sent, agency.Bad}).Draw(t, "state")
			f.Since = rapid.SampledFrom([]int32{0, 20251101, 20261105}).Draw(t, "since")
			f.Until = rapid.SampledFrom([]int32{0, 0, 20260301}).Draw(t, "until")
			k.Facts[subject] = append(k.Facts[subject], f)
		}
	}
	violent := rapid.Bool().Draw(t, "violence")
	return &Assessor{AsOf: tonight, Rules: policy.BuiltIn(), Known: k, Guard: &Guard{}, Violence: func(string) bool { return violent }}
}

// I7 still holds: what is assessed is what was consolidated, less what is withheld and counted; no evidence changes.
func TestI7_AssessingLosesNoEvidence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		a := anyAssessor(t, subject.ID)
		if rapid.Bool().Draw(t, "guarded") {
			a.Guard.Add("12 OAK ST|78701")
		}
		before := map[string][]Evidence{}
		for _, l := range Consolidate(subject, links, nil, tonight) {
			before[l.LeadID] = l.Evidence
		}
		after := a.Assess(&subject, Consolidate(subject, links, nil, tonight))
		for _, l := range after {
			if !reflect.DeepEqual(l.Evidence, before[l.LeadID]) {
				t.Fatalf("evidence of %s was %v, is %v", l.LeadID, before[l.LeadID], l.Evidence)
			}
			if l.Standing == "" || len(l.StandingReasons) == 0 || l.DisclosureClass == "" {
				t.Fatalf("nothing is said of %+v", l)
			}
			if (l.Suppressed == "") != (len(l.MayDo) == 1) {
				t.Fatalf("suppressed %q, and %v may be done", l.Suppressed, l.MayDo)
			}
		}
		withheld := int64(0)
		for _, c := range a.Withheld() {
			withheld += c.N
		}
		if int64(len(after))+withheld != int64(len(before)) {
			t.Fatalf("%d leads, %d withheld, of %d", len(after), withheld, len(before))
		}
	})
}

// I8: neither the order of the links nor links that come twice change what is said of any lead.
func TestI8_AssessingDependsOnNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		a := anyAssessor(t, subject.ID)
		one := asJSON(t, a.Assess(&subject, Consolidate(subject, links, nil, tonight)))
		again := append(slices.Clone(links), links...)
		slices.Reverse(again)
		if two := asJSON(t, a.Assess(&subject, Consolidate(subject, again, nil, tonight))); one != two {
			t.Fatalf("one order %s\nanother   %s", one, two)
		}
	})
}

// More independent agreement never lowers a standing: a further source that reports the same address of the same person, whenever
// that was, leaves it where it is or raises it. A second extract of one source raises nothing but its date.
func TestStandingIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		a := anyAssessor(t, subject.ID)
		a.Violence = nil
		before := a.Assess(&subject, Consolidate(subject, links, nil, tonight))
		addresses := slices.DeleteFunc(slices.Clone(before), func(l Lead) bool { return l.Address == nil })
		if len(addresses) == 0 {
			return
		}
		l := rapid.SampledFrom(addresses).Draw(t, "lead")
		links = append(links, sameAddress(t, &l))
		for _, after := range a.Assess(&subject, Consolidate(subject, links, nil, tonight)) {
			if after.LeadID == l.LeadID && standings[after.Standing] > standings[l.Standing] {
				t.Fatalf("was %s (%v), is %s (%v)", l.Standing, l.StandingReasons, after.Standing, after.StandingReasons)
			}
		}
	})
}

// sameAddress is a further report of an address by a source of its own.
func sameAddress(t *rapid.T, l *Lead) Link {
	link := *l.reports[0].link
	link.Invalid, link.Held = false, false
	s := &Sighting{Extract: "z", File: "z", Line: 1, RecordID: "1", Received: tonight,
		Source: rapid.SampledFrom([]string{"employment", "financial", "vehicles", "postal"}).Draw(t, "further source")}
	for column, value := range map[string]string{
		person.Address1: l.Address.Line, person.City: l.Address.City, person.State: l.Address.State, person.Zip: l.Address.Zip,
		person.ToAddress1: l.Address.Line, person.ToCity: l.Address.City, person.ToState: l.Address.State, person.ToZip: l.Address.Zip,
		person.HireDate: rapid.SampledFrom([]string{"", "20261109", "20240101"}).Draw(t, "hired"),
		person.RunMonth: "202610", person.MoveDate: rapid.SampledFrom([]string{"202610", "202301"}).Draw(t, "moved"), person.MoveType: "I",
	} {
		if value != "" {
			s.state(column, value)
		}
	}
	link.Sighting = s
	return link
}

// I10: no lead tells an address of a protected person, in whatever spelling, with the unit or without.
func TestI10_NoLeadTellsAProtectedAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		a := anyAssessor(t, subject.ID)
		a.Guard.Add(AddressKey("12 Oak Street", "Apt 4", "", "AUSTIN", "TX", "78701"))
		for _, l := range a.Assess(&subject, Consolidate(subject, links, nil, tonight)) {
			for _, s := range stringsOf(reflect.ValueOf(l)) {
				if s == "12 Oak St Apt 4, Austin, TX 78701" || s == "12 Oak St, Austin, TX 78701" {
					t.Fatalf("%+v", l)
				}
			}
		}
	})
}

// An identity conflict holds nothing of the other person, and there is one for each.
func TestConflictHoldsNothingOfTheOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		subject, links := anySubject(t), anyLinks.Draw(t, "links")
		for i := range links {
			a := &links[i].Agreement
			a[PartSSN], a[PartGiven], a[PartBorn] = Agree, Conflict, NoEvidence
			links[i].Held, links[i].Sighting.Person = rapid.Bool().Draw(t, "held"), rapid.SampledFrom([]string{"JONE|A", "GARC|M"}).Draw(t, "person")
		}
		leads := anyAssessor(t, subject.ID).Assess(&subject, Consolidate(subject, links, nil, tonight))
		if len(leads) > 2 {
			t.Fatalf("%d leads of two people", len(leads))
		}
		for _, l := range leads {
			if l.Kind != KindConflict || l.Address != nil || l.Employer != nil || l.Account != nil || l.Phone != nil {
				t.Fatalf("%+v", l)
			}
			for _, s := range stringsOf(reflect.ValueOf(l)) {
				for _, whereabouts := range []string{"OAK", "Oak", "PINE", "Pine", "ACME", "Acme", "FIRST BANK", "First Bank", "5550142", "JONE", "GARC"} {
					if strings.Contains(s, whereabouts) {
						t.Fatalf("%q holds %s", s, whereabouts)
					}
				}
			}
		}
	})
}

// TitleWords keeps what a title says of ownership and no name.
func TestTitleWords(t *testing.T) {
	for title, want := range map[string]string{
		"": "", "JOHN Q DOE": "", "JOHN DOE OR MARY DOE": "joint", "JOHN DOE & MARY DOE JTWROS": "joint", "MARY DOE CUST FOR AMY DOE UTMA/TX": "custodial",
		"JOHN DOE REP PAYEE FOR AMY DOE": "representative", "JOHN DOE P.O.D. AMY DOE": "on_death", "DOE FAMILY TRUST JOHN DOE TTEE": "trust",
		"JOHN DOE FBO AMY DOE": "trust", "DOE PLUMBING LLC": "business", "JOHN DOE SSA BENEFITS": "benefits", "ORSON TRUSTY": "",
	} {
		if got := TitleWords(title); got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func FuzzTitleWords(f *testing.F) {
	f.Add("JOHN DOE REP PAYEE FOR AMY DOE UTMA")
	known := []string{TitleJoint, TitleCustodial, TitleRepresentative, TitleOnDeath, TitleTrust, TitleBenefits, TitleBusiness}
	f.Fuzz(func(t *testing.T, title string) {
		for _, word := range strings.Fields(TitleWords(title)) {
			if !slices.Contains(known, word) {
				t.Fatalf("%q gives %q", title, word)
			}
		}
	})
}
