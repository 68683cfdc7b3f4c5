package matchers

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers/text"
)

// Every kind of field has its elements, every element is valid for its field, and any two that Conjoined puts together make
// a valid rule; two forms of one field do not come together, save an address's number and street.
func TestKeyElements_AreValidForEveryKind(t *testing.T) {
	spec := BuiltInSpec()
	for _, kind := range text.Kinds() {
		spec.Fields = append(spec.Fields, Field{Name: "own_" + kind.String(), Kind: kind})
		if len(keyParts[kind]) == 0 {
			t.Errorf("kind %s has no element for candidate rules", kind)
		}
	}
	elements := KeyElements(spec)
	for _, a := range elements {
		for _, b := range elements {
			if Conjoined(a, b) != Conjoined(b, a) {
				t.Errorf("%s goes with %s one way round only", a, b)
			}
			spec.Blocking = [][]string{{a, b}}
			if a == b || !Conjoined(a, b) {
				spec.Blocking = [][]string{{a}}
			}
			if err := spec.Validate(); err != nil {
				t.Errorf("%v: %v", spec.Blocking, err)
			}
		}
	}
	for pair, want := range map[string]bool{
		"family family.sound": false, "address.number address.street": true, "address address.street": false, "born.year born.monthday": false,
		"given=family family=given": true, "given=family given": false, "given=family family": false, "ssn born": true,
	} {
		if a, b, _ := strings.Cut(pair, " "); Conjoined(a, b) != want {
			t.Errorf("Conjoined(%s, %s) is %v", a, b, !want)
		}
	}
}

// anyRules draws rules of the spec's elements.
func anyRules(t *rapid.T, spec *Spec) (rules [][]string) {
	elements := KeyElements(spec)
	for range rapid.IntRange(1, 8).Draw(t, "rules") {
		var rule []string
		for _, word := range rapid.SliceOfN(rapid.SampledFrom(elements), 1, 3).Draw(t, "rule") {
			if !slices.ContainsFunc(rule, func(other string) bool { return !Conjoined(word, other) }) {
				rule = append(rule, word)
			}
		}
		if rapid.Bool().Draw(t, "limited") {
			rule = append(rule, "max:3")
		}
		if !slices.ContainsFunc(rules, func(other []string) bool { return slices.Equal(other, rule) }) {
			rules = append(rules, rule)
		}
	}
	return rules
}

// A caseload under other rules proposes what one built with these rules proposes, with the weights of the scorer that was made
// for the first; and a Proposer lists what a Matcher does, with every rule that proposes a pair.
func TestWithBlocking_IsACaseloadBuiltWithTheRules(t *testing.T) {
	pairs := 0
	rapid.Check(t, func(t *rapid.T) {
		d := anyNight(t)
		rules := anyRules(t, d.spec)
		other, err := d.c.WithBlocking(rules)
		if err != nil {
			t.Fatal(err)
		}
		spec := *d.spec
		spec.Blocking = rules
		built := build(t, &spec, d.subjects)
		p, anew, m := NewProposer(other), NewProposer(built), NewMatcher(built, d.scorer)
		for _, record := range d.records {
			got := slices.Clone(p.Propose(d.scorer, record, nil))
			if want := anew.Propose(d.scorer, record, nil); !slices.Equal(got, want) {
				t.Fatalf("rules %v propose %v, a caseload built with them %v", rules, got, want)
			}
			matched := m.Match(record, Options{KeepAll: true, Alone: true})
			if len(matched) != len(got) {
				t.Fatalf("%d pairs, matched %d", len(got), len(matched))
			}
			for _, w := range matched {
				i := slices.IndexFunc(got, func(g Proposal) bool { return g.Subject == w.Subject })
				if i < 0 || got[i].Weight != w.Weight || got[i].Rules != m.prober.proposes(w.Subject) {
					t.Fatalf("matched %+v, proposed %+v", w, got)
				}
				pairs++
			}
		}
	})
	least := 1000
	if testing.Short() {
		least /= 5 // as of the nights that are tried
	}
	if pairs < least {
		t.Errorf("%d pairs: the test says little", pairs)
	}
}

// Blocks counts the subjects of every key that a record meets: without words they are the pairs of each rule.
func TestBlocks_AreThePairsOfEachRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyNight(t)
		p := NewProposer(d.c)
		for _, record := range d.records {
			var want, got [MaxRules]int
			for _, pair := range p.Propose(d.scorer, record, nil) {
				for r := range d.spec.Blocking {
					want[r] += int(pair.Rules >> r & 1)
				}
			}
			p.Blocks(record, func(rule, subjects int) { got[rule] += subjects })
			if got != want {
				t.Fatalf("blocks of %v subjects, %v pairs", got, want)
			}
		}
	})
}

// The largest blocks are those of a count by string keys, and the values shown make the key of a subject that is in it.
func TestLargestBlocks_AreThoseOfACountByString(t *testing.T) {
	spec := BuiltInSpec()
	town := newTown(11)
	town.givens, town.families = town.givens[290:], append(town.families[2960:], "MARTINEZ CRUZ")
	subjects := town.caseload(250)
	spec.Blocking = [][]string{{"given.nickname", "born.year"}, {"family.token", "max:3"}, {"zip.prefix3", "sex"}, {"family=given"}, {"address.number", "address.street", "zip"}}
	c := build(t, spec, subjects)
	for r, rule := range spec.Blocking {
		counts := map[string]int{}
		for _, s := range subjects {
			own := map[string]bool{}
			for _, values := range combine(spec, s) {
				for _, key := range naiveKeys(spec, rule, false, values) {
					own[key] = true
				}
			}
			for key := range own {
				counts[key]++
			}
		}
		var want []int
		for _, n := range counts {
			want = append(want, n)
		}
		slices.Sort(want)
		slices.Reverse(want)
		got, stats := c.LargestBlocks(r, 4), c.Stats().Rules[r]
		if len(got) != 4 || got[0].Subjects != stats.LargestBlock() {
			t.Fatalf("rule %v: blocks %+v, largest %d", rule, got, stats.LargestBlock())
		}
		for i, b := range got {
			values := make([]Value, len(spec.Fields))
			for _, part := range b.Key {
				values[part.Field] = part.Value
			}
			made := naiveKeys(spec, rule, false, values)
			if b.Subjects != want[i] || b.Capped != (b.Subjects > c.plan.rules[r].cap) ||
				!slices.ContainsFunc(made, func(key string) bool { return counts[key] == b.Subjects }) {
				t.Errorf("rule %v: block %d is %+v with keys %q, want %d subjects", rule, i, b, made, want[i])
			}
		}
	}
}
