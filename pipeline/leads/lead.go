package leads

import "locatematch/pipeline/leads/policy"

// Kind is what a lead is about.
type Kind string

// The kinds of this version, in the order leads are shown.
const (
	KindAddress  Kind = "address"
	KindEmployer Kind = "employer"
	KindMilitary Kind = "military"
	KindAccount  Kind = "account"
	KindPhone    Kind = "phone"

	KindIncome    Kind = "income"
	KindLiability Kind = "liability"
	KindConflict  Kind = "identity conflict"
)

// Kinds lists every kind in the order leads are shown.
func Kinds() []Kind {
	return []Kind{KindAddress, KindEmployer, KindIncome, KindMilitary, KindAccount, KindPhone, KindLiability, KindConflict}
}

// Identity is how sure we are that the record is the subject, in an officer's words.
type Identity string

// Ladder lists the rungs, best first; see ladder.go.
var Ladder = []Identity{Strong, Likely, CheckFirst}

// The rungs of the ladder.
const (
	Strong     Identity = "strong"
	Likely     Identity = "likely"
	CheckFirst Identity = "check first"
)

// Status says what is new about a lead since the parent run.
type Status string

// The statuses.
const (
	New          Status = "new"          // never published before, or withdrawn since and standing again
	Changed      Status = "changed"      // published before; what is reported is not what was
	Strengthened Status = "strengthened" // published before; one more independent source, or a surer identity, by new evidence
	Repeated     Status = "repeated"     // published before, or already known to the agency, and nothing is new
	Withdrawn    Status = "withdrawn"    // stands no longer; told once
)

// Statuses lists them all.
var Statuses = []Status{New, Changed, Strengthened, Repeated, Withdrawn}

// IsNews reports whether a status is one that queues take.
func (s Status) IsNews() bool { return s == New || s == Changed || s == Strengthened }

// Lead is one row of leads.parquet: one fact about one subject, with everything that speaks for it. Exactly one of the
// kind structs is set, the one Kind names; an identity conflict and a withdrawn lead have none. No string of a lead holds a full SSN or account number (I11).
type Lead struct {
	LeadID              string      `parquet:"lead_id"` // stable for ever: "L-" + 20 base32 characters
	SubjectID           string      `parquet:"subject_id"`
	Kind                Kind        `parquet:"kind,dict"`
	Display             string      `parquet:"display"` // the fact on one line
	Address             *Address    `parquet:"address,optional"`
	Phone               *Phone      `parquet:"phone,optional"`
	Employer            *Employer   `parquet:"employer,optional"`
	Military            *Military   `parquet:"military,optional"`
	Income              *Income     `parquet:"income,optional"`
	Account             *Account    `parquet:"account,optional"`
	Liability           *Liability  `parquet:"liability,optional"`
	Identity            Identity    `parquet:"identity,dict"`
	IdentityReasons     []string    `parquet:"identity_reasons,list"`
	IdentityWeight      float64     `parquet:"identity_weight"`      // bits; this and the next two: of the best evidence
	IdentityProbability float64     `parquet:"identity_probability"` // posterior
	Margin              float64     `parquet:"margin"`               // bits to the next subject
	Standing            Standing    `parquet:"standing,dict"`        // is the fact current; see standing.go
	StandingReasons     []string    `parquet:"standing_reasons,list"`
	Conflicts           []string    `parquet:"conflicts,list"` // what speaks against the person, or against the fact, in words
	Sources             []string    `parquet:"sources,list"`   // independent sources, sorted
	Evidence            []Evidence  `parquet:"evidence,list"`  // best first
	Named               []string    `parquet:"named,list"`     // subject ids of others whom the lead names: a returned key disagrees
	Codes               []CodeWords `parquet:"codes,list"`     // of the best evidence: what the supplier's codes mean
	MayDo               []MayDo     `parquet:"may_do,list"`    // one a case
	Cautions            []Caution   `parquet:"cautions,list"`
	Suppressed          string      `parquet:"suppressed,dict"` // why it is not offered (suppress.go), "" where it is
	DisclosureClass     string      `parquet:"disclosure_class,dict"`
	Status              Status      `parquet:"status,dict"`
	StatusReason        string      `parquet:"status_reason"`
	FirstSeen           Day         `parquet:"first_seen,date"` // earliest receipt of any evidence, over all nights
	LastSeen            Day         `parquet:"last_seen,date"`
	FirstPublished      Day         `parquet:"first_published,date"`
	Verified            Day         `parquet:"verified,date,optional"` // when an officer found the fact good or used it; null: nobody has
	Summary             string      `parquet:"summary"`                // one sentence for an officer

	reports []reported // of tonight and retained ones, best first

	row   Row  // what the history will hold
	same  bool // as it holds already
	told  bool // it belongs into tonight's leads.parquet
	twins []twin

	smallBy policy.Rule // why it is too small
}

// twin is a lead that says what another says, and must give way to it.
type twin struct {
	row    Row
	reason string
}

// Address is where a source says the subject is, lives or gets mail.
type Address struct {
	Line     string       `parquet:"line"` // standard delivery line, Publication 28
	Form     string       `parquet:"form,dict"`
	City     string       `parquet:"city"`
	State    string       `parquet:"state"`
	Zip      string       `parquet:"zip"`
	MoveDate *PartialDate `parquet:"move_date,optional"` // post office only
	Known    bool         `parquet:"known"`              // the agency has this address already
	CareOf   bool         `parquet:"care_of"`            // a source gave it in care of somebody, who is not named here
}

// Phone is a ten-digit number of the North American plan.
type Phone struct {
	Number string `parquet:"number"`
}

// Employer is who reported hiring or paying the subject.
type Employer struct {
	EIN       string       `parquet:"ein"` // 9 digits, or ""
	Name      string       `parquet:"name"`
	Line      string       `parquet:"line"`
	City      string       `parquet:"city"`
	State     string       `parquet:"state"`
	Zip       string       `parquet:"zip"`
	HireDate  *PartialDate `parquet:"hire_date,optional"` // of the best evidence
	HireState string       `parquet:"hire_state"`
	Entered   Day          `parquet:"entered,date,optional"` // when the state directory entered the report; null where it does not say
}

// Military is a dated answer of the Defense Manpower Data Center that the subject serves, or is called to serve.
type Military struct {
	Component string       `parquet:"component"` // code as reported
	Service   string       `parquet:"service"`   // words, or "" where the code is not known
	Active    bool         `parquet:"active"`    // on active duty on the status date
	Ended     bool         `parquet:"ended"`     // not on the status date any more, by a dated answer; neither: notified of a call-up
	AsOf      *PartialDate `parquet:"as_of,optional"`
	Begin     *PartialDate `parquet:"begin,optional"`
	End       *PartialDate `parquet:"end,optional"`
}

// Account is an account at a financial institution. Its number is never kept: Token is its last digits.
type Account struct {
	InstitutionTIN string       `parquet:"institution_tin"`
	Institution    string       `parquet:"institution"`
	Token          string       `parquet:"token"` // last 4 characters of the number, never more than half of it
	Type           string       `parquet:"type"`  // words
	Balance        *int64       `parquet:"balance,optional"`
	BalanceKind    string       `parquet:"balance_kind"` // "current", "average" or ""
	Joint          bool         `parquet:"joint"`
	SecondaryOwner bool         `parquet:"secondary_owner"` // somebody else is the first owner
	Trust          string       `parquet:"trust"`           // words, or ""
	Status         string       `parquet:"status"`          // "open", "closed" or ""
	Month          *PartialDate `parquet:"month,optional"`
}

// Evidence is one sighting that reported a lead's fact.
type Evidence struct {
	Extract   string       `parquet:"extract,dict"`
	File      string       `parquet:"file,dict"`
	Line      int64        `parquet:"line"`
	Source    string       `parquet:"source,dict"`
	RecordID  string       `parquet:"record_id"`
	EventDate *PartialDate `parquet:"event_date,optional"` // when the source says it happened
	Received  Day          `parquet:"received,date"`       // business date of the night that read it
	Confirms  string       `parquet:"confirms"`            // parts of identity that agree: "SSN, name and birth date"
	Weight    float64      `parquet:"weight"`              // bits
	Pattern   string       `parquet:"pattern"`             // 16 hex digits
	Held      string       `parquet:"held,dict"`           // why it is not accepted whatever its weight; "" where nothing holds it
}
