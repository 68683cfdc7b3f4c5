package main

import (
	"errors"
	"fmt"

	"locatematch/pipeline/leads"
)

// faults are what should not have happened, by lead, with the first few in words.
type faults struct {
	Twice     int      `json:"offered_twice"` // without new evidence
	Withheld  int      `json:"withheld"`      // although its evidence was new
	Recurring int      `json:"recurring"`     // offered again for the next report of the same alone: no fault, but work
	Protected int      `json:"protected"`     // leads of protected people
	Examples  []string `json:"examples,omitempty"`
}

const mostExamples = 10

func (f *faults) note(count *int, night int, l *leads.Lead, what string) {
	*count++
	if len(f.Examples) < mostExamples {
		f.Examples = append(f.Examples, fmt.Sprintf("night %d: %s (%s, %s) %s", night, l.LeadID, l.Kind, l.Status, what))
	}
}

func (f *faults) err() error {
	if f.Twice+f.Withheld+f.Protected == 0 {
		return nil
	}
	return errors.New("the stretch shows what should not be: see faults")
}

// checks remembers what was offered, and all evidence that was published, by subject and fact.
type checks struct {
	truth   *truth
	offered map[string]bool    // facts, and facts for a case
	waits   map[string]novelty // what was new of a fact on a night that no queue had room for it
	judged  map[string]bool    // leads of which the command took a verdict in: they may rest
	marks   map[string]map[string]bool
	sure    map[string]int // how sure the surest record was, 0 best
	faults  faults
}

func newChecks(t *truth) *checks {
	return &checks{truth: t, offered: map[string]bool{}, waits: map[string]novelty{}, judged: map[string]bool{}, marks: map[string]map[string]bool{}, sure: map[string]int{}}
}

// night checks a night's leads and queue. A lead may stand in a queue that waited since an earlier night.
func (c *checks) night(night int, all []leads.Lead, queue []item) {
	queued, tonight := map[string][]item{}, map[string]bool{}
	for _, q := range queue {
		queued[q.leadID] = append(queued[q.leadID], q)
	}
	for i := range all {
		q := itemOf(&all[i])
		tonight[q.leadID] = true
		if c.truth.person(q.subject).shield || c.truth.protected(q.subject, night) {
			c.faults.note(&c.faults.Protected, night, q.lead, "is of a shield or a protected person")
		}
		first := c.marks[c.fact(q)] == nil
		c.judge(night, q, queued[q.leadID], first, c.enter(q))
	}
	for _, q := range queue {
		if !tonight[q.leadID] {
			tonight[q.leadID] = true
			c.judge(night, q, queued[q.leadID], false, nothing)
		}
	}
}

// judge checks one lead, with the rows that it has in tonight's queues: one for each case. Two officers of two cases may each be
// told once.
func (c *checks) judge(night int, q item, rows []item, first bool, says novelty) {
	if len(rows) == 0 && says == something && c.due(night, q, first) {
		c.faults.note(&c.faults.Withheld, night, q.lead, "has new evidence and is not offered: "+q.lead.StatusReason)
	}
	if len(rows) == 0 {
		c.waits[c.fact(q)] = max(c.waits[c.fact(q)], says)
		return
	}
	says = max(says, c.waits[c.fact(q)])
	delete(c.waits, c.fact(q))
	for _, row := range rows {
		told := c.fact(q) + " for case " + row.caseID
		switch {
		case c.offered[told] && says == nothing:
			c.faults.note(&c.faults.Twice, night, q.lead, "was offered before, and nothing is new")
		case c.offered[told] && says == nextReport:
			c.faults.Recurring++
		}
		c.offered[told], c.offered[c.fact(q)] = true, true
	}
}

// fact is what a lead is about, whatever its id: a person whose number was merged into another is the same person. A lead that
// states no fact, as two identity conflicts of one person, is told by its id.
func (c *checks) fact(q item) string {
	if !q.factual() {
		return q.leadID
	}
	return c.truth.number(q.subject) + " " + q.kind + " " + q.key
}

// due tells whether a lead with new evidence ought to be offered: a repeated one of which nobody was told, or that was told
// before, of somebody whose case is open, and whose fact the agency has not got.
func (c *checks) due(night int, q item, first bool) bool {
	p := c.truth.person(q.subject)
	if q.lead.Status != leads.Repeated || q.lead.Suppressed != "" || !q.factual() || c.judged[q.leadID] || p.closes > 0 && p.closes <= night {
		return false
	}
	f := c.truth.about(q.subject, q.kind, q.key, night)
	known := q.lead.Address != nil && q.lead.Address.Known || f != nil && f.known != ""
	return !known && (first || c.offered[c.fact(q)])
}

// novelty is what a night's evidence of a lead says that was not said before.
type novelty int

const (
	nothing    novelty = iota // a spelling, a line and a weight are nothing new
	nextReport                // the same from a feed that reports it every time: a later month, another balance
	something                 // another source, another date of the event, another state of the fact, a record surer of the person
)

// enter adds a lead's evidence to what is known of it and tells what of it is new.
func (c *checks) enter(q item) (says novelty) {
	marks := c.marks[c.fact(q)]
	if marks == nil {
		marks = map[string]bool{}
		c.marks[c.fact(q)] = marks
	}
	mark := func(what string, worth novelty) {
		if !marks[what] {
			marks[what] = true
			says = max(says, worth)
		}
	}
	sure, known := c.sure[c.fact(q)]
	if !known {
		sure = q.sure()
	}
	record := false
	for _, e := range q.lead.Evidence {
		at := fmt.Sprint("record ", e.File, e.Line)
		record = record || !marks[at]
		marks[at] = true
		mark("source "+e.Source, something)
		worth := something
		if e.Source == "financial" || e.Source == "military" {
			worth = nextReport
		}
		if e.EventDate != nil {
			mark(e.Source+" "+e.EventDate.Date.String()+e.EventDate.Precision, worth)
		}
	}
	if record && q.sure() < sure {
		says = something
	}
	c.sure[c.fact(q)] = min(sure, q.sure())
	mark("says "+q.content, something)
	mark("balance "+q.balance, nextReport)
	return says
}
