package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
	"locatematch/pipeline/leads/sheet"
)

func newLeads() *cobra.Command {
	var f nightFlags
	var only leadFilter
	format := "table"
	c := &cobra.Command{
		Use:   "leads [RUN] -c night.yaml",
		Short: "List a run's leads",
		Long: `leads lists the leads of a published run, a line each, or with --format csv or json with
their sentence, reasons and sources. People protected since the run was published are left
out. Every reading is noted in state/audit.jsonl. leads.parquet has everything.`,
		Example: "  locatematch leads -c night.yaml --kind employer --sure strong\n  locatematch leads -c night.yaml --subject S-001042 --format json",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return exactly(1, "one run id, or none for the current run")(c, args)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			print, known := map[string]func(io.Writer, []leads.Lead) error{"table": printLeads, "csv": csvLeads, "json": jsonLeads}[format]
			if !known {
				return fmt.Errorf("%w: --format %s: want table, csv or json", errUsage, format)
			}
			if err := only.check(); err != nil {
				return err
			}
			w, err := f.workspace()
			if err != nil {
				return err
			}
			run, list, err := w.Leads(append(args, "current")[0])
			if err != nil {
				return err
			}
			list = only.apply(list)
			ids := make([]string, len(list))
			for i := range list {
				ids[i] = list[i].LeadID
			}
			if err := w.Audit(pipeline.AuditEntry{Command: "leads", Format: format, Run: run, Leads: ids}); err != nil {
				return err
			}
			return print(c.OutOrStdout(), list)
		},
	}
	f.addWorkspace(c)
	c.Flags().StringVar(&only.subject, "subject", "", "only this person")
	c.Flags().StringVar(&only.kind, "kind", "", "only "+joined(leads.Kinds()))
	c.Flags().StringVar(&only.sure, "sure", "", "only "+joined(leads.Ladder))
	c.Flags().StringVar(&only.status, "status", "", "only "+joined(leads.Statuses))
	c.Flags().StringVar(&format, "format", format, "table, csv or json")
	return c
}

// leadFilter says which leads are listed; "" is all.
type leadFilter struct{ subject, kind, sure, status string }

// check refuses words that no lead can have: nothing found would read as nothing there.
func (f *leadFilter) check() error {
	for _, of := range []struct{ flag, word, allowed string }{
		{"kind", f.kind, joined(leads.Kinds())}, {"sure", f.sure, joined(leads.Ladder)}, {"status", f.status, joined(leads.Statuses)},
	} {
		if of.word != "" && !slices.Contains(strings.Split(of.allowed, ", "), of.word) {
			return fmt.Errorf("%w: --%s %s: want one of %s", errUsage, of.flag, of.word, of.allowed)
		}
	}
	return nil
}

// joined lists words that may be written.
func joined[Word ~string](words []Word) string {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	return strings.Join(list, ", ")
}

func (f *leadFilter) apply(list []leads.Lead) (kept []leads.Lead) {
	for _, l := range list {
		if (f.subject == "" || f.subject == l.SubjectID) && (f.kind == "" || f.kind == string(l.Kind)) &&
			(f.sure == "" || f.sure == string(l.Identity)) && (f.status == "" || f.status == string(l.Status)) {
			kept = append(kept, l)
		}
	}
	return kept
}

func printLeads(out io.Writer, list []leads.Lead) error {
	for _, l := range list {
		if _, err := fmt.Fprintf(out, "%s  %-12s  %-17s  %-11s  %-12s  %s\n", l.LeadID, l.SubjectID, l.Kind, l.Identity, l.Status, l.Display); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(out, "%d leads\n", len(list))
	return err
}

// listed is a lead as csv and json list it.
type listed struct {
	LeadID    string   `json:"lead_id"`
	SubjectID string   `json:"subject_id"`
	Kind      string   `json:"kind"`
	Display   string   `json:"display"`
	Identity  string   `json:"identity"`
	Reasons   []string `json:"identity_reasons"`
	Sources   []string `json:"sources"`
	Status    string   `json:"status"`
	Reason    string   `json:"status_reason"`
	LastSeen  string   `json:"last_seen"`
	Summary   string   `json:"summary"`
}

func listedOf(l *leads.Lead) listed {
	return listed{l.LeadID, l.SubjectID, string(l.Kind), l.Display, string(l.Identity), append([]string{}, l.IdentityReasons...),
		append([]string{}, l.Sources...), string(l.Status), l.StatusReason, l.LastSeen.String(), l.Summary}
}

func jsonLeads(out io.Writer, list []leads.Lead) error {
	rows := make([]listed, len(list))
	for i := range list {
		rows[i] = listedOf(&list[i])
	}
	return json.NewEncoder(out).Encode(rows)
}

func csvLeads(out io.Writer, list []leads.Lead) error {
	w := csv.NewWriter(out)
	if err := w.Write([]string{"lead_id", "subject_id", "kind", "display", "identity", "identity_reasons", "sources", "status", "status_reason", "last_seen", "summary"}); err != nil {
		return err
	}
	for i := range list {
		l := listedOf(&list[i])
		cells := []string{l.LeadID, l.SubjectID, l.Kind, l.Display, l.Identity, strings.Join(l.Reasons, "; "), strings.Join(l.Sources, "; "), l.Status, l.Reason, l.LastSeen, l.Summary}
		for j := range cells {
			cells[j] = sheet.Neutral(cells[j])
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
