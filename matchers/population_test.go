package matchers

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers/text"
)

// named is a spec that weighs one surname by frequency.
func named() *Spec {
	return &Spec{
		Fields:      Fields{{Name: "family", Kind: text.Family}, {Name: "born", Kind: text.Date}},
		Comparisons: []Comparison{{Name: "surname", Fields: []string{"family"}, Kind: "family_name", Frequency: true}},
		Blocking:    [][]string{{"family"}},
	}
}

// populated is a model with a population of so many rows.
func populated(spec *Spec, holders int64, own float64, counts ...ValueCount) *Model {
	m := BuiltInModel(spec)
	m.Population = &Population{Counted: CountedExtracts, Holders: map[string]int64{"surname": holders}, Own: map[string]float64{"surname": own}}
	m.Population.Give("surname", counts)
	return m
}

// Worked by hand. Of 10,000 rows 100 are SMITH, 5 DELACRUZ, 4 JONES, too few to be listed. Of four subjects two are SMITH, one
// DE LA CRUZ, one JONES. A stranger has SMITH with (100 + 100 x .0008) / 10,100 = .00990891, DE LA CRUZ with 5.08 / 10,100 =
// .00050297, JONES with one in 10,000. The exact level's u is their average over the subjects as counted, .5 x .01 + .25 x .0005
// + .25 x .0001 = .00515, drawn to the typical .0008 of a thousand rows: 52.3 / 11,000.
func TestPopulationWeighsByHand(t *testing.T) {
	spec := named()
	c := build(t, spec, []subject{{{"family": "SMITH"}}, {{"family": "DE LA CRUZ"}}, {{"family": "JONES"}}, {{"family": "SMITH"}}})
	m := populated(spec, 10_000, 0, ValueCount{"SMITH", 100}, ValueCount{"DELACRUZ", 5}, ValueCount{"JONES", 4})
	resolved := c.Resolve(m)
	if got, want := resolved.Comparisons[0].Levels[0].U, 52.3/11_000; math.Abs(got-want) > 1e-12 {
		t.Errorf("u of the exact level is %.9f, by hand %.9f", got, want)
	}
	s := NewScorer(c, m, .05)
	for family, chance := range map[string]float64{"SMITH": 100.08 / 10_100, "DE LA CRUZ": 5.08 / 10_100, "JONES": 1. / 10_000} {
		want := math.Log2(resolved.Comparisons[0].Levels[0].M / chance)
		if got := exactBits(c, s, family); math.Abs(got-want) > 1e-4 {
			t.Errorf("%s weighs %.4f bits, by hand %.4f", family, got, want)
		}
	}
	// Three rows are expected to be the subject's own: 97 SMITHs are others', and the two others on DELACRUZ are too few.
	s = NewScorer(c, populated(spec, 10_000, 2.6, ValueCount{"SMITH", 100}, ValueCount{"DELACRUZ", 5}), .05)
	for family, chance := range map[string]float64{"SMITH": 97.08 / 10_100, "DE LA CRUZ": 1. / 10_000} {
		want := math.Log2(resolved.Comparisons[0].Levels[0].M / chance)
		if got := exactBits(c, s, family); math.Abs(got-want) > 1e-4 {
			t.Errorf("less the own rows %s weighs %.4f bits, by hand %.4f", family, got, want)
		}
	}
}

// anyPopulation has some of the town's names, and of some comparisons nothing.
func anyPopulation(t *rapid.T, spec *Spec, town *town) *Population {
	p := &Population{Counted: CountedExtracts, Holders: map[string]int64{}, Own: map[string]float64{}}
	for _, c := range spec.Comparisons {
		if !c.Frequency || !rapid.Bool().Draw(t, "counts "+c.Name) {
			continue
		}
		var counts []ValueCount
		p.Holders[c.Name] = rapid.Int64Range(1, 1e6).Draw(t, "others")
		p.Own[c.Name] = rapid.Float64Range(0, 3).Draw(t, "own")
		for _, name := range append(slices.Clone(town.givens), town.families...) {
			n := uint32(town.IntN(1 << town.IntN(16)))
			counts = append(counts, ValueCount{joinedForm(text.Name, []byte(name)), n})
			p.Holders[c.Name] += int64(n)
		}
		p.Give(c.Name, counts)
	}
	return p
}

// exactBits is the weight of an exact agreement on a surname of the caseload, the value's frequency included.
func exactBits(c *Caseload, s *Scorer, family string) float64 {
	column := &c.columns[c.plan.spec.Field("family")]
	for code := uint32(1); code <= uint32(column.distinct()); code++ {
		if string(column.value(code)) == family {
			return Bits(s.s[0][1] + s.frequency[0][code])
		}
	}
	return math.NaN()
}

// Law: a value that more of the population have never weighs more, whatever the numbers; and where a comparison has no
// population the caseload's own frequencies serve.
func TestCommonerNeverWeighsMore(t *testing.T) {
	spec := named()
	families := []string{"SMITH", "JONES", "DE LA CRUZ", "LEE", "ABARA"}
	var subjects []subject
	for _, family := range families {
		subjects = append(subjects, subject{{"family": family}})
	}
	c := build(t, spec, subjects)
	rapid.Check(t, func(t *rapid.T) {
		var counts []ValueCount
		holders := rapid.Int64Range(1, 1e7).Draw(t, "others")
		for _, family := range families {
			n := rapid.Uint32Range(0, 1<<rapid.IntRange(1, 20).Draw(t, "size")).Draw(t, family)
			counts = append(counts, ValueCount{joinedForm(text.Family, []byte(family)), n})
			holders += int64(n)
		}
		s := NewScorer(c, populated(spec, holders, rapid.Float64Range(0, 9).Draw(t, "own"), counts...), .05)
		for i := range families {
			for j := range families {
				a, b := exactBits(c, s, families[i]), exactBits(c, s, families[j])
				if counts[i].Count < counts[j].Count && a < b {
					t.Fatalf("%d rows weigh %.4f bits, %d rows %.4f", counts[i].Count, a, counts[j].Count, b)
				}
			}
		}
	})
	m := populated(spec, 1e6, 0, ValueCount{"SMITH", 5e5})
	if own, plain := exactBits(c, NewScorer(c, m.OfCaseload(), .05), "SMITH"), exactBits(c, NewScorer(c, BuiltInModel(spec), .05), "SMITH"); own != plain {
		t.Errorf("of the caseload SMITH weighs %.4f bits, without a population %.4f", own, plain)
	}
}

// I4: frequencies weigh patterns, they never change one.
func TestPopulationChangesNoPattern(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(31)
	subjects := town.caseload(300)
	c := build(t, spec, subjects)
	m := BuiltInModel(spec)
	m.Population = &Population{Counted: CountedExtracts, Holders: map[string]int64{"family": 90_000, "given": 90_000}}
	m.Population.Give("family", []ValueCount{{town.families[0], 4000}})
	m.Population.Give("given", nil)
	plain, with := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05)), NewMatcher(c, NewScorer(c, m, .05))
	weighed := 0
	for _, record := range town.records(spec, subjects, 2000) {
		a := slices.Clone(plain.Match(record, Options{KeepAll: true}))
		b := slices.Clone(with.Match(record, Options{KeepAll: true}))
		if len(a) != len(b) {
			t.Fatalf("%d pairs without a population, %d with", len(a), len(b))
		}
		bySubject := func(x, y Scored) int { return int(x.Subject) - int(y.Subject) }
		slices.SortFunc(a, bySubject)
		slices.SortFunc(b, bySubject)
		for i := range a {
			if a[i].Subject != b[i].Subject || a[i].Pattern != b[i].Pattern {
				t.Fatalf("without a population %+v, with %+v", a[i], b[i])
			}
			if a[i].Weight != b[i].Weight {
				weighed++
			}
		}
	}
	if weighed < 50 {
		t.Errorf("%d weights differ: the test says little", weighed)
	}
}

// A model says what it has frequencies of; one whose sidecar was not loaded, or that has some of what the spec does not weigh,
// is refused, never weighed by other frequencies in silence.
func TestCheckRefusesOtherFrequencies(t *testing.T) {
	spec := named()
	if err := populated(spec, 100, 0).Check(spec); err != nil {
		t.Errorf("a sound model: %v", err)
	}
	m := populated(spec, 100, 0)
	page, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := DecodeModel(page)
	if err != nil {
		t.Fatal(err)
	}
	if err := decoded.Check(spec); err == nil || !strings.Contains(err.Error(), "not loaded") {
		t.Errorf("frequencies that were not loaded: %v", err)
	}
	other := named()
	other.Comparisons[0].Frequency = false
	m.Spec = other.Digest()
	if err := m.Check(other); !errors.Is(err, ErrOtherSpec) {
		t.Errorf("frequencies that the spec does not weigh: %v", err)
	}
	for _, wrong := range []string{`"surname": 0`, `"shoe": 100`} {
		if _, err := DecodeModel([]byte(strings.Replace(string(page), `"surname": 100`, wrong, 1))); err == nil {
			t.Errorf("%s passed", wrong)
		}
	}
}

// What is taken out of a value's count is known share by subject, by how full the field is, by m.
func TestOwnRowsAreTakenOut(t *testing.T) {
	spec := named()
	c := build(t, spec, []subject{{{"family": "SMITH"}}})
	tr := &trainer{c: c, em: &em{}, t: &Training{
		Population: populated(spec, 600, 0).Population, Counted: []int64{0, 800, 200},
	}}
	tr.shares = []sourceShare{{match: .5}, {match: .002}, {match: .001}}
	tr.em.p[classMatch][0][1] = .8
	// 800 x .002 + 200 x .001 = 1.8 rows of 1,000; 600 of them have a name, eight in ten of the subject's the same.
	if got, want := tr.population().Own["surname"], 1.8*.6*.8; math.Abs(got-want) > 1e-9 {
		t.Errorf("%g rows are the subject's own, by hand %g", got, want)
	}
	tr.t.Counted = []int64{0, 0, 0}
	if got := tr.population(); got != tr.t.Population {
		t.Errorf("an agency's own file holds none of them: %+v", got)
	}
}
