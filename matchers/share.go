package matchers

import (
	"maps"
	"math"
	"slices"
)

// sourceShare is what the pairs of a source are, as parts of all subjects times records.
type sourceShare struct {
	match, household float64
	pairs            float64 // subjects times records
	change           float64 // relative, in the last round
}

func (s sourceShare) classes() [allClasses]float64 {
	return [allClasses]float64{classMatch: s.match, classStranger: 1 - s.match - s.household, classHousehold: s.household}
}

// startShares: step 5 of the recipe, four subjects in ten have a record, and as many household members.
func (tr *trainer) startShares() {
	for _, records := range tr.t.Records {
		s := sourceShare{pairs: float64(records) * float64(tr.c.subjects)}
		s.match = .4 * float64(min(records, int64(tr.c.subjects))) / max(1, s.pairs)
		if tr.em.classes == 3 {
			s.household = s.match
		}
		tr.shares = append(tr.shares, s)
	}
}

// solveShares estimates, by source, how many of all pairs are matches and household members, m, u and h given: EM over the
// whole patterns of proposed pairs. A pair that no rule proposes counts as a stranger's. With the figures fixed there is one
// maximum, so the start does not matter.
func (tr *trainer) solveShares() {
	all := tr.allComparisons()
	for source := range tr.shares {
		patterns := map[labelled]float64{}
		for _, n := range tr.t.Blocked {
			if n.Source == source {
				patterns[labelled{n.Pattern, n.Label}] += float64(n.Pairs)
			}
		}
		tr.solveShare(&tr.shares[source], all, patterns)
	}
}

// shareSettled is the relative change below which a share stands; mostShareRounds bounds the rounds, which are cheap.
const (
	shareSettled    = 1e-7
	mostShareRounds = 5000
)

func (tr *trainer) solveShare(s *sourceShare, all []int, counts map[labelled]float64) {
	patterns := slices.SortedFunc(maps.Keys(counts), labelled.compare)
	likelihoods := make([][allClasses]float64, len(patterns))
	for n, p := range patterns {
		likelihoods[n], _ = tr.em.likelihoods(all, p.pattern, p.label, [allClasses]float64{1, 1, 1})
	}
	for range mostShareRounds {
		var expected [allClasses]float64
		classes := s.classes()
		for n, pattern := range patterns {
			sum := 0.0
			for k := range tr.em.classes {
				sum += classes[k] * likelihoods[n][k]
			}
			for k := range tr.em.classes {
				expected[k] += counts[pattern] * classes[k] * likelihoods[n][k] / sum
			}
		}
		before := *s
		s.match = share(expected[classMatch], s.pairs)
		if tr.em.classes == 3 {
			s.household = share(expected[classHousehold], s.pairs)
		}
		s.change = max(math.Abs(s.match/before.match-1), math.Abs(s.household-before.household)/max(before.household, s.match))
		if s.change < shareSettled {
			return
		}
	}
}

// share of expected pairs; half a pair at least, so that a source in which nobody was found keeps a chance.
func share(expected, pairs float64) float64 { return min(.5, max(expected, .5)/max(pairs, 1)) }

// statedShares gives known share and household ratio as a model states them: by source, and the records' average for
// sources that were not trained on.
func (tr *trainer) statedShares() (known, household map[string]float64) {
	known = map[string]float64{}
	if tr.em.classes == 3 {
		household = map[string]float64{}
	}
	var matches, members, records float64
	for i, name := range tr.t.Sources {
		s, rows := tr.shares[i], float64(tr.t.Records[i])
		if rows == 0 || tr.bare(i) {
			continue
		}
		known[name] = knownShare(name, s.match*s.pairs, rows)
		matches, members, records = matches+s.match*s.pairs, members+s.household*s.pairs, records+rows
		if household != nil {
			household[name] = householdRatio(s.household*s.pairs, s.match*s.pairs)
		}
	}
	tr.keepStated(known, household)
	if records == 0 {
		return known, household
	}
	known[DefaultSource] = knownShare(DefaultSource, matches, records)
	if household != nil {
		household[DefaultSource] = householdRatio(members, matches)
	}
	return known, household
}

// keepStated gives the sources that are not solved the shares of the built-in model, or of the model whose shares alone are
// estimated.
func (tr *trainer) keepStated(known, household map[string]float64) {
	stated := tr.given
	known[DefaultSource] = stated.Share(DefaultSource)
	for i, name := range tr.t.Sources {
		if tr.bare(i) {
			known[name] = stated.Share(name)
		}
		if household != nil {
			household[DefaultSource] = stated.Household(DefaultSource)
			if tr.bare(i) {
				household[name] = stated.Household(name)
			}
		}
	}
}

// bareShare of a source's pairs with evidence in one comparison alone makes it bare.
const bareShare = .99

// bare reports whether a source's pairs show nothing but one comparison: answers that pass our key back and say nothing
// of their own. How many of them are wrong cannot be learnt from them, so neither can their weight: share and ratio stay
// as stated.
func (tr *trainer) bare(source int) bool {
	single, all := int64(0), int64(0)
	for _, n := range tr.t.Blocked {
		if n.Source != source {
			continue
		}
		evidence := 0
		for i := range tr.kinds {
			if n.Pattern.Level(i) != 0 {
				evidence++
			}
		}
		if all += n.Pairs; evidence <= 1 {
			single += n.Pairs
		}
	}
	return all > 0 && float64(single) >= bareShare*float64(all)
}

func knownShare(source string, matches, records float64) float64 {
	return figureUpTo(mostShare(source)*.999, max(1e-6, matches/max(1, records)))
}

func householdRatio(members, matches float64) float64 {
	return figureUpTo(100, max(1e-3, members/max(matches, .5)))
}

// cautiousRatios gives the household ratio among pairs that name nobody: never below the stated one. A record that names nobody
// (a family's change of address) and has the subject's surname and door is anybody's of the household, however rare members
// are among the records that do name somebody, and nothing in the pairs tells EM how often it is the subject's. Measured on a
// synthetic night's change-of-address file: at the ratio learnt from all (.09) 215 of 245 such records were accepted for the
// wrong person, at the stated one (1) none.
func (tr *trainer) cautiousRatios(household map[string]float64) map[string]float64 {
	if household == nil {
		return nil
	}
	cautious := map[string]float64{}
	for name, learnt := range household {
		cautious[name] = max(learnt, tr.given.Unnamed(name))
	}
	return cautious
}

// fewestStrangers bounds a stranger share as mostPresent does a present share: it is 1 less an estimate.
const fewestStrangers = .05

// strangers gives the stranger share of the sources whose known share was learnt. The records of a caseload that is linked with
// itself are nobody's to share out.
func (tr *trainer) strangers(known map[string]float64) map[string]float64 {
	shares := map[string]float64{}
	for i, name := range tr.t.Sources {
		if share, there := known[name]; there && !tr.bare(i) && name != SelfSource {
			shares[name] = figureUpTo(1, max(fewestStrangers, 1-share))
		}
	}
	return shares
}

// manyUnnamed is the part of a source's matches that name nobody from which the report says so.
const manyUnnamed = .03

// unnamed gives, by source, the part of the expected matches whose pattern is evidence of a household but of no person.
func (tr *trainer) unnamed() []float64 {
	parts := make([]float64, len(tr.shares))
	if tr.em.classes == 2 {
		return parts
	}
	all := tr.allComparisons()
	for _, n := range tr.t.Blocked {
		if !tr.c.plan.naming.names(n.Pattern) {
			odds, sum := tr.em.likelihoods(all, n.Pattern, n.Label, tr.shares[n.Source].classes())
			parts[n.Source] += float64(n.Pairs) * odds[classMatch] / sum
		}
	}
	for source, s := range tr.shares {
		parts[source] /= max(1, s.match*s.pairs)
	}
	return parts
}
