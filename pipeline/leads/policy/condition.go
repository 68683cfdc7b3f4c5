package policy

import (
	"slices"

	"locatematch/pipeline/leads/agency"
)

// condition is a named yes-or-no question about a situation. Policy files name conditions; they cannot make new ones.
type condition struct {
	name   string
	ofCase bool // answered by the case alone, before there is a lead: purpose may ask it
	holds  func(*Situation) bool
	yes    string // what an officer reads where the condition keeps something away by holding
	no     string // and where by not holding
}

// conditions is the whole vocabulary, in the order in which an unknown name's error and POLICY.md list it.
var conditions = []condition{
	{"noncustodial", true, participant(agency.Noncustodial), "This is the parent who owes support.", "This is not the parent who owes support."},
	{"putative_father", true, participant(agency.Putative), "He is not yet found to be the father.", "This is not a putative father."},
	{"custodial_parent", true, participant(agency.Custodial), "This is the custodial parent.", "This is not the custodial parent."},
	{"child", true, participant(agency.Child), "This is a child.", "This is not a child."},
	{"closed_case", true, func(s *Situation) bool { return s.Case.Status == agency.Closed }, "The case is closed.", "The case is open."},
	{"case_facts_unknown", true, func(s *Situation) bool { return factless(&s.Case) }, "Your agency gave no facts on this case.", "The facts of this case are known."},
	{"order", true, func(s *Situation) bool { return s.Case.Order }, "There is a support order.", "There is no support order."},
	{"owes_past_due", true, func(s *Situation) bool { return s.Case.Arrears > 0 }, "Past-due support is owed.", "No past-due support is known in this case."},
	{"bankrupt", true, func(s *Situation) bool { return s.Case.Bankrupt || s.warned("bankruptcy") }, "This parent is in bankruptcy.", "No bankruptcy is known."},
	{"good_cause", true, func(s *Situation) bool { return s.Case.GoodCause }, "The other parent has claimed good cause.", "Good cause is not claimed."},
	{"protected", true, func(s *Situation) bool { return s.Case.Protected || s.warned("family_violence") }, "Someone in this case is protected.", "No one in this case is known to be protected."},
	{"other_state_case", true, func(s *Situation) bool { return s.Case.OtherState != "" || s.warned("other_state_case") }, "The case is also a different state's.", "The case is not a different state's."},
	{"other_language", true, func(s *Situation) bool { return otherLanguage(s.Case.Language) || s.warned("language") }, "Another language may be needed.", "No other language is known to be needed."},
	{"withheld_already", true, func(s *Situation) bool { return s.Case.WithheldBy != "" }, "An employer withholds already.", "No employer is known to withhold."},

	{"ssn_agrees", false, func(s *Situation) bool { return s.SSNAgrees && !s.SSNConflicts }, "The SSN is the same.", "The SSN is not known to be the same."},
	{"ssn_conflicts", false, func(s *Situation) bool { return s.SSNConflicts || s.warned("number_conflict") }, "The number does not match.", "No number speaks against it."},
	{"name_agrees", false, func(s *Situation) bool { return s.NameAgrees && !s.NameConflict }, "The name is the same.", "The name is not known to be the same."},
	{"name_conflicts", false, func(s *Situation) bool { return s.NameConflict }, "The name is not the same.", "No name speaks against it."},
	{"address_agrees", false, func(s *Situation) bool { return s.AddressAgrees }, "The address is one that your agency has.", "The address is not one that your agency has."},
	{"birth_agrees", false, func(s *Situation) bool { return s.BirthAgrees }, "The birth date is the same.", "The birth date is not known to be the same."},
	{"name_alone", false, func(s *Situation) bool { return s.NameAlone && s.NameAgrees && !s.NameConflict }, "Only the name is the same.", "More than the name is the same."},
	{"two_of_three", false, func(s *Situation) bool { return s.TwoOfThree }, "Two of SSN, birth date and name are the same.", "Two of SSN, birth date and name are not known to be the same."},
	{"key_alone", false, func(s *Situation) bool { return s.KeyAlone }, "Only our own number came back.", "More than our own number came back."},
	{"number_unverified", false, func(s *Situation) bool { return s.NumberUnverified }, "No one has verified the SSN that we hold.", "The SSN that we hold may be verified."},
	{"spoken_against", false, func(s *Situation) bool { return s.SpokenAgainst }, "Something speaks against it.", "Nothing speaks against it."},
	{"little_to_go_by", false, func(s *Situation) bool { return s.LittleToGoBy }, "There is little to go by.", "There is enough to go by."},
	{"likelier_another", false, func(s *Situation) bool { return s.LikelierAnother }, "It is likelier that this is someone else.", "It is likelier this person than someone else."},
	{"identity_strong", false, func(s *Situation) bool { return s.Identity == "strong" }, "It is sure that this is the same person.", "It is not sure enough that this is the same person."},
	{"identity_check_first", false, func(s *Situation) bool { return s.Identity == "check first" }, "It is not sure that this is the same person.", "It is likely the same person."},
	{"standing_current", false, func(s *Situation) bool { return s.Standing == "current" }, "This is true today.", "It is not sure that this is true today."},
	{"standing_past", false, func(s *Situation) bool { return s.Standing == "past" }, "This is no longer true.", "This may still be true."},
	{"standing_contradicted", false, func(s *Situation) bool { return s.Standing == "contradicted" }, "Another source says otherwise.", "No source says otherwise."},
	{"postal_only", false, postalOnly, "Only a change of address order speaks for it.", "More than a change of address order speaks for it."},
	{"several_sources", false, func(s *Situation) bool { return len(s.Sources) > 1 }, "More than one source reports it.", "Only one source reports it."},

	{"joint_account", false, func(s *Situation) bool { return s.account().Joint || s.warned("joint") || s.warned("secondary_owner") }, "The account is joint.", "The account is not known to be joint."},
	{"secondary_owner", false, func(s *Situation) bool { return s.account().SecondaryOwner || s.warned("secondary_owner") }, "Someone else is the first owner of the account.", "No one else is known to be the first owner."},
	{"trust_account", false, heldForOthers, "The account may be held for someone else.", "The account is not known to be held for others."},
	{"custodial_account", false, warning("custodial_account"), "The account is kept for a child.", "The account is not known to be kept for a child."},
	{"representative_payee", false, warning("representative_payee"), "The money is for someone else.", "The money is not known to be for someone else."},
	{"account_closed", false, func(s *Situation) bool { return s.account().Closed }, "The account is closed.", "The account is not known to be closed."},
	{"benefits_paid_in", false, func(s *Situation) bool { return s.account().Benefits == "yes" || s.warned("benefits_exempt") }, "Benefits are paid into the account.", "No benefits are known to be paid in."},
	{"benefits_unknown", false, benefitsUnknown, "It is not known whether benefits are paid in.", "It is known whether benefits are paid in."},

	{"military", false, warning("military"), "This person may be in the armed forces.", "Nothing is known of service in the armed forces."},
	{"deceased", false, warning("deceased"), "A source reports a death.", "No source reports a death."},
	{"incarcerated", false, warning("incarcerated"), "A source reports a prison term.", "No source reports a prison term."},
	{"minor", false, warning("minor"), "The record may be a child's.", "The record is not known to be a child's."},
	{"same_name_relative", false, warning("same_name_relative"), "A relative has the same name.", "No relative is known to have the same name."},
}

// conditionNamed finds a condition; nil where there is none of the name.
func conditionNamed(name string) *condition {
	i := slices.IndexFunc(conditions, func(c condition) bool { return c.name == name })
	if i < 0 {
		return nil
	}
	return &conditions[i]
}

// conditionNames lists the names that may stand in a rule: all, or those that a case alone answers.
func conditionNames(ofCase bool) (names []string) {
	for _, c := range conditions {
		if c.ofCase || !ofCase {
			names = append(names, c.name)
		}
	}
	return names
}

func participant(p agency.Participant) func(*Situation) bool {
	return func(s *Situation) bool { return s.Case.Participant == p }
}

func warning(code string) func(*Situation) bool {
	return func(s *Situation) bool { return s.warned(code) }
}

// warned reports that the lead already carries a caution.
func (s *Situation) warned(code string) bool { return slices.Contains(s.Cautions, code) }

// account is the lead's account, or an empty one.
func (s *Situation) account() *Account {
	if s.Account == nil {
		return &Account{}
	}
	return s.Account
}

// factless reports a case of which the agency has said no more than the caseload does: number, office, officer, participant.
func factless(c *agency.Case) bool {
	return c.Function == "" && !c.Order && c.Arrears == 0 && c.Monthly == 0 && c.PastDueSince == 0 && c.LocateSince == 0 &&
		c.LastPaid == 0 && c.Opened == 0
}

// otherLanguage reports a language that is not plainly English.
func otherLanguage(language string) bool {
	return language != "" && !slices.Contains([]string{"en", "EN", "eng", "ENG", "English", "english", "ENGLISH"}, language)
}

func postalOnly(s *Situation) bool {
	return len(s.Sources) == 1 && s.Sources[0] == "postal" || s.warned("change_of_address_only")
}

func heldForOthers(s *Situation) bool {
	return s.account().Trust || s.warned("trust") || s.warned("custodial_account") || s.warned("representative_payee")
}

// benefitsUnknown asks of accounts alone: there is no other place for benefits to be paid into.
func benefitsUnknown(s *Situation) bool {
	return s.Account != nil && s.Account.Benefits == "" && !s.warned("benefits_exempt")
}
