package leads

import (
	"slices"
	"strings"

	"locatematch/matchers/text"
	"locatematch/pipeline/leads/agency"
	"locatematch/sources/person"
)

// Caution is what an officer must watch for with a lead, and what it obliges to.
type Caution struct {
	Code      string `parquet:"code,dict"`
	Words     string `parquet:"words"`
	Citation  string `parquet:"citation"`
	CheckedOn string `parquet:"checked_on"` // CCYY-MM-DD, "" where nobody has reviewed the rule
}

// The codes that matching and the agency's knowledge find. Policy has the words.
const (
	CautionMilitary       = "military"
	CautionViolence       = "family_violence"
	CautionDeceased       = "deceased"
	CautionIncarcerated   = "incarcerated"
	CautionMinor          = "minor"
	CautionBankruptcy     = "bankruptcy"
	CautionSecondaryOwner = "secondary_owner"
	CautionJoint          = "joint"
	CautionTrust          = "trust"
	CautionCustodial      = "custodial_account"
	CautionRepresentative = "representative_payee"
	CautionBenefits       = "benefits_exempt"
	CautionBenefitsAsk    = "benefits_unknown"
	CautionPostalOnly     = "change_of_address_only"
	CautionRelative       = "same_name_relative"
	CautionOtherState     = "other_state_case"
	CautionLanguage       = "language"
	CautionNumber         = "number_conflict"
)

// ofPerson finds the cautions that every lead of a person carries: what tonight's records report of him in any lead, and what
// his cases say.
func (a *Assessor) ofPerson(s *Subject, leads []Lead, cases []agency.Case) (codes []string) {
	add := func(found bool, code string) {
		if found && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	serves := a.Served != nil && a.Served(s.ID)
	codes = append(codes, a.heard...)
	for i := range leads {
		l := &leads[i]
		if l.Kind == KindConflict {
			continue // perhaps another person's record
		}
		serves = serves || l.Military != nil
		for _, r := range l.reports {
			add(r.link.Sighting.deceased(), CautionDeceased)
			add(says(r.link.Sighting.value(person.Incarcerated)), CautionIncarcerated)
		}
	}
	add(serves, CautionMilitary)
	add(s.Born > 0 && a.AsOf-s.Born < 18_00_00, CautionMinor)
	add(a.violence(cases), CautionViolence)
	for _, c := range cases {
		add(c.Bankrupt, CautionBankruptcy)
		add(c.OtherState != "", CautionOtherState)
		add(c.Language != "" && !strings.HasPrefix(strings.ToLower(c.Language), "en"), CautionLanguage)
	}
	return codes
}

// says reads a report of a prison term or a death: whatever is not a plain no.
func says(value string) bool {
	return value != "" && !strings.EqualFold(value, "N") && value != "0"
}

// caution gives a lead the cautions of its person and those of its own, sorted by code. An identity conflict is perhaps about
// somebody else, and the person's cautions hold all the same.
func (a *Assessor) caution(s *Subject, l *Lead, shared []string) {
	codes := slices.Clone(shared)
	add := func(found bool, code string) {
		if found {
			codes = append(codes, code)
		}
	}
	if l.Account != nil {
		for _, code := range accountCautions(l) {
			add(true, code)
		}
	}
	if l.Address != nil {
		add(postalOnly(l), CautionPostalOnly)
		add(a.relativeAt(s, l.key()), CautionRelative)
	}
	add(len(l.reports) > 0 && l.reports[0].link.Agreement[PartSSN] == Conflict, CautionNumber)
	slices.Sort(codes)
	for _, code := range slices.Compact(codes) {
		if !slices.ContainsFunc(fuller[code], func(other string) bool { return slices.Contains(codes, other) }) {
			l.Cautions = append(l.Cautions, a.words(code))
		}
	}
}

// fuller are, by caution, those that say the same and more: beside one of them it is not told.
var fuller = map[string][]string{
	CautionJoint: {CautionSecondaryOwner},
	CautionTrust: {CautionCustodial, CautionRepresentative},
}

// accountCautions reads what any report says of whose the money is, by code and by title.
func accountCautions(l *Lead) (codes []string) {
	benefits := false
	for _, r := range l.reports {
		f := accountFact(r.link)
		if f == nil {
			continue
		}
		title := strings.Fields(r.link.Sighting.value(person.TitleWords))
		marked := func(mark string) bool { return slices.Contains(title, mark) }
		code := r.link.Sighting.value(person.Trust)
		benefits = benefits || marked(TitleBenefits)
		for _, c := range []struct {
			found bool
			code  string
		}{
			{f.account.SecondaryOwner, CautionSecondaryOwner}, {f.account.Joint, CautionJoint},
			{code == "1" || marked(TitleCustodial), CautionCustodial}, {marked(TitleRepresentative), CautionRepresentative},
			{code >= "2" && code <= "5" || marked(TitleTrust) || marked(TitleOnDeath), CautionTrust},
		} {
			if c.found {
				codes = append(codes, c.code)
			}
		}
	}
	if benefits {
		return append(codes, CautionBenefits)
	}
	return append(codes, CautionBenefitsAsk)
}

// relativeAt reports that somebody else of the subject's family name is known at an address.
func (a *Assessor) relativeAt(s *Subject, key string) bool {
	family := FamilyKey(s.Family)
	return family != "" && a.Neighbours != nil && slices.ContainsFunc(a.Neighbours(key), func(n Neighbour) bool {
		return n.SubjectID != s.ID && FamilyKey(n.Family) == family
	})
}

// FamilyKey is the standard form of a family name, for comparing two people's.
func FamilyKey(family string) string { return standard(text.Name, family) }

// words takes a caution's words from policy; a code that policy does not know is shown as it is.
func (a *Assessor) words(code string) Caution {
	c, known := a.Rules.Caution(code)
	if !known {
		return Caution{Code: code, Words: strings.ReplaceAll(code, "_", " ")}
	}
	return Caution{Code: code, Words: strings.TrimSpace(c.Words + " " + c.Obliges), Citation: c.Rule.Citation, CheckedOn: c.Rule.CheckedOn}
}

func codesOf(l *Lead) (codes []string) {
	for _, c := range l.Cautions {
		codes = append(codes, c.Code)
	}
	return codes
}
