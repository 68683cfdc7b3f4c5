package matchers

import (
	"math"
	"strings"
	"testing"
)

// dependent is a world in which a fifth of the matches differs in the given name and a fifth in the family name, and nine in ten
// of those in both.
func dependent() world {
	w := people(20_000, 400_000, .04, 0)
	const given, family, both = 2, 3, .18
	own, other := w.m[given], w.m[family]
	own[0], other[0] = own[0]-.15, other[0]-.15
	own[len(own)-1], other[len(other)-1] = .2, .2
	lastGiven, lastFamily := len(own), len(other)
	differs, otherDiffers := own[lastGiven-1], other[lastFamily-1]
	w.together = func(p Pattern) float64 {
		a, b := p.Level(given), p.Level(family)
		switch {
		case a == 0 || b == 0:
			return 1
		case a == lastGiven && b == lastFamily:
			return both / (differs * otherDiffers)
		case a == lastGiven:
			return (differs - both) / (differs * (1 - otherDiffers))
		case b == lastFamily:
			return (otherDiffers - both) / (otherDiffers * (1 - differs))
		}
		return (1 - differs - otherDiffers + both) / ((1 - differs) * (1 - otherDiffers))
	}
	return w
}

// apart is the known share that is found where no comparison may go together with another.
func (w world) apart(t *testing.T) float64 {
	c, training := w.draw(t)
	tr := newTrainer(c, training, 2)
	tr.solve()
	return tr.shares[0].match * tr.shares[0].pairs / float64(w.records)
}

// What two comparisons say together comes back, between those two alone, and with it the share and m. In the worlds of
// independent comparisons (TestTrainRecoversStatedFigures) none is found.
func TestTrainRecoversDependence(t *testing.T) {
	w := dependent()
	model, report := w.train(t)
	if len(model.Dependences) != 1 || model.Dependences[0].Comparisons != [2]string{"given", "family"} {
		t.Fatalf("dependences %+v", model.Dependences)
	}
	d := model.Dependences[0]
	for a, row := range d.Ratio {
		for b, found := range row {
			want := w.together(Pattern(0).With(2, a+1).With(3, b+1))
			if w.m[2][a]*w.m[3][b]*want < .005 {
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
	if apart := w.apart(t); math.Abs(apart/w.proposed(t)-1) < .02 {
		t.Errorf("the bound says nothing: as if the two were apart, the share is %.5f", apart)
	}
	if !report.Converged {
		t.Error("not converged")
	}
	for _, warning := range report.Warnings {
		if warning.Kind == "go together" && warning.About == "given and family" && strings.Contains(warning.Says, "as a pair") {
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
	if found, there := again.Share("all"), w.proposed(t); math.Abs(found/there-1) > .015 {
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
