// Package agency holds what the agency itself knows of the people on its caseload: their cases, the addresses and employers
// it has already, numbers that are known to be somebody else's, levies tried, and person numbers merged or split.
//
// Everything in it is optional: an agency that gives nothing has cases of the caseload alone (number, office and officer).
// Days are ccyymmdd, 0 where not known; amounts are in cents.
package agency

import "strings"

// OfficeWords names an office, many of which are called "Office 3" already; "" for none.
func OfficeWords(office string) string {
	if office == "" || strings.HasPrefix(strings.ToLower(office), "office") {
		return office
	}
	return "Office " + office
}

// Participant is what a person is in a case.
type Participant string

// The participants.
const (
	Noncustodial Participant = "NP" // the parent who owes support
	Putative     Participant = "PF" // said to be the father, not established
	Custodial    Participant = "CP"
	Child        Participant = "CH"
)

// Status says whether a case is open.
type Status string

// The statuses of a case.
const (
	Open   Status = "open"
	Closed Status = "closed"
)

// Function is what a case is being worked for.
type Function string

// The functions.
const (
	Locate        Function = "locate"
	Paternity     Function = "paternity"
	Establishment Function = "establishment"
	Enforcement   Function = "enforcement"
)

// Case is one person's part in one case. A person may have several cases, a case several persons.
type Case struct {
	ID             string
	Subject        string // subject id
	Participant    Participant
	Status         Status
	Function       Function
	Office         string
	Officer        string
	Order          bool  // a support order is in force
	Monthly        int64 // due a month under the order, cents
	Arrears        int64 // past due, cents
	PastDueSince   int32
	LastPaid       int32
	LastPaidAmount int64
	LocateSince    int32 // when location was found to be needed; 0: not needed
	Opened, Closed int32
	OtherState     string // two letters, where the case is another state's too
	Language       string
	Protected      bool // family violence indicator on this person in this case
	GoodCause      bool // the custodial parent's claim not to cooperate for good cause
	Bankrupt       bool
	WithheldBy     string // federal number of the employer who withholds under this order already
}

// Known says what has become of a fact that the agency has.
type Known string

// What may have become of a fact.
const (
	Verified   Known = "verified"
	Unverified Known = "unverified"
	Sent       Known = "sent" // a letter or request is out
	Bad        Known = "bad"  // found wrong or ended; EndCode says how
)

// Fact is an address or an employer that the agency has of a person.
type Fact struct {
	Subject      string
	Kind         string // "address" or "employer"
	Key          string // standard form, as leads key the kind
	Name         string // standard name of an employer whose key is its number; else ""
	Known        Known
	EndCode      string // the agency's own, of a bad one
	Since, Until int32
}

// InvalidPair is a number known not to be this person's.
type InvalidPair struct {
	Subject   string
	SSN       uint32 // nine digits as a number; never printed
	RecheckOn int32  // the day from which it may be tried again; 0: never
}

// Levy is one levy that was tried.
type Levy struct {
	Subject        string
	InstitutionTIN string
	Token          string // last four characters of the account
	On             int32
	Outcome        string
}

// Renumbering says that a person number was merged into another, or split from one.
type Renumbering struct {
	Old, New string // subject ids
	Split    bool   // false: merged
	LeadID   string // of a split: the lead that goes to New; "": every other lead of Old may be of either
	On       int32
}

// Knowledge is all of it, by subject. The zero Knowledge knows nothing.
type Knowledge struct {
	Cases        map[string][]Case        // sorted by case id
	Facts        map[string][]Fact        // sorted by kind and key
	InvalidPairs map[string][]InvalidPair // sorted by number
	Levies       map[string][]Levy        // sorted by day
	Renumbered   []Renumbering            // sorted by day, then old number

	// OfCaseload gives the cases that the caseload's own rows state of a subject who has none in Cases; nil: nobody does.
	OfCaseload func(subject string) []Case
}
