package policy

import (
	"slices"
	"strconv"
	"strings"

	"locatematch/pipeline/leads/agency"
)

// rule is one entry of policy.yaml, of any group. A field that its group does not use stays zero; keys.go says which group
// has which.
type rule struct {
	id, group            string
	words, citation      string
	checkedBy, checkedOn string
	layer                string
	off                  bool

	// What it is about. An empty list is any.
	sources, kinds []string
	participants   []string
	statuses       []string
	functions      []string

	// Its conditions.
	when, needs, unless []*condition
	atLeast             []limit // known, and that much
	notBelow            []limit // that much, or not known
	below               []limit // known, and less

	// What it decides.
	decide               string // purpose: allow or deny
	allows, holds, sends Step   // may_do
	youMay               string
	from                 string // clocks: the day they run from
	days                 int    // clocks and retention
	businessDays, months int
	repeats, statutory   bool
	obliges              string // cautions
	halfLife             int    // freshness
	greatestAge          int
	unmatched            bool   // retention
	share                int    // news: of a hundred
	limit                int    // queue
	officer              string // queue: who gets what a specialist is to look at
	closed, open         []int32

	shown Rule // as it is given out
}

// group is a list of policy.yaml, and how the ids of its rules begin.
type group struct{ name, prefix string }

// groups in the order of Rules.
var groups = []group{
	{"purpose", "purpose."}, {"may_do", "may."}, {"clocks", "clock."}, {"cautions", "caution."}, {"freshness", "freshness."},
	{"suppress", "suppress."}, {"news", "news."}, {"retention", "retention."}, {"queue", "queue."},
}

// calendarGroup is no list but a mapping, and one rule in all.
const calendarGroup = "calendar"

// about reports whether the rule speaks of a lead's kind and case.
func (r *rule) about(s *Situation) bool {
	return among(r.kinds, s.Kind) && r.aboutCase(&s.Case)
}

// aboutCase reports whether it speaks of the case. A status that nobody stated is an open one: a closed case is stated.
func (r *rule) aboutCase(c *agency.Case) bool {
	status := c.Status
	if status == "" {
		status = agency.Open
	}
	return among(r.participants, string(c.Participant)) && among(r.statuses, string(status)) && among(r.functions, string(c.Function))
}

func among(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }

// fits reports that the rule's own conditions all hold.
func (r *rule) fits(s *Situation) bool {
	for _, c := range slices.Concat(r.when, r.needs) {
		if !c.holds(s) {
			return false
		}
	}
	for _, c := range r.unless {
		if c.holds(s) {
			return false
		}
	}
	return r.within(s)
}

// within reports that the situation keeps the rule's limits.
func (r *rule) within(s *Situation) bool {
	return !slices.ContainsFunc(r.atLeast, func(l limit) bool { return !l.reached(s, false) }) &&
		!slices.ContainsFunc(r.notBelow, func(l limit) bool { return !l.reached(s, true) }) &&
		!slices.ContainsFunc(r.below, func(l limit) bool { return l.reached(s, true) })
}

// reached reports that the situation has the quantity; what is not known counts as said.
func (l limit) reached(s *Situation, unknown bool) bool {
	value, known := l.of.value(s)
	if !known {
		return unknown
	}
	return value >= l.hundredths
}

// missing says in an officer's words which conditions do not hold, in the order in which the rule lists them.
func (r *rule) missing(s *Situation) (words []string) {
	for _, c := range r.needs {
		if !c.holds(s) {
			words = append(words, c.no)
		}
	}
	for _, c := range r.unless {
		if c.holds(s) {
			words = append(words, c.yes)
		}
	}
	return words
}

// placeholders are what a rule's words may quote of its own numbers, so that a changed number changes the words.
func (r *rule) placeholders() map[string]string {
	values := map[string]string{}
	for _, l := range slices.Concat(r.atLeast, r.notBelow, r.below) {
		values[l.of.name] = l.String()
	}
	quote := func(name string, n int, noun string) {
		if n != 0 {
			values[name] = counted(strconv.Itoa(n), noun)
		}
	}
	quote("days", r.days, "day")
	quote("business_days", r.businessDays, "business day")
	quote("months", r.months, "month")
	quote("half_life", r.halfLife, "day")
	quote("greatest_age", r.greatestAge, "day")
	if r.share != 0 {
		values["share"] = strconv.Itoa(r.share) + " %"
	}
	if r.limit != 0 {
		values["limit"] = strconv.Itoa(r.limit)
	}
	return values
}

// quoted fills the placeholders of a text. unknown is the first that the rule has no number for.
func (r *rule) quoted(text string) (filled, unknown string) {
	values := r.placeholders()
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String(), ""
		}
		name, after, closed := strings.Cut(rest, "}")
		value, known := values[name]
		if !closed || !known {
			return b.String(), name
		}
		b.WriteString(value)
		text = after
	}
}

// show makes the rule as it is given out.
func (r *rule) show() {
	words, _ := r.quoted(r.words)
	r.shown = Rule{
		ID: r.id, Citation: r.citation, Words: words, CheckedBy: r.checkedBy, CheckedOn: r.checkedOn, Layer: r.layer,
		Group: r.group, Does: r.does(), Off: r.off,
	}
}
