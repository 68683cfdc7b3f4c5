package pipeline

import (
	"cmp"
	"slices"

	"locatematch/pipeline/leads"
)

// BestLeads reads the live run's leads and gives the surest: strong before likely before check first, then by the number
// of independent sources and by weight, ties by lead id. Of one subject only the best is taken.
func (w Workspace) BestLeads(n int) ([]leads.Lead, error) {
	_, all, err := w.Leads(currentFile)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(l leads.Lead) bool { return l.Status == leads.Withdrawn })
	slices.SortFunc(all, func(a, b leads.Lead) int {
		return cmp.Or(cmp.Compare(rankOf(a.Identity), rankOf(b.Identity)), cmp.Compare(len(b.Sources), len(a.Sources)),
			cmp.Compare(b.IdentityWeight, a.IdentityWeight), cmp.Compare(a.LeadID, b.LeadID))
	})
	var best []leads.Lead
	seen := map[string]bool{}
	for _, l := range all {
		if len(best) == n {
			break
		}
		if !seen[l.SubjectID] {
			seen[l.SubjectID] = true
			best = append(best, l)
		}
	}
	return best, nil
}

func rankOf(identity leads.Identity) int {
	return slices.Index([]leads.Identity{leads.Strong, leads.Likely, leads.CheckFirst}, identity)
}
