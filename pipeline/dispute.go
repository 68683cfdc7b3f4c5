package pipeline

import (
	"slices"

	"locatematch/matchers"
	"locatematch/pipeline/leads"
)

// accepts reports that a link is accepted: heavy enough, and of no record whose returned key disagrees.
func (b thresholds) accepts(weight int32, disputed bool) bool { return weight >= b.accept && !disputed }

// parties are the subjects that a record is in dispute between; nil of no dispute.
func parties(d *matchers.Dispute) []uint32 {
	if d == nil {
		return nil
	}
	return []uint32{d.Keyed, d.Best}
}

// protectedClaimants are the protected people whom a record may be about: who claim it at or above review, and who are in dispute
// about it at whatever weight, for it answers an inquiry about the one and fits the other. Where there is any, nobody's lead may be
// made of it: whoever else claims it, the address on it may be theirs (I10).
func (n *night) protectedClaimants(scored []matchers.Scored, d *matchers.Dispute) (subjects []uint32) {
	add := func(subject uint32) {
		if n.caseload.subjects[subject].Protected && !slices.Contains(subjects, subject) {
			subjects = append(subjects, subject)
		}
	}
	for _, s := range scored {
		if s.Weight >= n.bounds.review {
			add(s.Subject)
		}
	}
	for _, subject := range parties(d) {
		add(subject)
	}
	return subjects
}

// fitsShield reports that a record fits a shield better than the subject whose key came back with it: it is the shield's.
func (n *night) fitsShield(d *matchers.Dispute) bool {
	return d != nil && n.caseload.subjects[d.Best].Shield
}

// disputeWords is a dispute as it is told on a link to a subject. Who is not sought, or is protected, is not named on anybody
// else's.
func (c *caseload) disputeWords(d *matchers.Dispute, owner uint32) *leads.Dispute {
	if d == nil {
		return nil
	}
	party := func(subject uint32) leads.Party {
		s := &c.subjects[subject]
		if subject != owner && (s.Shield || s.Protected) {
			return leads.Party{}
		}
		return leads.Party{ID: s.ID, Name: s.Name}
	}
	return &leads.Dispute{KeyOf: party(d.Keyed), Fits: party(d.Best)}
}

// asJudged is a pair's weight as accuracy is measured by it: that of a pair which a run holds for review whatever it weighs lies just
// below the accept threshold, by more than a bin of the histogram.
func (b thresholds) asJudged(weight int32, disputed bool) int32 {
	if disputed {
		return min(weight, b.accept-2*matchers.One/binsPerBit)
	}
	return weight
}
