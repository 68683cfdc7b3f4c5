package policy

import (
	"fmt"
	"slices"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/us"
)

// calendar tells business days: those on which the agency's own offices are open. Weekends and federal holidays are closed to
// begin with; the agency's own dates count before either.
type calendar struct {
	closed, open []int32 // ccyymmdd, sorted
}

// federal knows the federal holidays, on the days when offices keep them. It is not cached: a cache is not safe for several
// readers, and eleven holidays are soon looked through.
var federal = &cal.Calendar{Name: "federal", Holidays: us.Holidays}

// business reports whether the offices are open on a day.
func (c *calendar) business(day int32) bool {
	if _, own := slices.BinarySearch(c.open, day); own {
		return true
	}
	if _, own := slices.BinarySearch(c.closed, day); own {
		return false
	}
	t := timeOf(day)
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return false
	}
	actual, observed, _ := federal.IsHoliday(t)
	return !actual && !observed
}

// longestClosure ends the search for the next business day: a calendar that closes for ten years has none.
const longestClosure = 3660 // days

// after is the n-th business day after a day, which is itself not counted: what comes on Friday is due, two business days
// later, on Tuesday. ok is false where the calendar has no such day.
func (c *calendar) after(day int32, n int) (due int32, ok bool) {
	t := timeOf(day)
	for closed := 0; n > 0; {
		t = t.AddDate(0, 0, 1)
		if closed++; closed > longestClosure {
			return 0, false
		}
		if c.business(dayOf(t)) {
			n, closed = n-1, 0
		}
	}
	return dayOf(t), true
}

// add puts a layer's dates over those of earlier layers.
func (c *calendar) add(closed, open []int32) {
	c.closed = union(without(c.closed, open), closed)
	c.open = union(without(c.open, closed), open)
}

func without(days, gone []int32) []int32 {
	return slices.DeleteFunc(slices.Clone(days), func(d int32) bool { return slices.Contains(gone, d) })
}

func union(a, b []int32) []int32 {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// timeOf is a day ccyymmdd as midnight UTC; a day that does not exist becomes the next that does, as time.Date has it.
func timeOf(day int32) time.Time {
	return time.Date(int(day/10000), time.Month(day/100%100), int(day%100), 0, 0, 0, 0, time.UTC)
}

func dayOf(t time.Time) int32 {
	y, m, d := t.Date()
	return int32(y*10000 + int(m)*100 + d)
}

// parseDay reads CCYY-MM-DD of the years in which agencies work.
func parseDay(text string) (int32, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1975 || t.Year() > 2199 {
		return 0, fmt.Errorf("%q: want a date such as 2026-11-27", text)
	}
	return dayOf(t), nil
}

func dayText(day int32) string { return timeOf(day).Format(time.DateOnly) }

// BusinessDay reports whether the agency's offices are open on a day (ccyymmdd).
func (p *Policy) BusinessDay(day int32) bool { return p.calendar.business(day) }

// AddBusinessDays is the n-th business day after a day (ccyymmdd). ok is false where ten years hold none.
func (p *Policy) AddBusinessDays(day int32, n int) (due int32, ok bool) {
	return p.calendar.after(day, n)
}
