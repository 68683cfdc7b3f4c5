package judgement

import (
	"iter"
	"slices"

	"locatematch/pipeline/leads"
)

// Numbers are what a crosswalk of person numbers has made of leads.
type Numbers struct {
	Of    map[string]string      // by lead id: the number that the lead is of now; without those that no change of numbers can concern
	Twins map[string][]leads.Row // by lead id: the twins that the lead has since tonight, after its number was split
}

// Follow is what is remembered with every lead under the person number that it is now of.
func (n Numbers) Follow(before iter.Seq[Kept]) iter.Seq[Kept] {
	if len(n.Of) == 0 {
		return before
	}
	return func(yield func(Kept) bool) {
		for k := range before {
			if number, concerned := n.Of[k.LeadID]; concerned {
				k.SubjectID = number
			}
			if !yield(k) {
				return
			}
		}
	}
}

// Parted are the twins of leads, as what is remembered of the leads has them.
func (n Numbers) Parted(of Memory) (twins []Known) {
	for _, k := range of {
		for _, twin := range n.Twins[k.LeadID] {
			k.LeadID, k.SubjectID = twin.LeadID, twin.SubjectID
			twins = append(twins, k)
		}
	}
	return twins
}

// FollowTaken gives judgements to the number that their leads are now of. A judgement of a fact is said of the lead's twins too.
func (n Numbers) FollowTaken(rows []Taken) []Taken {
	all := slices.Clone(rows)
	for i, t := range rows {
		if number, concerned := n.Of[t.LeadID]; concerned && t.SubjectID != "" {
			t.SubjectID = number
			all[i] = t
		}
		for _, twin := range n.Twins[rows[i].LeadID] {
			t.LeadID, t.SubjectID, t.CaseID, t.PersonIs = twin.LeadID, twin.SubjectID, "", ""
			if t.FactIs != "" || t.Used != "" {
				all = append(all, t)
			}
		}
	}
	sortTaken(all)
	return all
}
