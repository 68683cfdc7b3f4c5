package matchers

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers/text"
)

// Two numbers of one length share a key exactly when leaving one digit out of each leaves the same digits: for every slip,
// and seldom else. The oracle leaves digits out of strings.
func TestSlipsOfNumber_ShareAKeyAsTheDigitsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Uint64Range(1, 999999999).Draw(t, "a")
		b := rapid.Uint64Range(1, 999999999).Draw(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = slipOf(t, a)
		}
		want := meets(without(fmt.Sprintf("%09d", a)), without(fmt.Sprintf("%09d", b)))
		if got := meet(slipsOfNumber(nil, text.SSN, a), slipsOfNumber(nil, text.SSN, b)); got != want {
			t.Fatalf("%09d and %09d share a key: %v, want %v", a, b, got, want)
		}
		if text.DigitDistance(a, b, 9) <= 1 && !want {
			t.Fatalf("%09d and %09d are one slip apart and share no key", a, b)
		}
	})
}

// slipOf changes one digit, or exchanges two neighbours.
func slipOf(t *rapid.T, n uint64) uint64 {
	digits := []byte(fmt.Sprintf("%09d", n))
	at := rapid.IntRange(0, 7).Draw(t, "at")
	if rapid.Bool().Draw(t, "exchange") {
		digits[at], digits[at+1] = digits[at+1], digits[at]
	} else {
		digits[at] = byte(rapid.IntRange('0', '9').Draw(t, "digit"))
	}
	var slipped uint64
	fmt.Sscan(strings.TrimLeft(string(digits), "0")+" ", &slipped)
	return slipped
}

func without(s string) (forms []string) {
	for i := range s {
		forms = append(forms, s[:i]+s[i+1:])
	}
	return forms
}

func meets(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// Every name one letter away, by Damerau and Levenshtein, shares a key; LEE and LEO do not.
func TestSlips_FindNamesOneLetterAway(t *testing.T) {
	for _, pair := range [][2]string{
		{"SMITH", "SMIHT"}, {"SMITH", "SMTH"}, {"SMITH", "SMYTH"}, {"SMITH", "SMITHE"}, {"DE LA CRUZ", "DELACRUZ"}, {"ANNE", "ANN"},
	} {
		if !meet(slips(nil, []byte(pair[0])), slips(nil, []byte(pair[1]))) {
			t.Errorf("%s and %s share no key", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"LEE", "LEO"}, {"SMITH", "SMOOTH"}, {"GARCIA", "GRACE"}} {
		if meet(slips(nil, []byte(pair[0])), slips(nil, []byte(pair[1]))) {
			t.Errorf("%s and %s share a key", pair[0], pair[1])
		}
	}
}
