package matchers

import (
	"slices"
	"strings"

	"locatematch/matchers/text"
)

// plan is what a valid spec means: names settled to indexes, values to positions in a group's rows, rules to parts.
type plan struct {
	spec        *Spec
	fields      []fieldPlan
	groups      []groupPlan
	comparisons []comparisonPlan
	order       []int // groups in the order of comparing: held first, then cheap before dear
	held        int   // how many of them must be compared before scoring may stop
	parts       []part
	byField     []fieldParts // of records
	rules       []rulePlan
	naming      naming
	key         int    // comparison of our own key, -1 none
	asking      asking // the same, beside the number that we ask by
	lives       []life // by the fields that a record has, where they are few
}

// life says which rules a record can have a key of, and the parts that these take.
type life struct{ rules, parts uint64 }

// mostLives bounds the table of lives: ten fields that rules ask for.
const mostLives = 1 << 10

// life is alive, looked up where there is a table.
func (p *plan) life(present uint64) life {
	if present < uint64(len(p.lives)) {
		return p.lives[present]
	}
	rules, parts := p.alive(present)
	return life{rules, parts}
}

// alive gives the rules whose fields are present, and the parts they use.
func (p *plan) alive(present uint64) (alive, uses uint64) {
	for r := range p.rules {
		rule := &p.rules[r]
		if rule.needs&^present == 0 {
			alive |= 1 << r
			uses |= rule.uses
		}
	}
	return alive, uses
}

// fieldPlan places a field in its group's rows: one word for a code or a number below 2^32, two words for greater
// numbers and for codes with a hint.
type fieldPlan struct {
	name    string
	kind    text.Kind
	numeric bool
	wide    bool
	hinted  bool // a second word holds part of a trait's hash, so that most pairs need not look the trait up
	group   int
	word    int
	place   int // among the group's fields
}

type groupPlan struct {
	name        string
	fields      []int
	stride      int   // words of a row
	base        int   // where the group's first set lies in a subject's row
	comparisons []int // in spec order, crossed last
	crossed     int   // comparison, -1 none
	straight    []int // the comparisons of the crossed one's two fields, which it replaces
}

type comparisonPlan struct {
	id         kindID
	a, b       int // fields; b is -1 when there is one
	group      int
	levels     []kindLevel
	last       uint8
	thresholds []float64
	hold       bool
	frequency  bool
}

// part is a field and a transform whose hash goes into keys; each is hashed once a row, however many rules use it.
type part struct {
	field int
	Transform
}

type fieldParts struct {
	field int
	parts []int
}

type rulePlan struct {
	at      int // in the spec
	name    string
	record  []int // parts
	subject []int
	needs   uint64 // the record's fields, as bits of plan.byField
	uses    uint64 // the record's parts
	cap     int
	several bool // some part yields several keys
}

func newPlan(spec *Spec) *plan {
	p := &plan{spec: spec}
	p.placeFields()
	for i := range spec.Comparisons {
		p.addComparison(i, &spec.Comparisons[i])
	}
	p.naming, p.key = namingOf(p.comparisons), keyOf(p.comparisons)
	p.asking = askingOf(p.comparisons, p.key)
	p.crossings()
	p.orderGroups()
	for _, rule := range spec.Blocking {
		p.addRule(rule)
	}
	p.groupParts()
	if n := 1 << len(p.byField); n <= mostLives {
		p.lives = make([]life, n)
		for present := range p.lives {
			p.lives[present].rules, p.lives[present].parts = p.alive(uint64(present))
		}
	}
	return p
}

func (p *plan) placeFields() {
	p.fields = make([]fieldPlan, len(p.spec.Fields))
	base := 1 // after the subject's own word
	for g, group := range p.spec.Groups() {
		at := groupPlan{name: group.Name, fields: group.Fields, crossed: -1}
		for place, i := range group.Fields {
			f := fieldPlan{name: p.spec.Fields[i].Name, kind: p.spec.Fields[i].Kind, group: g, word: at.stride, place: place}
			f.numeric = f.kind.Numeric()
			at.stride++
			f.wide = f.kind == text.Digits || f.kind == text.Number || f.kind == text.Phone
			f.hinted = f.kind == text.Address || f.kind == text.Email
			if f.wide || f.hinted {
				at.stride++
			}
			p.fields[i] = f
		}
		at.base, base = base, base+at.stride
		p.groups = append(p.groups, at)
	}
}

func (p *plan) addComparison(i int, c *Comparison) {
	k := comparisonKinds[c.Kind]
	out := comparisonPlan{id: k.id, b: -1, levels: c.levels(), thresholds: c.Thresholds, hold: c.Hold, frequency: c.Frequency}
	if len(out.thresholds) == 0 {
		out.thresholds = k.thresholds
	}
	out.last = uint8(len(out.levels))
	out.a = p.spec.Field(c.Fields[0])
	if len(c.Fields) > 1 {
		out.b = p.spec.Field(c.Fields[1])
	}
	out.group = p.fields[out.a].group
	p.comparisons = append(p.comparisons, out)
	p.groups[out.group].comparisons = append(p.groups[out.group].comparisons, i)
}

// crossings finds, for the first crossed comparison of a group, the comparisons it stands in for. Those come before it.
func (p *plan) crossings() {
	for g := range p.groups {
		group := &p.groups[g]
		slices.SortStableFunc(group.comparisons, func(a, b int) int { return p.cost(a) - p.cost(b) })
		for _, i := range group.comparisons {
			if p.comparisons[i].id == kindCrossed && group.crossed < 0 {
				group.crossed = i
			}
		}
		if group.crossed < 0 {
			continue
		}
		crossed := p.comparisons[group.crossed]
		for _, i := range group.comparisons {
			if c := p.comparisons[i]; c.id != kindCrossed && (c.b < 0 || c.id == kindGiven) && (c.a == crossed.a || c.a == crossed.b) {
				group.straight = append(group.straight, i)
			}
		}
	}
}

// cost ranks comparisons: numbers and codes, then places, then strings; crossed last because it depends on the others.
func (p *plan) cost(comparison int) int {
	switch p.comparisons[comparison].id {
	case kindGiven, kindFamily, kindMiddle:
		return 2
	case kindAddress:
		return 3
	case kindName:
		return 4
	case kindCrossed:
		return 9
	}
	return 1
}

func (p *plan) orderGroups() {
	rank := make([]int, len(p.groups))
	for g, group := range p.groups {
		if len(group.comparisons) == 0 {
			continue
		}
		p.order = append(p.order, g)
		rank[g] = 10
		for _, i := range group.comparisons {
			rank[g] += p.cost(i)
			if p.comparisons[i].hold || p.comparisons[i].id == kindKey { // whose key came back is known of every pair
				rank[g] -= 1000
			}
		}
	}
	slices.SortStableFunc(p.order, func(a, b int) int { return rank[a] - rank[b] })
	for _, g := range p.order {
		if rank[g] < 0 {
			p.held++
		}
	}
}

// holds reports whether a group is among those that must be compared before scoring may stop.
func (p *plan) holds(group int) bool { return slices.Contains(p.order[:p.held], group) }

func (p *plan) addRule(words []string) {
	rule := rulePlan{at: len(p.rules), name: strings.Join(words, ", "), cap: p.spec.cap()}
	for _, word := range words {
		element, _ := ParseElement(word) // the spec is valid
		if element.Max > 0 {
			rule.cap = min(rule.cap, element.Max)
			continue
		}
		record, subject := p.part(element.Record), p.part(element.Subject)
		rule.record = append(rule.record, record)
		rule.subject = append(rule.subject, subject)
		rule.several = rule.several || element.Record.Transform.several() || element.Subject.Transform.several()
	}
	p.rules = append(p.rules, rule)
}

func (p *plan) part(o Operand) int {
	want := part{field: p.spec.Field(o.Field), Transform: o.Transform}
	if i := slices.Index(p.parts, want); i >= 0 {
		return i
	}
	p.parts = append(p.parts, want)
	return len(p.parts) - 1
}

// groupParts lists the parts that records need, by field.
func (p *plan) groupParts() {
	needed := make([]bool, len(p.parts))
	for _, rule := range p.rules {
		for _, i := range rule.record {
			needed[i] = true
		}
	}
	for f := range p.fields {
		var parts []int
		for i := range p.parts {
			if needed[i] && p.parts[i].field == f {
				parts = append(parts, i)
			}
		}
		if len(parts) > 0 {
			for r := range p.rules {
				for _, i := range p.rules[r].record {
					p.rules[r].uses |= 1 << i
					if p.parts[i].field == f {
						p.rules[r].needs |= 1 << len(p.byField)
					}
				}
			}
			p.byField = append(p.byField, fieldParts{field: f, parts: parts})
		}
	}
}
