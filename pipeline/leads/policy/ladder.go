package policy

import "slices"

// steps are the rungs of the ladder of what may be done, the least first.
var steps = []Step{Specialist, ContactOnly, VerifyFirst, ReviewForWithholding, ReviewForLevy}

// openSteps are those that a rule may allow; to a specialist a lead is sent.
var openSteps = steps[1:]

// rank is a step's place on the ladder; Nothing is 0.
func (s Step) rank() int { return slices.Index(steps, s) + 1 }

// mayWords are what an officer reads of a step: what may be done, never what must.
var mayWords = map[Step]string{
	Nothing:              "nothing may be done with this",
	Specialist:           "a specialist may look into this",
	ContactOnly:          "you may make contact",
	VerifyFirst:          "you may verify this first",
	ReviewForWithholding: "you may review for withholding",
	ReviewForLevy:        "you may review for levy",
}

// Compare orders steps, the one that lets an officer do less first.
func (s Step) Compare(than Step) int { return s.rank() - than.rank() }
