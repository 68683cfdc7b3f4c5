package pipeline

import (
	"fmt"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/report"
)

// warnings are what a person should look at though nothing failed.
func (r *runner) warnings(extracts []report.Extract, withheld []report.Count, future int) []string {
	var list []string
	for i := range extracts {
		list = append(list, echoWarnings(&extracts[i])...)
	}
	for _, feed := range append([]Feed{r.plan.Caseload}, r.plan.Extracts...) {
		list = append(list, feed.doubtfulNames(r.plan.Spec)...)
	}
	if future > 0 {
		list = append(list, fmt.Sprintf("%d leads rest on events after the business date %s: is as_of right?", future, r.plan.Config.AsOf))
	}
	if words := r.accountsWithoutFacts(withheld); words != "" {
		list = append(list, words)
	}
	return list
}

// echoWarnings names the sections that give back what we sent, and what to do about them.
func echoWarnings(x *report.Extract) (list []string) {
	for _, e := range x.Echoes {
		whose := e.File
		if e.Name != "" {
			whose = e.Name + " in " + e.File
		}
		list = append(list, fmt.Sprintf("extract %s: %s gives back what we sent: %d of %d answers repeat our inquiry; the number and the names in them are not compared. "+
			"Ask the supplier for those that it has itself, or say otherwise with echo_share", x.Name, whose, e.Repeated, e.Answers))
	}
	return list
}

// doubtfulNames are fields of a layout that no part of the product knows and the spec does not name, but that are nearly a
// canonical name: a misspelling would silently take the field out of matching.
func (f *Feed) doubtfulNames(spec *matchers.Spec) (list []string) {
	for _, d := range f.Layout.Doubtful() {
		if spec.Field(d.Name) < 0 {
			list = append(list, fmt.Sprintf("layout %s: field %s is used by nothing; did you mean %s?", f.Layout.Name, d.Name, d.Nearest))
		}
	}
	return list
}

// futureLeads counts the leads with an event after the business date.
func futureLeads(all []leads.Lead, asOf leads.Day) (n int) {
	for _, l := range all {
		for _, e := range l.Evidence {
			if e.EventDate != nil && e.EventDate.Date > asOf {
				n++
				break
			}
		}
	}
	return n
}
