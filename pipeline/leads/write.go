package leads

import (
	"slices"

	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
)

// personal names the columns of leads.parquet that say who or where somebody is: their values stay out of the file's
// footer, where every tool would show the least and the greatest.
var personal = table.Options{Personal: []string{
	"lead_id", "subject_id", "display", "address", "phone", "employer", "military", "account",
	"evidence.list.element.record_id", "summary",
}}

// WriteLeads writes leads.parquet in the order given, reads it back and compares. Errors are those of package table.
func WriteLeads(path string, leads []Lead) (rows int64, err error) {
	return table.Write(path, leads, personal)
}

// ReadLeads reads a leads.parquet.
func ReadLeads(path string) ([]Lead, error) { return table.Read[Lead](path) }

// Funnel counts leads for the manifest.
func Funnel(leads []Lead) report.LeadFunnel {
	kinds, statuses, identities, subjects := map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]bool{}
	for i := range leads {
		kinds[string(leads[i].Kind)]++
		statuses[string(leads[i].Status)]++
		identities[string(leads[i].Identity)]++
		subjects[leads[i].SubjectID] = true
	}
	return report.LeadFunnel{Total: int64(len(leads)), Subjects: int64(len(subjects)),
		ByKind: counts(kinds), ByStatus: counts(statuses), ByIdentity: counts(identities)}
}

func counts(by map[string]int64) (all []report.Count) {
	for name, n := range by {
		all = append(all, report.Count{Name: name, N: n})
	}
	slices.SortFunc(all, func(a, b report.Count) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return all
}
