package policy

import (
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// key is one key that a rule of certain groups may have: how it is read, and how it is shown again.
type key struct {
	name   string
	groups []string                    // nil: every group
	read   func(*rule, ast.Node) error // sets the field; an error without place
	show   func(*rule) string          // "" where it is not set
	words  bool                        // it is said, not decided: no part of Rule.Does
}

// keys is the whole of what policy.yaml may say of a rule, in the order in which it is shown.
var keys = []key{
	{name: "id", words: true, read: func(*rule, ast.Node) error { return nil }, show: func(r *rule) string { return r.id }},
	textKey("words", func(r *rule) *string { return &r.words }),
	textKey("citation", func(r *rule) *string { return &r.citation }),
	textKey("checked_by", func(r *rule) *string { return &r.checkedBy }),
	{name: "checked_on", words: true, read: readCheckedOn, show: func(r *rule) string { return r.checkedOn }},
	{name: "off", words: true, read: readBool(func(r *rule) *bool { return &r.off }), show: showBool(func(r *rule) *bool { return &r.off })},

	wordKey("decide", decisions, func(r *rule) *string { return &r.decide }, "purpose"),
	{name: "allows", groups: []string{"may_do"}, read: readStep(func(r *rule) *Step { return &r.allows }, openSteps), show: showStep(func(r *rule) *Step { return &r.allows })},
	{name: "holds", groups: []string{"may_do"}, read: readStep(func(r *rule) *Step { return &r.holds }, steps), show: showStep(func(r *rule) *Step { return &r.holds })},
	{name: "sends", groups: []string{"may_do"}, read: readStep(func(r *rule) *Step { return &r.sends }, steps[:1]), show: showStep(func(r *rule) *Step { return &r.sends })},

	listKey("sources", sourceNames, func(r *rule) *[]string { return &r.sources }, "purpose", "freshness", "retention"),
	listKey("kinds", kindNames, func(r *rule) *[]string { return &r.kinds }, "may_do", "clocks", "freshness", "suppress"),
	listKey("participants", participantNames, func(r *rule) *[]string { return &r.participants }, "purpose", "may_do", "clocks"),
	listKey("statuses", statusNames, func(r *rule) *[]string { return &r.statuses }, "purpose"),
	listKey("functions", functionNames, func(r *rule) *[]string { return &r.functions }, "purpose", "may_do", "clocks"),

	conditionKey("when", func(r *rule) *[]*condition { return &r.when }, "purpose", "may_do", "cautions", "suppress"),
	conditionKey("needs", func(r *rule) *[]*condition { return &r.needs }, "may_do", "clocks"),
	conditionKey("unless", func(r *rule) *[]*condition { return &r.unless }, "purpose", "may_do", "clocks", "cautions", "suppress"),
	limitKey("at_least", func(r *rule) *[]limit { return &r.atLeast }, "may_do", "clocks"),
	limitKey("not_below", func(r *rule) *[]limit { return &r.notBelow }, "may_do", "clocks"),
	limitKey("below", func(r *rule) *[]limit { return &r.below }, "suppress"),

	{name: "you_may", groups: []string{"may_do"}, read: readText(func(r *rule) *string { return &r.youMay }), show: func(r *rule) string { return r.youMay }},
	{name: "obliges", groups: []string{"cautions"}, read: readText(func(r *rule) *string { return &r.obliges }), show: func(r *rule) string { return r.obliges }},

	wordKey("from", startNames, func(r *rule) *string { return &r.from }, "clocks"),
	numberKey("days", 1, func(r *rule) *int { return &r.days }, "clocks", "retention"),
	numberKey("business_days", 1, func(r *rule) *int { return &r.businessDays }, "clocks"),
	numberKey("months", 1, func(r *rule) *int { return &r.months }, "clocks"),
	flagKey("repeats", func(r *rule) *bool { return &r.repeats }, "clocks"),
	flagKey("statutory", func(r *rule) *bool { return &r.statutory }, "clocks"),
	numberKey("half_life", 1, func(r *rule) *int { return &r.halfLife }, "freshness"),
	numberKey("greatest_age", 1, func(r *rule) *int { return &r.greatestAge }, "freshness"),
	numberKey("share", 1, func(r *rule) *int { return &r.share }, "news"),
	flagKey("unmatched", func(r *rule) *bool { return &r.unmatched }, "retention"),
	numberKey("limit", 1, func(r *rule) *int { return &r.limit }, "queue"),
	{name: "officer", groups: []string{"queue"}, read: readText(func(r *rule) *string { return &r.officer }), show: func(r *rule) string { return r.officer }},
	daysKey("closed", func(r *rule) *[]int32 { return &r.closed }),
	daysKey("open", func(r *rule) *[]int32 { return &r.open }),
}

// The words that may stand where a rule selects or decides.
var (
	decisions        = []string{"allow", "deny"}
	sourceNames      = []string{"postal", "employment", "military", "financial", "other"}
	kindNames        = []string{"address", "phone", "employer", "income", "military", "account", "liability", "identity conflict"}
	participantNames = []string{"NP", "PF", "CP", "CH"}
	statusNames      = []string{"open", "closed"}
	functionNames    = []string{"locate", "paternity", "establishment", "enforcement"}
	startNames       = []string{"received", "entered", "event", "locate_since"}
)

// keyNamed finds a key that a group has; nil where it has none of the name.
func keyNamed(name, group string) *key {
	i := slices.IndexFunc(keys, func(k key) bool { return k.name == name && k.in(group) })
	if i < 0 {
		return nil
	}
	return &keys[i]
}

func (k *key) in(group string) bool {
	if group == calendarGroup && k.name == "off" {
		return false
	}
	return k.groups == nil || slices.Contains(k.groups, group)
}

// keyNames lists the keys of a group.
func keyNames(group string) (names []string) {
	for i := range keys {
		if keys[i].in(group) && (keys[i].name != "id" || group != calendarGroup) {
			names = append(names, keys[i].name)
		}
	}
	return names
}

// does writes what the rule decides as policy.yaml would.
func (r *rule) does() string {
	var parts []string
	for i := range keys {
		if k := &keys[i]; !k.words && k.in(r.group) {
			if value := k.show(r); value != "" {
				parts = append(parts, k.name+": "+value)
			}
		}
	}
	return strings.Join(parts, "; ")
}

func textKey(name string, field func(*rule) *string) key {
	return key{name: name, words: true, read: readText(field), show: func(r *rule) string { return *field(r) }}
}

func readText(field func(*rule) *string) func(*rule, ast.Node) error {
	return func(r *rule, n ast.Node) (err error) {
		*field(r), err = scalar(n)
		return err
	}
}

func readCheckedOn(r *rule, n ast.Node) error {
	s, err := scalar(n)
	if err == nil {
		_, err = parseDay(s)
	}
	r.checkedOn = s
	return err
}

func wordKey(name string, known []string, field func(*rule) *string, groups ...string) key {
	return key{name: name, groups: groups, show: func(r *rule) string { return *field(r) }, read: func(r *rule, n ast.Node) (err error) {
		*field(r), err = word(n, known)
		return err
	}}
}

func listKey(name string, known []string, field func(*rule) *[]string, groups ...string) key {
	return key{name: name, groups: groups, show: func(r *rule) string { return strings.Join(*field(r), ", ") }, read: func(r *rule, n ast.Node) error {
		*field(r) = nil
		return each(n, func(n ast.Node) error {
			w, err := word(n, known)
			*field(r) = append(*field(r), w)
			return err
		})
	}}
}

func conditionKey(name string, field func(*rule) *[]*condition, groups ...string) key {
	show := func(r *rule) string {
		var names []string
		for _, c := range *field(r) {
			names = append(names, c.name)
		}
		return strings.Join(names, ", ")
	}
	return key{name: name, groups: groups, show: show, read: func(r *rule, n ast.Node) error {
		*field(r) = nil
		return each(n, func(n ast.Node) error {
			w, err := word(n, conditionNames(r.group == "purpose"))
			if err == nil {
				*field(r) = append(*field(r), conditionNamed(w))
			}
			return err
		})
	}}
}

func limitKey(name string, field func(*rule) *[]limit, groups ...string) key {
	show := func(r *rule) string {
		var parts []string
		for _, l := range *field(r) {
			parts = append(parts, l.of.name+" "+l.number())
		}
		return strings.Join(parts, ", ")
	}
	return key{name: name, groups: groups, show: show, read: func(r *rule, n ast.Node) (err error) {
		*field(r), err = readLimits(n)
		return err
	}}
}

func numberKey(name string, least int, field func(*rule) *int, groups ...string) key {
	show := func(r *rule) string {
		if *field(r) == 0 {
			return ""
		}
		return strconv.Itoa(*field(r))
	}
	return key{name: name, groups: groups, show: show, read: func(r *rule, n ast.Node) (err error) {
		*field(r), err = whole(n, least)
		return err
	}}
}

func flagKey(name string, field func(*rule) *bool, groups ...string) key {
	return key{name: name, groups: groups, read: readBool(field), show: showBool(field)}
}

func readBool(field func(*rule) *bool) func(*rule, ast.Node) error {
	return func(r *rule, n ast.Node) (err error) {
		*field(r), err = truth(n)
		return err
	}
}

func showBool(field func(*rule) *bool) func(*rule) string {
	return func(r *rule) string {
		if *field(r) {
			return "true"
		}
		return ""
	}
}

func readStep(field func(*rule) *Step, known []Step) func(*rule, ast.Node) error {
	return func(r *rule, n ast.Node) error {
		var names []string
		for _, s := range known {
			names = append(names, string(s))
		}
		w, err := word(n, names)
		*field(r) = Step(w)
		return err
	}
}

func showStep(field func(*rule) *Step) func(*rule) string {
	return func(r *rule) string { return string(*field(r)) }
}

func daysKey(name string, field func(*rule) *[]int32) key {
	show := func(r *rule) string {
		var dates []string
		for _, d := range *field(r) {
			dates = append(dates, dayText(d))
		}
		return strings.Join(dates, ", ")
	}
	return key{name: name, groups: []string{calendarGroup}, show: show, read: func(r *rule, n ast.Node) error {
		*field(r) = nil
		return each(n, func(n ast.Node) error {
			s, err := scalar(n)
			if err != nil {
				return err
			}
			d, err := parseDay(s)
			*field(r) = append(*field(r), d)
			return err
		})
	}}
}
