package report

// Format is the manifest format this package writes and reads.
//
// History: 1 (2026-11) first.
const Format = 1

// Manifest is manifest.json: everything a run states about itself. It holds no clocks, no host names and no personal
// values, so the same night gives the same bytes (I8).
type Manifest struct {
	Format   int            `json:"format"`
	Run      string         `json:"run"`    // run id: business date + short digest
	Parent   string         `json:"parent"` // the run that was live before, or ""
	AsOf     string         `json:"as_of"`  // business date, CCYY-MM-DD
	Code     string         `json:"code"`   // product version
	Digests  Digests        `json:"digests"`
	Priors   []Prior        `json:"priors"`
	Caseload CaseloadFunnel `json:"caseload"`
	Agency   []AgencyFunnel `json:"agency,omitempty"` // the agency's own files, in the order read
	Extracts []Extract      `json:"extracts"`         // in config order
	Links    LinkFunnel     `json:"links"`
	Leads    LeadFunnel     `json:"leads"`
	Queues   QueueFunnel    `json:"queues"`
	// Restricted says in words how many leads about protected people went to the restricted queue: a number from five on, else
	// "fewer than 5"; or that there is none.
	Restricted string     `json:"restricted,omitempty"`
	Retained   Retained   `json:"retained,omitzero"`
	Baseline   bool       `json:"baseline,omitempty"` // the first night: nothing is news, and nothing is queued
	Recalled   []Recalled `json:"recalled,omitempty"` // in place of a night: files made as if they had never come
	Outputs    []File     `json:"outputs"`            // sorted by name
	Gates      []Gate     `json:"gates"`
	Outcome    Outcome    `json:"outcome"`
	Warnings   []string   `json:"warnings"`
	// Seal is the SHA-256 of the encoding with an empty seal: Encode sets it, Decode refuses a manifest whose bytes
	// were changed afterwards.
	Seal string `json:"seal"`
}

// Digests are the SHA-256, in hex, of what decided the run.
type Digests struct {
	Config   string `json:"config"`
	Spec     string `json:"spec"`
	Model    string `json:"model"`
	Policy   string `json:"policy,omitempty"` // runs from before there was policy have none, and keep their seal
	Caseload string `json:"caseload"`
	Agency   string `json:"agency,omitempty"` // of the agency's own files together; "" where there are none
	// Judgements is of all officers' judgements known to the run, Protected of the list of people protected between nights;
	// "" where there are none.
	Judgements string `json:"judgements,omitempty"`
	Protected  string `json:"protected,omitempty"`
}

// Prior is the plan's known share of one extract: the part of its rows that are our people, and the same as the prior
// weight in bits. Fixed before the first chunk.
type Prior struct {
	Extract    string  `json:"extract"`
	Source     string  `json:"source"`
	KnownShare float64 `json:"known_share"`
	PriorBits  float64 `json:"prior_bits"`
}

// Count is one line of a breakdown: a reason, a field, a rule or a kind, and how many.
type Count struct {
	Name string `json:"name"`
	N    int64  `json:"n"`
}

// CaseloadFunnel counts the build side. Balance: Read = Accepted + Rejected, RejectedBy adds up to Rejected,
// Subjects ≤ Accepted, Shields ≤ Subjects, Protected ≤ Subjects.
type CaseloadFunnel struct {
	Files      []InputFile `json:"files"`
	Read       int64       `json:"read"` // rows
	Accepted   int64       `json:"accepted"`
	Rejected   int64       `json:"rejected"`
	RejectedBy []Count     `json:"rejected_by"`
	InvalidBy  []Count     `json:"invalid_by"` // values per field; the row stays accepted
	Subjects   int64       `json:"subjects"`   // people, shields and protected included
	Shields    int64       `json:"shields"`
	Protected  int64       `json:"protected"`
	CappedBy   []Count     `json:"capped_by"` // keys left out of the index by the cap, per blocking rule
	Blocks     []Block     `json:"blocks"`    // the largest of each blocking rule, in the spec's order
	Bytes      int64       `json:"bytes"`     // the frozen caseload in memory
}

// AgencyFunnel counts one kind of the agency's own files. Balance: Read = Accepted + Rejected, RejectedBy adds up to Rejected,
// Strangers ≤ Accepted.
type AgencyFunnel struct {
	Name         string      `json:"name"` // agency.cases, agency.addresses, …
	Layout       string      `json:"layout"`
	LayoutDigest string      `json:"layout_digest"`
	Files        []InputFile `json:"files"`
	Read         int64       `json:"read"`
	Accepted     int64       `json:"accepted"`
	Rejected     int64       `json:"rejected"`
	RejectedBy   []Count     `json:"rejected_by"`
	Strangers    int64       `json:"strangers"` // accepted rows about nobody on the caseload
}

// Block is the people who share one key of a blocking rule: every row that has the key is compared with all of them. Dropped:
// more share it than the rule's cap allows, and the rule compares nobody by it.
type Block struct {
	Rule     string `json:"rule"`
	Subjects int64  `json:"subjects"`
	Key      string `json:"key"` // masked; "" where fewer than 5 share it
	Dropped  bool   `json:"dropped"`
}

// States of an extract and of an input file.
const (
	StateRead     = "read"
	StateAbsent   = "absent"    // no file found
	StateRefused  = "refused"   // damaged, or not what its layout says
	StateWithheld = "withheld"  // beyond its reject limit: read, nothing published
	StateSkipped  = "skipped"   // every file was consumed by an earlier run
	StateNotReady = "not ready" // of a file: still being written, or its marker has not come; an extract that has no other is absent
)

// Extract is the funnel of one extract. Balance: Read = Accepted + Rejected (I1), RejectedBy adds up to Rejected,
// Passed ≤ Accepted, Withheld ≤ Accepted, MostPairs ≤ Pairs ≤ Passed x MostPairs,
// Pairs = Below + Review + AcceptedPairs (I6), Links = Review + AcceptedPairs.
// Pairs and links count every accepted row, those of refused sections too; what a section's verdict took away afterwards
// is in LinkFunnel.WithheldBy.
type Extract struct {
	Name            string      `json:"name"`
	Source          string      `json:"source"`
	Layout          string      `json:"layout"`
	LayoutStatus    string      `json:"layout_status"`
	LayoutDigest    string      `json:"layout_digest"`
	Required        bool        `json:"required"`
	Expected        bool        `json:"expected"`
	Overdue         bool        `json:"overdue"` // nothing new came, though its rhythm says that something should have
	State           string      `json:"state"`
	Reason          string      `json:"reason"` // words when State is not "read"
	Files           []InputFile `json:"files"`
	Sections        []Section   `json:"sections"` // only those refused
	SectionsRead    int         `json:"sections_read"`
	SectionsRefused int         `json:"sections_refused"`
	RejectLimit     float64     `json:"reject_limit"` // share of rows, 0.01 = 1 %
	Read            int64       `json:"read"`
	Accepted        int64       `json:"accepted"`
	Rejected        int64       `json:"rejected"`
	RejectedBy      []Count     `json:"rejected_by"`
	InvalidBy       []Count     `json:"invalid_by"`
	// UnknownCodes counts, in linked records, the codes that no list knows: "account_type=07". They stand on the leads as they came.
	UnknownCodes []Count `json:"unknown_codes,omitempty"`
	// Answers counts the records that came back under the key of somebody on the caseload and name somebody in fields of the supplier's
	// own, Repeated those of them that say nothing but what our inquiry said. Echoes are the sections in which nearly all do: what they
	// repeat does not score.
	Answers       int64  `json:"answers,omitempty"`
	Repeated      int64  `json:"repeated,omitempty"`
	Echoes        []Echo `json:"echoes,omitempty"`
	Withheld      int64  `json:"withheld"` // accepted rows in refused sections or files: not published
	Passed        int64  `json:"passed"`   // accepted rows that passed the blocking filters
	Pairs         int64  `json:"pairs"`
	MostPairs     int64  `json:"most_pairs"` // of one row
	Below         int64  `json:"below"`
	Review        int64  `json:"review"`
	AcceptedPairs int64  `json:"accepted_pairs"`
	Links         int64  `json:"links"`
}

// InputFile is one file as it lay on disk. Its name is the base name, with folders before it where the extract has several
// of that name. Records counts data records, headers and trailers not included.
type InputFile struct {
	Name    string `json:"name"`
	SHA256  string `json:"sha256"`
	Bytes   int64  `json:"bytes"`
	Records int64  `json:"records"`
	State   string `json:"state"`
	Reason  string `json:"reason"`
}

// Echo is a section whose answers give back what we sent, measured over those that name somebody.
type Echo struct {
	File     string `json:"file"` // as in InputFile
	Section  int    `json:"section"`
	Name     string `json:"name,omitempty"`
	Answers  int64  `json:"answers"`
	Repeated int64  `json:"repeated"`
}

// Section is a refused part of a file: what its trailer said against what was there.
type Section struct {
	File  string `json:"file"` // as in InputFile
	Index int    `json:"index"`
	Name  string `json:"name"`
	Line  int64  `json:"line"`
	Rows  int64  `json:"rows"`
	Want  int64  `json:"want"` // -1: none stated
	Fault string `json:"fault"`
}

// LinkFunnel counts pairs to links over all extracts. Balance: Pairs = Below + Review + Accepted (I6),
// Links = Review + Accepted, Kept = Links - Σ WithheldBy, and every total is the sum over the extracts.
type LinkFunnel struct {
	Pairs       int64   `json:"pairs"`
	Below       int64   `json:"below"`
	Review      int64   `json:"review"`
	Accepted    int64   `json:"accepted"`
	Outcompeted int64   `json:"outcompeted"` // of Below: reached review before competition
	Links       int64   `json:"links"`
	WithheldBy  []Count `json:"withheld_by"` // shield, protected, section refused, reject limit, …
	Kept        int64   `json:"kept"`        // links given to consolidation and written to links.parquet
}

// Retained counts the rows of earlier nights that were kept and matched again. Balance: Before = Expired + Recalled + Dropped +
// Stayed, After = Stayed + Added.
type Retained struct {
	Before   int64 `json:"before"`   // rows that the parent run had left
	Expired  int64 `json:"expired"`  // older than their source's retention
	Recalled int64 `json:"recalled"` // of files recalled by this run
	Dropped  int64 `json:"dropped"`  // link to nobody on the caseload any more, or may not be kept
	Stayed   int64 `json:"stayed"`
	Added    int64 `json:"added"` // by this run
	After    int64 `json:"after"` // left for the next run
	Links    int64 `json:"links"` // of those matched again, at or above review

	Settled int64 `json:"settled,omitempty"` // people of whom these links say what they said the night before, and nothing is asked again
}

// Recalled is one file that was made as if it had never come.
type Recalled struct {
	Extract string `json:"extract"`
	File    string `json:"file"`
	SHA256  string `json:"sha256"`
	Run     string `json:"run"` // which had read it
	Reason  string `json:"reason"`
}

// LeadFunnel counts leads. Balance: each breakdown by kind, status, identity and standing adds up to Total; what is suppressed
// is at most Total, and Total = offered + suppressed; Subjects ≤ Total. Withheld leads are in no other count.
type LeadFunnel struct {
	Total      int64   `json:"total"`
	Subjects   int64   `json:"subjects"` // people with at least one lead
	ByKind     []Count `json:"by_kind"`
	ByStatus   []Count `json:"by_status"`
	ByIdentity []Count `json:"by_identity"`
	ByStanding []Count `json:"by_standing,omitempty"`
	// SuppressedBy counts the leads that are written and not offered, by reason.
	SuppressedBy []Count `json:"suppressed_by,omitempty"`
	// WithheldBy counts the leads that are not written, since they would tell where a protected person is.
	WithheldBy []Count `json:"withheld_by,omitempty"`
	// InvalidPairs counts the records under another name whose number the agency knows not to be the subject's: no lead.
	InvalidPairs int64 `json:"invalid_pairs,omitempty"`
	// TaxInformation counts the values labelled as return information in linked records: no lead holds any.
	TaxInformation int64 `json:"tax_information,omitempty"`
	// WithdrawnBy counts the leads that stand no longer, by reason: they are in Total, and their people not in Subjects.
	WithdrawnBy []Count `json:"withdrawn_by,omitempty"`
	// Vanished counts the leads of people who are protected now: nothing tells of them, and nothing of them is kept.
	Vanished int64 `json:"vanished,omitempty"`
}

// QueueFunnel counts what became of the night's news. Balance: Candidates = Rows + Capped; ByOffice adds up to Rows;
// Supervisor, Specialist and Alerts ≤ Rows.
type QueueFunnel struct {
	Candidates int64   `json:"candidates"` // pieces of news and open cases
	Rows       int64   `json:"rows"`       // queued
	Alerts     int64   `json:"alerts"`     // officers and people: one a night, whatever the rows
	Capped     int64   `json:"capped"`     // rows that found no room and wait for the next night
	Supervisor int64   `json:"supervisor"` // of Rows, in supervisors' queues
	Specialist int64   `json:"specialist"` // of Rows, sent to specialists
	ByOffice   []Count `json:"by_office"`
	NotQueued  []Count `json:"not_queued"` // leads, by reason
}

// File is one output. Name is relative to the run directory, or begins with "state/" for a file of the run's state.
// Rows is 0 where the file is not a table.
type File struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
	Rows   int64  `json:"rows"`
}

// Gate is one check that the run had to pass, and what it found, in words.
type Gate struct {
	Name    string `json:"name"`
	Outcome string `json:"outcome"` // "passed", "held", "released"
	Words   string `json:"words"`
}

// Outcome is how the run ended: the exit code and one sentence with what the operator must do (see Conclude).
type Outcome struct {
	Code  int    `json:"code"`
	Words string `json:"words"`
}
