package matchers

import "slices"

// The built-in figures, by comparison kind. m: how often the level is seen on two records of one person; u: on records of
// two strangers; h: on records of two people of one household. They are orders of magnitude from the record-linkage
// literature and from published features of the sources, not estimates from anybody's data; `train` replaces them. What
// matters is their logarithm: a figure wrong by a factor of two moves a weight by one bit, of the 20 to 30 that a decision takes.
//
// The caps on h (an exact given name at most .05, birth date .05, SSN .05, key .05; the same surname about .8, the same
// address about .7) are those without which the household class swallows the matches when trained (three classes trial).

// A generic field: nine in ten agree. An agency's own codes are rarely mistyped more often.
var exactLevels = []kindLevel{
	{name: "exact", m: .9, h: .2, points: 8},
	{name: "different", m: .1, h: .8, points: -3},
}

// Our own key, passed back in an answer. The answer is about whoever holds the number that we sent, and one of ours in forty is
// another person's (a typing error, a borrowed number); shifted rows and reused keys, one in five hundred, add little. So a
// stranger carries this subject's key with .025/N: the ratio to the closed form 1/N. A household member's record comes back
// under our key more often (a family's change of address, a joint account): .05.
var keyLevels = []kindLevel{
	{name: "exact", m: .97, h: .05, ratio: .025, points: 16},
	{name: "different", m: .03, h: .95, points: -5},
}

// Sex is coded wrongly on about 1.5 % of administrative records. Strangers: even odds, whatever the caseload's own share
// of men is, because extract rows are drawn from everybody. A partner is usually of the other sex, a child of either.
var sexLevels = []kindLevel{
	{name: "same", m: .985, u: .5, h: .45, points: 1},
	{name: "different", m: .015, u: .5, h: .55, points: -5},
}

// Generation suffixes: JR is half of all, SR, II and III the rest, so .4 by chance. Father and son of one name differ in
// it by definition: it is the household's best witness, .9 different.
var suffixLevels = []kindLevel{
	{name: "same", m: .95, u: .4, h: .1, points: 1},
	{name: "different", m: .05, u: .6, h: .9, points: -4},
}

// SSN: 2 % keying errors (one digit or transposition), 2.5 % another number altogether (borrowed, a spouse's, an
// old false one). By chance a given number agrees once in 10^9, but numbers are borrowed, invented and mistyped into each
// other: u is floored at 1e-4, which limits one equal SSN to log2(.95/1e-4) = 13.2 bits against a prior of about -20. It
// takes a name or a birth date beside it to reach review, and both to be accepted. Last four: one in 10,000. Household:
// borrowed from a parent or child .03, numbers issued in sequence to siblings .01.
var ssnLevels = []kindLevel{
	{name: "exact", m: .95, h: .03, points: 13},
	{name: "one error", m: .02, u: 1.5e-4, h: .01, points: 7},
	{name: "last four", m: .005, u: 1e-4, h: 3e-4, points: 5},
	{name: "different", m: .025, h: .9597, points: -5},
}

// Birth date: 93 % exact in linked administrative files, most errors one digit, a transposition, or day and month
// exchanged. Strangers: one in 17,000 (45 years of days). Exchanged needs a day of 12 or less: .35 of that; one digit
// or transposition reaches about fifteen other real dates; same month 1/540 or same day of the year 1/365; year within
// one: 3 of 45 years, less the finer levels. Household: twins and copied dates .02, siblings' and spouses' nearby years.
var dateLevels = []kindLevel{
	{name: "exact", m: .93, h: .02, points: 14},
	{name: "day and month exchanged", m: .007, ratio: .35, h: 5e-4, points: 8},
	{name: "one digit", m: .025, ratio: 15, h: .008, points: 5},
	{name: "month or day of year", m: .013, u: 4.5e-3, h: .012, points: 1},
	{name: "year within one", m: .005, u: .06, h: .08, points: -3},
	{name: "different", m: .02, h: .8795, points: -5},
}

// Phone: numbers change and people have several, so half of the matches differ and disagreement says little. The last
// seven agree alone when an area code was split or left away. A household shares its line: .35.
var phoneLevels = []kindLevel{
	{name: "exact", m: .5, h: .35, points: 15},
	{name: "last seven", m: .01, u: 1e-5, h: .01, points: 9},
	{name: "different", m: .49, h: .64, points: -1},
}

// Email: as phone, but personal. The same user at another provider is how people move.
var emailLevels = []kindLevel{
	{name: "exact", m: .55, h: .08, points: 15},
	{name: "same user", m: .05, u: 1e-4, h: .01, points: 9},
	{name: "different", m: .4, h: .91, points: -1},
}

// Given name: 80 % as the caseload has it; nicknames, initials and cut fields a tenth; typing errors 5 %; 4 % another
// name (a middle name used, a placeholder that looks like a name). Strangers: the commonest names make an equal one .8 %
// likely; a nickname half of that; an initial fits where one side is an initial (3 %) and the letter agrees (8 %); random
// names reach Jaro-Winkler .92 on .3 %, .85 on 1.5 % (counted over lists of given names). One in a hundred goes by the middle
// name; by chance a given name equals the other's middle one half as often as the other's given one. Household: another person has
// another given name; .04 for father and son, within the cap of .05.
var givenLevels = []kindLevel{
	{name: "exact", m: .8, h: .04, points: 7},
	{name: "nickname", m: .06, ratio: .5, h: .005, points: 4},
	{name: "initial", m: .03, u: 2.4e-3, h: .003, points: 3},
	{name: "truncated", m: .02, u: 5e-4, h: .002, points: 5},
	{name: "near", m: .03, u: 3e-3, h: .01, points: 3},
	{name: "close", m: .02, u: .015, h: .03, points: 0},
	{name: "middle name", m: .01, u: 4e-3, h: .01, points: 3},
	{name: "different", m: .03, h: .9, points: -5},
}

// withoutMiddle are the levels of a given name that is compared with no middle name.
var withoutMiddle = dropMiddle(givenLevels)

func dropMiddle(levels []kindLevel) []kindLevel {
	kept := slices.Clone(levels)
	last := len(kept) - 1
	kept[last].m += kept[last-1].m
	kept[last].h += kept[last-1].h
	return slices.Delete(kept, last-1, last)
}

// Family name: 86 % equal; 5 % typing errors; double surnames written in part 2 %; marriage and other changes 4 %.
// Strangers: .08 % equal in the population at large; the fuzzy levels counted over lists of surnames. A cut field of ten
// letters and more is a rare accident by chance. Household: the household's own name, .8 with its variants.
var familyLevels = []kindLevel{
	{name: "exact", m: .86, h: .75, points: 10},
	{name: "truncated", m: .003, u: 1e-5, h: .003, points: 9},
	{name: "part", m: .02, u: 6e-4, h: .03, points: 6},
	{name: "near", m: .05, u: 1e-3, h: .02, points: 5},
	{name: "close", m: .015, u: 6e-3, h: .01, points: 1},
	{name: "sound", m: .01, u: 3e-3, h: .005, points: 1},
	{name: "different", m: .042, h: .182, points: -4},
}

// Given and family name exchanged: three matches in a thousand. Both must agree with the other field, so by chance it is
// far rarer than either name alone (2e-7); as given and family name then count as no evidence, the figure carries both. Where a
// side has only one name and it is the other's other one (a surname alone, in the given name's field), it is one name's agreement.
var crossedLevels = []kindLevel{
	{name: "both exact", m: .003, u: 2e-7, h: 1.5e-4, points: 14},
	{name: "one exact, one near", m: .001, u: 3e-7, h: 1e-4, points: 11},
	{name: "one in the other's place", m: .003, u: 1e-5, h: .002, points: 6},
}

// Middle name: half of the records carry an initial only. An initial agrees by chance in 8 % where one side is an
// initial; full names agree in .6 %. Ten in a hundred have another one (a maiden name moved in, a second given name).
var middleLevels = []kindLevel{
	{name: "exact", m: .45, h: .02, points: 6},
	{name: "initial agrees", m: .45, u: .04, h: .06, points: 3},
	{name: "different", m: .1, h: .92, points: -3},
}

// Address: a third of the matches still stand at the known door, a quarter has left the region. Strangers share a door
// with one in 50,000, a building more often (apartments), a ZIP and a three-digit area as the caseload's own ZIPs do
// (closed form). Household: .7 at the same door or building by definition of the class; the rest has moved.
//
// The four digits behind a ZIP stand for one side of a block, one building, or a group of boxes (Publication 28, sections 246
// and 256; ZIP+4 file of the Address Information System). Four in ten records state them, so one pair in six has them on
// both sides; of the pairs at one address one line in twenty is written so that nothing of it agrees (a box for the street, a
// building's name, a line left blank): .45 * .16 * .05 = .003 of matches, and .004 of households. Strangers of one ZIP share
// the four digits once in some hundred pairs that state them, mostly with the street, which is a finer level: 1e-6 of all pairs
// and less. As people of one caseload live nearer to each other than that, u is no lower than the floor of a door, 1e-5.
var addressLevels = []kindLevel{
	{name: "same door", m: .35, u: 2e-5, h: .62, points: 14},
	{name: "same building", m: .06, u: 5e-5, h: .07, points: 10},
	{name: "same street and number", m: .02, u: 2e-5, h: .02, points: 9},
	{name: "same street and ZIP", m: .01, u: 3e-4, h: .01, points: 5},
	{name: "same ZIP+4", m: .003, u: 1e-5, h: .004, points: 4},
	{name: "same ZIP", m: .137, h: .056, points: 3},
	{name: "same ZIP area", m: .17, h: .06, points: 1},
	{name: "different", m: .25, h: .16, points: -2},
}

// Thresholds in bits: the weight is the logarithm of the odds that the record is the subject's. Accept at p = .99: one
// accepted link in a hundred is wrong at the margin, far fewer on average, and an officer still reads before acting.
// Review at p = .1: below that nine of ten would be looked at in vain.
const (
	acceptBits = 6.63  // log2(.99/.01)
	reviewBits = -3.17 // log2(.1/.9)
)

// Known shares: what part of an extract's rows are our people. Statewide files of workers and account holders: a caseload
// of parents is about one adult in twenty. Answers to our own inquiry (military): nearly all rows are about our people.
// Household ratio: a file of everybody holds about one member of the household for each subject; an answer to an inquiry
// by SSN almost none.
func builtInShares() (known, household map[string]float64) {
	known = map[string]float64{DefaultSource: .05, "postal": .05, "employment": .05, "military": .9, "financial": .05}
	return known, map[string]float64{DefaultSource: 1, "military": .02}
}

// The built-in repeat ratio is 1 for every source: a subject's records do not compete before data show that a file has about
// one a person. None has by its nature. People file an order for themselves and one with their family, and move again; hold
// several jobs and accounts; and are asked about under each of their names and numbers, and answered each time.

// BuiltInModel states m, u and h for every comparison of a valid spec by its kind. It has three classes when the spec has
// an address comparison, else two: without an address a household member cannot be told from a stranger (trial: .935 to
// .903 F1 with a third class and no address).
func BuiltInModel(spec *Spec) *Model {
	m := &Model{
		Format: ModelFormat, Name: "built-in", Spec: spec.Digest(), Classes: 2, Accept: acceptBits, Review: reviewBits,
		Provenance: []string{"stated by comparison kind (matchers/builtin_model.go); not trained on any data"},
	}
	m.KnownShare, m.HouseholdRatio = builtInShares()
	for _, c := range spec.Comparisons {
		if c.Kind == "address" {
			m.Classes = 3
		}
	}
	for i := range spec.Comparisons {
		m.Comparisons = append(m.Comparisons, builtInComparison(&spec.Comparisons[i], m.Classes == 3))
	}
	if m.Classes == 2 {
		m.HouseholdRatio = nil
	}
	return m
}

func builtInComparison(c *Comparison, household bool) ModelComparison {
	out := ModelComparison{Name: c.Name}
	for _, k := range c.levels() {
		level := Level{Name: k.name, M: k.m, U: k.u}
		if household {
			level.H = k.h
		}
		out.Levels = append(out.Levels, level)
	}
	return out
}
