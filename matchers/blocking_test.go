package matchers

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"locatematch/matchers/text"
)

// naivePart gives a value's key parts as readable strings, by another way than the engine: no hashes, no codes, no caches.
func naivePart(kind text.Kind, t Transform, v Value) []string {
	if kind.Numeric() && v.Num == 0 || !kind.Numeric() && len(v.Std) == 0 {
		return nil
	}
	joined := string(v.Std)
	if kind == text.Given || kind == text.Family || kind == text.Middle || kind == text.Name || t.id == byPrefix {
		joined = strings.ReplaceAll(joined, " ", "")
	}
	switch name := t.String(); {
	case kind.Numeric():
		return naiveNumber(kind, name, v.Num)
	case name == "":
		return []string{joined}
	case name == "sound":
		return nonEmpty(string(text.Sound(nil, v.Std)))
	case name == "nickname":
		group := text.NicknameGroup(v.Std)
		if group == 0 {
			return []string{joined}
		}
		return []string{fmt.Sprint("group ", group)}
	case name == "initial":
		return []string{string(v.Std[:1])}
	case name == "token":
		return slices.DeleteFunc(strings.Fields(string(v.Std)), func(w string) bool { return len(w) < minToken })
	case name == "number" || name == "street":
		return naivePlace(name, text.ParseAddress(v.Std))
	}
	return []string{joined[:min(len(joined), t.n)]}
}

func naiveNumber(kind text.Kind, name string, n uint64) []string {
	page := fmt.Sprint(n)
	if kind == text.Zip {
		page = page[1:6] // five digits, whatever stands behind them
	}
	switch {
	case name == "year":
		return []string{page[:4]}
	case name == "monthday":
		if page[4:6] == "00" || page[6:] == "00" {
			return nil
		}
		return []string{page[4:]}
	case strings.HasPrefix(name, "prefix"):
		return []string{page[:int(name[len(name)-1]-'0')]}
	case strings.HasPrefix(name, "last"):
		return []string{page[len(page)-int(name[len(name)-1]-'0'):]}
	}
	return []string{page}
}

func naivePlace(name string, p text.AddressParts) []string {
	switch {
	case p.Form == text.UnparsedForm || len(p.Street) == 0:
		return nil
	case name == "number" && len(p.Number) == 0:
		return nil
	case name == "number":
		return []string{fmt.Sprint(p.Form, " ", string(p.Number))}
	case p.Form == text.StreetForm:
		return []string{string(p.Street)}
	case len(p.Number) > 0:
		return []string{fmt.Sprint("form ", p.Form)}
	}
	return nil
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// naiveKeys lists the keys that a rule makes of one combination of value sets.
func naiveKeys(spec *Spec, rule []string, record bool, values []Value) []string {
	keys := []string{""}
	for _, word := range rule {
		element, _ := ParseElement(word)
		if element.Max > 0 {
			continue
		}
		operand := element.Subject
		if record {
			operand = element.Record
		}
		f := spec.Field(operand.Field)
		var longer []string
		for _, part := range naivePart(spec.Fields[f].Kind, operand.Transform, values[f]) {
			for _, key := range keys {
				longer = append(longer, key+"|"+part)
			}
		}
		keys = longer
	}
	return keys
}

// naiveCandidates proposes pairs rule by rule over all subjects, with the caps, and credits each to its first rule.
func naiveCandidates(spec *Spec, combinations [][][]Value, record []Value) map[uint32]uint8 {
	found := map[uint32]uint8{}
	for r, rule := range spec.Blocking {
		limit := spec.cap()
		for _, word := range rule {
			if element, _ := ParseElement(word); element.Max > 0 {
				limit = min(limit, element.Max)
			}
		}
		for _, key := range naiveKeys(spec, rule, true, record) {
			var subjects []uint32
			for subject, sets := range combinations {
				if slices.ContainsFunc(sets, func(values []Value) bool { return slices.Contains(naiveKeys(spec, rule, false, values), key) }) {
					subjects = append(subjects, uint32(subject))
				}
			}
			if len(subjects) > limit {
				continue
			}
			for _, subject := range subjects {
				if _, credited := found[subject]; !credited {
					found[subject] = uint8(r)
				}
			}
		}
	}
	return found
}

// combine gives every combination of a subject's value sets, one set a group.
func combine(spec *Spec, s subject) [][]Value {
	combinations := [][]Value{make([]Value, len(spec.Fields))}
	for _, group := range spec.Groups() {
		var next [][]Value
		for _, r := range s {
			values, has := standard(spec, r), false
			for _, f := range group.Fields {
				_, named := r[spec.Fields[f].Name]
				has = has || named
			}
			if !has {
				continue
			}
			for _, before := range combinations {
				one := slices.Clone(before)
				for _, f := range group.Fields {
					one[f] = values[f]
				}
				next = append(next, one)
			}
		}
		if next != nil {
			combinations = next
		}
	}
	return combinations
}

// I3, and recall of the blocking itself: the candidates are those of a brute-force enumeration of all rules over all
// subjects with string keys, each pair once, credited to its first rule, rule by rule and ascending within a rule.
func TestCandidatesAreThoseOfBruteForce(t *testing.T) {
	wide := BuiltInSpec()
	wide.Blocking = append(wide.Blocking,
		[]string{"family.prefix4", "given.initial", "born.year"}, []string{"zip.prefix3", "family.token", "max:4"}, []string{"phone.last4"},
		[]string{"ssn.first5", "born.monthday"}, []string{"address.street", "given"}, []string{"family.token=given", "sex"}, []string{"city", "address.initial", "max:30"})
	for seed, spec := range []*Spec{BuiltInSpec(), wide} {
		town := newTown(uint64(seed))
		town.givens, town.families = town.givens[290:], append(town.families[2960:], "MARTINEZ CRUZ", "MARTINEZCRUZ")
		subjects := town.caseload(250)
		c := build(t, spec, subjects)
		combinations := make([][][]Value, len(subjects))
		for i, s := range subjects {
			combinations[i] = combine(spec, s)
		}
		p := NewProber(c)
		proposed, byRule := 0, map[uint8]int{}
		for _, record := range town.records(spec, subjects, 150) {
			want := naiveCandidates(spec, combinations, record)
			rules := p.Ask(record)
			got := p.Candidates(nil)
			proposed += len(got)
			if len(got) != len(want) {
				t.Fatalf("spec %d: %d candidates, brute force finds %d", seed, len(got), len(want))
			}
			if !slices.IsSortedFunc(got, func(a, b Candidate) int { return int(a.Rule) - int(b.Rule) }) {
				t.Fatalf("candidates are not in the order of the rules: %v", got)
			}
			for _, candidate := range got {
				if rule, found := want[candidate.Subject]; !found || rule != candidate.Rule {
					t.Fatalf("subject %d is credited to rule %d, brute force says %d (%v)", candidate.Subject, candidate.Rule, rule, found)
				}
				if rules>>candidate.Rule&1 == 0 {
					t.Fatalf("rule %d proposes, but Ask did not name it", candidate.Rule)
				}
				byRule[candidate.Rule]++
			}
		}
		if proposed < 150 || len(byRule) < 8 {
			t.Errorf("spec %d: %d candidates by %d rules: the test says little", seed, proposed, len(byRule))
		}
	}
}

// ROBERT ANSEL blocks with ROBERT, and with ROBERT's nicknames: the first word stands for a double given name.
func TestDoubleGivenNameBlocksByItsFirstWord(t *testing.T) {
	spec := BuiltInSpec()
	c := build(t, spec, []subject{{{"given": "ROBERT ANSEL", "born": "1980-03-04"}}})
	p := NewProber(c)
	for _, given := range []string{"ROBERT ANSEL", "ROBERT", "BOB"} {
		if rules := p.Ask(standard(spec, row{"given": given, "born": "1980-03-04"})); rules == 0 {
			t.Errorf("%s is not asked further", given)
		}
	}
}

// A filter never denies a key it was given, and lets few others pass.
func TestFilterDeniesNoKey(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 31, 33, 1000, 60000} {
		f := newFilter(n)
		keys := make([]uint64, n)
		for i := range keys {
			keys[i] = random.Uint64()
			f.add(keys[i])
		}
		for _, key := range keys {
			if !f.has(key) {
				t.Fatalf("%d keys: one is denied", n)
			}
		}
		passed := 0
		for range 100000 {
			if f.has(random.Uint64()) {
				passed++
			}
		}
		if n >= 1000 && passed > 1000 || n == 0 && passed > 0 {
			t.Errorf("%d keys: %d of 100000 strangers pass", n, passed)
		}
	}
}

// 40,000 subjects with one dummy SSN that slipped through, and a record that has it too: the key is dropped and counted,
// the record still finds its subject by other rules, and no other subject is lost.
func TestHotKeyIsCapped(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(3)
	subjects := make([]subject, 40000)
	for i := range subjects {
		p := town.person(i)
		p["ssn"] = "219-09-9998"
		subjects[i] = subject{p}
	}
	c := build(t, spec, subjects)
	stats := c.Stats()
	ssn := stats.Rules[1]
	if ssn.CappedKeys != 1 || ssn.CappedPostings != 40000 || ssn.LargestBlock() != 40000 || ssn.Keys != 0 || ssn.Postings != 0 {
		t.Errorf("the rule of the dummy number: %+v", ssn)
	}
	m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05))
	values := standard(spec, subjects[777][0])
	scored := m.Match(values, Options{})
	if m.Pairs() > 500 {
		t.Errorf("%d pairs are compared", m.Pairs())
	}
	if len(scored) == 0 || scored[0].Subject != 777 || scored[0].Weight < m.s.accept {
		t.Errorf("the record's own subject is not found: %+v", scored)
	}
}

// The cap counts subjects, not value sets, and a key at the cap still works.
func TestCapCountsSubjects(t *testing.T) {
	spec := &Spec{
		Fields:      Fields{{Name: "given", Kind: text.Given, Group: "n"}, {Name: "family", Kind: text.Family, Group: "n"}},
		Comparisons: []Comparison{{Name: "family", Fields: []string{"family"}, Kind: "family_name"}},
		Blocking:    [][]string{{"family"}}, Cap: 3,
	}
	alias := subject{{"given": "ANN", "family": "RIVERS"}, {"given": "ANNA", "family": "RIVERS"}}
	one := subject{{"given": "JOE", "family": "RIVERS"}}
	for n, want := range map[int]int{3: 3, 4: 0} {
		c := build(t, spec, append(slices.Repeat([]subject{alias}, 2), slices.Repeat([]subject{one}, n-2)...))
		p := NewProber(c)
		p.Ask(standard(spec, one[0]))
		if got := p.Candidates(nil); len(got) != want {
			t.Errorf("%d subjects under a cap of 3: %d candidates, want %d", n, len(got), want)
		}
	}
}
