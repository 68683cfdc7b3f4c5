package leads

import (
	"strconv"
	"strings"
	"time"
)

// Day is a calendar date as Parquet's DATE: days since 1970-01-01.
type Day int32

const secondsPerDay = 24 * 60 * 60

// DayOf converts a date written as the integer ccyymmdd; 0 stays 0.
func DayOf(ccyymmdd int32) Day {
	if ccyymmdd == 0 {
		return 0
	}
	return dayOf(int(ccyymmdd/10000), int(ccyymmdd/100%100), int(ccyymmdd%100))
}

func dayOf(year, month, day int) Day {
	return Day(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// Integer is the date as ccyymmdd, the inverse of DayOf.
func (d Day) Integer() int32 {
	if d == 0 {
		return 0
	}
	y, m, day := d.time().Date()
	return int32(y*10000 + int(m)*100 + day)
}

// String is the day as CCYY-MM-DD.
func (d Day) String() string { return d.time().Format(time.DateOnly) }

// Long is the day in words, with its year: November 24, 2026; "" for none.
func (d Day) Long() string {
	if d == 0 {
		return ""
	}
	return d.time().Format("January 2, 2006")
}

func (d Day) time() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// Precisions of a partial date.
const (
	ByDay     = "day"
	ByMonth   = "month"
	ByQuarter = "quarter"
	ByYear    = "year"
)

// PartialDate is a date known to the day, the month, the quarter or the year: Date is the first day it can be.
type PartialDate struct {
	Date      Day    `parquet:"date,date"`
	Precision string `parquet:"precision,dict"`
}

// ParseDate reads CCYY-MM-DD, CCYYMMDD or MM/DD/CCYY, and the shorter CCYY-MM, CCYYMM, CCYY-Q3 and CCYY of sources that say less;
// 00 for a month or day means it is not known. It gives nil for anything else, and for dates that do not exist.
func ParseDate(s string) *PartialDate {
	s = strings.TrimSpace(s)
	if year, quarter, ok := strings.Cut(s, "-Q"); ok && len(year) == 4 && len(quarter) == 1 {
		return quarterOf(year, quarter[0])
	}
	if p := strings.Split(s, "/"); len(p) == 3 && len(p[0]) == 2 && len(p[1]) == 2 && len(p[2]) == 4 {
		s = p[2] + p[0] + p[1]
	} else if len(s) == 10 && s[4] == '-' && s[7] == '-' || len(s) == 7 && s[4] == '-' {
		s = strings.ReplaceAll(s, "-", "")
	}
	if len(s) != 4 && len(s) != 6 && len(s) != 8 || strings.Trim(s, "0123456789") != "" {
		return nil
	}
	number, _ := strconv.Atoi((s + "0000")[:8])
	return partialOf(number/10000, number/100%100, number%100)
}

// quarterOf is a quarter of a year, its first day.
func quarterOf(year string, quarter byte) *PartialDate {
	d := ParseDate(year)
	if d == nil || quarter < '1' || quarter > '4' {
		return nil
	}
	return &PartialDate{dayOf(d.Date.time().Year(), 3*int(quarter-'1')+1, 1), ByQuarter}
}

// quarterWords is "the third quarter".
func (p *PartialDate) quarterWords() string {
	return "the " + []string{"first", "second", "third", "fourth"}[(p.Date.time().Month()-1)/3] + " quarter"
}

// last is the last day that a date can be.
func (p *PartialDate) last() Day {
	t := p.Date.time()
	switch p.Precision {
	case ByMonth:
		t = t.AddDate(0, 1, -1)
	case ByQuarter:
		t = t.AddDate(0, 3, -1)
	case ByYear:
		t = t.AddDate(1, 0, -1)
	}
	return Day(t.Unix() / secondsPerDay)
}

func partialOf(year, month, day int) *PartialDate {
	switch {
	case year < 1900 || year > 2199 || month > 12 || month == 0 && day != 0:
		return nil
	case month == 0:
		return &PartialDate{dayOf(year, 1, 1), ByYear}
	case day == 0:
		return &PartialDate{dayOf(year, month, 1), ByMonth}
	}
	d := dayOf(year, month, day)
	if d.time().Day() != day {
		return nil
	}
	return &PartialDate{d, ByDay}
}

// after orders dates, the later first and none last.
func (p *PartialDate) after(q *PartialDate) int {
	switch {
	case p == nil && q == nil:
		return 0
	case p == nil:
		return 1
	case q == nil:
		return -1
	case p.Date != q.Date:
		return int(q.Date) - int(p.Date)
	}
	return strings.Compare(p.Precision, q.Precision) // "day" before "month" before "quarter" before "year"
}

// Long is the date standing alone, always with its year: "November 9, 2026", "October 2026", "the third quarter of 2026", "2025".
func (p *PartialDate) Long() string {
	switch p.Precision {
	case ByQuarter:
		return p.quarterWords() + " of " + p.Date.time().Format("2006")
	case ByMonth:
		return p.Date.time().Format("January 2006")
	case ByYear:
		return p.Date.time().Format("2006")
	}
	return p.Date.Long()
}

// words says a date as an officer reads it: "on November 9", "in October", "in 2025". The year is left out when the date
// lies in the year of the business date.
func (p *PartialDate) words(asOf Day) string {
	t, sameYear := p.Date.time(), p.Date.time().Year() == asOf.time().Year()
	switch {
	case p.Precision == ByYear:
		return "in " + t.Format("2006")
	case p.Precision == ByQuarter && sameYear:
		return "in " + p.quarterWords()
	case p.Precision == ByQuarter:
		return "in " + p.quarterWords() + " of " + t.Format("2006")
	case p.Precision == ByMonth && sameYear:
		return "in " + t.Format("January")
	case p.Precision == ByMonth:
		return "in " + t.Format("January 2006")
	case sameYear:
		return "on " + t.Format("January 2")
	}
	return "on " + p.Date.Long()
}
