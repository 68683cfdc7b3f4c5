package trial

import (
	"cmp"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/policy"
)

// Kind is a kind of change, in the words of the page.
type Kind string

// The kinds. Those from QueueIn on are of queue rows, the others of leads.
const (
	NoPurpose    Kind = "No longer allowed: no purpose is left"
	FewerSources Kind = "Rests on fewer sources"
	NotOffered   Kind = "No longer offered"
	Offered      Kind = "Offered again"
	OtherReason  Kind = "Not offered, for another reason"
	StandingUp   Kind = "More surely current"
	StandingDown Kind = "Less surely current"
	StepUp       Kind = "What may be done: a step up"
	StepDown     Kind = "What may be done: a step down"
	OtherWords   Kind = "What may be done: the same step, other words"
	CautionWords Kind = "A caution reads otherwise"
	QueueIn      Kind = "Newly queued"
	QueueOut     Kind = "No longer queued"
	RoomFound    Kind = "Queued, no longer waiting for room"
	Capped       Kind = "Would wait for room"
	ToSupervisor Kind = "Goes to the supervisor"
	ToOfficer    Kind = "Goes to the officer, no longer to the supervisor"
	ToAnother    Kind = "Goes to a specialist, or no longer to one"
	DueEarlier   Kind = "Due earlier, or newly due"
	DueLater     Kind = "Due later, or no longer due"
	DueWords     Kind = "Due the same day, by another clock or other words"
	PlaceUp      Kind = "A higher place in the queue"
	PlaceDown    Kind = "A lower place in the queue"
)

// Kinds lists the kinds in the order of the page.
func Kinds() []Kind {
	return []Kind{NoPurpose, FewerSources, NotOffered, Offered, OtherReason, StandingUp, StandingDown, StepUp, StepDown, OtherWords,
		CautionWords, QueueIn, QueueOut, RoomFound, Capped, ToSupervisor, ToOfficer, ToAnother, DueEarlier, DueLater, DueWords, PlaceUp, PlaceDown}
}

// kindRank is a kind's place in Kinds.
var kindRank = func() map[Kind]int {
	rank := map[Kind]int{}
	for i, k := range Kinds() {
		rank[k] = i
	}
	return rank
}()

// OfRows reports that a kind is of queue rows, and not of leads.
func (k Kind) OfRows() bool { return kindRank[k] >= kindRank[QueueIn] }

// Change is one thing about one lead that would be otherwise.
type Change struct {
	Kind      Kind       `json:"kind"`
	LeadID    string     `json:"lead_id"`
	SubjectID string     `json:"subject_id"`
	About     leads.Kind `json:"lead_kind"`
	CaseID    string     `json:"case_id"` // "" where it is of the lead in every case
	From      string     `json:"from"`    // what it was, in words
	To        string     `json:"to"`
	FromRule  Rule       `json:"from_rule"`
	ToRule    Rule       `json:"to_rule"`
	size      int        // of a place: how far it moves
}

// Rule is what a change rests on, on one side. The zero Rule: no rule.
type Rule struct {
	ID       string `json:"id"` // "" where only its words were published
	Layer    string `json:"layer"`
	Words    string `json:"words"`
	Citation string `json:"citation"`
	Reviewed bool   `json:"reviewed"`
	Off      bool   `json:"off"` // switched off by its layer
}

func ruleOf(r policy.Rule) Rule {
	return Rule{ID: r.ID, Layer: r.Layer, Words: r.Words, Citation: r.Citation, Reviewed: r.CheckedOn != "", Off: r.Off}
}

// same is the rule of that id on this side: what stands there in the place of what the other side went by.
func (s *side) same(id string) Rule {
	if r, there := s.rules[id]; there {
		return ruleOf(r)
	}
	return Rule{}
}

// or gives the rule itself, and another where there is none.
func (r Rule) or(other Rule) Rule {
	if r == (Rule{}) {
		return other
	}
	return r
}

func compareChanges(a, b Change) int {
	return cmp.Or(cmp.Compare(kindRank[a.Kind], kindRank[b.Kind]), cmp.Compare(b.size, a.size), cmp.Compare(a.LeadID, b.LeadID),
		cmp.Compare(a.CaseID, b.CaseID), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
}
