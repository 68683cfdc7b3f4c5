package queue

import (
	"cmp"
	"slices"
	"strings"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
)

// Input is what a night's queues are made from. Functions that are nil know nothing.
type Input struct {
	AsOf       int32     // ccyymmdd
	Waiting    []Waiting // news of earlier nights that a queue had no room for, as Queues gave it
	Person     func(subject string) string
	Cases      func(subject string) []agency.Case
	Levies     func(subject string) []agency.Levy
	Rules      Rules
	PerOfficer int    // most rows of one officer a night; 0: no cap
	Specialist string // officer who gets what a specialist is to look at; "": it stays with the case's officer
}

// Queues are a night's queues.
type Queues struct {
	Offices []Office  // by name
	Index   []Place   // by office, officer and rank
	Waiting []Waiting // by lead id: news that found no room
	Counts  Counts
}

// Office is one office's queue: its officers by name, each in the order of rank, the supervisor's rows last.
type Office struct {
	Name string
	Rows []Row
}

// entry is a lead for a case on its way to its place, with what decides the place. Of the row it becomes nothing is made before it
// has one: most news of a first night finds no room.
type entry struct {
	news            *News
	caseID          string
	office, officer string // whose queue
	passedBy        string // officer who had no room for it
	due             leads.Day
	amount          int64 // past due, cents
	statutory       bool
	waited          bool // for this case
	special         bool // it goes to the specialist
}

// Builder makes a night's queues from leads that come in parts, and keeps of them only the news.
type Builder struct {
	in      Input
	counts  Counts
	waiting map[string]int // by lead id: its place in Input.Waiting
	told    []bool         // by place in Input.Waiting: it was reported anew
	room    *newsroom
	news    []*News
	entries []entry
}

// NewBuilder makes a builder. The input's slices stay as they are, and must.
func NewBuilder(in Input) *Builder {
	if in.Rules == nil {
		in.Rules = noRules{}
	}
	b := &Builder{in: in, waiting: map[string]int{}, told: make([]bool, len(in.Waiting)), room: newNewsroom(),
		counts: Counts{notQueued: map[string]int64{}, byOffice: map[string]int64{}}}
	for i := range in.Waiting {
		b.waiting[in.Waiting[i].LeadID] = i
	}
	return b
}

// Add takes up tonight's leads, or a part of them: what is new, changed or strengthened, and what waits and is not reported anew.
// judged says by lead id why an officer's judgement keeps a lead out of queues.
func (b *Builder) Add(list []leads.Lead, judged map[string]string) {
	for i := range list {
		l := &list[i]
		at, waits := b.waiting[l.LeadID]
		var queued []string
		if waits {
			b.told[at], queued = true, b.in.Waiting[at].Queued
		}
		switch {
		case judged[l.LeadID] != "":
			b.counts.notQueued[judged[l.LeadID]]++
		case l.Suppressed != "":
			b.counts.notQueued[l.Suppressed]++
		case l.Status.IsNews():
			b.take(b.room.news(l), func(caseID string) bool { return waits && !slices.Contains(queued, caseID) })
		case waits && l.Status == leads.Repeated && !(l.Address != nil && l.Address.Known): // nothing new, but nobody has seen it yet
			n := b.room.news(l)
			n.queued = queued
			b.take(n, yes)
		default:
			b.counts.notQueued[string(l.Status)]++
		}
	}
}

// Queues places everything that was taken up, and the news of earlier nights that was not reported tonight.
func (b *Builder) Queues(judged map[string]string) Queues {
	for i := range b.in.Waiting {
		w := &b.in.Waiting[i]
		if b.told[i] {
			continue
		}
		if why := judged[w.LeadID]; why != "" {
			b.counts.notQueued[why]++
			continue
		}
		n := w.News
		n.queued = w.Queued
		b.take(&n, yes)
	}
	return b.place(b.entries)
}

func yes(string) bool { return true }

// take makes an entry for each open case of a piece of news, but for those in whose queue it has been: nobody is offered the same
// twice. waited tells for which case it has waited.
func (b *Builder) take(n *News, waited func(caseID string) bool) {
	before := len(b.entries)
	for _, c := range b.openCases(n.SubjectID) {
		if !slices.Contains(n.queued, c.ID) {
			b.entries = append(b.entries, b.entry(n, c, waited(c.ID)))
		}
	}
	if len(b.entries) == before {
		b.counts.notQueued["no open case"]++
		return
	}
	b.counts.Candidates += int64(len(b.entries) - before)
	b.news = append(b.news, n)
}

func (b *Builder) openCases(subject string) (open []agency.Case) {
	if b.in.Cases == nil {
		return nil
	}
	for _, c := range b.in.Cases(subject) {
		if c.Status != agency.Closed {
			open = append(open, c)
		}
	}
	return open
}

func (b *Builder) entry(n *News, c agency.Case, waited bool) entry {
	s := b.situation(n, c)
	due := earliest(b.in.Rules.Due(s))
	e := entry{news: n, caseID: c.ID, office: c.Office, officer: c.Officer, due: leads.DayOf(due.On), statutory: due.Statutory, waited: waited}
	if known(c) {
		e.amount = c.Arrears
	}
	b.refer(&e, s)
	return e
}

// row makes the row and the place of an entry, but for rank and alert.
func (b *Builder) row(e *entry) (Row, Place) {
	n, c := e.news, b.caseOf(e)
	s := b.situation(n, c)
	may, due := b.may(e, s), earliest(b.in.Rules.Due(s))
	r := Row{
		Due: e.due, WhyDue: whyDue(due), CaseID: c.ID, Person: b.person(n.SubjectID), Headline: n.Summary,
		HowSure: n.Identity, Cautions: cautionWords(n.Cautions), YouMay: youMay(may), Order: orderWords(c),
		LastPaid: leads.DayOf(c.LastPaid), Office: e.office, Officer: e.officer, LeadID: n.LeadID,
	}
	r.may, r.clock = may.Rule.ID, due.Rule.ID
	if known(c) {
		arrears := e.amount
		r.Arrears = &arrears
	}
	r.Why = e.why(b.in.AsOf, c)
	return r, Place{Office: e.office, Officer: e.officer, LeadID: n.LeadID, CaseID: c.ID, SubjectID: n.SubjectID, Kind: n.Kind, Status: n.Status, Step: may.Step}
}

// caseOf is the case of an entry, which is one of the person's.
func (b *Builder) caseOf(e *entry) agency.Case {
	cases := b.in.Cases(e.news.SubjectID)
	return cases[slices.IndexFunc(cases, func(c agency.Case) bool { return c.ID == e.caseID })]
}

func (b *Builder) person(subject string) string {
	if b.in.Person == nil {
		return subject
	}
	return strings.TrimSpace(b.in.Person(subject) + " (" + subject + ")")
}

// why says what is new and what decides the place: the first of clock, surety, kind and amount that speaks. What goes to a specialist
// says whose case it is.
func (e *entry) why(asOf int32, c agency.Case) string {
	words := []string{sentence(e.news.StatusReason)}
	if e.waited {
		words = append(words, "It waited for room in this queue.")
	}
	place := sure[e.news.Identity] + holds[e.news.stands()]
	switch {
	case e.due == 0:
		place = "no due date; " + place
	case e.statutory && e.due.Integer() < asOf:
		place = "overdue; " + place
	case e.statutory:
		place = "placed by its due date; " + place
	}
	if e.amount > 0 {
		place += "; " + leads.Money(e.amount) + " past due"
	}
	words = append(words, sentence(place))
	if e.special {
		words = append(words, "The case is with "+OfficerWords(cmp.Or(c.Officer, Supervisor))+".")
	}
	if e.passedBy != "" {
		words = append(words, "It comes to you because "+OfficerWords(e.passedBy)+" has as many leads as one night allows, and a clock set by law runs.")
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// kindOrder is the order of kinds where clock and surety are equal: what brings support first, then where a letter reaches
// the person, then what needs another's word.
var kindOrder = map[leads.Kind]int{
	"employer": 0, "income": 1, "account": 2, "address": 3, "phone": 4, "military": 5, "liability": 6, "identity conflict": 7,
}

var identityOrder = map[leads.Identity]int{leads.Strong: 0, leads.Likely: 1, leads.CheckFirst: 2}

// standingOrder puts, of leads that are as sure of the person, first what is or likely is so today, then what may be, and last what
// something speaks against.
var standingOrder = map[leads.Standing]int{leads.Current: 0, leads.LikelyCurrent: 0, leads.NotKnown: 1, leads.Ended: 2, leads.Contradicted: 2}

// stands is the place of a fact in standingOrder; an identity conflict states none.
func (n *News) stands() int {
	if n.Kind == leads.KindConflict {
		return 0
	}
	return standingOrder[n.Standing]
}

// compare is the stated order of rows: clock, how sure of the person and then of the fact, kind, amount; then case and lead.
func compare(a, b entry) int {
	return cmp.Or(compareDue(a, b), cmp.Compare(identityOrder[a.news.Identity], identityOrder[b.news.Identity]),
		cmp.Compare(a.news.stands(), b.news.stands()),
		cmp.Compare(kindOrder[a.news.Kind], kindOrder[b.news.Kind]), cmp.Compare(b.amount, a.amount),
		cmp.Compare(a.caseID, b.caseID), cmp.Compare(a.news.LeadID, b.news.LeadID))
}

// compareDue puts what a statute gives a day first, the earlier day before the later. A day that is only good practice (a search
// once a quarter) places nothing: it would put the doubtful before the sure.
func compareDue(a, b entry) int {
	switch {
	case a.statutory && b.statutory:
		return cmp.Compare(a.due, b.due)
	case a.statutory:
		return -1
	case b.statutory:
		return 1
	}
	return 0
}

func sorted(entries []entry) []entry {
	slices.SortFunc(entries, compare)
	return entries
}
