package matchers

// A supplier that answers our inquiry looks it up by the number that we sent, and gives back our key beside the number that it found.
// If that number is not our subject's (a typing error, a borrowed number), it has found somebody else, whose record bears our key and
// the very number that we asked by: each follows from the other, and both from our own inquiry. So of a record that returns a
// subject's key, an agreeing number says nothing beside the key. Together they say what the key alone does, that the
// supplier has somebody under our number; who that is, name and birth date must say. A number that differs from ours was found otherwise, and
// counts; so does an equal one under no key, or under another subject's.

// asking holds the two comparisons of which one tells the other's news; number is -1 where a spec lacks either.
type asking struct{ key, number int }

func askingOf(comparisons []comparisonPlan, key int) asking {
	a := asking{key: key, number: -1}
	for i := range comparisons {
		if comparisons[i].id == kindSSN && key >= 0 {
			a.number = i
		}
	}
	return a
}

// asked reports that a record came back under the subject's key with the number that we asked by, or as much of it as is shown.
func (a *asking) asked(p Pattern) bool {
	if a.number < 0 || p.Level(a.key) != 1 {
		return false
	}
	level := p.Level(a.number)
	return level == 1 || level == ssnLastFour
}

// once takes the number that we asked by out of a pattern, and gives what that takes from S: never less than nothing, so that the bound
// by which scoring stops early holds (a model may say that equal numbers speak against a pair). Bounds need know no more of it: a pair whose
// key agrees is kept whatever it weighs.
func (s *Scorer) once(p Pattern) (rest Pattern, taken int32) {
	if !s.asking.asked(p) {
		return p, 0
	}
	brought := s.s[s.asking.number][p.Level(s.asking.number)]
	if brought <= 0 {
		return p, 0
	}
	return p.With(s.asking.number, 0), -brought
}
