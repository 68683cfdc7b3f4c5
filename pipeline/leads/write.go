package leads

import (
	"iter"
	"slices"
	"strings"

	"locatematch/pipeline/report"
	"locatematch/pipeline/table"
)

// personal names the columns of leads.parquet that say who or where somebody is: their values stay out of the file's
// footer, where every tool would show the least and the greatest.
var personal = table.Options{Personal: []string{
	"lead_id", "subject_id", "display", "address", "phone", "employer", "income", "military", "account", "liability", "may_do.list.element.case_id",
	"evidence.list.element.record_id", "summary",
}}

// WriteLeads writes leads.parquet in the order given, reads it back and compares. Errors are those of package table.
func WriteLeads(path string, leads []Lead) (rows int64, err error) {
	return WriteLeadsSeq(path, slices.Values(leads))
}

// WriteLeadsSeq is WriteLeads for leads that are made one at a time.
func WriteLeadsSeq(path string, leads iter.Seq[Lead]) (rows int64, err error) {
	return table.WriteSeq(path, leads, personal)
}

// ReadLeads reads a leads.parquet.
func ReadLeads(path string) ([]Lead, error) { return table.Read[Lead](path) }

// Counter counts leads for the manifest as they are made. The zero Counter has seen none.
type Counter struct {
	total, subjects                                    int64
	kinds, statuses, identities, standings, suppressed map[string]int64
	withdrawn                                          map[string]int64 // by cause
	subject                                            string           // of the last lead
}

// Add counts leads. Those of one subject must come together, be it in several calls.
func (c *Counter) Add(leads []Lead) {
	if c.kinds == nil {
		c.kinds, c.statuses, c.identities = map[string]int64{}, map[string]int64{}, map[string]int64{}
		c.standings, c.suppressed, c.withdrawn = map[string]int64{}, map[string]int64{}, map[string]int64{}
	}
	for i := range leads {
		l := &leads[i]
		c.kinds[string(l.Kind)]++
		c.statuses[string(l.Status)]++
		c.identities[string(l.Identity)]++
		c.standings[string(l.Standing)]++
		if l.Suppressed != "" {
			c.suppressed[l.Suppressed]++
		}
		c.total++
		if l.Status == Withdrawn {
			cause, _, _ := strings.Cut(l.StatusReason, ",")
			c.withdrawn[cause]++
		} else if c.subjects == 0 || l.SubjectID != c.subject {
			c.subjects, c.subject = c.subjects+1, l.SubjectID
		}
	}
}

// Funnel gives the counts.
func (c *Counter) Funnel() report.LeadFunnel {
	return report.LeadFunnel{Total: c.total, Subjects: c.subjects, WithdrawnBy: counts(c.withdrawn),
		ByKind: counts(c.kinds), ByStatus: counts(c.statuses), ByIdentity: counts(c.identities),
		ByStanding: counts(c.standings), SuppressedBy: counts(c.suppressed)}
}

// Funnel counts leads for the manifest, each subject's together.
func Funnel(leads []Lead) report.LeadFunnel {
	var c Counter
	c.Add(leads)
	return c.Funnel()
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
