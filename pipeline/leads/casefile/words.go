package casefile

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"locatematch/pipeline/leads"
)

func timeOf(d leads.Day) time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

// longDay is a day with its year, "" for none.
func longDay(d leads.Day) string {
	if d == 0 {
		return ""
	}
	return timeOf(d).Format("January 2, 2006")
}

func dayOf(ccyymmdd int32) string { return longDay(leads.DayOf(ccyymmdd)) }

// eventWords is when a source says that a fact came about, as precisely as it says.
func eventWords(l *leads.Lead) string {
	if len(l.Evidence) == 0 || l.Evidence[0].EventDate == nil {
		return "received " + longDay(l.LastSeen)
	}
	switch d := l.Evidence[0].EventDate; d.Precision {
	case leads.ByMonth:
		return timeOf(d.Date).Format("January 2006")
	case leads.ByYear:
		return timeOf(d.Date).Format("2006")
	default:
		return longDay(d.Date)
	}
}

// codeWords are what the codes of the best report say, those that say the same once.
func codeWords(l *leads.Lead) string {
	var told []string
	for _, c := range l.Codes {
		if words := c.Told(); words != "" && !slices.Contains(told, words) {
			told = append(told, words)
		}
	}
	return strings.Join(told, "; ")
}

var sourceNames = map[string]string{
	"postal": "the post office", "employment": "an employer", "military": "the Defense Department", "financial": "a bank",
}

func sourceWords(sources []string) string {
	var names []string
	for _, s := range sources {
		if name := sourceNames[s]; name != "" {
			s = name
		}
		names = append(names, s)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

// dollars writes cents as $4,200 or $125.50, "" for none.
func dollars(cents int64) string {
	if cents <= 0 {
		return ""
	}
	whole := strconv.FormatInt(cents/100, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if rest := cents % 100; rest != 0 {
		whole += "." + strconv.FormatInt(100+rest, 10)[1:]
	}
	return "$" + whole
}

func count(n int) string {
	if words := []string{"No", "One", "Two", "Three", "Four", "Five"}; n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}

// behind is a value behind the words that go before it, "" where there is none; before has the words after it.
func behind(words, value string) string {
	if value == "" {
		return ""
	}
	return words + value
}

func before(value, words string) string {
	if value == "" {
		return ""
	}
	return value + words
}

func ifSo(holds bool, words string) string {
	if holds {
		return words
	}
	return ""
}

// joined joins what there is; without its first value there is nothing.
func joined(separator string, values ...string) string {
	if values[0] == "" {
		return ""
	}
	return strings.Join(filled(values...), separator)
}

// ended is words with a full stop.
func ended(words string) string { return before(words, ".") }

func filled(values ...string) []string {
	return slices.DeleteFunc(values, func(s string) bool { return s == "" })
}

// officeWords names an office, many of which are called "Office 3" already.
func officeWords(office string) string {
	if strings.HasPrefix(strings.ToLower(office), "office") {
		return office
	}
	return behind("Office ", office)
}
