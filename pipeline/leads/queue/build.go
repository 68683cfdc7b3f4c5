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
	AsOf       int32        // ccyymmdd
	Waiting    []leads.Lead // news of earlier nights that no queue had room for, as Queues gave it
	Person     func(subject string) string
	Cases      func(subject string) []agency.Case
	Levies     func(subject string) []agency.Levy
	Rules      Rules
	PerOfficer int // most rows of one officer a night; 0: no cap
}

// Queues are a night's queues.
type Queues struct {
	Offices []Office     // by name
	Index   []Place      // by office, officer and rank
	Waiting []leads.Lead // by lead id: news that found no room
	Counts  Counts
}

// Office is one office's queue: its officers by name, each in the order of rank, the supervisor's rows last.
type Office struct {
	Name string
	Rows []Row
}

// entry is a row on its way to its place, with what decides the place.
type entry struct {
	lead      *leads.Lead
	row       Row
	place     Place
	statutory bool
	waited    bool
}

// Builder makes a night's queues from leads that come in parts, and keeps of them only the news.
type Builder struct {
	in      Input
	counts  Counts
	waiting map[string]int // by lead id: its place in Input.Waiting
	told    map[string]bool
	entries []entry
}

// NewBuilder makes a builder. The input's slices stay as they are, and must.
func NewBuilder(in Input) *Builder {
	if in.Rules == nil {
		in.Rules = noRules{}
	}
	b := &Builder{in: in, waiting: map[string]int{}, told: map[string]bool{}, counts: Counts{notQueued: map[string]int64{}, byOffice: map[string]int64{}}}
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
		_, waits := b.waiting[l.LeadID]
		if waits {
			b.told[l.LeadID] = true
		}
		switch {
		case judged[l.LeadID] != "":
			b.counts.notQueued[judged[l.LeadID]]++
		case l.Suppressed != "":
			b.counts.notQueued[l.Suppressed]++
		case isNews(l.Status):
			b.take(l, waits)
		case waits && l.Status == leads.Repeated && !(l.Address != nil && l.Address.Known): // nothing new, but nobody has seen it yet
			b.take(l, true)
		default:
			b.counts.notQueued[string(l.Status)]++
		}
	}
}

// Queues places everything that was taken up, and the news of earlier nights that was not reported tonight.
func (b *Builder) Queues(judged map[string]string) Queues {
	for i := range b.in.Waiting {
		l := &b.in.Waiting[i]
		if b.told[l.LeadID] {
			continue
		}
		if why := judged[l.LeadID]; why != "" {
			b.counts.notQueued[why]++
			continue
		}
		b.take(l, true)
	}
	return b.place(b.entries)
}

// take makes a row for each open case of a piece of news.
func (b *Builder) take(l *leads.Lead, waited bool) {
	kept := l.Alone() // the part that it came in is not kept
	cases := b.openCases(l.SubjectID)
	if len(cases) == 0 {
		b.counts.notQueued["no open case"]++
	}
	for _, c := range cases {
		b.entries = append(b.entries, b.entry(news{&kept, waited}, c))
		b.counts.Candidates++
	}
}

// news is a lead that may be queued tonight.
type news struct {
	lead   *leads.Lead
	waited bool
}

func isNews(s leads.Status) bool {
	return s == leads.New || s == leads.Changed || s == leads.Strengthened
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

func (b *Builder) entry(n news, c agency.Case) entry {
	l := n.lead
	s := b.situation(l, c)
	may, due := b.may(n, s), earliest(b.in.Rules.Due(s))
	e := entry{lead: l, statutory: due.Statutory, waited: n.waited}
	e.row = Row{
		Due: leads.DayOf(due.On), WhyDue: whyDue(due), CaseID: c.ID, Person: b.person(l.SubjectID), Headline: l.Summary,
		HowSure: l.Identity, Cautions: cautionWords(l.Cautions), YouMay: youMay(may), Order: orderWords(c),
		LastPaid: leads.DayOf(c.LastPaid), Office: c.Office, Officer: c.Officer, LeadID: l.LeadID,
	}
	e.row.may, e.row.clock = may.Rule.ID, due.Rule.ID
	if known(c) {
		arrears := c.Arrears
		e.row.Arrears = &arrears
	}
	e.place = Place{Office: c.Office, LeadID: l.LeadID, CaseID: c.ID, SubjectID: l.SubjectID, Kind: l.Kind, Status: l.Status, Step: may.Step}
	e.row.Why = e.why(b.in.AsOf)
	return e
}

func (b *Builder) person(subject string) string {
	if b.in.Person == nil {
		return subject
	}
	return strings.TrimSpace(b.in.Person(subject) + " (" + subject + ")")
}

// why says what is new and what decides the place: the first of clock, surety, kind and amount that speaks.
func (e *entry) why(asOf int32) string {
	words := []string{sentence(e.lead.StatusReason)}
	if e.waited {
		words = append(words, "It waited for room in this queue.")
	}
	place := sure[e.row.HowSure]
	switch {
	case e.row.Due == 0:
		place = "no due date; " + place
	case e.statutory && e.row.Due.Integer() < asOf:
		place = "overdue; " + place
	case e.statutory:
		place = "placed by its due date; " + place
	}
	if e.row.Arrears != nil && *e.row.Arrears > 0 {
		place += "; " + money(*e.row.Arrears) + " past due"
	}
	return strings.TrimSpace(strings.Join(append(words, sentence(place)), " "))
}

// kindOrder is the order of kinds where clock and surety are equal: what brings support first, then where a letter reaches
// the person, then what needs another's word.
var kindOrder = map[leads.Kind]int{
	"employer": 0, "income": 1, "account": 2, "address": 3, "phone": 4, "military": 5, "liability": 6, "identity conflict": 7,
}

var identityOrder = map[leads.Identity]int{leads.Strong: 0, leads.Likely: 1, leads.CheckFirst: 2}

// compare is the stated order of rows: clock, how sure, kind, amount; then case and lead.
func compare(a, b entry) int {
	return cmp.Or(compareDue(a, b), cmp.Compare(identityOrder[a.row.HowSure], identityOrder[b.row.HowSure]),
		cmp.Compare(kindOrder[a.place.Kind], kindOrder[b.place.Kind]), cmp.Compare(amount(b), amount(a)),
		cmp.Compare(a.row.CaseID, b.row.CaseID), cmp.Compare(a.row.LeadID, b.row.LeadID))
}

// compareDue puts what a statute gives a day first, the earlier day before the later. A day that is only good practice (a search
// once a quarter) places nothing: it would put the doubtful before the sure.
func compareDue(a, b entry) int {
	switch {
	case a.statutory && b.statutory:
		return cmp.Compare(a.row.Due, b.row.Due)
	case a.statutory:
		return -1
	case b.statutory:
		return 1
	}
	return 0
}

func amount(e entry) int64 {
	if e.row.Arrears == nil {
		return 0
	}
	return *e.row.Arrears
}

func sorted(entries []entry) []entry {
	slices.SortFunc(entries, compare)
	return entries
}
