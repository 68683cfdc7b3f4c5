package policy

import (
	"fmt"
	"strings"
	"testing"

	"locatematch/pipeline/golden"
	"locatematch/pipeline/leads/agency"
)

// scene is a situation with a sentence that says what is special about it.
type scene struct {
	title string
	s     Situation
}

// asOf is the business date of all scenes: a Saturday.
const asOf = 20261121

// hire is an employer's report on a parent who owes support under an order; SSN and name agree.
func hire(change ...func(*Situation)) Situation {
	s := Situation{
		AsOf: asOf, Kind: "employer", Sources: []string{"employment"}, Identity: "strong", Standing: "current",
		SSNAgrees: true, NameAgrees: true, Event: 20261109, Received: 20261120,
		Case: agency.Case{
			ID: "C-100", Subject: "S-1", Participant: agency.Noncustodial, Status: agency.Open, Function: agency.Enforcement,
			Order: true, Monthly: 400_00, Arrears: 2_400_00, PastDueSince: 20260501, LastPaid: 20260701, Opened: 20200115,
		},
	}
	for _, f := range change {
		f(&s)
	}
	return s
}

// account is a bank's report on the same parent; the address agrees too.
func account(change ...func(*Situation)) Situation {
	s := hire()
	balance := int64(3_100_00)
	s.Kind, s.Sources, s.AddressAgrees = "account", []string{"financial"}, true
	s.Account = &Account{Balance: &balance, Benefits: "no"}
	for _, f := range change {
		f(&s)
	}
	return s
}

func address(change ...func(*Situation)) Situation {
	s := hire()
	s.Kind, s.Sources = "address", []string{"employment"}
	for _, f := range change {
		f(&s)
	}
	return s
}

// cite is how a page shows a rule.
func cite(r Rule) string {
	return fmt.Sprintf("%s: %s [%s; %s layer; %s]", r.ID, r.Words, r.Citation, r.Layer, r.Reviewed())
}

func TestGolden_MayDo(t *testing.T) {
	golden.Check(t, "testdata/may_do.golden", mayPage(BuiltIn(), mayScenes()))
}

func mayPage(p *Policy, scenes []scene) string {
	var b strings.Builder
	for _, c := range scenes {
		m := p.May(c.s)
		fmt.Fprintf(&b, "%s\n  %s\n", c.title, m.Words)
		switch {
		case m.Step == Nothing:
		case m.Step == Specialist:
			fmt.Fprintf(&b, "    because  %s\n", cite(m.Rule))
		default:
			fmt.Fprintf(&b, "    allowed  %s\n", cite(m.Rule))
		}
		for _, r := range m.HeldBy {
			fmt.Fprintf(&b, "    held by  %s\n", cite(r))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func mayScenes() []scene {
	warned := func(code string) func(*Situation) {
		return func(s *Situation) { s.Cautions = append(s.Cautions, code) }
	}
	return []scene{
		{"A new hire. There is an order, and SSN and name agree.", hire()},
		{"A new hire without an order.", hire(func(s *Situation) { s.Case.Order = false })},
		{"A new hire whose record has no SSN.", hire(func(s *Situation) { s.SSNAgrees, s.Identity = false, "likely" })},
		{"A new hire whose SSN agrees, with another person who fits nearly as well.", hire(func(s *Situation) { s.Identity = "check first" })},
		{"A new hire of a job that has ended.", hire(func(s *Situation) { s.Standing = "past" })},
		{"A new hire that another source contradicts.", hire(func(s *Situation) { s.Standing = "contradicted" })},
		{"A new hire of a man who may be dead.", hire(warned("deceased"))},
		{"A new hire of a putative father.", hire(func(s *Situation) { s.Case.Participant, s.Case.Order, s.Case.Arrears = agency.Putative, false, 0 })},
		{"A new hire of a custodial parent.", hire(func(s *Situation) { s.Case.Participant = agency.Custodial })},
		{"A new hire in a case where the other parent has claimed good cause.", hire(func(s *Situation) { s.Case.GoodCause = true })},
		{"A new hire whose SSN agrees and whose name does not.", hire(func(s *Situation) { s.NameAgrees, s.NameConflict = false, true })},
		{"A lead of the kind identity conflict.", hire(func(s *Situation) { s.Kind = "identity conflict" })},
		{"A new hire whose birth date is a child's.", hire(warned("minor"))},
		{"A new hire in a closed case.", hire(func(s *Situation) { s.Case.Status = agency.Closed })},
		{"A new hire of a child.", hire(func(s *Situation) { s.Case.Participant = agency.Child })},
		{"A military service of a parent with an order.", hire(func(s *Situation) { s.Kind, s.Sources = "military", []string{"military"} }, warned("military"))},

		{"An address that an employer reports.", address()},
		{"An address that only a change of address order reports.", address(func(s *Situation) { s.Sources = []string{"postal"} })},
		{"An address that the post office and an employer report.", address(func(s *Situation) { s.Sources = []string{"employment", "postal"} })},
		{"A telephone number.", address(func(s *Situation) { s.Kind = "phone" })},
		{"A bankruptcy, as a liability.", address(func(s *Situation) { s.Kind = "liability" })},

		{"An account. SSN, name and address agree.", account()},
		{"An account at another address.", account(func(s *Situation) { s.AddressAgrees = false })},
		{"An account whose name was not compared.", account(func(s *Situation) { s.NameAgrees = false })},
		{"An account where nothing is past due.", account(func(s *Situation) { s.Case.Arrears = 0 })},
		{"An account where $310.50 is past due.", account(func(s *Situation) { s.Case.Arrears = 310_50 })},
		{"An account where support is past due since last week.", account(func(s *Situation) { s.Case.PastDueSince = 20261114 })},
		{"An account of a parent in bankruptcy.", account(func(s *Situation) { s.Case.Bankrupt = true })},
		{"An account after a levy in August.", account(func(s *Situation) { s.Levies = []agency.Levy{{On: 20260815}} })},
		{"An account that holds $40.", account(func(s *Situation) { *s.Account.Balance = 40_00 })},
		{"An account whose balance the bank does not tell.", account(func(s *Situation) { s.Account.Balance = nil })},
		{"An account that is held in trust.", account(func(s *Situation) { s.Account.Trust = true })},
		{"An account of a representative payee, known by its title.", account(warned("representative_payee"))},
		{"An account that is closed.", account(func(s *Situation) { s.Account.Closed = true })},
		{"An account into which benefits are paid.", account(func(s *Situation) { s.Account.Benefits = "yes" })},
		{"A joint account: a caution, no bar.", account(func(s *Situation) { s.Account.Joint = true })},
	}
}

func TestGolden_StateLayers(t *testing.T) {
	var b strings.Builder
	for _, file := range []string{"florida", "oklahoma", "minnesota", "utah", "ohio-county"} {
		p, err := Load([]string{"testdata/layers/" + file + ".yaml"})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n\n", strings.ToUpper(file))
		for _, r := range p.Rules() {
			if r.Layer != "federal" || r.OverriddenBy != "" || r.CheckedBy != "" {
				fmt.Fprintf(&b, "%s\n    %s\n", cite(r), r.Does)
				if r.OverriddenBy != "" {
					fmt.Fprintf(&b, "    changed by the %s layer\n", r.OverriddenBy)
				}
			}
		}
		b.WriteString("\n" + mayPage(p, []scene{
			{"An account of a parent who owes $2,400, six months of support.", account()},
			{"An account of a parent who owes $550 since two months, in a case opened in October, with a levy in May; it holds $105.",
				account(func(s *Situation) {
					s.Case.Arrears, s.Case.PastDueSince, s.Case.Opened, s.Case.Monthly = 550_00, 20260921, 20261001, 600_00
					s.Levies = []agency.Levy{{On: 20260523}}
					*s.Account.Balance = 105_00
				})},
		}))
	}
	golden.Check(t, "testdata/layers.golden", b.String())
}

func TestGolden_Purpose(t *testing.T) {
	var b strings.Builder
	known := hire().Case
	ask := func(title, source string, change func(*agency.Case)) {
		c := known
		change(&c)
		r, ok := BuiltIn().Purpose(source, c.Participant, c.Status, c)
		fmt.Fprintf(&b, "%s\n  %s\n    %s\n\n", title, map[bool]string{true: "yes", false: "no"}[ok], cite(r))
	}
	ask("May the post office's file be used to find a parent in an open case?", "postal", func(*agency.Case) {})
	ask("May bank data be used for a parent who owes $2,400?", "financial", func(*agency.Case) {})
	ask("May bank data be used for a parent who owes nothing?", "financial", func(c *agency.Case) { c.Arrears = 0 })
	ask("May new hires be used to find a putative father while paternity is decided?", "employment", func(c *agency.Case) { c.Participant, c.Function = agency.Putative, agency.Paternity })
	ask("May bank data be used for a putative father?", "financial", func(c *agency.Case) { c.Participant, c.Function = agency.Putative, agency.Paternity })
	ask("May new hires be used for a putative father in a case that enforces an order?", "employment", func(c *agency.Case) { c.Participant = agency.Putative })
	ask("May a custodial parent be looked for?", "postal", func(c *agency.Case) { c.Participant = agency.Custodial })
	ask("May a child be looked for?", "employment", func(c *agency.Case) { c.Participant = agency.Child })
	ask("May anything be used in a closed case?", "employment", func(c *agency.Case) { c.Status = agency.Closed })
	ask("The agency gave no facts on the case. May new hires be used for a putative father?", "employment", func(c *agency.Case) { *c = agency.Case{Participant: agency.Putative} })
	ask("The agency gave no facts on the case. May bank data be used for the parent?", "financial", func(c *agency.Case) { *c = agency.Case{Participant: agency.Noncustodial} })
	ask("May a source be used for someone whose part in the case nobody stated?", "postal", func(c *agency.Case) { c.Participant = "" })
	golden.Check(t, "testdata/purpose.golden", b.String())
}

func TestGolden_Clocks(t *testing.T) {
	var b strings.Builder
	ask := func(title string, p *Policy, s Situation) {
		fmt.Fprintf(&b, "%s\n", title)
		all := p.Due(s)
		if len(all) == 0 {
			b.WriteString("  no clock runs\n")
		}
		for _, d := range all {
			set := "set by the agency"
			if d.Statutory {
				set = "set by law"
			}
			fmt.Fprintf(&b, "  due %s, %s\n    %s\n", timeOf(d.On).Format("Monday 2006-01-02"), set, cite(d.Rule))
		}
		b.WriteByte('\n')
	}
	on := func(day int32) func(*Situation) { return func(s *Situation) { s.Received = day } }
	federal := BuiltIn()
	ask("A new hire received on a Monday, with an order and an SSN match.", federal, hire(on(20261116)))
	ask("The same received on a Friday: Saturday and Sunday do not count.", federal, hire(on(20261120)))
	ask("The same received the day before Thanksgiving.", federal, hire(on(20261125)))
	ask("The same received on New Year's Eve.", federal, hire(on(20261231)))
	ask("The same received on Friday, July 2, 2027; Independence Day is a Sunday, and kept on Monday.", federal, hire(on(20270702)))
	ask("A new hire without an order.", federal, hire(func(s *Situation) { s.Case.Order = false }))
	ask("A new hire without an SSN match.", federal, hire(func(s *Situation) { s.SSNAgrees = false }))
	ask("A new hire with an SSN match, whose name does not agree: the clock runs while a specialist looks.", federal,
		hire(func(s *Situation) { s.NameAgrees, s.NameConflict = false, true }))
	ask("A new hire in a closed case.", federal, hire(func(s *Situation) { s.Case.Status = agency.Closed }))
	ask("A new hire in a case that looks for the parent since September 15.", federal, hire(func(s *Situation) { s.Case.LocateSince = 20260915 }))
	ask("The same, three weeks later: the lead is overdue, and stays so.", federal,
		hire(func(s *Situation) { s.Case.LocateSince, s.AsOf = 20260915, 20261212 }))
	ask("The same, where it is not sure that it is the same person.", federal,
		hire(func(s *Situation) { s.Case.LocateSince, s.Identity = 20260915, "check first" }))
	ask("An address in a case that looks for the parent since November 30, 2025: those 75 days were over when it came.", federal, address(func(s *Situation) { s.Case.LocateSince = 20251130 }))
	ask("An address in a case where no one is looked for.", federal, address())

	county, err := Load([]string{"testdata/layers/ohio-county.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	ask("The county closes on the day before Thanksgiving and opens on the day after it. A hire received on that Tuesday.", county, hire(on(20261124)))

	switched, err := Load([]string{"testdata/layers/unconfirmed.yaml"})
	if err != nil {
		t.Fatal(err)
	}
	ask("An agency has switched the unconfirmed clocks on. A hire of a parent in prison.", switched,
		hire(func(s *Situation) { s.Cautions = []string{"incarcerated"} }))
	ask("The same agency, where there is no order yet.", switched, hire(func(s *Situation) { s.Case.Order, s.Case.Function = false, agency.Establishment }))
	golden.Check(t, "testdata/clocks.golden", b.String())
}

func TestGolden_Cautions(t *testing.T) {
	var b strings.Builder
	for _, r := range BuiltIn().Rules() {
		if r.Group != "cautions" {
			continue
		}
		c, ok := BuiltIn().Caution(strings.TrimPrefix(r.ID, "caution."))
		if !ok {
			t.Fatalf("%s is in the rules and is no caution", r.ID)
		}
		fmt.Fprintf(&b, "%s\n  %s\n  %s\n    %s\n\n", c.Code, c.Words, c.Obliges, cite(c.Rule))
	}
	found := func(title string, s Situation) {
		fmt.Fprintf(&b, "%s\n", title)
		for _, c := range BuiltIn().Cautions(s) {
			fmt.Fprintf(&b, "  %s: %s %s\n", c.Code, c.Words, c.Obliges)
		}
		b.WriteByte('\n')
	}
	found("What policy finds by itself on a joint account that may hold benefits, in a case of another state, in Spanish.",
		account(func(s *Situation) {
			s.Account.Joint, s.Account.Benefits = true, ""
			s.Case.OtherState, s.Case.Language = "OK", "Spanish"
		}))
	found("What it finds on a second owner's trust account of a protected parent in bankruptcy.",
		account(func(s *Situation) {
			s.Account.SecondaryOwner, s.Account.Trust = true, true
			s.Case.Protected, s.Case.Bankrupt = true, true
		}))
	found("What it finds on an address that only the post office reports, where the number does not match and there is a service.",
		address(func(s *Situation) {
			s.Sources, s.SSNAgrees, s.SSNConflicts = []string{"postal"}, false, true
			s.Cautions = []string{"military"}
		}))
	golden.Check(t, "testdata/cautions.golden", b.String())
}

// doubted is a lead of which the name alone says who it is, and something says that it is not.
func doubted(s *Situation) {
	s.SSNAgrees, s.NameAgrees, s.AddressAgrees, s.BirthAgrees, s.NameAlone, s.SpokenAgainst, s.Identity = false, true, false, false, true, true, "check first"
}

// answered is a military answer that says nothing of its own about who the person is.
func answered(s *Situation) {
	s.Kind, s.Sources, s.KeyAlone, s.LittleToGoBy, s.Identity = "military", []string{"military"}, true, true, "check first"
	s.SSNAgrees, s.NameAgrees, s.AddressAgrees, s.BirthAgrees = false, false, false, false
}

func TestGolden_AgesAndLimits(t *testing.T) {
	var b strings.Builder
	p := BuiltIn()
	for _, c := range [][2]string{{"address", "employment"}, {"address", "postal"}, {"employer", "employment"}, {"income", "employment"}, {"military", "military"}, {"account", "financial"}, {"phone", "other"}} {
		half, greatest := p.Freshness(c[0], c[1])
		fmt.Fprintf(&b, "%s from %s\n  half life %d days, greatest age %d days\n    %s\n\n", c[0], c[1], half, greatest, cite(p.freshness(c[0], c[1]).shown))
	}
	for _, source := range sourceNames {
		days, unmatched := p.Retention(source)
		fmt.Fprintf(&b, "what %s sources sent is kept %d days, rows that match no one: %v\n", source, days, unmatched)
	}
	fmt.Fprintf(&b, "\none officer gets %d leads a night at most, and %d alert on one person\n\n", p.Caps().PerOfficer, p.Caps().AlertsPerPerson)
	for _, c := range []scene{
		{"An account that holds $12.", account(func(s *Situation) { *s.Account.Balance = 12_00 })},
		{"An account whose balance the bank does not tell.", account(func(s *Situation) { s.Account.Balance = nil })},
		{"An account of a parent who owes $9.50.", account(func(s *Situation) { s.Case.Arrears = 9_50 })},
		{"An address where only the name agrees, and another person fits nearly as well.", address(doubted)},
		{"The same, reported by a second source.", address(doubted, func(s *Situation) { s.Sources = []string{"employment", "postal"} })},
		{"An address where only the name agrees, and nothing speaks against it.", address(doubted, func(s *Situation) { s.SpokenAgainst = false })},
		{"The same, where others may bear the name.", address(doubted, func(s *Situation) { s.SpokenAgainst, s.LittleToGoBy = false, true })},
		{"An address where name and birth date agree, and it is likelier that it is another's.", address(doubted, func(s *Situation) { s.NameAlone, s.BirthAgrees, s.LikelierAnother = false, true, true })},
		{"The same, where the SSN agrees.", address(doubted, func(s *Situation) { s.NameAlone, s.SSNAgrees, s.LikelierAnother = false, true, true })},
		{"An address where the SSN does not match, the name is the same, and there is little to go by.", address(doubted, func(s *Situation) { s.NameAlone, s.AddressAgrees, s.LittleToGoBy = false, true, true })},
		{"The same, where the birth date is the same too.", address(doubted, func(s *Situation) { s.NameAlone, s.BirthAgrees, s.LittleToGoBy, s.TwoOfThree = false, true, true, true })},
		{"A military answer that says nothing but our own number, which is not verified.", address(answered, func(s *Situation) { s.NumberUnverified = true })},
		{"The same, under a number that is.", address(answered)},
		{"An account in a case of which the agency gave no facts.", account(func(s *Situation) { s.Case = agency.Case{Participant: agency.Noncustodial} })},
	} {
		r, small := p.Suppress(c.s)
		fmt.Fprintf(&b, "%s\n  suppressed: %v\n", c.title, small)
		if small {
			fmt.Fprintf(&b, "    %s\n", cite(r))
		}
	}
	golden.Check(t, "testdata/limits.golden", b.String())
}
