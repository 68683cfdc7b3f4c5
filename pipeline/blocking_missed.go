package pipeline

import (
	"slices"

	"locatematch/matchers"
)

// missed estimates how many of a sample's matches no candidate finds, in units, by capture and recapture: of the matches that
// candidates without any field of a group find, a share is found by candidates of that group's fields alone, and it is taken
// that of all other matches the same share is (Lincoln and Petersen; Chapman's form, which two empty catches do not upset).
// The group is the one whose fields alone find most: names, as a rule. Where a record that is bad in its names is bad
// in the rest too, the two catches are not independent and more is missed than this says; it is a lower bound of sorts.
func missed(spec *matchers.Spec, s *screening, candidates []candidate) float64 {
	var best catches
	for _, group := range spec.Groups() {
		if c := s.catchesOf(spec, group, candidates); c.inside > best.inside {
			best = c
		}
	}
	return max(0, best.total()-inMatches(s.matches(nil)))
}

// catches are the matches that candidates of one group's fields alone find, those that candidates of other fields alone find,
// and those that both do.
type catches struct{ inside, outside, both float64 }

// total is Chapman's estimate of all matches.
func (c catches) total() float64 { return (c.inside+1)*(c.outside+1)/(c.both+1) - 1 }

func (s *screening) catchesOf(spec *matchers.Spec, group matchers.Group, candidates []candidate) (c catches) {
	inside, outside := make([]uint64, s.words), make([]uint64, s.words)
	for i := range candidates {
		in, out := fieldsOf(spec, group, candidates[i].rule)
		if out == 0 {
			inside[i/64] |= 1 << (i % 64)
		}
		if in == 0 {
			outside[i/64] |= 1 << (i % 64)
		}
	}
	var in, out, both int64
	for i := range s.pairs {
		units := s.pairs[i].matches
		caughtIn, caughtOut := s.pairs[i].hasAny(inside), s.pairs[i].hasAny(outside)
		if caughtIn {
			in += units
		}
		if caughtOut {
			out += units
		}
		if caughtIn && caughtOut {
			both += units
		}
	}
	return catches{inside: inMatches(in), outside: inMatches(out), both: inMatches(both)}
}

func inMatches(units int64) float64 { return float64(units) / matchUnit }

// fieldsOf counts the operands of a rule that are fields of a group, and those that are not.
func fieldsOf(spec *matchers.Spec, group matchers.Group, rule []string) (in, out int) {
	for _, word := range rule {
		element, _ := matchers.ParseElement(word)
		if element.Max > 0 {
			continue
		}
		for _, field := range []string{element.Record.Field, element.Subject.Field} {
			if slices.Contains(group.Fields, spec.Field(field)) {
				in++
			} else {
				out++
			}
		}
	}
	return in, out
}

func (p *probable) hasAny(set []uint64) bool {
	for i, word := range set {
		if p.rules[i]&word != 0 {
			return true
		}
	}
	return false
}
