package casefile

import (
	"cmp"
	"slices"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
)

// File is what is known of one case.
type File struct {
	CaseID string
	AsOf   leads.Day // business date of the live run
	Run    string
	People []Person // who is sought in it
}

// Person is one person sought in the case.
type Person struct {
	SubjectID, Name string
	Case            agency.Case // the person's part in it
	Facts           []agency.Fact
	Levies          []agency.Levy
	Leads           []Entry
}

// Entry is one lead as it was last published, and what happened to it. What is due and what may be done is as its last queue had
// it.
type Entry struct {
	Lead           leads.Lead
	Due            leads.Day
	WhyDue, YouMay string
	Cautions       []string
	History        []Event
	Judged         Standing
}

// Standing is what officers found out about a lead.
type Standing string

// The standings. The zero Standing: nobody has said anything that matters.
const (
	AnotherPerson Standing = "said to be another person"
	OutOfDate     Standing = "found out of date"
)

// Event is one thing that happened to a lead.
type Event struct {
	On   leads.Day
	What string // words
	Said bool   // by an officer
}

// Sort brings a file into its stated order: people by number, leads latest first, events by day.
func (f *File) Sort() {
	slices.SortFunc(f.People, func(a, b Person) int { return cmp.Compare(a.SubjectID, b.SubjectID) })
	for i := range f.People {
		list := f.People[i].Leads
		slices.SortFunc(list, func(a, b Entry) int {
			return cmp.Or(cmp.Compare(when(&b.Lead), when(&a.Lead)), cmp.Compare(a.Lead.Kind, b.Lead.Kind), cmp.Compare(a.Lead.LeadID, b.Lead.LeadID))
		})
		for _, e := range list {
			slices.SortStableFunc(e.History, func(a, b Event) int { return cmp.Compare(a.On, b.On) })
		}
	}
}

// when is the day that places a lead on a timeline: when its source says it happened, else when it was received.
func when(l *leads.Lead) leads.Day {
	if len(l.Evidence) > 0 && l.Evidence[0].EventDate != nil {
		return l.Evidence[0].EventDate.Date
	}
	return l.LastSeen
}
