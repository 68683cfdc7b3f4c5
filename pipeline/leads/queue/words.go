package queue

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

// money writes cents as an officer reads them: $4,200, $310.50.
func money(cents int64) string {
	if cents < 0 {
		return "-" + money(-cents)
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

// longDay is a day with its year: November 24, 2026.
func longDay(d leads.Day) string {
	if d == 0 {
		return ""
	}
	return time.Unix(int64(d)*24*60*60, 0).UTC().Format("January 2, 2006")
}

// sentence begins with a capital and ends with a full stop.
func sentence(words string) string {
	words = strings.TrimSpace(words)
	if words == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(words)
	words = string(unicode.ToUpper(first)) + words[size:]
	if strings.HasSuffix(words, ".") {
		return words
	}
	return words + "."
}

// ground is what a decision rests on: "42 USC 653a(g)(1), not reviewed".
func ground(r policy.Rule) string {
	words := r.Citation
	if r.CheckedOn == "" && words != "" {
		words += ", not reviewed"
	}
	if words == "" {
		return ""
	}
	return " (" + words + ")"
}

// known reports whether the agency has said anything of a case beyond who works it.
func known(c agency.Case) bool {
	return c.Function != "" || c.Order || c.Arrears != 0 || c.LastPaid != 0 || c.Opened != 0
}

func orderWords(c agency.Case) string {
	switch {
	case !known(c):
		return ""
	case !c.Order:
		return "no order"
	case c.Monthly == 0:
		return "order in force"
	}
	return money(c.Monthly) + " a month"
}

// sure says how sure the identity is, beginning a sentence.
var sure = map[leads.Identity]string{
	leads.Strong: "a strong match", leads.Likely: "a likely match", leads.CheckFirst: "check first that this is the person",
}

// whyDue says which clock runs and on what it rests.
func whyDue(d policy.Due) string {
	if d.On == 0 {
		return ""
	}
	return strings.TrimSuffix(sentence(d.Rule.Words), ".") + ground(d.Rule) + "."
}

// youMay says what may be done and what kept it from being more. Nobody is told that he must.
func youMay(m policy.May) string {
	words := strings.TrimSuffix(sentence(m.Words), ".") + ground(m.Rule) + "."
	for _, r := range m.HeldBy {
		words += " Not more: " + strings.TrimSuffix(r.Words, ".") + ground(r) + "."
	}
	return words
}

// cautionWords says what to watch for, and by which rule.
func cautionWords(cautions []leads.Caution) (words []string) {
	for _, c := range cautions {
		rule := policy.Rule{Citation: c.Citation, CheckedOn: c.CheckedOn}
		words = append(words, strings.TrimSuffix(sentence(c.Words), ".")+ground(rule)+".")
	}
	return words
}
