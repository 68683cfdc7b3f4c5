package leads

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"locatematch/sources/person"
)

// Income is what employers reported paying the subject, quarter by quarter.
type Income struct {
	Quarters []IncomeQuarter `parquet:"quarters,list"` // by quarter, then employer
	Gaps     []string        `parquet:"gaps,list"`     // quarters between the first and the last that nobody reported: 2026-Q1
	Trend    string          `parquet:"trend,dict"`    // rising, falling, steady; "" where one quarter says nothing
}

// IncomeQuarter is what one employer paid in one quarter.
type IncomeQuarter struct {
	Quarter  string `parquet:"quarter"` // 2026-Q3
	EIN      string `parquet:"ein"`
	Employer string `parquet:"employer"`
	Wages    int64  `parquet:"wages"` // whole dollars
}

// incomeFact is one employer's wages of one quarter. All of a person's are one lead: quarters alone say little.
func incomeFact(l *Link) *fact {
	s := l.Sighting
	when := ParseDate(s.value(person.Quarter))
	wages := dollars(s.value(person.Wage))
	if s.Source != sourceEmployment || when == nil || when.Precision != ByQuarter || wages == nil {
		return nil
	}
	q := &IncomeQuarter{Quarter: s.value(person.Quarter), EIN: employerNumber(s.value(person.EIN)),
		Employer: ProperName(s.value(person.Employer)), Wages: *wages}
	key, _ := EmployerKeys(q.EIN, s.value(person.Employer))
	return &fact{kind: KindIncome, key: "wages", event: when, wages: q, mark: key + "|" + strconv.FormatInt(*wages, 10)}
}

// income gathers the quarters. Of two reports of one employer's quarter the later one counts: wages are revised.
func (g *group) income() *Income {
	reports := slices.Clone(g.reports)
	slices.SortStableFunc(reports, func(a, b reported) int {
		p, q := a.fact.wages, b.fact.wages
		return cmp.Or(cmp.Compare(p.Quarter, q.Quarter), cmp.Compare(p.EIN, q.EIN), cmp.Compare(p.Employer, q.Employer),
			cmp.Compare(b.link.Sighting.Received, a.link.Sighting.Received), cmp.Compare(b.link.Sighting.Line, a.link.Sighting.Line))
	})
	in := &Income{}
	for _, r := range reports {
		q := *r.fact.wages
		if n := len(in.Quarters); n > 0 && in.Quarters[n-1].Quarter == q.Quarter && in.Quarters[n-1].EIN == q.EIN && in.Quarters[n-1].Employer == q.Employer {
			continue
		}
		in.Quarters = append(in.Quarters, q)
	}
	in.Gaps, in.Trend = in.gaps(), in.trend()
	return in
}

// totals adds up each quarter over all employers, by quarter.
func (in *Income) totals() (quarters []string, wages []int64) {
	for _, q := range in.Quarters {
		if n := len(quarters); n > 0 && quarters[n-1] == q.Quarter {
			wages[n-1] += q.Wages
			continue
		}
		quarters, wages = append(quarters, q.Quarter), append(wages, q.Wages)
	}
	return quarters, wages
}

func (in *Income) gaps() []string {
	missing := []string{}
	quarters, _ := in.totals()
	for i := 1; i < len(quarters); i++ {
		for q := nextQuarter(quarters[i-1]); q < quarters[i]; q = nextQuarter(q) {
			missing = append(missing, q)
		}
	}
	return missing
}

func nextQuarter(q string) string {
	if q[6] < '4' {
		return q[:6] + string(q[6]+1)
	}
	year, _ := strconv.Atoi(q[:4])
	return strconv.Itoa(year+1) + "-Q1"
}

// trend compares the last quarter with the mean of up to three before it; a tenth more or less is no trend.
func (in *Income) trend() string {
	_, wages := in.totals()
	n := len(wages)
	if n < 2 {
		return ""
	}
	var sum, count int64
	for _, w := range wages[max(0, n-4) : n-1] {
		sum, count = sum+w, count+1
	}
	switch last := wages[n-1] * count * 10; {
	case last > sum*11:
		return "rising"
	case last < sum*9:
		return "falling"
	}
	return "steady"
}

func (in *Income) display() string {
	quarters, wages := in.totals()
	n := len(quarters)
	return "Wages of " + money(wages[n-1]) + " in " + ParseDate(quarters[n-1]).quarterWords() + " of " + quarters[n-1][:4]
}

// clause tells the last quarter, from whom, and how it compares.
func (in *Income) clause(p pronouns, asOf Day) string {
	quarters, wages := in.totals()
	last := quarters[len(quarters)-1]
	var employers []string
	for _, q := range in.Quarters {
		if q.Quarter == last && q.Employer != "" && !slices.Contains(employers, q.Employer) {
			employers = append(employers, q.Employer)
		}
	}
	words := list(employers)
	if words == "" {
		words = "An employer"
	}
	words += " reported paying " + p.object + " " + money(wages[len(wages)-1]) + on(ParseDate(last), asOf)
	if len(quarters) > 1 {
		words += "; wages are known of " + strconv.Itoa(len(quarters)) + " quarters and are " + in.Trend
	}
	if len(in.Gaps) > 0 {
		var gaps []string
		for _, g := range in.Gaps {
			gaps = append(gaps, strings.TrimPrefix(ParseDate(g).Long(), "the "))
		}
		words += "; nobody reported wages for the " + list(gaps)
	}
	return words
}
