package pipeline

import (
	"fmt"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
)

// warnings are what a person should look at though nothing failed.
func (r *runner) warnings(future int) []string {
	var list []string
	for _, feed := range append([]Feed{r.plan.Caseload}, r.plan.Extracts...) {
		list = append(list, feed.doubtfulNames(r.plan.Spec)...)
	}
	if future > 0 {
		list = append(list, fmt.Sprintf("%d leads rest on events after the business date %s: is as_of right?", future, r.plan.Config.AsOf))
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
