package judgement

import "locatematch/pipeline/leads"

// Book is what all judgements come to: the latest word on each subject and source person, and on each fact. The zero Book, and
// a nil one, has nothing to say.
type Book struct {
	people   map[pair]*Taken
	facts    map[string]*Taken // by lead id
	reopened map[pair]bool     // by Sieve
}

// pair is a subject and a source person.
type pair struct {
	subject string
	person  uint64
}

// NewBook reads judgements in the order of Take: of two, the later counts.
func NewBook(rows []Taken) *Book {
	b := &Book{people: map[pair]*Taken{}, facts: map[string]*Taken{}, reopened: map[pair]bool{}}
	rows = Standing(rows)
	for i := range rows {
		t := &rows[i]
		if t.PersonIs == SamePerson || t.PersonIs == DifferentPerson {
			for _, p := range t.Persons {
				b.people[pair{t.SubjectID, p}] = t
			}
		}
		if t.FactIs != "" || t.Used == WasUsed {
			b.facts[t.LeadID] = t
		}
	}
	return b
}

// Sieve takes out the links of one subject to source persons that an officer said are somebody else, and gives how many they
// were. A link stronger than everything that was judged stays, and the lead it makes will say so; of records of earlier nights that are
// as strong it has been said, and what comes with a corrected file says it no more. The links given are used.
func (b *Book) Sieve(subject string, links []leads.Link) (kept []leads.Link, blocked int) {
	if b == nil || len(b.people) == 0 {
		return links, 0
	}
	before := b.before(subject, links)
	kept = links[:0]
	for _, l := range links {
		p := pair{subject, l.Sighting.SourcePerson}
		said, judged := b.people[p]
		if p.person != 0 && judged && said.PersonIs == DifferentPerson {
			if l.Strength().Compare(said.Strength) <= 0 {
				blocked++
				continue
			}
			if was, known := before[p.person]; !l.Sighting.Retained && (!known || l.Strength().Compare(was) > 0) {
				b.reopened[p] = true
			}
		}
		kept = append(kept, l)
	}
	return kept, blocked
}

// before gives, by source person whom an officer judged, how much spoke for the strongest record of earlier nights: what was there then is
// no news.
func (b *Book) before(subject string, links []leads.Link) map[uint64]leads.Strength {
	strongest := map[uint64]leads.Strength{}
	for i := range links {
		person := links[i].Sighting.SourcePerson
		if !links[i].Sighting.Retained || b.people[pair{subject, person}] == nil {
			continue
		}
		if was, known := strongest[person]; !known || links[i].Strength().Compare(was) > 0 {
			strongest[person] = links[i].Strength()
		}
	}
	return strongest
}

// Reasons that a judgement keeps a lead out of queues.
const (
	FoundStale    = "found out of date by an officer"
	FoundVerified = "verified by an officer, nothing newer"
)

// Judge lets judgements of facts count in a night's leads, and says which leads they keep out of queues and why. persons gives
// the source persons of a lead.
func (b *Book) Judge(list []leads.Lead, persons func(*leads.Lead) []uint64) (out map[string]string) {
	out = map[string]string{}
	if b == nil {
		return out
	}
	for i := range list {
		l := &list[i]
		if l.Status == leads.Withdrawn {
			continue
		}
		b.reopen(l, persons)
		if said := b.facts[l.LeadID]; said != nil {
			b.fact(l, said, out)
		}
	}
	return out
}

// Stale gives, of leads that tell nothing of their fact, those of which an officer found the fact out of date: whose it is need not be
// found out.
func (b *Book) Stale(list []leads.Lead) (out map[string]string) {
	out = map[string]string{}
	for i := range list {
		if said := b.facts[list[i].LeadID]; said != nil && said.FactIs == Stale && list[i].Status != leads.Withdrawn {
			out[list[i].LeadID] = FoundStale
		}
	}
	return out
}

// reopen says that a lead stands again on stronger evidence than an officer had judged.
func (b *Book) reopen(l *leads.Lead, persons func(*leads.Lead) []uint64) {
	if len(b.reopened) == 0 || l.Address != nil && l.Address.Known { // what the agency has already stays no news
		return
	}
	for _, p := range persons(l) {
		if at := (pair{l.SubjectID, p}); b.reopened[at] {
			l.Status = leads.Changed
			l.StatusReason = "an officer said on " + b.people[at].Date.Long() + " that this was somebody else; there is stronger evidence now"
		}
	}
}

// fact lets one judgement count: what was found stale, or verified, is no news until a source reports it of a later day.
func (b *Book) fact(l *leads.Lead, said *Taken, out map[string]string) {
	newer := reportedAfter(l, said.Date)
	if said.FactIs == Stale {
		if newer {
			l.StatusReason += "; an officer had found it out of date on " + said.Date.Long()
			return
		}
		l.Status, l.StatusReason = leads.Repeated, "an officer found it out of date on "+said.Date.Long()
		out[l.LeadID] = FoundStale
		return
	}
	l.Verified = said.Date
	if !newer {
		l.Status, l.StatusReason = leads.Repeated, "an officer verified it on "+said.Date.Long()
		out[l.LeadID] = FoundVerified
	}
}

// reportedAfter reports whether a source says of a later day what the lead says. Where it gives no day, the day of receipt
// stands in.
func reportedAfter(l *leads.Lead, date leads.Day) bool {
	for _, e := range l.Evidence {
		when := e.Received
		if e.EventDate != nil {
			when = e.EventDate.Date
		}
		if when > date {
			return true
		}
	}
	return false
}

// Settled gives the leads on which an officer has said anything: they wait for room in a queue no longer.
func Settled(rows []Taken) map[string]string {
	said := map[string]string{}
	for _, t := range Standing(rows) {
		said[t.LeadID] = "judged by an officer"
	}
	return said
}
