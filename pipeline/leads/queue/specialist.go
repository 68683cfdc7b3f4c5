package queue

import (
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/policy"
)

// Specialist is the officer of an office's queue of what a specialist has to look at, unless policy names one.
const Specialist = "specialist"

// refer sends to the specialist what is not the case officer's to find out: a number under another name, and whatever policy holds for
// a specialist. s is what policy is asked of the lead for its case.
func (b *Builder) refer(e *entry, s policy.Situation) {
	if b.in.Specialist == "" || e.news.Kind != leads.KindConflict && b.may(e, s).Step != policy.Specialist {
		return
	}
	e.special = true
	if e.officer = b.in.Specialist; e.officer == Supervisor { // whose rows stand under no name until they are placed
		e.officer = ""
	}
}

// OfficerWords names the officer of a queue within a sentence.
func OfficerWords(officer string) string {
	switch officer {
	case Supervisor, Specialist:
		return "the " + officer
	}
	return "officer " + officer
}
