package matchers

import (
	"fmt"
	"math"
)

// TrainingReport says what training found, for a reader and for JSON.
type TrainingReport struct {
	Subjects    int                `json:"subjects"`
	Pairs       int64              `json:"pairs"`        // proposed by some rule
	Labelled    int64              `json:"labelled"`     // of them, whose truth was known
	RandomPairs int64              `json:"random_pairs"` // drawn for u
	PriorOnly   bool               `json:"prior_only"`   // m, u and h are the given model's
	Classes     int                `json:"classes"`
	Household   HouseholdVerdict   `json:"household"`
	Converged   bool               `json:"converged"`
	Rounds      []int              `json:"rounds,omitempty"` // of EM, one number for each solving of u
	Change      float64            `json:"change"`           // the largest of a probability or share, in the last round
	Sources     []SourceReport     `json:"sources"`
	Comparisons []ComparisonReport `json:"comparisons,omitempty"`
	Warnings    []TrainingWarning  `json:"warnings"`
}

// HouseholdVerdict says whether the household class stays in the model, and why.
type HouseholdVerdict struct {
	Kept    bool    `json:"kept"`
	Reason  string  `json:"reason"`
	Gain    float64 `json:"gain,omitempty"`    // twice the gain in log-likelihood over two classes, by pair
	Penalty float64 `json:"penalty,omitempty"` // AIC's price of the class's figures
}

// SourceReport is one source's share of the pairs.
type SourceReport struct {
	Source         string  `json:"source"`
	Records        int64   `json:"records"`
	Pairs          int64   `json:"pairs"`
	Matches        float64 `json:"matches"`           // expected among the proposed pairs
	Members        float64 `json:"members,omitempty"` // expected household members' pairs
	KnownShare     float64 `json:"known_share"`
	HouseholdRatio float64 `json:"household_ratio,omitempty"`
	Stated         bool    `json:"stated,omitempty"` // the share is the built-in one, see bare
	// Of the repeat ratio: expected pairs of records of one subject, and what chance gives. 0 where it was not estimated.
	RepeatRatio float64 `json:"repeat_ratio,omitempty"`
	Repeats     float64 `json:"repeats,omitempty"`
	ByChance    float64 `json:"repeats_by_chance,omitempty"`
}

// ComparisonReport is one comparison's figures.
type ComparisonReport struct {
	Name        string        `json:"name"`
	Information float64       `json:"information"` // bits that the average match gains against a stranger
	Levels      []LevelReport `json:"levels"`
}

// LevelReport is one level's figures, with how often it was seen.
type LevelReport struct {
	Level
	S       float64 `json:"s"`       // bits against a stranger
	HBits   float64 `json:"h_bits"`  // bits against a household member
	Matches float64 `json:"matches"` // expected matches at the level, in the passes that judge it
	Random  float64 `json:"random"`  // random pairs of strangers at the level
	Fitted  bool    `json:"fitted"`  // seen in matches and in strangers; else pseudo-counts decide
}

// TrainingWarning is something a reader should know, with what to do about it.
type TrainingWarning struct {
	Kind   string `json:"kind"`
	About  string `json:"about"` // comparison or source
	Says   string `json:"says"`
	Remedy string `json:"remedy"`
}

// keepHousehold decides between two and three classes. The third must earn its figures by AIC, or mend a class of matches
// that is none; and it must be a household: the matches must agree on what is a person's own more often than its members do.
// Passes overlap, so the gain is taken per pair: divided by the rules that propose the average pair.
func keepHousehold(two, three *trainer) (v HouseholdVerdict) {
	v.Gain = 2 * (three.fit.data - two.fit.data) / proposals(two.t.Blocked)
	v.Penalty = three.householdPrice()
	mended := mends(two, three)
	if v.Gain <= v.Penalty && mended == "" {
		v.Reason = fmt.Sprintf("the data do not ask for it: twice the log-likelihood gains %.0f, and AIC's price of its figures is %.0f", v.Gain, v.Penalty)
		return v
	}
	if v.Reason = noHousehold(three); v.Reason != "" {
		return v
	}
	v.Kept, v.Reason = true, mended
	if v.Gain > v.Penalty {
		v.Reason = fmt.Sprintf("twice the log-likelihood gains %.0f over two classes, and AIC's price of its figures is %.0f", v.Gain, v.Penalty)
	}
	return v
}

// personal lists the comparisons of what tells the people of one address apart: given name, birth date, SSN.
func (p *plan) personal() (comparisons []int) {
	for i, c := range p.comparisons {
		if c.id == kindGiven || c.id == kindDate || c.id == kindSSN {
			comparisons = append(comparisons, i)
		}
	}
	return comparisons
}

// noHousehold says why a third class is no household, "" where it is one.
func noHousehold(three *trainer) string {
	personal := three.c.plan.personal()
	for _, i := range personal {
		if m, h := three.em.p[classMatch][i][1], three.em.p[classHousehold][i][1]; m <= 2*h {
			return fmt.Sprintf("its members agree on %s nearly as often (%.3f) as matches do (%.3f): what it found is no household",
				three.c.plan.spec.Comparisons[i].Name, h, m)
		}
	}
	if len(personal) == 0 {
		return "the spec compares no given name, birth date or SSN, which tell the people of one address apart"
	}
	return ""
}

// strangeMatches is the part of the matches that may differ in what is a person's own before two classes are in doubt. The
// dirtiest set tried has .09.
const strangeMatches = .25

// mends says how the third class mends a class of matches that cannot be one, "" where it does not. A file that compares little
// (a change of address: a name and a door) leaves no pass three things to look at, so two classes fit it as well as three, by
// matches most of which have another given name: the whole household. The likelihood cannot tell; sense can.
func mends(two, three *trainer) string {
	for _, i := range two.c.plan.personal() {
		last := two.em.levels[i]
		without, with := two.em.p[classMatch][i][last], three.em.p[classMatch][i][last]
		if without > strangeMatches && with < without/2 {
			return fmt.Sprintf("without it %.0f %% of the matches would differ in %s, with it %.0f %% do",
				100*without, two.c.plan.spec.Comparisons[i].Name, 100*with)
		}
	}
	return ""
}

// forced is the verdict where the caller has decided: 0 leaves it as it is.
func (v HouseholdVerdict) forced(classes int) HouseholdVerdict {
	if classes != 0 && v.Kept != (classes == 3) {
		v.Kept = !v.Kept
		v.Reason = fmt.Sprintf("%d classes were asked for, although %s", classes, v.Reason)
	}
	return v
}

// householdPrice is AIC's price of the third class: two for every h of a level that some proposed pair shows, and for the share of
// every pass. By pair, as the gain is: a share fits its own pass alone, and what that gains by accident is divided by the rules
// that propose the average pair. And as far as the data decide: of an h that n pairs show and pseudoPairs hold to the stated figure,
// n / (n + pseudoPairs) is free. Not BIC's, which rises with the pairs: to drop a household that is there costs far more (a synthetic
// night of 200 subjects: F1 at p = .5 .9390 without the class, .9872 with it) than to keep one that is not (no match lost in the
// tests' worlds, whose gain is below 5 where nobody has a household).
func (tr *trainer) householdPrice() (price float64) {
	var seen [MaxComparisons][MaxLevels + 1]bool
	for _, n := range tr.t.Blocked {
		for i := range tr.kinds {
			seen[i][n.Pattern.Level(i)] = true
		}
	}
	const each = 2
	rules := proposals(tr.t.Blocked)
	for i, last := range tr.em.levels {
		levels, members := 0, 0.0
		for l := 1; l <= last; l++ {
			if seen[i][l] {
				levels++
			}
			members += tr.seen[classHousehold][i][l] / rules
		}
		price += each * float64(max(0, levels-1)) * members / (members + pseudoPairs)
	}
	return price + each*float64(len(tr.em.passes))/rules
}

// report fills in what was found.
func (tr *trainer) report(r *TrainingReport, m *Model) {
	r.Converged, r.Change = tr.converged(), tr.fit.change
	for _, f := range tr.rounds {
		r.Rounds = append(r.Rounds, f.rounds)
	}
	for i := range m.Comparisons {
		r.Comparisons = append(r.Comparisons, tr.reportComparison(i, &m.Comparisons[i]))
	}
	tr.reportShares(r, m)
	tr.warn(r)
}

func (tr *trainer) reportComparison(i int, c *ModelComparison) ComparisonReport {
	out := ComparisonReport{Name: c.Name}
	for l, level := range c.Levels {
		line := LevelReport{
			Level: level, S: math.Log2(level.M / level.U),
			Matches: tr.seen[classMatch][i][l+1], Random: tr.random[i][l+1],
		}
		if level.H > 0 {
			line.HBits = math.Log2(level.M / level.H)
		}
		line.Fitted = line.Matches >= 1 && line.Random >= 1
		out.Information += level.M * line.S
		out.Levels = append(out.Levels, line)
	}
	return out
}

// reportShares lists the sources.
func (tr *trainer) reportShares(r *TrainingReport, m *Model) {
	r.Classes = m.Classes
	r.Warnings = []TrainingWarning{}
	for i, name := range tr.t.Sources {
		s := tr.shares[i]
		line := SourceReport{
			Source: name, Records: tr.t.Records[i], Matches: s.match * s.pairs, Members: s.household * s.pairs,
			KnownShare: m.Share(name), Stated: tr.bare(i),
		}
		for _, n := range tr.t.Blocked {
			if n.Source == i {
				line.Pairs += n.Pairs
			}
		}
		if m.Classes == 3 {
			line.HouseholdRatio = m.Household(name)
		}
		r.Sources = append(r.Sources, line)
	}
}
