package leads

import "cmp"

// Strength is how much speaks for a link, in an officer's terms: the rung of the identity ladder, and how many parts of
// identity agree. Weights do not enter it: another model makes no evidence stronger.
type Strength struct {
	Rung   int32 `parquet:"rung"`   // 0 strong, 1 likely, 2 check first
	Agrees int32 `parquet:"agrees"` // parts of identity
}

// Strength is the link's.
func (l *Link) Strength() Strength {
	return Strength{Rung: int32(rungs[climb(l)]), Agrees: int32(len(l.Agreement.agreeing(l.Sighting.Reported)))}
}

// Compare is above 0 where s is the stronger.
func (s Strength) Compare(t Strength) int {
	return cmp.Or(cmp.Compare(t.Rung, s.Rung), cmp.Compare(s.Agrees, t.Agrees))
}
