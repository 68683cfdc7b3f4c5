package queue

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/agency"
	"locatematch/pipeline/leads/policy"
)

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
	return leads.Money(c.Monthly) + " a month"
}

// sure says how sure the identity is, beginning a sentence.
var sure = map[leads.Identity]string{
	leads.Strong: "a strong match", leads.Likely: "a likely match", leads.CheckFirst: "check first that this is the person",
}

// holds says behind it whether the fact still holds, by standingOrder.
var holds = [...]string{"", ", and it is not known whether it still holds", ", and it may no longer hold"}

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
	for i, r := range m.HeldBy {
		if i == 0 {
			words += " Not more:"
		}
		words += " " + strings.TrimSuffix(r.Words, ".") + ground(r) + "."
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
