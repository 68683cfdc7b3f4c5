package leads

import (
	"maps"
	"slices"

	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
	"locatematch/pipeline/report"
)

// Rules is what leads ask of policy.
type Rules interface {
	// Freshness says in how many days a report loses half of its weight, and from which age it is no lead at all.
	Freshness(kind, source string) (halfLifeDays, greatestAgeDays int)
	// Suppress reports what is too small to offer.
	Suppress(policy.Situation) (policy.Rule, bool)
	// May says what may be done with a lead for one case.
	May(policy.Situation) policy.May
	// Caution says what a caution means and obliges to.
	Caution(code string) (policy.Caution, bool)
}

// Assessor holds leads against what the agency knows and what policy says: whether each fact is current, what must be watched
// for, what may be done with it, and what is not offered at all. It changes neither the facts nor their evidence (I7).
type Assessor struct {
	AsOf       int32 // business date, ccyymmdd
	Rules      Rules
	Known      *agency.Knowledge
	Violence   func(caseID string) bool                  // somebody in the case is protected
	Guard      *Guard                                    // where protected people are
	Neighbours func(addressKey string) []Neighbour       // who on the caseload is known at an address; nil: nobody is
	Served     func(subjectID string) bool               // an earlier night reported military service
	Wrong      func(subjectID, sourcePerson string) bool // an officer judged that this source person is not the subject
	ToldOnly   bool                                      // of whom nothing is told, nothing is assessed but what must be left out
	withheld   map[string]int64
	heard      []string // cautions that the records of the subject at hand report; see Hear
	hidden     map[recordMark]bool
}

// recordMark names a record: its file (FileMark) and line.
type recordMark struct {
	file uint64
	line int64
}

// Neighbour is somebody on the caseload who is known at an address.
type Neighbour struct{ SubjectID, Family string }

// Assess goes through the leads of one subject. Those that would tell where a protected person is are left out and counted
// (I10); all others stay, those that are not offered with the reason.
func (a *Assessor) Assess(s *Subject, leads []Lead) []Lead {
	if at := slices.IndexFunc(leads, func(l Lead) bool { return l.Status == Withdrawn }); at >= 0 { // they come last, and say nothing
		return slices.Concat(a.Assess(s, leads[:at:at]), leads[at:])
	}
	if len(leads) == 0 {
		return leads
	}
	cases := a.Known.CasesOf(s.ID)
	leads = a.withhold(leads, cases)
	if a.ToldOnly && !slices.ContainsFunc(leads, func(l Lead) bool { return l.told }) {
		return leads
	}
	for i := range leads {
		a.recognise(s, &leads[i])
	}
	shared := a.ofPerson(s, leads, cases)
	for i := range leads {
		l := &leads[i]
		a.stand(s, l, leads)
		a.caution(s, l, shared)
		l.DisclosureClass = disclosureClass(l)
		a.suppress(s, l, cases, leads)
		a.may(s, l, cases)
	}
	return leads
}

// recognise marks an address that the agency has already, in a file of its own or on the caseload.
func (a *Assessor) recognise(s *Subject, l *Lead) {
	if l.Address != nil {
		_, known := a.knownAddress(s, l.key())
		l.Address.Known = l.Address.Known || known
	}
}

// key is the standard form of a lead's fact, as its lead id is made from it.
func (l *Lead) key() string {
	if len(l.reports) == 0 {
		return ""
	}
	return l.reports[0].fact.key
}

// knownAddress is what the agency has of an address: its own file's word, else the caseload's.
func (a *Assessor) knownAddress(s *Subject, key string) (agency.Fact, bool) {
	if f, found := a.Known.Address(s.ID, key); found {
		return f, true
	}
	i := slices.Index(s.Addresses, key)
	if i < 0 {
		return agency.Fact{}, false
	}
	f := agency.Fact{Subject: s.ID, Kind: agency.AddressFact, Key: key, Known: agency.Unverified}
	if i < len(s.Holdings) {
		f.Known, f.Since, f.Until = s.Holdings[i].Known, s.Holdings[i].Since, s.Holdings[i].Until
	}
	return f, true
}

// known is what the agency has of a lead's fact.
func (a *Assessor) known(s *Subject, l *Lead) (agency.Fact, bool) {
	switch {
	case l.Address != nil:
		return a.knownAddress(s, l.key())
	case l.Employer != nil:
		number, name := l.Employer.EIN, employerKey(l.Employer.Name)
		return a.Known.Employer(s.ID, number, name)
	}
	return agency.Fact{}, false
}

// Another is an assessor of the same rules and knowledge that counts by itself: one for each goroutine.
func (a *Assessor) Another() *Assessor {
	other := *a
	other.withheld, other.hidden, other.heard = nil, nil, nil
	return &other
}

// Join takes over what another has counted and hidden.
func (a *Assessor) Join(other *Assessor) {
	for reason, n := range other.withheld {
		a.countMany(reason, n)
	}
	if a.hidden == nil {
		a.hidden = map[recordMark]bool{}
	}
	maps.Copy(a.hidden, other.hidden)
}

// Withheld counts the leads that were left out, by reason.
func (a *Assessor) Withheld() []report.Count { return counts(a.withheld) }

func (a *Assessor) count(reason string) { a.countMany(reason, 1) }

func (a *Assessor) countMany(reason string, n int64) {
	if a.withheld == nil {
		a.withheld = map[string]int64{}
	}
	a.withheld[reason] += n
}

// latest is the latest event that any report of a lead gives, nil where none gives one.
func (l *Lead) latest() (event *PartialDate) {
	for _, r := range l.reports {
		if r.fact.event.after(event) < 0 {
			event = r.fact.event
		}
	}
	return event
}

// happened is the latest event of a lead that is no day of an answer, nil where no report gives one: what may be held against an end that
// the agency found.
func (l *Lead) happened() (event *PartialDate) {
	for _, r := range l.reports {
		if !r.fact.answer && r.fact.event.after(event) < 0 {
			event = r.fact.event
		}
	}
	return event
}

// afterDay reports that a date lies surely after a day, ccyymmdd; a day that is not known is before everything.
func (p *PartialDate) afterDay(day int32) bool { return p != nil && (day == 0 || p.Date > DayOf(day)) }
