package pipeline

import (
	"bytes"
	_ "embed"
	"strings"

	"locatematch/matchers"
	"locatematch/matchers/text"
	"locatematch/sources/person"
)

// spanishSurnames is our own list of a hundred of the commonest Spanish surnames in the United States. It finds most bearers of a
// Spanish surname, by no means all, and says nothing about where a person is from: a woman may have her husband's name, and
// some of these names are as common in Portugal, Italy or the Philippines. It is good for one thing: whether errors fall
// on these names more often than on others.
//
//go:embed spanish_surnames.txt
var spanishSurnames string

// property parts the subjects into groups, none of which overlap.
type property struct {
	name   string
	groups []string
	of     func(subject uint32) int // index into groups
}

// groupTable knows the groups of every subject.
type groupTable struct {
	rates      []GroupRates // of each group, without its links
	properties int
	of         []uint8 // by subject, by property: index into rates
}

// groupTally counts links and true links by group.
type groupTally struct{ links, hits []int64 }

func newGroupTable(n *night) *groupTable {
	properties := propertiesOf(n)
	subjects := len(n.caseload.subjects)
	t := &groupTable{properties: len(properties), of: make([]uint8, subjects*len(properties))}
	for p, property := range properties {
		first := len(t.rates)
		for _, group := range property.groups {
			t.rates = append(t.rates, GroupRates{Property: property.name, Group: group})
		}
		for s := range subjects {
			g := first + property.of(uint32(s))
			t.of[s*len(properties)+p] = uint8(g)
			t.rates[g].Subjects++
		}
	}
	return t
}

func (t *groupTable) groupsOf(subject uint32) []uint8 {
	return t.of[int(subject)*t.properties:][:t.properties]
}

func (t *groupTable) tally() groupTally {
	if t == nil {
		return groupTally{}
	}
	return groupTally{links: make([]int64, len(t.rates)), hits: make([]int64, len(t.rates))}
}

func (t *groupTable) count(into groupTally, subject uint32, same bool) {
	if t == nil {
		return
	}
	for _, g := range t.groupsOf(subject) {
		into.links[g]++
		if same {
			into.hits[g]++
		}
	}
}

// groupRates adds the groups of each extract, and of all; groups of nobody are left out.
func (s *study) groupRates(list []Evaluation) {
	all, truths := s.groups.tally(), make([]int64, len(s.groups.rates))
	for e := range s.night.extracts {
		sum, truth := s.groups.tally(), s.groups.truth(s.key, e)
		for g := range sum.links {
			for _, c := range s.clerks {
				sum.links[g] += c.tallies[e].links[g]
				sum.hits[g] += c.tallies[e].hits[g]
			}
			all.links[g] += sum.links[g]
			all.hits[g] += sum.hits[g]
			truths[g] += truth[g]
		}
		list[e].Groups = s.groups.report(sum, truth)
	}
	if len(list) > len(s.night.extracts) {
		list[len(list)-1].Groups = s.groups.report(all, truths)
	}
}

// truth counts an extract's true pairs by group.
func (t *groupTable) truth(key *answerKey, e int) []int64 {
	pairs := make([]int64, len(t.rates))
	for _, subjects := range key.truth[e] {
		for _, subject := range subjects {
			for _, g := range t.groupsOf(subject) {
				pairs[g]++
			}
		}
	}
	return pairs
}

func (t *groupTable) report(sum groupTally, truth []int64) (list []GroupRates) {
	for g, r := range t.rates {
		if r.Subjects == 0 {
			continue
		}
		r.TruePairs, r.Rates = truth[g], rates(sum.links[g], sum.hits[g], truth[g])
		list = append(list, r)
	}
	return list
}

// propertiesOf lists the properties that the spec has a field for: what is not compared is not on the frozen caseload.
func propertiesOf(n *night) (list []property) {
	c := n.caseload.frozen
	field := func(name string, kind text.Kind) (f int, found bool) {
		f = n.plan.Spec.Field(name)
		return f, f >= 0 && n.plan.Spec.Fields[f].Kind == kind
	}
	family, named := field(person.Family, text.Family)
	if named {
		list = append(list, surnameProperty(c, family))
	}
	if f, ok := field(person.Sex, text.Sex); ok {
		list = append(list, property{name: "sex", groups: []string{"unknown", "male", "female"}, of: func(s uint32) int {
			return int(min(2, c.Value(s, f, 0).Num))
		}})
	}
	if f, ok := field(person.Born, text.Date); ok {
		list = append(list, ageProperty(c, f, n.plan.AsOf))
	}
	if f := n.plan.Spec.Field(person.SSN); f >= 0 { // a set that writes its numbers its own way has them as digits

		list = append(list, property{name: "ssn", groups: []string{"known", "missing"}, of: func(s uint32) int {
			if c.Has(s, f) {
				return 0
			}
			return 1
		}})
	}
	if named {
		list = append(list, frequencyProperty(c, family))
	}
	return list
}

// surnameProperty goes by the subject's first surname. A double one is two words in standard form, hyphenated or not; it is
// Hispanic when either word is on the list.
func surnameProperty(c *matchers.Caseload, family int) property {
	listed := map[string]bool{}
	for name := range strings.Lines(spanishSurnames) {
		listed[strings.TrimSpace(name)] = true
	}
	return property{name: "surname", groups: []string{"Hispanic, double", "Hispanic", "double", "other", "none"}, of: func(s uint32) int {
		name := c.Value(s, family, 0).Std
		words := bytes.Fields(name)
		if len(words) == 0 {
			return 4
		}
		group := 3
		for _, word := range words {
			if listed[string(word)] {
				group = 1
			}
		}
		if len(words) > 1 {
			group-- // Hispanic to Hispanic and double, other to double
		}
		return group
	}}
}

// ageProperty gives the age in years at the business date. Of a date without day or month the year alone counts.
func ageProperty(c *matchers.Caseload, born int, asOf int32) property {
	groups := []string{"under 25", "25-34", "35-44", "45-54", "55 and over", "unknown"}
	return property{name: "age", groups: groups, of: func(s uint32) int {
		v := c.Value(s, born, 0)
		if v.Validity != text.Valid {
			return len(groups) - 1
		}
		age := int(asOf)/10000 - int(v.Num)/10000
		if day := int(v.Num) % 10000; day > int(asOf)%10000 {
			age--
		}
		return bandOfAge(age, len(groups)-1)
	}}
}

func bandOfAge(age, unknown int) int {
	switch {
	case age < 0:
		return unknown
	case age < 25:
		return 0
	}
	return min((age-15)/10, 4)
}

// A common surname is held by one subject in a thousand or more: two strangers share a surname about as often (typical of
// family_name in matchers/kinds.go), so agreement on it is worth less than on the average. A rare one is held by fewer than
// five subjects: matchers does not trust the frequency of a rarer value either (fewest in matchers/resolve.go).
const (
	commonShare = 1000
	rareBelow   = 5
)

// frequencyProperty goes by the subject's first surname, a space in it apart.
func frequencyProperty(c *matchers.Caseload, family int) property {
	nameOf := func(s uint32) string {
		return string(bytes.ReplaceAll(c.Value(s, family, 0).Std, []byte(" "), nil))
	}
	holders := map[string]int{}
	for s := range uint32(c.Subjects()) {
		holders[nameOf(s)]++
	}
	common := max(rareBelow, (c.Subjects()+commonShare-1)/commonShare)
	return property{name: "name_frequency", groups: []string{"common", "between", "rare", "none"}, of: func(s uint32) int {
		name := nameOf(s)
		switch {
		case name == "":
			return 3
		case holders[name] < rareBelow:
			return 2
		case holders[name] < common:
			return 1
		}
		return 0
	}}
}
