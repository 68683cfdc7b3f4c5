package pipeline

import (
	"fmt"
	"time"

	"locatematch/pipeline/report"
)

// greatestAge is how many days may pass after the last new file of a feed before its absence is an incident. A daily feed
// may pause over a long weekend, a weekly one arrive a day late; monthly and quarterly ones have their own slack. A required
// extract without a rhythm is expected every night.
var greatestAge = map[string]int{"nightly": 1, "daily": 4, "weekly": 8, "monthly": 35, "quarterly": 100, "": 1}

// judgeAge says whether an extract without a new file should have had one.
func (x *extractPlan) judgeAge(r *report.Extract, asOf int32) {
	if r.State != report.StateAbsent && r.State != report.StateSkipped {
		return
	}
	if x.lastRead == 0 {
		r.Overdue = r.Expected
		return
	}
	last := dateOf(x.lastRead)
	days := int(dateOf(asOf).Sub(last).Hours() / 24)
	r.Overdue = r.Expected && days > greatestAge[x.feed.Expect]
	why := x.strayed()
	if waits(r) {
		why = r.Reason + "; "
	}
	r.Reason = fmt.Sprintf("no new file since %s, %d days ago", last.Format(time.DateOnly), days)
	if days == 1 {
		r.Reason = fmt.Sprintf("no new file since %s, yesterday", last.Format(time.DateOnly))
	}
	if days == 0 {
		r.Reason = fmt.Sprintf("no new file; the last was read for %s", last.Format(time.DateOnly))
	}
	r.Reason = why + r.Reason
	if x.feed.Expect != "" {
		r.Reason += "; expected " + x.feed.Expect
	}
	switch {
	case r.Overdue:
		r.Reason += ": overdue"
	case r.Expected:
		r.Reason += ": not overdue"
	}
}

// strayed names a file of another extract among those that came: it was read as that one's, and not as this one's.
func (x *extractPlan) strayed() string {
	for f, past := range x.skip {
		if past != nil && past.Extract != x.feed.Name {
			return fmt.Sprintf("%s has the bytes of %s, which was read as extract %s; ", x.feed.Names[f], past.Name, past.Extract)
		}
	}
	return ""
}

// dateOf is an integer date ccyymmdd as a time.
func dateOf(ccyymmdd int32) time.Time {
	return time.Date(int(ccyymmdd/10000), time.Month(ccyymmdd/100%100), int(ccyymmdd%100), 0, 0, 0, 0, time.UTC)
}
