package matchers

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers/text"
)

// everyField is a supplier that can have every field.
func everyField(spec *Spec) []bool {
	has := make([]bool, len(spec.Fields))
	for f := range has {
		has[f] = true
	}
	return has
}

// ownValues is a record that repeats a subject's first value sets.
func ownValues(c *Caseload, subject uint32) []Value {
	values := make([]Value, len(c.plan.fields))
	for f := range values {
		values[f] = c.Value(subject, f, 0)
	}
	return values
}

// For any spec, model and caseload: a subject of one value set a group weighs at its ceiling what the matcher gives its own
// record, competition left out; a field that the supplier lacks is no part of it, and no help.
func TestCeilingIsWhatOnesOwnRecordWeighs(t *testing.T) {
	compared, lacking := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		d := anyNight(t)
		m, explainer := NewMatcher(d.c, d.scorer), NewMatcher(d.c, d.scorer)
		has := everyField(d.spec)
		without := rapid.IntRange(0, len(has)-1).Draw(t, "without")
		has[without] = rapid.Bool().Draw(t, "has")
		for subject := range uint32(d.c.Subjects()) {
			values := ownValues(d.c, subject)
			if !has[without] {
				values[without] = Value{}
			}
			own := explainer.Explain(values, subject)
			ceiling := m.Ceiling(subject, has)
			if single(d.c, subject) {
				compared++
				if ceiling.Weight != own.Total-own.Competition {
					t.Fatalf("subject %d: ceiling %d, its own record weighs %d", subject, ceiling.Weight, own.Total-own.Competition)
				}
			}
			for _, lack := range ceiling.Lacking {
				lacking++
				p := d.c.plan.comparisons[lack.Comparison]
				if !has[p.a] || d.c.Has(subject, p.a) && (p.b < 0 || !has[p.b] || d.c.Has(subject, p.b)) {
					t.Fatalf("subject %d is said to lack %s", subject, d.spec.Comparisons[lack.Comparison].Name)
				}
			}
		}
	})
	if compared < enough(500) || lacking < enough(100) {
		t.Errorf("%d subjects compared, %d lacks: the test says little", compared, lacking)
	}
}

func single(c *Caseload, subject uint32) bool {
	for g := range c.plan.groups {
		if c.table.sets(g, subject) > 1 {
			return false
		}
	}
	return true
}

// What a field would bring is what it does bring once the subject has it, its frequency apart: the same subject with and
// without an SSN, in a caseload where numbers have no frequency.
func TestCeilingOfWhatIsLacking(t *testing.T) {
	spec := BuiltInSpec()
	known := row{"ssn": "234-56-7891", "given": "ANN", "family": "RIVERS", "born": "1980-01-02", "address": "12 ELM ST", "zip": "62704"}
	unknown := row{"given": "ANN", "family": "RIVERS", "born": "1980-01-02", "address": "12 ELM ST", "zip": "62704"}
	c := build(t, spec, []subject{{known}, {unknown}})
	m := NewMatcher(c, NewScorer(c, BuiltInModel(spec), .05))
	with, without := m.Ceiling(0, everyField(spec)), m.Ceiling(1, everyField(spec))
	found := false
	for _, lack := range without.Lacking {
		if spec.Comparisons[lack.Comparison].Name == "ssn" {
			found = true
			if lack.Weight != with.Weight {
				t.Errorf("with an SSN %d, would be %d", with.Weight, lack.Weight)
			}
		}
	}
	if !found || with.Weight <= without.Weight {
		t.Errorf("ceilings %+v and %+v", with, without)
	}
}

// Worked by hand: two classes, one subject, u stated. prior log2(.5/.5) = 0; born log2(.9/.01) = 6.49; one of the two names
// is repeated: log2(.8/.1) = 3, less log2(2) = 1 for the choice; a middle name would add log2(.6/.3) = 1.
func TestCeilingByHand(t *testing.T) {
	spec := &Spec{
		Fields: Fields{
			{Name: "born", Kind: text.Date}, {Name: "family", Kind: text.Family, Group: "names"}, {Name: "middle", Kind: text.Middle, Group: "names"},
		},
		Comparisons: []Comparison{
			{Name: "born", Fields: []string{"born"}, Kind: "exact"}, {Name: "family", Fields: []string{"family"}, Kind: "exact"},
			{Name: "middle", Fields: []string{"middle"}, Kind: "exact"},
		},
		Blocking: [][]string{{"born"}},
	}
	c := build(t, spec, []subject{{{"born": "1980-01-02", "family": "RIVERS"}, {"family": "STONE"}}})
	model := BuiltInModel(spec)
	for i, figures := range [][2]float64{{.9, .01}, {.8, .1}, {.6, .3}} {
		level := model.Comparisons[i].Levels
		level[0].M, level[0].U, level[1].M, level[1].U = figures[0], figures[1], 1-figures[0], 1-figures[1]
	}
	got := NewMatcher(c, NewScorer(c, model, .5)).Ceiling(0, everyField(spec))
	near := func(what string, weight int32, want float64) {
		t.Helper()
		if math.Abs(Bits(weight)-want) > 1e-3 {
			t.Errorf("%s: %.3f bits, want %.3f", what, Bits(weight), want)
		}
	}
	near("ceiling", got.Weight, math.Log2(90)+3-1)
	if len(got.Lacking) != 1 || got.Lacking[0].Comparison != 2 {
		t.Fatalf("lacking %+v, want the middle name", got.Lacking)
	}
	near("with a middle name", got.Lacking[0].Weight, math.Log2(90)+3+1-1)
}
