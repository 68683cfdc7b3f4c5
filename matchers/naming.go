package matchers

// naming tells patterns with evidence of one person from those with evidence of a household alone: a surname and a door are
// everybody's who lives there.
type naming struct {
	personal Pattern // the nibbles of comparisons of what is one person's own
	crossed  int     // the crossed_names comparison, -1 none
}

func namingOf(comparisons []comparisonPlan) naming {
	n := naming{crossed: -1}
	for i, c := range comparisons {
		switch c.id {
		case kindGiven, kindDate, kindSSN, kindMiddle, kindPhone, kindEmail:
			n.personal |= 15 << (4 * i)
		case kindCrossed:
			n.crossed = i
		}
	}
	return n
}

// names reports whether a pattern has evidence, for or against, of one person.
func (n *naming) names(p Pattern) bool {
	if p&n.personal != 0 {
		return true
	}
	if n.crossed < 0 {
		return false
	}
	level := p.Level(n.crossed)
	return level == crossedExact || level == crossedNear // one name alone may be the surname
}
