package matchers

// OfPattern is the weight of a pattern before competition, without what the frequency of its values or the choice among value
// sets would add: the weight of an average pair of that pattern, for estimates over counts of patterns.
func (s *Scorer) OfPattern(p Pattern) int32 {
	sum := s.prior
	for i := range s.s {
		sum += s.s[i][p.Level(i)]
	}
	return s.whole(sum, p)
}
