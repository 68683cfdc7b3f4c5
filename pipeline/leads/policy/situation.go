package policy

import "locatematch/pipeline/leads/agency"

// Situation is what policy is asked about: one lead, for one case. Days are ccyymmdd, 0 where not known; amounts are cents.
type Situation struct {
	AsOf     int32
	Kind     string   // address, phone, employer, income, military, account, liability, identity conflict
	Sources  []string // independent sources that report the fact, sorted: postal, employment, military, financial, other
	Identity string   // strong, likely, check first
	Standing string   // current, likely current, past, contradicted, not known

	SSNAgrees, SSNConflicts  bool
	NameAgrees, NameConflict bool
	AddressAgrees            bool // of the record, with one the agency has
	BirthAgrees              bool
	NameAlone                bool // of all that says who the person is, the name alone agrees
	TwoOfThree               bool // of SSN, birth date and whole name two agree, or the SSN is off by one slip and one of the others agrees
	KeyAlone                 bool // of all that says who the person is, our own key that came back
	NumberUnverified         bool // the federal registry has not verified the SSN that we hold
	SpokenAgainst            bool // a number, a date or the sex does not match, or another person fits nearly as well
	LittleToGoBy             bool // the record does not reach the weight from which a link is accepted, or is held
	LikelierAnother          bool // the record is likelier of somebody else than of this person

	Event    int32 // of the best evidence: when it happened, by the source
	Received int32 // when the agency first received the fact: clocks run from here
	Entered  int32 // when the state directory of new hires entered the report
	Case     agency.Case
	Levies   []agency.Levy
	Account  *Account
	Cautions []string // codes already found on the lead, sorted
}

// Account is what policy needs to know of an account.
type Account struct {
	Balance        *int64 // cents
	Joint          bool
	SecondaryOwner bool
	Trust          bool // or custodial, representative payee, payable on death
	Closed         bool
	Benefits       string // "yes", "no" or "" where it is not known whether benefits are paid into it
}

// Rule is what a decision rests on, shown with it.
type Rule struct {
	ID, Citation         string
	Words                string // the reason in an officer's words
	CheckedBy, CheckedOn string // "" where nobody has reviewed it: shown as "not reviewed"
	Layer                string // federal, state, county

	Group        string // purpose, may_do, clocks, cautions, freshness, suppress, news, retention, queue, calendar
	Does         string // what it decides and on which conditions, as policy.yaml writes them
	Off          bool   // switched off by its layer
	OverriddenBy string // the layer that changed it; "" where this is the rule that counts
	Conflict     string // rules of other layers that decide otherwise where both fit, and which wins; "" where none does
}

// Reviewed says who has checked the rule against its citation, or that nobody has.
func (r Rule) Reviewed() string {
	if r.CheckedBy == "" {
		return "not reviewed"
	}
	return "reviewed by " + r.CheckedBy + " on " + r.CheckedOn
}

// Step is a rung of the ladder of what may be done.
type Step string

// The steps, the least first.
const (
	Nothing              Step = "" // the case is closed, or the person is never looked for
	Specialist           Step = "specialist"
	ContactOnly          Step = "contact_only"
	VerifyFirst          Step = "verify_first"
	ReviewForWithholding Step = "review_for_withholding"
	ReviewForLevy        Step = "review_for_levy"
)

// May is what may be done with a lead for a case, with the rule that allows it and those that kept it lower.
type May struct {
	Step   Step
	Words  string // "you may review for withholding"; never "must"
	Rule   Rule
	HeldBy []Rule // rules that kept a higher step away, in order
}

// Due is one clock that runs.
type Due struct {
	On        int32
	Statutory bool
	Rule      Rule
}

// Caution travels with a lead.
type Caution struct {
	Code    string
	Words   string // what it is, in plain words
	Obliges string // what must be done because of it, in plain words
	Rule    Rule
}
