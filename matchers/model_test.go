package matchers

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestModelRoundTrip(t *testing.T) {
	m := BuiltInModel(BuiltInSpec())
	page, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := DecodeModel(page)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(m, again) {
		t.Errorf("decoded model differs:\n%+v\n%+v", m, again)
	}
	second, err := again.Encode()
	if err != nil || !bytes.Equal(page, second) {
		t.Errorf("encoding twice gives other bytes (%v)", err)
	}
}

func TestDecodeModelIsStrict(t *testing.T) {
	m := BuiltInModel(BuiltInSpec())
	m.RepeatRatio = map[string]float64{"postal": .25}
	page, _ := m.Encode()
	for name, change := range map[string]func(string) string{
		"other format":  func(s string) string { return strings.Replace(s, ModelFormat, "locatematch-model-9", 1) },
		"unknown key":   func(s string) string { return strings.Replace(s, `"accept"`, `"acccept"`, 1) },
		"trailing text": func(s string) string { return s + "{}" },
		"m above one":   func(s string) string { return strings.Replace(s, `"m": 0.97`, `"m": 1.97`, 1) },
		"m of nought":   func(s string) string { return strings.Replace(s, `"m": 0.03`, `"m": 0`, 1) },
		"no h":          func(s string) string { return strings.Replace(s, `"h": 0.05`, `"h": 0`, 1) },
		"u negative":    func(s string) string { return strings.Replace(s, `"u": 0.5`, `"u": -0.5`, 1) },
		"four classes":  func(s string) string { return strings.Replace(s, `"classes": 3`, `"classes": 4`, 1) },
		"share":         func(s string) string { return strings.Replace(s, `"postal": 0.05`, `"postal": 1`, 1) },
		"repeats":       func(s string) string { return strings.Replace(s, `"postal": 0.25`, `"postal": 1.25`, 1) },
		"bands":         func(s string) string { return strings.Replace(s, `"review": -3.17`, `"review": 8`, 1) },
	} {
		changed := change(string(page))
		if changed == string(page) {
			t.Errorf("%s: the page was not changed", name)
		}
		if _, err := DecodeModel([]byte(changed)); err == nil {
			t.Errorf("%s: was accepted", name)
		}
	}
}

func TestCheckRefusesAnotherSpec(t *testing.T) {
	m := BuiltInModel(BuiltInSpec())
	other := BuiltInSpec()
	other.Comparisons[4].Frequency = false
	if err := m.Check(other); !errors.Is(err, ErrOtherSpec) {
		t.Errorf("a changed spec gives %v", err)
	}
	m.Comparisons[3].Levels = m.Comparisons[3].Levels[1:]
	if err := m.Check(BuiltInSpec()); !errors.Is(err, ErrOtherSpec) {
		t.Errorf("a missing level gives %v", err)
	}
}

// Whatever a kind states must be a distribution: each class's levels sum to one (crossed names, usually no evidence, to
// less), the first level is the best evidence, the last speaks against the match, and the caps on the household hold.
func TestBuiltInFiguresAreSound(t *testing.T) {
	spec := BuiltInSpec()
	c := build(t, spec, newTown(1).caseload(3000))
	m := c.Resolve(BuiltInModel(spec))
	for i, comparison := range m.Comparisons {
		kind := comparisonKinds[spec.Comparisons[i].Kind]
		var sum [3]float64
		for _, level := range comparison.Levels {
			sum[0], sum[1], sum[2] = sum[0]+level.M, sum[1]+level.U, sum[2]+level.H
			if level.U <= 0 {
				t.Errorf("%s, %s: u is %g", comparison.Name, level.Name, level.U)
			}
		}
		for class, name := range []string{"m", "u", "h"} {
			if s := sum[class]; s > 1.002 || s < .998 && !kind.sparse {
				t.Errorf("%s: %s sums to %g", comparison.Name, name, s)
			}
		}
		first, last := comparison.Levels[0], comparison.Levels[len(comparison.Levels)-1]
		if first.M <= first.U || first.M <= first.H && comparison.Name != "address" {
			t.Errorf("%s: %s speaks against the match: %+v", comparison.Name, first.Name, first)
		}
		if !kind.sparse && last.M >= last.U {
			t.Errorf("%s: %s speaks for the match: %+v", comparison.Name, last.Name, last)
		}
	}
	for name, most := range map[string]float64{"given": .05, "born": .05, "ssn": .05, "key": .05} {
		for _, comparison := range m.Comparisons {
			if comparison.Name == name && comparison.Levels[0].H > most {
				t.Errorf("household: exact %s is %g, cap %g", name, comparison.Levels[0].H, most)
			}
		}
	}
}

func TestSharesBySource(t *testing.T) {
	m := BuiltInModel(BuiltInSpec())
	if m.Share("military") <= m.Share("postal") || m.Share("unheard of") != m.KnownShare[DefaultSource] {
		t.Errorf("shares are %v", m.KnownShare)
	}
	if own := m.ForSource("military"); own.Household(DefaultSource) != m.Household("military") || m.Household(DefaultSource) != 1 {
		t.Error("ForSource does not make the source's ratio the default one, or changes the model")
	}
}
