package pipeline

import (
	"maps"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// section draws a section's answers.
func drawAnswers(t *rapid.T, most int64) answersOf {
	n := rapid.Int64Range(0, most).Draw(t, "answers")
	if all := rapid.Bool().Draw(t, "all repeat"); all {
		return answersOf{n, n}
	}
	return answersOf{n, rapid.Int64Range(0, n).Draw(t, "repeated")}
}

func drawSections(t *rapid.T) map[fileSection]answersOf {
	sections := map[fileSection]answersOf{}
	for file := range rapid.IntRange(1, 3).Draw(t, "files") {
		for section := range rapid.IntRange(1, 6).Draw(t, "sections") {
			sections[fileSection{file, section}] = drawAnswers(t, 60)
		}
	}
	return sections
}

// TestEchoes_MoreThatRepeatNeverClears: whatever an extract's sections answer, one more answer of a section that repeats our inquiry
// never clears that section, and one more in words of its own never condemns it.
func TestEchoes_MoreThatRepeatNeverClears(t *testing.T) {
	seen := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		sections := drawSections(t)
		at := fileSection{0, 0}
		before := judgeEchoes(sections, DefaultEchoShare)[at]
		seen[before]++
		more, other := maps.Clone(sections), maps.Clone(sections)
		more[at] = more[at].plus(answersOf{1, 1})
		other[at] = other[at].plus(answersOf{1, 0})
		if before && !judgeEchoes(more, DefaultEchoShare)[at] {
			t.Fatalf("%+v echoes among %+v, and with one more that repeats us it does not", sections[at], sections)
		}
		if !before && judgeEchoes(other, DefaultEchoShare)[at] {
			t.Fatalf("%+v does not echo among %+v, and with one more of its own it does", sections[at], sections)
		}
	})
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("echoes and not: %v; the law said nothing", seen)
	}
}

// TestEchoes_FewAnswersAreJudgedByTheOthers: what a few answers that all repeat us are taken for depends on what the supplier's other
// institutions do, and on how many of them there are.
func TestEchoes_FewAnswersAreJudgedByTheOthers(t *testing.T) {
	own, echo := answersOf{100, 46}, answersOf{100, 100}
	many := func(of answersOf, n int) (list []answersOf) {
		for range n {
			list = append(list, of)
		}
		return list
	}
	for _, x := range []struct {
		name   string
		few    answersOf
		others []answersOf
		apart  bool // a file of its own
		echoes bool
	}{
		{"three, alone", answersOf{3, 3}, nil, false, false},
		{"eighteen, alone", answersOf{18, 18}, nil, false, false},
		{"nineteen, alone", answersOf{19, 19}, nil, false, true},
		{"nineteen of twenty, alone", answersOf{20, 19}, nil, false, false},
		{"five beside banks with names of their own", answersOf{5, 5}, many(own, 6), false, false},
		{"ten beside banks with names of their own", answersOf{10, 10}, many(own, 6), false, true},
		{"nine beside three hundred of them, of which one may have nine alike", answersOf{9, 9}, many(own, 300), false, false},
		{"nine of ten beside banks with names of their own", answersOf{10, 9}, many(own, 6), false, false},
		{"twenty-five beside banks whose customers are mostly called as we wrote", answersOf{25, 25}, many(answersOf{1000, 970}, 6), false, false},
		{"twelve beside banks that echo", answersOf{12, 12}, many(echo, 6), true, true},
		{"twelve, alone", answersOf{12, 12}, nil, false, false},
		{"two beside many small ones that all repeat us, in one file", answersOf{2, 2}, many(answersOf{2, 2}, 11), false, true},
		{"two beside as many, each in a file of its own", answersOf{2, 2}, many(answersOf{2, 2}, 11), true, false},
		{"two of three in a file of small ones that repeat us", answersOf{3, 2}, many(answersOf{4, 4}, 40), false, false},
		{"ten in a file of a large bank that echoes", answersOf{10, 10}, []answersOf{{2000, 2000}}, false, false},
		{"two in a file of small ones of which one has names of its own", answersOf{2, 2}, append(many(answersOf{2, 2}, 8), answersOf{6, 1}), false, false},
		{"none", answersOf{}, many(echo, 6), false, false},
	} {
		sections := map[fileSection]answersOf{{0, 0}: x.few}
		for i, other := range x.others {
			at := fileSection{0, 1 + i}
			if x.apart {
				at = fileSection{1 + i, 0}
			}
			sections[at] = other
		}
		if got := judgeEchoes(sections, DefaultEchoShare)[fileSection{0, 0}]; got != x.echoes {
			t.Errorf("%s: echoes %v", x.name, got)
		}
	}
}

// TestEchoes_SmallInstitutions measures the judgement on extracts of eighty institutions, one in ten of which echoes, with three to
// thirty answers each. Own books repeat our inquiry in 46 of 100 answers, as on the synthetic night.
func TestEchoes_SmallInstitutions(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	type count struct{ echoes, found int }
	small, large, own := count{}, count{}, count{}
	for range 400 {
		sections, echoing := map[fileSection]answersOf{}, map[fileSection]bool{}
		for i := range 80 {
			at, a := fileSection{0, i}, answersOf{answers: 3 + r.Int64N(28)}
			chance := .46
			if echoing[at] = i%10 == 0; echoing[at] {
				chance = .99
			}
			for range a.answers {
				if r.Float64() < chance {
					a.repeated++
				}
			}
			sections[at] = a
		}
		found := judgeEchoes(sections, DefaultEchoShare)
		for at, a := range sections {
			c := &own
			switch {
			case echoing[at] && a.answers < 25:
				c = &small
			case echoing[at]:
				c = &large
			}
			c.echoes++
			if found[at] {
				c.found++
			}
		}
	}
	share := func(c count) float64 { return float64(c.found) / float64(c.echoes) }
	t.Logf("found of echoes with fewer than 25 answers %.4f, with more %.4f; of own books %.5f", share(small), share(large), share(own))
	if share(small) < .6 || share(own) > .001 {
		t.Errorf("found %.4f of small echoes, and took %.5f of own books for one", share(small), share(own))
	}
}
