package leads

import (
	"slices"
	"strconv"

	"locatematch/pipeline/leads/agency"
)

// Liability is what else the person owes and who withholds already, by the agency's own cases. Amounts are whole dollars.
type Liability struct {
	Orders   []LiabilityOrder `parquet:"orders,list"` // by case
	Bankrupt bool             `parquet:"bankrupt"`
}

// LiabilityOrder is one support order of the person.
type LiabilityOrder struct {
	CaseID     string `parquet:"case_id"`
	Monthly    int64  `parquet:"monthly"`
	Arrears    int64  `parquet:"arrears"`
	WithheldBy string `parquet:"withheld_by"` // federal number of the employer, "" where nobody withholds
	OtherState string `parquet:"other_state"`
}

// Liability is the lead beside a person's other leads, once they are assessed: several orders, a withholding that runs, or a
// bankruptcy. It is told only with something to act on, for the agency knows it already; nil where there is nothing to tell. No
// record reports it, so it has no evidence and no history.
func (a *Assessor) Liability(s *Subject, leads []Lead) *Lead {
	return a.liability(s, leads, func(cases []agency.Case) []string { return a.ofPerson(s, leads, cases) })
}

func (a *Assessor) liability(s *Subject, leads []Lead, ofPerson func([]agency.Case) []string) *Lead {
	cases := a.Known.CasesOf(s.ID)
	offered := false
	for i := range leads {
		offered = offered || leads[i].Suppressed == "" && leads[i].Kind != KindConflict
	}
	li := liabilityOf(cases)
	if li == nil || !offered {
		return nil
	}
	day := DayOf(a.AsOf)
	l := &Lead{
		LeadID: leadID(s.ID, KindLiability, "cases", ""), SubjectID: s.ID, Kind: KindLiability, Display: li.display(), Liability: li,
		Identity: Strong, IdentityReasons: []string{"our own cases say so"}, IdentityProbability: 1, Standing: Current,
		StandingReasons: []string{"our own cases say so"}, Status: Repeated, StatusReason: "the agency knows this already",
		FirstSeen: day, LastSeen: day, FirstPublished: day, Summary: li.summary(pronounsOf(s.Sex)), DisclosureClass: DisclosureAgency,
	}
	codes := slices.Clone(ofPerson(cases))
	slices.Sort(codes)
	for _, code := range codes {
		l.Cautions = append(l.Cautions, a.words(code))
	}
	a.may(s, l, cases)
	return l
}

func liabilityOf(cases []agency.Case) *Liability {
	li := &Liability{}
	withheld := false
	for _, c := range cases {
		li.Bankrupt = li.Bankrupt || c.Bankrupt
		if !c.Order || c.Status == agency.Closed {
			continue
		}
		withheld = withheld || c.WithheldBy != ""
		li.Orders = append(li.Orders, LiabilityOrder{CaseID: c.ID, Monthly: c.Monthly / 100, Arrears: c.Arrears / 100,
			WithheldBy: c.WithheldBy, OtherState: c.OtherState})
	}
	if len(li.Orders) < 2 && !withheld && !li.Bankrupt {
		return nil
	}
	return li
}

func (li *Liability) display() string {
	words := ""
	switch n := len(li.Orders); n {
	case 0:
	case 1:
		words = "One support order"
	default:
		words = strconv.Itoa(n) + " support orders"
	}
	if li.Bankrupt && words == "" {
		return "Bankruptcy"
	}
	if li.Bankrupt {
		words += " and a bankruptcy"
	}
	return words
}

// summary adds the orders up in one sentence.
func (li *Liability) summary(p pronouns) string {
	var monthly, arrears int64
	withheld := 0
	for _, o := range li.Orders {
		monthly, arrears = monthly+o.Monthly, arrears+o.Arrears
		if o.WithheldBy != "" {
			withheld++
		}
	}
	words := "Our cases show no support order against " + p.object
	switch n := len(li.Orders); {
	case n == 1:
		words = "Our cases show one support order against " + p.object + " of " + money(monthly) + " a month, with " + money(arrears) + " past due"
	case n > 1:
		words = "Our cases show " + strconv.Itoa(n) + " support orders against " + p.object + ", together " + money(monthly) + " a month, with " + money(arrears) + " past due"
	}
	switch withheld {
	case 0:
	case 1:
		words += "; one employer withholds already"
	default:
		words += "; employers withhold under " + strconv.Itoa(withheld) + " of them already"
	}
	if li.Bankrupt {
		words += "; " + p.subject + " is in bankruptcy"
	}
	return words + "."
}
