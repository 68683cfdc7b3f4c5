package trial

import (
	"fmt"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/queue"
)

// row compares one lead's place for one case.
func (c *comparison) row(k key) {
	i, was := c.from.rows[k]
	j, is := c.to.rows[k]
	switch {
	case was && is:
		c.due(&c.from.Places[i], &c.from.Rows[i], &c.to.Rows[j])
		c.place(i, j)
	case was:
		c.left(&c.from.Places[i])
	default:
		c.entered(&c.to.Places[j])
	}
}

func placed(kind Kind, p *queue.Place, from, to string) Change {
	return Change{Kind: kind, LeadID: p.LeadID, SubjectID: p.SubjectID, About: p.Kind, CaseID: p.CaseID, From: from, To: to}
}

// deskWords is "place 3 of W11, Office North".
func deskWords(p *queue.Place) string {
	if p.Officer == queue.Supervisor || p.Officer == queue.Specialist {
		return fmt.Sprintf("place %d of %s's, %s", p.Rank, queue.OfficerWords(p.Officer), queue.OfficeWords(p.Office))
	}
	return fmt.Sprintf("place %d of %s, %s", p.Rank, p.Officer, queue.OfficeWords(p.Office))
}

const (
	capRule        = "queue.per-officer"
	specialistRule = "queue.specialist"
	calendar       = "calendar"
	waits          = "waits for room"
)

func (c *comparison) left(p *queue.Place) {
	d := placed(QueueOut, p, deskWords(p), "not queued")
	switch l := c.to.leads[p.LeadID]; {
	case c.to.waits(p):
		d.Kind, d.To = Capped, waits
		d.FromRule, d.ToRule = c.from.same(capRule), c.to.same(capRule)
	case c.to.notAllowed[p.LeadID] != nil && c.to.notAllowed[p.LeadID].Whole:
		n := c.to.notAllowed[p.LeadID]
		d.To += ": no longer allowed"
		d.FromRule, d.ToRule = ruleOf(n.Was), ruleOf(n.Rule)
	case l != nil && l.Suppressed != "":
		d.To = offered(l)
		d.FromRule, d.ToRule = c.both(Rule{}, c.to.heldBack(l, c.from))
	}
	c.add(d)
}

func (c *comparison) entered(p *queue.Place) {
	d := placed(QueueIn, p, "not queued", deskWords(p))
	switch l := c.from.leads[p.LeadID]; {
	case c.from.waits(p):
		d.Kind, d.From = RoomFound, waits
		d.FromRule, d.ToRule = c.from.same(capRule), c.to.same(capRule)
	case l != nil && l.Suppressed != "":
		d.From = offered(l)
		d.FromRule, d.ToRule = c.both(c.from.heldBack(l, c.to), Rule{})
	}
	c.add(d)
}

func (c *comparison) due(p *queue.Place, was, is *queue.Row) {
	if was.Due == is.Due && was.WhyDue == is.WhyDue {
		return
	}
	d := placed(DueWords, p, dueWords(was.Due), dueWords(is.Due))
	switch {
	case was.Due == is.Due:
	case was.Due == 0 || is.Due != 0 && is.Due < was.Due:
		d.Kind = DueEarlier
	default:
		d.Kind = DueLater
	}
	d.FromRule, d.ToRule = c.both(c.from.clock(was), c.to.clock(is))
	if d.FromRule == d.ToRule && d.Kind != DueWords { // the same clock, by other days
		d.FromRule, d.ToRule = c.from.same(calendar), c.to.same(calendar)
	}
	c.add(d)
}

// clock is the rule behind a row's due day.
func (s *side) clock(r *queue.Row) Rule {
	if _, id := r.Rules(); id != "" {
		return s.same(id)
	}
	return Rule{Words: r.WhyDue}
}

func dueWords(d leads.Day) string {
	if d == 0 {
		return "no due day"
	}
	return "due " + d.Long()
}

// place compares the desk and the rank of a row. What moved it is its own clock, or else the moves of others.
func (c *comparison) place(i, j int) {
	was, is := &c.from.Places[i], &c.to.Places[j]
	d := placed(PlaceUp, is, deskWords(was), deskWords(is))
	switch {
	case was.Officer != is.Officer || was.Office != is.Office:
		d.Kind = ToOfficer
		rule := capRule
		switch {
		case was.Officer == queue.Specialist, is.Officer == queue.Specialist:
			d.Kind, rule = ToAnother, specialistRule
		case is.Officer == queue.Supervisor:
			d.Kind = ToSupervisor
		case was.Officer != queue.Supervisor: // to or from somebody whom policy names
			d.Kind, rule = ToAnother, specialistRule
		}
		d.FromRule, d.ToRule = c.from.same(rule), c.to.same(rule)
	case was.Rank == is.Rank:
		return
	default:
		if d.size = int(was.Rank - is.Rank); d.size < 0 {
			d.Kind, d.size = PlaceDown, -d.size
		}
		if a, b := &c.from.Rows[i], &c.to.Rows[j]; a.Due != b.Due || a.WhyDue != b.WhyDue {
			d.FromRule, d.ToRule = c.both(c.from.clock(a), c.to.clock(b))
		} else if a.HowSure != b.HowSure {
			d.To += " (" + string(b.HowSure) + ")"
		}
	}
	c.add(d)
}
