package matchers

import (
	"math"
	"strings"
	"testing"

	"locatematch/matchers/text"
)

// The two comparisons that a dependent world has more than others.
const street, postcode = 5, 6

// dependent is a world in which a fifth of the matches has another street and a fifth another postcode, and nine in ten of those
// both, for they have moved.
func dependent() world {
	w := people(20_000, 400_000, .04, 0)
	w.spec.Fields = append(w.spec.Fields, Field{Name: "street", Kind: text.Text}, Field{Name: "postcode", Kind: text.Digits})
	w.spec.Comparisons = append(w.spec.Comparisons,
		Comparison{Name: "street", Fields: []string{"street"}, Kind: "text"},
		Comparison{Name: "postcode", Fields: []string{"postcode"}, Kind: "digits"})
	w.spec.Blocking = append(w.spec.Blocking, []string{"postcode", "family"})
	w.m = append(w.m, []float64{.65, .10, .05, .20}, []float64{.70, .06, .04, .20})
	w.u = append(w.u, []float64{2e-4, 3e-4, .0015, .998}, []float64{.002, .01, .05, .938})
	w.missing = append(w.missing, .02, .02)
	const differs, both = .2, .18
	w.together = func(p Pattern) float64 {
		a, b := p.Level(street), p.Level(postcode)
		switch {
		case a == 0 || b == 0:
			return 1
		case a == 4 && b == 4:
			return both / (differs * differs)
		case a == 4 || b == 4:
			return (differs - both) / (differs * (1 - differs))
		}
		return (1 - 2*differs + both) / ((1 - differs) * (1 - differs))
	}
	return w
}

// apart is the error of m where no comparison may go together with another.
func (w world) apart(t *testing.T) float64 {
	c, training := w.draw(t)
	tr := newTrainer(c, training, 2)
	tr.solve()
	return w.worst(tr.model(), Level.m, w.m, nil)
}

// What two comparisons say together comes back, between those two alone, and with it m, and the share within half of four standard
// errors of the number of matches (16,000). In the worlds of
// independent comparisons (TestTrainRecoversStatedFigures) none is found.
func TestTrainRecoversDependence(t *testing.T) {
	w := dependent()
	model, report := w.train(t)
	if len(model.Dependences) != 1 || model.Dependences[0].Comparisons != [2]string{"street", "postcode"} {
		t.Fatalf("dependences %+v", model.Dependences)
	}
	d := model.Dependences[0]
	for a, row := range d.Ratio {
		for b, found := range row {
			want := w.together(Pattern(0).With(street, a+1).With(postcode, b+1))
			if w.m[street][a]*w.m[postcode][b]*want < .005 {
				continue // fifty of the matches that are judged: noise
			}
			if off := math.Abs(math.Log2(found / want)); off > .35 {
				t.Errorf("levels %d and %d: ratio %.3f, stated %.3f", a+1, b+1, found, want)
			}
		}
	}
	if worst := w.worst(model, Level.m, w.m, nil); worst > .01 {
		t.Errorf("m is off by %.4f", worst)
	}
	if found, there := model.Share("all"), w.proposed(t); math.Abs(found/there-1) > .015 {
		t.Errorf("known share %.5f, %.5f of the records are matches that some rule proposes", found, there)
	}
	if apart := w.apart(t); apart < .02 {
		t.Errorf("the bound says nothing: as if the two were apart, m is off by %.4f", apart)
	}
	if !report.Converged {
		t.Error("not converged")
	}
	for _, warning := range report.Warnings {
		if warning.Kind == "go together" && warning.About == "street and postcode" && strings.Contains(warning.Says, "as a pair") {
			return
		}
	}
	t.Errorf("the report does not say it: %+v", report.Warnings)
}

// A share that is estimated again takes the dependences that the model states: with them it is the world's.
func TestTrainShares_TakesDependences(t *testing.T) {
	w := dependent()
	model, _ := w.train(t)
	w.records, w.share, w.seed = 1_000_000, .016, 11
	c, training := w.draw(t)
	again, _, err := TrainShares(c, model, training)
	if err != nil {
		t.Fatal(err)
	}
	if found, there := again.Share("all"), w.proposed(t); math.Abs(found/there-1) > .02 {
		t.Errorf("known share %.5f, %.5f are matches that some rule proposes", found, there)
	}
	if len(again.Dependences) != 1 {
		t.Errorf("dependences %+v", again.Dependences)
	}
}

// A model whose dependences do not fit its comparisons is refused, whole, with every fault.
func TestValidate_Dependences(t *testing.T) {
	m := BuiltInModel(BuiltInSpec())
	ones := func(i, j string) Dependence {
		d := Dependence{Comparisons: [2]string{i, j}}
		for range m.Comparisons[m.comparison(i)].Levels {
			row := make([]float64, len(m.Comparisons[m.comparison(j)].Levels))
			for b := range row {
				row[b] = 1
			}
			d.Ratio = append(d.Ratio, row)
		}
		return d
	}
	m.Dependences = []Dependence{ones("born", "given"), ones("given", "family")}
	page, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := DecodeModel(page); err != nil {
		t.Fatalf("a tree is refused: %v", err)
	}
	short := ones("born", "sex")
	short.Ratio = short.Ratio[1:]
	none := ones("middle", "sex")
	none.Ratio[0][0] = 0
	m.Dependences = append(m.Dependences, ones("family", "born"), Dependence{Comparisons: [2]string{"born", "nobody"}}, short, none)
	err = m.Validate()
	for _, want := range []string{"family and born: it closes a circle", "born and nobody: the model has no such comparison", "5 rows, the first comparison has 6 levels", "ratio is 0"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no fault %q in %v", want, err)
		}
	}
}

// Where a household is taken for matches, given name, birth date and SSN differ at once: those are other people, and nothing of a
// person's own is weighed as a pair.
func TestTrain_AnotherPersonIsNoDependence(t *testing.T) {
	w := people(2000, 20_000, .05, .1)
	c, training := w.draw(t)
	training.Classes = 2
	model, report, err := Train(c, training)
	if err != nil {
		t.Fatal(err)
	}
	alike := false
	for _, warning := range report.Warnings {
		alike = alike || warning.Kind == "say the same"
	}
	if len(model.Dependences) > 0 || !alike {
		t.Errorf("dependences %+v, told to be alike: %v", model.Dependences, alike)
	}
}
