package leads

// hiredLater lowers a job where another employer reported a later hiring of the same person, who is no less sure there: he may have left the
// one for the other, or keep both. It is not the end of the job: whether it has ended is not known, and a clock that runs from it runs on.
// A hiring without its day is held against nothing.
func (a *Assessor) hiredLater(s *Subject, l *Lead, all []Lead) {
	hired := l.latest()
	if l.Employer == nil || hired == nil || l.Standing != Current && l.Standing != LikelyCurrent {
		return
	}
	var last *PartialDate
	for i := range all {
		o := &all[i]
		event := o.latest()
		if o.Employer == nil || event == nil || o.Employer.is(l.Employer) || rungs[o.Identity] > rungs[l.Identity] || event.Date <= hired.last() || a.bad(s, o) || a.wrong(s, o) {
			continue
		}
		if last == nil || event.Date > last.Date {
			last = event
		}
	}
	if last == nil {
		return
	}
	words := "another employer reported a newer hiring" + on(last, DayOf(a.AsOf))
	l.Standing = NotKnown
	l.StandingReasons, l.Conflicts = append(l.StandingReasons, words), append(l.Conflicts, words)
}

// is reports that two reports name one employer: by the federal number or, where one of them lacks it, by the standard name.
func (e *Employer) is(o *Employer) bool {
	if e.EIN != "" && o.EIN != "" {
		return e.EIN == o.EIN
	}
	return employerKey(e.Name) == employerKey(o.Name)
}
