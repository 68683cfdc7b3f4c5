package pipeline

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"locatematch/matchers"
	"locatematch/matchers/text"
)

// A record is one person's at most: the chances of its pairs add up to no more than one match, one pair alone has its weight's
// probability, and a heavier pair has no smaller chance.
func TestExpected_PairsOfARecordShareOneCertainty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var pairs []matchers.Proposal
		for _, bits := range rapid.SliceOfN(rapid.IntRange(-60, 60), 1, 300).Draw(t, "weights") {
			pairs = append(pairs, matchers.Proposal{Weight: int32(bits * matchers.One / 2)})
		}
		units, sum := expected(nil, pairs), int64(0)
		for i, n := range units {
			sum += n
			for j := range pairs {
				if pairs[i].Weight >= pairs[j].Weight && n < units[j] {
					t.Fatalf("weight %d has %d units, weight %d has %d", pairs[i].Weight, n, pairs[j].Weight, units[j])
				}
			}
		}
		if sum > matchUnit+int64(len(pairs)) {
			t.Fatalf("%d units of %d", sum, matchUnit)
		}
		one := float64(expected(nil, pairs[:1])[0]) / matchUnit
		if want := matchers.Probability(pairs[0].Weight); math.Abs(one-want) > 1e-6 {
			t.Fatalf("alone %g, want %g", one, want)
		}
	})
}

// Every candidate that proposes a pair is remembered, in whatever round and at whatever place of it.
func TestScreening_RemembersEveryCandidate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		candidates := rapid.IntRange(1, 300).Draw(t, "candidates")
		s := &screening{words: (candidates + 63) / 64}
		want := map[uint32]map[int]bool{}
		var kept []probable
		for first := 0; first < candidates; {
			n := min(candidates-first, rapid.IntRange(1, 64).Draw(t, "round"))
			var pairs []matchers.Proposal
			for subject := range uint32(6) {
				rules := rapid.Uint64().Draw(t, "rules") & (1<<n - 1)
				if rules == 0 {
					continue
				}
				pairs = append(pairs, matchers.Proposal{Subject: subject, Rules: rules})
				for r := range n {
					if rules>>r&1 == 1 {
						if want[subject] == nil {
							want[subject] = map[int]bool{}
						}
						want[subject][first+r] = true
					}
				}
			}
			kept = s.keep(kept, 0, pairs, first)
			first += n
		}
		if len(kept) != len(want) {
			t.Fatalf("%d pairs kept of %d", len(kept), len(want))
		}
		for i := range kept {
			for c := range candidates {
				if kept[i].has(c) != want[kept[i].subject][c] {
					t.Fatalf("subject %d, candidate %d: %v", kept[i].subject, c, kept[i].has(c))
				}
			}
		}
	})
}

// Rounds cut a list without loss into stretches that one spec can hold.
func TestRounds_AreWithinOneSpec(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var rules [][]string
		for i := range rapid.IntRange(0, 400).Draw(t, "rules") {
			rules = append(rules, []string{fmt.Sprintf("f%d.prefix3", rapid.IntRange(0, 200).Draw(t, "field")), "max:3", fmt.Sprintf("g%d=h%d", i%7, i%5)})
		}
		next := 0
		for round := range rounds(rules) {
			parts := map[string]bool{}
			for _, rule := range rules[round.from:round.to] {
				for _, part := range matchers.Parts(rule) {
					parts[part] = true
				}
			}
			if round.from != next || round.to <= round.from || round.to-round.from > matchers.MaxRules || len(parts) > matchers.MaxParts {
				t.Fatalf("stretch %+v after %d with %d parts", round, next, len(parts))
			}
			next = round.to
		}
		if next != len(rules) {
			t.Fatalf("%d of %d rules", next, len(rules))
		}
	})
}

// screeningOf makes probable pairs of a match each, from the candidates that propose them.
func screeningOf(candidates int, found ...[]int) *screening {
	s := &screening{records: len(found), words: (candidates + 63) / 64}
	for i, list := range found {
		p := probable{record: i, matches: matchUnit, rules: make([]uint64, s.words)}
		for _, c := range list {
			p.rules[c/64] |= 1 << (c % 64)
		}
		s.pairs = append(s.pairs, p)
	}
	return s
}

// Finalists are the spec's own rules first, then others, each once and no more than asked for; and where there is room they find
// all that the pool finds.
func TestFinalists_FindWhatThePoolFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 90).Draw(t, "candidates")
		candidates := make([]candidate, n)
		for i := range candidates {
			candidates[i].pairs = rapid.Int64Range(1, 1000).Draw(t, "pairs")
		}
		found := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, n-1), 1, 5), 1, 60).Draw(t, "found")
		s := screeningOf(n, found...)
		own, most := rapid.IntRange(0, min(n, 10)).Draw(t, "own"), rapid.IntRange(10, 100).Draw(t, "most")
		got := finalists(s, candidates, own, most)
		sorted := slices.Compact(slices.Sorted(slices.Values(got)))
		if len(sorted) != len(got) || len(got) > most || !slices.Equal(sorted[:own], got[:own]) && own > 0 {
			t.Fatalf("%d of %d own, most %d: %v", own, n, most, got)
		}
		for i := range own {
			if got[i] != i {
				t.Fatalf("own rule %d is not in its place: %v", i, got)
			}
		}
		if all := s.matches(nil); len(found)*3+own <= most && s.matches(got) != all {
			t.Fatalf("%v finds %d units of %d", got, s.matches(got), all)
		}
	})
}

// Of a thousand matches names find four in five and the birth date half, one independent of the other: a hundred are missed.
func TestMissed_IsWhatIndependentCatchesSay(t *testing.T) {
	spec := matchers.BuiltInSpec()
	candidates := []candidate{{rule: []string{"given", "family", "max:5"}}, {rule: []string{"born"}}, {rule: []string{"given", "born"}}}
	var found [][]int
	for range 400 {
		found = append(found, []int{0, 1, 2})
	}
	for range 400 {
		found = append(found, []int{0})
	}
	for range 100 {
		found = append(found, []int{1})
	}
	if got := missed(spec, screeningOf(3, found...), candidates); math.Abs(got-100) > 1 {
		t.Errorf("%.1f missed, want 100", got)
	}
}

// Masked keys tell a common name from a placeholder and nothing of a number but an SSN's last four, wherever it stands.
func TestMaskedValue_HidesWhoItIs(t *testing.T) {
	for _, c := range []struct {
		kind text.Kind
		raw  string
		want string
	}{
		{text.Family, "Smith", "S····"},
		{text.Family, "de la Cruz", "D·······"},
		{text.Text, "at 123456789", "A· ·········"},
		{text.Date, "1980-02-17", "1980-··-··"},
		{text.SSN, "234-56-7891", "***-**-7891"},
		{text.Digits, "0012345", "***"},
		{text.Phone, "608-555-0134", "***"},
		{text.Exact, "123-45-6789", "***"},
		{text.Zip, "53703", "537··"},
		{text.State, "WI", "WI"},
		{text.Sex, "F", "F"},
		{text.Address, "12 Main St", "·· M··· S·"},
		{text.Email, "ann@example.org", "a··············"},
	} {
		std, num, validity := text.Standardise(c.kind, 0, nil, []byte(c.raw))
		if got := maskedValue(matchers.Field{Name: "field", Kind: c.kind}, matchers.Value{Std: std, Num: num, Validity: validity}); got != c.want {
			t.Errorf("%s %q is shown as %q, want %q", c.kind, c.raw, got, c.want)
		}
	}
}
