package policy

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// measure is a named quantity of a situation that rules set limits to. All are kept in hundredths: cents of a dollar, and
// hundredths of a day or a month.
type measure struct {
	name  string
	unit  string // "dollars", "days" or "months"
	value func(*Situation) (hundredths int64, known bool)
	words string // what it is, for POLICY.md and errors
}

// measures is the whole vocabulary of quantities.
var measures = []measure{
	{"arrears", "dollars", func(s *Situation) (int64, bool) { return s.Case.Arrears, true }, "past-due support in the case"},
	{"months_of_arrears", "months", monthsOfArrears, "past-due support, in months of what the order asks"},
	{"days_past_due", "days", func(s *Situation) (int64, bool) { return since(s, s.Case.PastDueSince) }, "how long support has been past due"},
	{"days_since_payment", "days", func(s *Situation) (int64, bool) { return since(s, s.Case.LastPaid) }, "how long ago the last payment came"},
	{"days_since_opened", "days", func(s *Situation) (int64, bool) { return since(s, s.Case.Opened) }, "how long the case has been open"},
	{"days_since_levy", "days", sinceLevy, "how long ago the last levy was; without a levy, for ever"},
	{"balance", "dollars", balance, "what the bank says the account holds"},
}

func measureNamed(name string) *measure {
	i := slices.IndexFunc(measures, func(m measure) bool { return m.name == name })
	if i < 0 {
		return nil
	}
	return &measures[i]
}

func measureNames() (names []string) {
	for _, m := range measures {
		names = append(names, m.name)
	}
	return names
}

func monthsOfArrears(s *Situation) (int64, bool) {
	if s.Case.Monthly <= 0 || s.Case.Arrears > math.MaxInt64/100 {
		return 0, false
	}
	return s.Case.Arrears * 100 / s.Case.Monthly, true
}

// since counts the days from a day to the business date.
func since(s *Situation, day int32) (int64, bool) {
	if day == 0 || s.AsOf == 0 {
		return 0, false
	}
	return daysBetween(day, s.AsOf) * 100, true
}

// sinceLevy is not known where a levy has no day: it may have been yesterday.
func sinceLevy(s *Situation) (int64, bool) {
	last := int32(0)
	for _, l := range s.Levies {
		if l.On == 0 {
			return 0, false
		}
		last = max(last, l.On)
	}
	if last == 0 {
		return math.MaxInt64, true
	}
	return since(s, last)
}

func balance(s *Situation) (int64, bool) {
	if s.Account == nil || s.Account.Balance == nil {
		return 0, false
	}
	return *s.Account.Balance, true
}

func daysBetween(from, to int32) int64 { return int64(timeOf(to).Sub(timeOf(from)) / (24 * time.Hour)) }

// limit is a measure with the quantity that a rule sets to it.
type limit struct {
	of         *measure
	hundredths int64
}

// greatestLimit keeps limits far from where arithmetic on hundredths would wrap: ten thousand million dollars.
const greatestLimit = 1e12

// parseLimit reads a quantity as a person writes it: 600, 600.00, 1.5. Days are whole.
func parseLimit(m *measure, text string) (limit, error) {
	whole, cents, point := strings.Cut(text, ".")
	if len(cents) > 2 || point && cents == "" || whole == "" || strings.Trim(whole+cents, "0123456789") != "" {
		return limit{}, fmt.Errorf("%s: %q: want %s such as %s", m.name, text, m.unit, map[string]string{"dollars": "600.00", "days": "180", "months": "1.5"}[m.unit])
	}
	n, err := strconv.ParseInt(whole+(cents + "00")[:2], 10, 64)
	switch {
	case err != nil || n > greatestLimit:
		return limit{}, fmt.Errorf("%s: %s is too much", m.name, text)
	case m.unit == "days" && n%100 != 0:
		return limit{}, fmt.Errorf("%s: %s: days are whole", m.name, text)
	}
	return limit{m, n}, nil
}

// number is the quantity as policy.yaml writes it.
func (l limit) number() string {
	if l.of.unit == "dollars" || l.hundredths%100 != 0 {
		return fmt.Sprintf("%d.%02d", l.hundredths/100, l.hundredths%100)
	}
	return strconv.FormatInt(l.hundredths/100, 10)
}

// String is the quantity as an officer reads it: "$600", "180 days".
func (l limit) String() string {
	number := strings.TrimSuffix(l.number(), ".00")
	if l.of.unit == "dollars" {
		return "$" + number
	}
	return counted(number, strings.TrimSuffix(l.of.unit, "s"))
}

// counted puts a number before its noun: "1 day", "2 days".
func counted(number, noun string) string {
	if number == "1" {
		return number + " " + noun
	}
	return number + " " + noun + "s"
}
