package matchers

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The worlds that training is tried on, with the bounds that its errors must keep: about four standard errors of the
// number of matches that there are, and a little for matches that no rule proposes.
var worlds = []struct {
	name string
	world
	offM, offH, offShare float64 // greatest error of m, of h (person's own fields), and of the known share, relative
}{
	{"a thousand matches in a small file", people(500, 2000, .5, 0), .035, 0, .08},
	{"a thousand matches among strangers", people(2000, 20_000, .05, 0), .04, 0, .08},
	{"sixteen thousand matches", people(20_000, 400_000, .04, 0), .01, 0, .01},
	{"more household members than matches", people(2000, 20_000, .05, .1), .04, .04, .08},
	{"fewer household members than matches", people(20_000, 400_000, .04, .02), .015, .02, .02},
	{"few matches, many household members", people(20_000, 400_000, .001, .01), .06, .04, .2},
}

// Known parameters come back: m and share within the bounds above, u within a fifth where a sample can show it. The
// figures that training starts from break the bounds, so the bounds can fail.
func TestTrainRecoversStatedFigures(t *testing.T) {
	for _, w := range worlds {
		t.Run(w.name, func(t *testing.T) {
			model, report := w.train(t)
			if want := 2 + min(1, len(w.h)); model.Classes != want || !report.Converged {
				t.Fatalf("%d classes (%s), converged %v; want %d classes", model.Classes, report.Household.Reason, report.Converged, want)
			}
			if len(model.Dependences) > 0 {
				t.Errorf("comparisons that are independent go together: %+v", model.Dependences)
			}
			if worst := w.worst(model, Level.m, w.m, nil); worst > w.offM {
				t.Errorf("m is off by %.4f, bound %.4f", worst, w.offM)
			}
			if built := w.worst(BuiltInModel(w.spec), Level.m, w.m, nil); built < w.offM {
				t.Errorf("the bound %.4f says nothing: the start values keep it (%.4f)", w.offM, built)
			}
			if w.h != nil {
				own := map[string]bool{"ssn": true, "born": true, "given": true}
				if worst := w.worst(model, Level.h, w.h, own); worst > w.offH {
					t.Errorf("h of a person's own fields is off by %.4f, bound %.4f", worst, w.offH)
				}
			}
			w.checkChance(t, model)
			if found, there := model.Share("all"), w.proposed(t); math.Abs(found/there-1) > w.offShare {
				t.Errorf("known share %.5f, %.5f of the records are matches that some rule proposes", found, there)
			}
		})
	}
}

func (l Level) m() float64 { return l.M }
func (l Level) h() float64 { return l.H }

// worst is the greatest error of a figure over the levels of some comparisons.
func (w world) worst(model *Model, of func(Level) float64, want [][]float64, only map[string]bool) (worst float64) {
	for i, c := range model.Comparisons {
		for l, level := range c.Levels {
			if only == nil || only[c.Name] {
				worst = max(worst, math.Abs(of(level)-want[i][l]))
			}
		}
	}
	return worst
}

// checkChance: where the sample holds four hundred of a level, its u is within a fifth, although in the small file one
// random pair in 2,000 is a match, thirty-six times the chance of an equal birth date; rarer levels within a factor of two.
func (w world) checkChance(t *testing.T, model *Model) {
	t.Helper()
	for i, c := range model.Comparisons {
		for l, level := range c.Levels {
			limit := 2.0
			if w.u[i][l] >= 2e-4 {
				limit = 1.2
			}
			if ratio := level.U / w.u[i][l]; max(ratio, 1/ratio) > limit {
				t.Errorf("%s %s: u %.3g, stated %.3g", c.Name, level.Name, level.U, w.u[i][l])
			}
		}
	}
}

// proposed is the part of the records that are matches which some rule proposes.
func (w world) proposed(t *testing.T) (share float64) {
	c := build(t, w.spec, []subject{{newTown(1).person(1)}})
	w.eachPattern(0, 0, [allClasses]float64{classMatch: w.share}, func(p Pattern, expected [allClasses]float64) {
		if w.rules(c, p) != 0 {
			share += expected[classMatch]
		}
	})
	return share
}

// EM climbs: in every run, with two classes and with three, whose household is held within bounds, the penalised
// likelihood never falls.
func TestLikelihoodNeverFalls(t *testing.T) {
	for _, w := range worlds {
		c, training := w.draw(t)
		for classes := 2; classes <= 3; classes++ {
			tr, last, rounds := newTrainer(c, training, classes), math.Inf(-1), 0
			tr.solveChance()
			tr.em.run(func(likelihood float64) {
				if rounds++; likelihood < last-1e-9*math.Abs(last) {
					t.Errorf("%s, %d classes, round %d: %.6f after %.6f", w.name, classes, rounds, likelihood, last)
				}
				last = likelihood
			})
			if rounds < 5 {
				t.Errorf("%s, %d classes: %d rounds say little", w.name, classes, rounds)
			}
		}
	}
}

// Where nobody has a household, a third class forced upon the data takes no match away, and left to itself training drops it.
func TestHouseholdTakesNoMatches(t *testing.T) {
	for _, w := range worlds[:3] {
		c, training := w.draw(t)
		two, three := newTrainer(c, training, 2), newTrainer(c, training, 3)
		two.solve()
		three.solve()
		if found, lost := two.shares[0].match, three.shares[0].match; lost < .99*found {
			t.Errorf("%s: three classes leave %.4f of the matches of two", w.name, lost/found)
		}
		if v := keepHousehold(two, three); v.Kept {
			t.Errorf("%s: the household class was kept: %s", w.name, v.Reason)
		}
	}
}

// Probabilities stay within their bounds, sum to 1, and what no bound touches keeps its proportions.
func TestKeepWithin(t *testing.T) {
	p := []float64{0, .6, .05, .05, .1, .1, .1, 0}
	keepWithin(p, householdBounds(kindGiven))
	sum := 0.0
	for _, v := range p {
		sum += v
	}
	if math.Abs(sum-1) > 1e-12 || p[1] > .05+1e-12 || p[2]+p[3]+p[4]+p[5] > .05+1e-12 || math.Abs(p[6]-.9) > 1e-12 {
		t.Errorf("given %v", p)
	}
	p = []float64{0, .1, .1, .05, .05, .05, .1, .1, .45}
	keepWithin(p, householdBounds(kindAddress))
	if math.Abs(p[1]+p[2]+p[3]-.5) > 1e-12 || math.Abs(p[addressDifferent]/p[addressZip]-4.5) > 1e-9 {
		t.Errorf("address %v", p)
	}
}

// A comparison that tells nothing, one that repeats another, and levels that nobody has are named, each with a remedy.
func TestTrainingWarns(t *testing.T) {
	w := people(2000, 20_000, .05, 0)
	w.m[0], w.spec.Comparisons[0].Hold = w.u[0], false
	_, training := w.draw(t)
	last := len(w.spec.Comparisons)
	w.spec.Comparisons = append(w.spec.Comparisons, Comparison{Name: "given again", Fields: []string{"given"}, Kind: "exact"})
	c := build(t, w.spec, []subject{{newTown(1).person(1)}})
	c.subjects = w.subjects
	for _, counts := range [][]PatternCount{training.Blocked, training.Random} {
		for n := range counts {
			if level := counts[n].Pattern.Level(2); level != 0 {
				counts[n].Pattern = counts[n].Pattern.With(last, min(level, 2))
			}
		}
	}
	_, report, err := Train(c, training)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, warning := range report.Warnings {
		found[warning.Kind+" "+warning.About] = warning.Says
		if warning.Remedy == "" {
			t.Errorf("%+v has no remedy", warning)
		}
	}
	for _, want := range []string{"no information ssn", "say the same given and given again"} {
		if found[want] == "" {
			t.Errorf("no warning %q among %v", want, found)
		}
	}
}

// world is a population stated by its figures: what training is to find again. Pairs are drawn as counts of patterns.
type world struct {
	spec              *Spec
	m, u, h           [][]float64 // by comparison and level; h nil where nobody has a household
	missing           []float64   // by comparison, the same in every class
	subjects, records int
	share, household  float64 // matches and members a record
	seed              uint64
	together          func(Pattern) float64 // how much more often a match shows a pattern than its levels apart would; nil: 1
}

// people is a world of five comparisons. The figures are not those that training starts from.
func people(subjects, records int, share, household float64) world {
	w := world{
		spec: &Spec{
			Fields: Fields{
				{Name: "ssn", Kind: 0}, {Name: "born"}, {Name: "given", Group: "names"}, {Name: "family", Group: "names"},
				{Name: "address", Group: "addresses"}, {Name: "zip", Group: "addresses"},
			},
			Comparisons: []Comparison{
				{Name: "ssn", Fields: []string{"ssn"}, Kind: "ssn"},
				{Name: "born", Fields: []string{"born"}, Kind: "date"},
				{Name: "given", Fields: []string{"given"}, Kind: "given_name"},
				{Name: "family", Fields: []string{"family"}, Kind: "family_name"},
				{Name: "address", Fields: []string{"address", "zip"}, Kind: "address"},
			},
			Blocking: [][]string{{"ssn"}, {"family", "born"}, {"given", "born"}, {"given", "family"}, {"address", "zip"}},
		},
		m: [][]float64{
			{.90, .04, .01, .05},
			{.88, .01, .05, .02, .01, .03},
			{.70, .10, .05, .03, .04, .03, .05},
			{.80, .01, .03, .06, .03, .02, .05},
			{.45, .04, .03, .03, .01, .09, .15, .20},
		},
		u: [][]float64{
			{1e-4, 1.5e-4, 1e-4, .99965},
			{6e-5, 3e-5, 1e-3, 4e-3, .06, .93491},
			{.004, .002, .003, 5e-4, .002, .01, .9785},
			{.002, 2e-5, 5e-4, .001, .005, .002, .98948},
			{2e-5, 4e-5, 2e-5, 2e-4, 2e-5, .00398, .04, .95572},
		},
		missing:  []float64{.3, .2, .02, .01, .1},
		subjects: subjects, records: records, share: share, household: household, seed: 10,
	}
	for i, f := range BuiltInSpec().Fields {
		if at := w.spec.Field(f.Name); at >= 0 {
			w.spec.Fields[at].Kind = BuiltInSpec().Fields[i].Kind
		}
	}
	if household > 0 {
		w.h = [][]float64{
			{.02, .005, .002, .973},
			{.03, .001, .01, .015, .10, .844},
			{.03, .003, .005, .001, .005, .02, .936},
			{.75, .005, .04, .03, .015, .01, .15},
			{.65, .05, .02, .02, .01, .04, .05, .16},
		}
	}
	return w
}

// train draws the world's pairs and trains on them.
func (w world) train(t *testing.T) (*Model, *TrainingReport) {
	t.Helper()
	c, training := w.draw(t)
	model, report, err := Train(c, training)
	if err != nil {
		t.Fatal(err)
	}
	return model, report
}

// draw counts the world's proposed pairs and two million random ones, each pattern's number drawn from its chance.
func (w world) draw(t *testing.T) (*Caseload, *Training) {
	t.Helper()
	c := build(t, w.spec, []subject{{newTown(1).person(1)}})
	c.subjects = w.subjects
	pairs := float64(w.subjects) * float64(w.records)
	matches, members := w.share*float64(w.records), w.household*float64(w.records)
	random := rand.New(rand.NewPCG(w.seed, 1))
	training := &Training{Sources: []string{"all"}, Records: []int64{int64(w.records)}}
	w.eachPattern(0, 0, [allClasses]float64{matches, pairs - matches - members, members}, func(p Pattern, expected [allClasses]float64) {
		all := expected[0] + expected[1] + expected[2]
		if rules := w.rules(c, p); rules != 0 {
			if n := poisson(random, all); n > 0 {
				training.Blocked = append(training.Blocked, PatternCount{Rules: rules, Pattern: p, Pairs: n})
			}
		}
		if n := poisson(random, all/pairs*2e6); n > 0 {
			training.Random = append(training.Random, PatternCount{Pattern: p, Pairs: n})
		}
	})
	return c, training
}

// eachPattern gives every pattern with its expected number of pairs by class.
func (w world) eachPattern(i int, p Pattern, expected [allClasses]float64, yield func(Pattern, [allClasses]float64)) {
	if i == len(w.m) {
		if w.together != nil {
			expected[classMatch] *= w.together(p)
		}
		yield(p, expected)
		return
	}
	var part [allClasses]float64
	for k := range part {
		part[k] = expected[k] * w.missing[i]
	}
	w.eachPattern(i+1, p, part, yield)
	for l := range w.m[i] {
		part[classMatch] = expected[classMatch] * (1 - w.missing[i]) * w.m[i][l]
		part[classStranger] = expected[classStranger] * (1 - w.missing[i]) * w.u[i][l]
		if w.h != nil {
			part[classHousehold] = expected[classHousehold] * (1 - w.missing[i]) * w.h[i][l]
		}
		w.eachPattern(i+1, p.With(i, l+1), part, yield)
	}
}

// rules that propose a pattern: those whose fields all agree exactly.
func (w world) rules(c *Caseload, p Pattern) (rules uint64) {
	for r := range c.plan.rules {
		own, agree := c.plan.ruleFields(r), true
		for i, comparison := range c.plan.comparisons {
			agree = agree && (!own[comparison.a] || p.Level(i) == 1)
		}
		if agree {
			rules |= 1 << r
		}
	}
	return rules
}

func poisson(random *rand.Rand, mean float64) int64 {
	if mean > 50 {
		return int64(math.Round(max(0, mean+math.Sqrt(mean)*random.NormFloat64())))
	}
	n, p, limit := int64(0), random.Float64(), math.Exp(-mean)
	for p > limit {
		n++
		p *= random.Float64()
	}
	return n
}

// A change-of-address file says a name and a door, and no pass sees three things: two classes fit as well as three, with
// matches that have any given name. The household is found all the same, and not where there is none. (m of the door has no bound: the passes on names see the door
// alone, and that cannot tell matches who moved from strangers of one name.)
func TestTrainFindsTheHouseholdInNamesAndDoors(t *testing.T) {
	for _, household := range []float64{0, .05, .2} {
		w := people(2000, 20_000, .05, household)
		w.missing = []float64{1, 1, .02, .01, .02}
		w.m[4] = []float64{.93, .02, .01, .01, .005, .005, .01, .01}
		model, report := w.train(t)
		if want := 2 + min(1, len(w.h)); model.Classes != want {
			t.Fatalf("%g household members a record: %d classes (%s), want %d", household, model.Classes, report.Household.Reason, want)
		}
		if got, want := model.Comparisons[2].Levels[0].M, w.m[2][0]; math.Abs(got-want) > .05 {
			t.Errorf("%g household members a record: m of an equal given name %.3f, stated %.3f", household, got, want)
		}
	}
}
