package matchers

import "locatematch/matchers/text"

// Explanation is a weight taken apart: Total = Prior + the parts' S and Frequency + Asked + Household + the
// Together of every dependence + Competition, exactly (I5).
type Explanation struct {
	Subject     uint32
	Rule        int    // first blocking rule that proposes the pair, -1 when none does: why the run never saw it
	Rules       uint64 // every rule whose keys agree
	Pattern     Pattern
	Prior       int32
	Parts       []Part
	Asked       int32 // what an agreeing number brought, taken back where the supplier was asked by it: the key has said it
	Household   int32 // <= 0: what the household class takes; 0 in models of two classes
	Dependences []TogetherPart
	Competition int32 // <= 0: what other subjects' claims on the record take
	Margin      int32
	Total       int32

	// The household's own sum, for analysts: Household = -log2(2^-S + 2^-H) - S.
	HouseholdPrior int32
	HouseholdSum   int32

	Rivals  []Rival  // other subjects at or above the review weight, best first
	Dispute *Dispute // nil: the record is in none
}

// Part is one comparison's share of the weight, or (Comparison "", Group set) the price of choosing among value sets.
type Part struct {
	Comparison string // "" for the price of choosing
	Group      string
	Level      int    // 0 = no evidence
	LevelName  string // "no evidence" at 0
	S, H       int32  // log2 m/u and log2 m/h
	Frequency  int32  // added to S because the value is rarer or commoner than the average
	Sets       int    // value sets the subject has in the group
	Set        int    // the one that was chosen, 0-based
	// Why there is no evidence, on either side; Valid when the values were compared. Suppressed: names crossed instead.
	Record, Caseload text.Validity
	Suppressed       bool
}

// TogetherPart is what two comparisons say together, where both have evidence and the model has a dependence.
type TogetherPart struct {
	Comparisons [2]string
	Together    int32 // log2 of the ratio
}

// Rival is another subject that claims the record.
type Rival struct {
	Subject uint32
	Weight  int32 // before competition
}
