package policy

import (
	"slices"
	"strings"
	"time"
)

// Due lists the clocks that run for a lead in a case, the first due first, those set by law before others of the same day.
// A clock whose first day is not known does not run.
func (p *Policy) Due(s Situation) (all []Due) {
	for _, r := range p.inForce["clocks"] {
		if !r.about(&s) || !r.fits(&s) {
			continue
		}
		if on, runs := p.due(r, &s); runs {
			all = append(all, Due{On: on, Statutory: r.statutory, Rule: r.shown})
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int {
		switch {
		case a.On != b.On:
			return int(a.On - b.On)
		case a.Statutory != b.Statutory && a.Statutory:
			return -1
		case a.Statutory != b.Statutory:
			return 1
		}
		return strings.Compare(a.Rule.ID, b.Rule.ID)
	})
	return all
}

// due is the day a clock runs out.
func (p *Policy) due(r *rule, s *Situation) (on int32, runs bool) {
	start := map[string]int32{"received": s.Received, "entered": s.entered(), "event": s.Event, "locate_since": s.Case.LocateSince}[r.from]
	switch {
	case start == 0:
		return 0, false
	case r.businessDays > 0:
		return p.calendar.after(start, r.businessDays)
	case !r.repeats:
		// A clock that had run out before the fact came was for another lead.
		on = r.turn(start, 1)
		return on, on >= s.Received
	}
	for n := 1; ; n++ {
		if on := r.turn(start, n); on >= s.AsOf {
			return on, true
		}
	}
}

// entered is when the state directory entered the report, where that is known and was not after the agency received it; else the day
// of receipt.
func (s *Situation) entered() int32 {
	if s.Entered == 0 || s.Entered > s.Received {
		return s.Received
	}
	return s.Entered
}

// turn is the n-th time a clock of days or months runs out.
func (r *rule) turn(start int32, n int) int32 {
	if r.months > 0 {
		return addMonths(start, n*r.months)
	}
	return dayOf(timeOf(start).AddDate(0, 0, n*r.days))
}

// addMonths keeps to the month it comes to: three months after November 30 is the last of February.
func addMonths(day int32, months int) int32 {
	t := timeOf(day)
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1)
	return dayOf(first.AddDate(0, 0, min(t.Day(), last.Day())-1))
}
