package leads

import (
	"slices"
	"strings"

	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// MayDo is what may be done with a lead for one case, by which rule, and what kept it from more.
type MayDo struct {
	CaseID    string   `parquet:"case_id"`
	Step      string   `parquet:"step,dict"` // specialist, contact_only, verify_first, review_for_withholding, review_for_levy, "" nothing
	Words     string   `parquet:"words"`     // "you may review for withholding"
	Reason    string   `parquet:"reason"`    // the rule's words
	Rule      string   `parquet:"rule,dict"` // its id
	Citation  string   `parquet:"citation"`
	CheckedOn string   `parquet:"checked_on"`
	HeldBy    []string `parquet:"held_by,list"` // words of the rules that kept a higher step away, in order

	held []policy.Rule // the same, whole
}

// Holding are the rules behind HeldBy. Of what was read from a file only their words are known.
func (m *MayDo) Holding() []policy.Rule {
	if len(m.held) == len(m.HeldBy) {
		return m.held
	}
	rules := make([]policy.Rule, len(m.HeldBy))
	for i, words := range m.HeldBy {
		rules[i].Words = words
	}
	return rules
}

// may asks policy about every case of the person. A suppressed lead is for nobody to act on.
func (a *Assessor) may(s *Subject, l *Lead, cases []agency.Case) {
	if l.Suppressed != "" {
		return
	}
	for _, c := range cases {
		m := a.Rules.May(a.situation(s, l, c))
		do := MayDo{CaseID: c.ID, Step: string(m.Step), Words: m.Words, Reason: m.Rule.Words, Rule: m.Rule.ID,
			Citation: m.Rule.Citation, CheckedOn: m.Rule.CheckedOn}
		for _, r := range m.HeldBy {
			do.HeldBy = append(do.HeldBy, r.Words)
		}
		do.held = m.HeldBy
		l.MayDo = append(l.MayDo, do)
	}
}

// situation is a lead for one case as policy sees it. What the records say of the person is the best report's.
func (a *Assessor) situation(s *Subject, l *Lead, c agency.Case) policy.Situation {
	q := policy.Situation{
		AsOf: a.AsOf, Kind: string(l.Kind), Sources: policySources(l.Sources), Identity: string(l.Identity), Standing: string(l.Standing),
		Received: l.FirstSeen.Integer(), Case: c, Levies: a.Known.LeviesOf(s.ID), Account: policyAccount(l), Cautions: codesOf(l),
	}
	if l.Employer != nil {
		q.Entered = l.Employer.Entered.Integer()
	}
	if len(l.reports) == 0 {
		return q
	}
	best := &l.reports[0].link.Agreement
	q.SSNAgrees = best[PartSSN] == Agree && l.reports[0].link.Sighting.Reported.isSSN() // a taxpayer number identifies, and is no SSN
	q.SSNConflicts = best[PartSSN] == Conflict
	q.NameAgrees, q.NameConflict = best.name() == Agree, best.name() == Conflict
	q.AddressAgrees, q.BirthAgrees = best[PartAddress] == Agree, best[PartBorn] == Agree
	q.NameAlone, q.SpokenAgainst = best.nameAlone(), l.reports[0].link.spokenAgainst()
	q.TwoOfThree, q.KeyAlone, q.NumberUnverified = best.twoOfThree(), l.reports[0].link.keyAlone(), s.SSNStatus == unverified
	q.LittleToGoBy, q.LikelierAnother = !l.reports[0].link.Accept, l.reports[0].link.likelierAnother()
	if e := l.reports[0].fact.event; e != nil {
		q.Event = e.Date.Integer()
	}
	return q
}

// policySources names the sources as policy knows them; an agency's own are other.
func policySources(sources []string) (names []string) {
	for _, s := range sources {
		if _, known := sourceWords[s]; !known {
			s = "other"
		}
		names = append(names, s)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func policyAccount(l *Lead) *policy.Account {
	if l.Account == nil {
		return nil
	}
	a := &policy.Account{Joint: l.Account.Joint, SecondaryOwner: l.Account.SecondaryOwner, Trust: l.Account.Trust != "", Closed: l.Account.Status == "closed"}
	if b := l.Account.Balance; b != nil {
		cents := *b * 100
		a.Balance = &cents
	}
	if slices.Contains(codesOf(l), CautionBenefits) {
		a.Benefits = "yes"
	}
	return a
}

// Disclosure classes, the most guarded first. What several independent sources report of an address or an employer may be told
// as the least guarded of them has it: every source keeps its own evidence (45 CFR 303.21).
const (
	DisclosureSpecialist = "specialist only"
	DisclosureFinancial  = "financial institution data"
	DisclosureDirectory  = "directory of new hires"
	DisclosureMilitary   = "military data"
	DisclosureLocate     = "locate data"
	DisclosureAgency     = "agency's own"
)

var disclosureOf = map[string]string{
	sourceFinancial: DisclosureFinancial, sourceEmployment: DisclosureDirectory, sourceMilitary: DisclosureMilitary,
}

// disclosureClass says under which rules a lead may be shown to others: its most guarded source's.
func disclosureClass(l *Lead) string {
	if l.Kind == KindConflict {
		return DisclosureSpecialist
	}
	for _, source := range []string{sourceFinancial, sourceEmployment, sourceMilitary} {
		if slices.Contains(l.Sources, source) {
			return disclosureOf[source]
		}
	}
	return DisclosureLocate
}

// sentenceless is a rule's sentence as a part of another.
func sentenceless(words string) string {
	words = strings.TrimSuffix(words, ".")
	if words == "" {
		return "policy says so"
	}
	return strings.ToLower(words[:1]) + words[1:]
}
