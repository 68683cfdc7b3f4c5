package pipeline

// Evaluation is the accuracy of one extract against known truth, in the form of DESIGN section 8.
type Evaluation struct {
	Set              string      `json:"set"`
	Extract          string      `json:"extract"`
	Source           string      `json:"source"`
	TruePairs        int64       `json:"true_pairs"`
	Pairs            int64       `json:"pairs"` // blocked and compared
	PairCompleteness float64     `json:"pair_completeness"`
	Best             Threshold   `json:"best"`   // the weight with the best F1, chosen with the truth
	Accept           Rates       `json:"accept"` // at the model's accept threshold
	P50              Rates       `json:"p50"`    // at probability one half
	At               []Threshold `json:"at"`
	Top1             Top1        `json:"top1"` // only each record's best subject
	Calibration      Calibration `json:"calibration"`
	Seconds          float64     `json:"seconds"`
	Practice         *Rates      `json:"practice,omitempty"` // today's practice: exact SSN and four letters of the surname
	Traps            []TrapCount `json:"traps,omitempty"`

	// The rest is asked for (EvaluateOptions.Detail, Worst).
	Curve       []Threshold  `json:"curve,omitempty"`       // the heaviest first
	Reliability []Reliable   `json:"reliability,omitempty"` // by rising stated probability
	Groups      []GroupRates `json:"groups,omitempty"`
	Unlinkable  []Unlinkable `json:"unlinkable,omitempty"`
	FalseLinks  []WorstPair  `json:"false_links,omitempty"` // the heaviest pairs of two people
	Misses      []WorstPair  `json:"misses,omitempty"`      // pairs of one person: the lightest, then the heaviest never compared
	LeftOut     int64        `json:"left_out,omitempty"`    // of the worst pairs: they may concern a protected person (I10)
	Unread      int64        `json:"unread,omitempty"`      // true pairs whose record was rejected or is not in the extract
}

// Rates are precision, recall and F1 of the links at or above some weight. Recall is over all truth rows.
type Rates struct {
	Links     int64   `json:"links"`
	True      int64   `json:"true"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Threshold is Rates at a weight, in bits.
type Threshold struct {
	Weight float64 `json:"weight"`
	Rates
}

// Top1 judges each record's best subject alone.
type Top1 struct {
	Best   Threshold `json:"best"`
	Accept Rates     `json:"accept"`
	P50    Rates     `json:"p50"`
}

// Calibration says how far stated probabilities are from observed frequencies: ECEMid is the expected calibration error over
// 0.01 < p < 0.99 in 20 equal-count bins, LogLoss the mean negative log-likelihood in nats over all blocked pairs.
type Calibration struct {
	ECEMid  float64 `json:"ece_mid"`
	LogLoss float64 `json:"log_loss"`
}

// TrapCount says how one planted trap came out at the accept threshold, beside today's practice.
type TrapCount struct {
	Trap          string `json:"trap"`
	Same          bool   `json:"same"`  // the pairs are one person, to be linked; else they must not be
	Pairs         int64  `json:"pairs"` // planted
	Wrong         int64  `json:"wrong"` // linked though different, or missed though the same
	PracticeWrong int64  `json:"practice_wrong"`
}

// Reliable is one bin of a reliability diagram: of pairs whose stated probability lies in it, the mean stated probability and
// the share that was true. Pairs up to p = .01 are one bin and those from .99 on another; between them are the 20 bins of
// equal count that ece_mid is worked out from. Low and High are the least and greatest probability stated in such a bin.
type Reliable struct {
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Stated   float64 `json:"stated"`
	Observed float64 `json:"observed"`
	Pairs    int64   `json:"pairs"`
}

// GroupRates are the rates at the accept threshold of one group of people, by a property of the subject: where errors fall
// unequally, it shows here. The groups of one property do not overlap and add up to the whole, save truth rows of people who
// are not on the caseload: they are in no group.
type GroupRates struct {
	Property  string `json:"property"` // surname, sex, age, ssn, name_frequency
	Group     string `json:"group"`    // double, Hispanic, other; female, male, unknown; under 25, …; known, missing; common, rare
	Subjects  int64  `json:"subjects"`
	TruePairs int64  `json:"true_pairs"`
	Rates
}

// Unlinkable says how many subjects could never reach the accept threshold: not even by a record that agrees on everything
// that is known of them and that the extract's layout can hold; competition and blocking are left out. Field names a
// comparison whose values they lack; the first entry, without a field, counts them all.
type Unlinkable struct {
	Field     string `json:"field,omitempty"`
	Subjects  int64  `json:"subjects"`     // without the field, and unlinkable
	WouldLink int64  `json:"would_link"`   // of them, that would reach accept if the field were known and agreed; of all, if any one were
	Of        int64  `json:"of,omitempty"` // subjects that are looked for, shields left out; of the first entry
}

// WorstPair is one of the pairs that were judged most wrongly, with what led to it.
type WorstPair struct {
	SubjectID string   `json:"subject_id"`
	Extract   string   `json:"extract"`
	RecordID  string   `json:"record_id"`
	Compared  bool     `json:"compared"` // false: no blocking rule proposed it
	Weight    float64  `json:"weight"`   // bits; of a pair that was not compared, what it would have scored
	Why       []string `json:"why"`      // the prior, then the weight's other parts, the greatest first: "ssn: exact, +13.2"
}
