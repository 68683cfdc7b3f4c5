package pipeline

// ExplanationFormat is the version of an explanation's JSON.
const ExplanationFormat = "locatematch-explanation-1"

// Explanation is why a record is taken to be a subject's, or not: the weight as the sum of its steps. Weights are in bits
// and exact, for a weight is a whole number of 2^-16 bit: the steps' bits add up to Weight without a remainder (I5). Values
// are in the standard form in which they were compared; SSNs are masked and account numbers never shown (I11).
type Explanation struct {
	Format      string              `json:"format"`
	Lead        *ExplainedLead      `json:"lead,omitempty"`
	Subject     ExplainedSubject    `json:"subject"`
	Record      ExplainedRecord     `json:"record"`
	Sentence    string              `json:"sentence"` // for an officer
	Notes       []string            `json:"notes,omitempty"`
	Compared    bool                `json:"compared"`       // some blocking rule proposes the pair: a run compares it
	Band        string              `json:"band"`           // accept, review or below; what it would be where it is not compared
	Held        string              `json:"held,omitempty"` // why it is in review whatever it weighs
	Weight      float64             `json:"weight"`
	Probability float64             `json:"probability"`
	Margin      float64             `json:"margin"` // above the runner-up, or the review weight where there is none
	Review      float64             `json:"review"` // the model's thresholds
	Accept      float64             `json:"accept"`
	Pattern     string              `json:"pattern"`
	Steps       []Step              `json:"steps"`
	Rivals      []ExplainedRival    `json:"rivals,omitempty"` // best first, at most five
	Rules       []ExplainedRule     `json:"rules"`
	Others      []ExplainedEvidence `json:"other_evidence,omitempty"` // of the lead
}

// ExplainedLead is the lead that was asked about.
type ExplainedLead struct {
	ID              string  `json:"lead_id"`
	Kind            string  `json:"kind"`
	Display         string  `json:"display"`
	Summary         string  `json:"summary"`
	PublishedWeight float64 `json:"published_weight"` // of this evidence, when the run was published
}

// ExplainedSubject is the pair's person.
type ExplainedSubject struct {
	ID     string `json:"subject_id"`
	Name   string `json:"name"`
	Shield bool   `json:"shield,omitempty"`
}

// ExplainedRecord is the pair's record.
type ExplainedRecord struct {
	Extract  string `json:"extract"`
	Source   string `json:"source"`
	Layout   string `json:"layout"`
	File     string `json:"file"`
	Line     int64  `json:"line"`
	RecordID string `json:"record_id"`

	Codes []ExplainedCode `json:"codes,omitempty"` // the supplier's own, in the layout's order
}

// ExplainedCode is one code of the record.
type ExplainedCode struct {
	Field string `json:"field"`
	Code  string `json:"code"`
	Words string `json:"words,omitempty"` // what it means, or that its list does not have it; "" of one that says nothing
}

// The kinds of steps, in the order they are added up.
const (
	StepPrior       = "prior"
	StepComparison  = "comparison"
	StepFrequency   = "frequency" // the value's own chance, as u, in the place of the level's: it is rarer or commoner than the average
	StepChoice      = "choice"    // the price of taking the best of several value sets
	StepAsked       = "asked"     // the number is the one that we asked by: the key has said as much
	StepHousehold   = "household" // it may be another person of the household
	StepTogether    = "together"  // two comparisons go together in matches
	StepCompetition = "competition"
	StepRepeats     = "repeats" // the subject has other records of the source
)

// Step is one part of the weight.
type Step struct {
	Kind    string  `json:"kind"`
	Name    string  `json:"name"`              // of the comparison, or the kind
	Level   string  `json:"level,omitempty"`   // of a comparison
	Subject string  `json:"subject,omitempty"` // both values of a comparison
	Record  string  `json:"record,omitempty"`
	M       float64 `json:"m,omitempty"` // chances of the level: in a match, with a stranger, with another person of the household
	U       float64 `json:"u,omitempty"`
	H       float64 `json:"h,omitempty"`
	Bits    float64 `json:"bits"`
	Total   float64 `json:"total"`
	Words   string  `json:"words,omitempty"`
}

// ExplainedRival is another subject that claims the record.
type ExplainedRival struct {
	SubjectID string  `json:"subject_id"`
	Shield    bool    `json:"shield,omitempty"`
	Weight    float64 `json:"weight"` // before competition
}

// ExplainedRule is what one blocking rule makes of the pair.
type ExplainedRule struct {
	Rule     string   `json:"rule"`
	Outcome  string   `json:"outcome"` // proposes, record_missing, subject_missing, differs, apart, capped
	Elements []string `json:"elements,omitempty"`
	Words    string   `json:"words"`
}

// ExplainedEvidence is another sighting that reports the lead's fact.
type ExplainedEvidence struct {
	Extract  string  `json:"extract"`
	File     string  `json:"file"`
	Line     int64   `json:"line"`
	Weight   float64 `json:"weight"`
	Confirms string  `json:"confirms"`
}
