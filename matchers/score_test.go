package matchers

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// anySpec draws a spec over the built-in fields: some of the comparisons of the built-in spec and some generic ones, rules
// wide enough that pairs come about.
func anySpec(t *rapid.T) *Spec {
	spec := BuiltInSpec()
	generic := []Comparison{
		{Name: "born digits", Fields: []string{"born"}, Kind: "digits"},
		{Name: "city", Fields: []string{"city"}, Kind: "text", Frequency: true, Thresholds: []float64{.95, .9, .8}},
		{Name: "family text", Fields: []string{"family"}, Kind: "name"},
		{Name: "given equal", Fields: []string{"given"}, Kind: "exact", Frequency: true},
		{Name: "street", Fields: []string{"address"}, Kind: "text"},
		{Name: "state", Fields: []string{"state"}, Kind: "exact"},
	}
	all := rapid.Permutation(append(spec.Comparisons, generic...)).Draw(t, "comparisons")
	spec.Comparisons = all[:rapid.IntRange(1, MaxComparisons).Draw(t, "how many")]
	for i := range spec.Comparisons {
		if rapid.IntRange(0, 9).Draw(t, "hold") == 0 {
			spec.Comparisons[i].Hold = true
		}
	}
	spec.Blocking = [][]string{{"given.initial"}, {"family.prefix1", "max:50"}, {"born.year"}, {"zip.prefix3"}, {"ssn"}}
	if err := spec.Validate(); err != nil {
		t.Fatal(err)
	}
	return spec
}

// anyModel draws figures for the spec: any m, u (0 = closed form at times) and h, any classes and thresholds.
func anyModel(t *rapid.T, spec *Spec) *Model {
	m := BuiltInModel(spec)
	m.Classes = rapid.IntRange(2, 3).Draw(t, "classes")
	for i := range m.Comparisons {
		levels := m.Comparisons[i].Levels
		n := float64(len(levels))
		for l := range levels {
			levels[l].M = rapid.Float64Range(1e-4, 1/n).Draw(t, "m")
			levels[l].H = rapid.Float64Range(1e-4, 1/n).Draw(t, "h")
			levels[l].U = rapid.SampledFrom([]float64{0, 1e-6, 1e-4, 1e-2, 1 / n}).Draw(t, "u")
		}
	}
	for j := 1; j < len(m.Comparisons); j++ { // each hangs together with an earlier one or none, so that they are a forest
		if rapid.IntRange(0, 2).Draw(t, "dependent") == 0 {
			m.Dependences = append(m.Dependences, anyDependence(t, m, rapid.IntRange(0, j-1).Draw(t, "on"), j))
		}
	}
	m.Review = rapid.Float64Range(-25, 10).Draw(t, "review")
	m.Accept = m.Review + 5
	return m
}

// anyDependence draws what two comparisons say together, between 1/1000 and 1000 times.
func anyDependence(t *rapid.T, m *Model, i, j int) Dependence {
	d := Dependence{Comparisons: [2]string{m.Comparisons[i].Name, m.Comparisons[j].Name}}
	for range m.Comparisons[i].Levels {
		row := make([]float64, len(m.Comparisons[j].Levels))
		for b := range row {
			row[b] = math.Exp2(rapid.Float64Range(-10, 10).Draw(t, "ratio"))
		}
		d.Ratio = append(d.Ratio, row)
	}
	return d
}

// drawn is a random caseload, model and extract.
type drawn struct {
	spec     *Spec
	subjects []subject
	c        *Caseload
	model    *Model
	scorer   *Scorer
	records  [][]Value
}

func anyNight(t *rapid.T) drawn {
	spec := anySpec(t)
	town := newTown(rapid.Uint64Range(0, 1<<20).Draw(t, "town"))
	town.givens, town.families = town.givens[296:], append(town.families[2995:], town.givens[300:]...)
	subjects := town.caseload(rapid.IntRange(1, 60).Draw(t, "subjects"))
	d := drawn{spec: spec, subjects: subjects, model: anyModel(t, spec)}
	if rapid.Bool().Draw(t, "population") {
		d.model.Population = anyPopulation(t, spec, town)
	}
	d.c = build(t, spec, subjects)
	d.scorer = NewScorer(d.c, d.model, rapid.Float64Range(.001, .9).Draw(t, "share"))
	d.records = town.records(spec, subjects, 12)
	given, family := spec.Field("given"), spec.Field("family")
	for i := 0; i < len(d.records); i += 4 {
		d.records[i][given], d.records[i][family] = d.records[i][family], d.records[i][given]
	}
	return d
}

// I5: for any spec, model and values, the weight of every pair is exactly prior plus parts, as Explain gives them; and
// pattern, margin and rule are the same there.
func TestWeightIsPriorPlusParts(t *testing.T) {
	pairs := 0
	rapid.Check(t, func(t *rapid.T) {
		d := anyNight(t)
		m, explainer := NewMatcher(d.c, d.scorer), NewMatcher(d.c, d.scorer)
		for _, record := range d.records {
			for _, p := range m.Match(record, Options{KeepAll: true}) {
				pairs++
				e := explainer.Explain(record, p.Subject)
				sum := e.Prior + e.Asked + e.Household + e.Competition
				for _, d := range e.Dependences {
					sum += d.Together
				}
				for _, part := range e.Parts {
					sum += part.S + part.Frequency
				}
				if sum != e.Total || e.Total != p.Weight {
					t.Fatalf("subject %d: parts sum to %d, total %d, Match gives %d", p.Subject, sum, e.Total, p.Weight)
				}
				if e.Asked > 0 || e.Household > 0 || e.Competition > 0 || d.model.Classes == 2 && e.Household != 0 {
					t.Fatalf("asked %d, household %d and competition %d only take away", e.Asked, e.Household, e.Competition)
				}
				if e.Pattern != p.Pattern || e.Margin != p.Margin || e.Rule != int(p.Rule) {
					t.Fatalf("explained %v rule %d margin %d, matched %+v", e.Pattern, e.Rule, e.Margin, p)
				}
			}
		}
	})
	if pairs < enough(1000) {
		t.Errorf("%d pairs: the test says little", pairs)
	}
}

// Stopping early changes nothing: what Match keeps is what scoring everything leaves at review or above, or held, with the
// same weights and margins. A model-independent oracle adds the weights in floating point.
func TestEarlyStopLosesNothing(t *testing.T) {
	kept, dropped := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := anyNight(t)
		m, full := NewMatcher(d.c, d.scorer), NewMatcher(d.c, d.scorer)
		for _, record := range d.records {
			all := slices.Clone(full.Match(record, Options{KeepAll: true}))
			want := slices.DeleteFunc(all, func(p Scored) bool { return p.Weight < d.scorer.review && !p.Held })
			got := m.Match(record, Options{})
			kept += len(got)
			dropped += m.Pairs() - len(got)
			if !slices.Equal(got, want) {
				t.Fatalf("stopping early gives\n%+v\nscoring everything\n%+v", got, want)
			}
		}
	})
	if kept < enough(200) || dropped < enough(200) {
		t.Errorf("%d pairs kept, %d dropped: the test says little", kept, dropped)
	}
}

// enough is how much a random test must have seen to say anything: a tenth of it where few cases are drawn.
func enough(n int) int {
	if testing.Short() {
		return n / 10
	}
	return n
}

// The bound is right to the last unit: with the review weight set to exactly what a pair weighs, the pair is still scored to
// its end. Names that agree exchanged, rare names and value sets are what a careless bound forgets.
func TestBoundIsNoLowerThanAnyWeight(t *testing.T) {
	pairs, crossed := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := anyNight(t)
		d.model.Classes = 2
		full := NewMatcher(d.c, NewScorer(d.c, d.model, .05))
		tight := NewMatcher(d.c, NewScorer(d.c, d.model, .05))
		for _, record := range d.records {
			for _, p := range slices.Clone(full.Match(record, Options{KeepAll: true})) {
				e := full.Explain(record, p.Subject)
				tight.s.review = e.Total - e.Competition
				tight.Match(record, Options{})
				if !slices.ContainsFunc(tight.claims.strong, func(r Rival) bool { return r.Subject == p.Subject }) {
					t.Fatalf("subject %d weighs %d, but is lost with the review weight there", p.Subject, tight.s.review)
				}
				pairs++
				for i, c := range d.spec.Comparisons {
					if c.Kind == "crossed_names" && p.Pattern.Level(i) > 0 {
						crossed++
					}
				}
			}
		}
	})
	if pairs < enough(1000) || crossed == 0 {
		t.Errorf("%d pairs, %d crossed: the test says little", pairs, crossed)
	}
}

// A name that no subject spells so may still agree exactly, written in one word: the bound knows that.
func TestBoundKnowsOtherSpellings(t *testing.T) {
	spec := BuiltInSpec()
	c := build(t, spec, []subject{{{"family": "MARTINEZCRUZ", "born": "1980-03-04"}}})
	model := BuiltInModel(spec)
	model.Classes = 2
	m := NewMatcher(c, NewScorer(c, model, .05))
	record := standard(spec, row{"family": "MARTINEZ-CRUZ", "born": "1980-03-04"})
	e := m.Explain(record, 0)
	m.s.review = e.Total
	if scored := m.Match(record, Options{}); len(scored) != 1 || scored[0].Weight != e.Total {
		t.Errorf("kept %v of %d with review there", scored, e.Total)
	}
}

// A memo may forget, but what it knows is what it was told for these two codes.
func TestMemoKnowsOnlyWhatItWasTold(t *testing.T) {
	m, told := newMemo(), map[[2]uint32]uint8{}
	random := newTown(21)
	known := 0
	for range 200000 {
		pair := [2]uint32{1 + uint32(random.IntN(2)), 1 + uint32(random.IntN(30000))}
		if level, ok := m.get(pair[0], pair[1]); ok {
			known++
			if want, before := told[pair]; !before || level != want {
				t.Fatalf("%v: level %d, told %d (%v)", pair, level, want, before)
			}
		}
		told[pair] = uint8(random.IntN(16))
		m.put(pair[0], pair[1], told[pair])
	}
	if known < 10000 || known > 199000 {
		t.Errorf("%d of 200000 were known: the test says little", known)
	}
}

// The prior is the log odds of the known share over the subjects.
func TestPrior(t *testing.T) {
	spec := BuiltInSpec()
	one := build(t, spec, newTown(22).caseload(1))
	if got := NewScorer(one, BuiltInModel(spec), .5).Prior(); got != 0 {
		t.Errorf("one subject, half of the rows: prior %d, want even odds", got)
	}
	many := build(t, spec, newTown(22).caseload(1000))
	if got, want := NewScorer(many, BuiltInModel(spec), .2).Prior(), fromBits(math.Log2(.0002/.9998)); got != want {
		t.Errorf("prior %d, want %d", got, want)
	}
}

// I4: the pattern of a pair is the same in a caseload of one subject as in one of many, under another model, and
// whatever records came before.
func TestPatternDependsOnTheTwoRecordsAlone(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(4)
	town.givens, town.families = town.givens[280:], town.families[2980:]
	subjects := town.caseload(120)
	many := build(t, spec, subjects)
	m := NewMatcher(many, NewScorer(many, BuiltInModel(spec), .05))
	other := BuiltInModel(spec)
	for i := range other.Comparisons {
		for l := range other.Comparisons[i].Levels {
			other.Comparisons[i].Levels[l].M = .01 * float64(l+1)
		}
	}
	distinct := map[Pattern]bool{}
	for _, record := range town.records(spec, subjects, 60) {
		scored := slices.Clone(m.Match(record, Options{KeepAll: true}))
		for _, p := range scored {
			distinct[p.Pattern] = true
			one := build(t, spec, subjects[p.Subject:p.Subject+1])
			if alone := NewMatcher(one, NewScorer(one, other, .5)).Compare(record, 0); alone != p.Pattern {
				t.Fatalf("subject %d: %v among many, %v alone", p.Subject, p.Pattern, alone)
			}
			if again := m.Compare(record, p.Subject); again != p.Pattern {
				t.Fatalf("subject %d: Compare gives %v, Match %v", p.Subject, again, p.Pattern)
			}
		}
	}
	if len(distinct) < 50 {
		t.Errorf("%d distinct patterns: the test says little", len(distinct))
	}
}

// Caches change no result: a matcher that has seen thousands of records gives what a fresh one gives for each. The
// private dictionaries are made to overflow on the way.
func TestMemoAndPrivateDictionariesChangeNothing(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(5)
	subjects := town.caseload(2000)
	c := build(t, spec, subjects)
	s := NewScorer(c, BuiltInModel(spec), .05)
	seasoned := NewMatcher(c, s)
	names := town.invent(3*privateValues, 3)
	matched := 0
	for i, record := range town.records(spec, subjects, 3*privateValues) {
		if i%2 == 0 { // a family name that no subject has, with the rest of the record
			record[spec.Field("family")] = standard(spec, row{"family": names[i]})[spec.Field("family")]
		}
		seasoned.Compare(record, 0)
		got := seasoned.Match(record, Options{KeepAll: true})
		matched += len(got)
		if i%97 != 0 {
			continue
		}
		if want := NewMatcher(c, s).Match(record, Options{KeepAll: true}); !slices.Equal(got, want) {
			t.Fatalf("record %d: a seasoned matcher gives\n%+v\na fresh one\n%+v", i, got, want)
		}
	}
	if base := seasoned.record.fields[spec.Field("family")].private; base.base == base.first {
		t.Error("the private dictionary never overflowed: the test says little")
	}
	if matched < 1000 {
		t.Errorf("%d pairs: the test says little", matched)
	}
}

// The codes of private dictionaries start again before they run out, and no memo survives that.
func TestPrivateCodesStartAgain(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(6)
	subjects := town.caseload(50)
	c := build(t, spec, subjects)
	m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05))
	family := &m.record.fields[spec.Field("family")]
	learn := func(name string) {
		m.Compare(standard(spec, row{"family": name}), 0)
	}
	learn("QUENTIN")
	family.private.base = 1<<31 + 1
	before := *m.record.memos[4]
	learn("QUINTERO")
	if family.private.base != family.private.first || family.code != family.private.base+1 {
		t.Errorf("codes go on at %d", family.code)
	}
	if slices.ContainsFunc(before.keys, func(key uint64) bool { return key>>32 > uint64(family.private.first)+1 }) {
		t.Error("a memo remembers codes of before")
	}
}

// oracle adds a pair's weight in floating point from the resolved model, one comparison at a time.
func oracle(c *Caseload, m *Model, share float64, pattern Pattern, frequencies float64) float64 {
	lambda := share / float64(c.Subjects())
	s, h := math.Log2(lambda/(1-lambda))+frequencies, -math.Log2(m.Household(DefaultSource))
	key, number := m.comparison("key"), m.comparison("ssn")
	for i, comparison := range c.Resolve(m).Comparisons {
		if level := pattern.Level(i); level > 0 {
			if i == number && (level == 1 || level == ssnLastFour) && pattern.Level(key) == 1 {
				continue // the number that we asked by: the key has said it
			}
			l := comparison.Levels[level-1]
			s += math.Log2(l.M / l.U)
			h += math.Log2(l.M / l.H)
		}
	}
	if m.Classes == 2 {
		return s
	}
	return -math.Log2(math.Exp2(-s) + math.Exp2(-h))
}

// The integer weights are the Fellegi-Sunter weights: for a record with one candidate value set and no rival they agree
// with the sum in floating point to a few units of 2^-16 bit.
func TestWeightsAreFellegiSunter(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(8)
	subjects := town.caseload(3000)
	for i := range subjects {
		subjects[i] = subjects[i][:1]
	}
	c := build(t, spec, subjects)
	for _, classes := range []int{2, 3} {
		model := BuiltInModel(spec)
		model.Classes = classes
		m := NewMatcher(c, NewScorer(c, model, .05))
		compared := 0
		for _, record := range town.records(spec, subjects, 1500) {
			for _, p := range slices.Clone(m.Match(record, Options{KeepAll: true})) {
				e := m.Explain(record, p.Subject)
				var frequencies float64
				for _, part := range e.Parts {
					frequencies += Bits(part.Frequency)
				}
				want := oracle(c, model, .05, p.Pattern, frequencies)
				if got := Bits(p.Weight - e.Competition); math.Abs(got-want) > 20./One {
					t.Fatalf("classes %d: weight %f, the model says %f (%v)", classes, got, want, p.Pattern)
				}
				compared++
			}
		}
		if compared < 500 {
			t.Errorf("%d pairs: the test says little", compared)
		}
	}
}

// Better evidence never weighs less: from "different" to no evidence to the best level the weight rises, whatever
// the other comparisons say, in two classes and in three.
func TestScorerIsMonotone(t *testing.T) {
	spec := BuiltInSpec()
	c := build(t, spec, newTown(9).caseload(2000))
	model := BuiltInModel(spec)
	s := NewScorer(c, model, .05)
	rapid.Check(t, func(t *rapid.T) {
		var pattern Pattern
		for i, comparison := range model.Comparisons {
			pattern = pattern.With(i, rapid.IntRange(0, len(comparison.Levels)).Draw(t, comparison.Name))
		}
		weigh := func(p Pattern) int32 {
			sum := s.prior
			for i := range model.Comparisons {
				sum += s.s[i][p.Level(i)]
			}
			return withHousehold(sum, s.householdSum(p))
		}
		for i, comparison := range model.Comparisons {
			if comparison.Name == "crossed" || comparison.Name == "address" {
				continue // crossed has no "different"; the same address speaks for the household
			}
			best, silent, worst := weigh(pattern.With(i, 1)), weigh(pattern.With(i, 0)), weigh(pattern.With(i, len(comparison.Levels)))
			if best < silent || silent < worst {
				t.Fatalf("%s in %v: best %d, no evidence %d, worst %d", comparison.Name, pattern, best, silent, worst)
			}
		}
	})
}

// LogSum is log2(2^a + 2^b) to within a unit, in either order, and never decreases.
func TestLogSum(t *testing.T) {
	weights := rapid.Int32Range(-40*One, 40*One)
	rapid.Check(t, func(t *rapid.T) {
		a, b := weights.Draw(t, "a"), weights.Draw(t, "b")
		got := LogSum(a, b)
		want := math.Log2(math.Exp2(Bits(a)) + math.Exp2(Bits(b)))
		if math.Abs(Bits(got)-want) > 1./One || got != LogSum(b, a) || LogSum(a+1, b) < got || got < max(a, b) {
			t.Fatalf("LogSum(%d, %d) = %d, want %f", a, b, got, want*One)
		}
	})
}

// The same caseload and records give the same results again; a record's list is sorted.
func TestSameInputsSameResults(t *testing.T) {
	spec := BuiltInSpec()
	once := func() (page string) {
		town := newTown(10)
		subjects := town.caseload(500)
		c := build(t, spec, subjects)
		m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05))
		for _, record := range town.records(spec, subjects, 300) {
			scored := m.Match(record, Options{})
			if !slices.IsSortedFunc(scored, bestFirst) {
				t.Fatalf("not sorted: %+v", scored)
			}
			page += fmt.Sprintln(scored)
		}
		return page + fmt.Sprintln(c.Stats())
	}
	if first, second := once(), once(); first != second {
		t.Error("the second run differs")
	}
}

// Neither strangers nor matches allocate once buffers have grown.
func TestNothingIsAllocatedInSteadyState(t *testing.T) {
	spec, town := BuiltInSpec(), newTown(11)
	subjects := town.caseload(2000)
	c := build(t, spec, subjects)
	p, m := NewProber(c), NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05))
	records := town.records(spec, subjects, 500)
	all := func() {
		for _, record := range records {
			p.Ask(record)
			m.Match(record, Options{})
		}
	}
	all()
	// A phonetic code that has lost its place in the cache is worked out again by matchr, which allocates three times.
	if n := testing.AllocsPerRun(3, all); n > float64(len(records))/20 {
		t.Errorf("%g allocations for %d records", n, len(records))
	}
}
