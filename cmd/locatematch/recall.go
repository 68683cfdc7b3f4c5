package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/report"
)

func newRecall() *cobra.Command {
	var f nightFlags
	var order pipeline.RecallOrder
	var asJSON bool
	c := &cobra.Command{
		Use:   "recall RUN|EXTRACT --reason TEXT",
		Short: "Withdraw what a bad file brought, as if it had never come",
		Long: `recall publishes a run in which every file that RUN read, or that RUN read of
EXTRACT, is as if it had never come: leads that rest on nothing else are withdrawn,
with the reason; the others lose what the files reported, first and last seen
included. It reads no extract, and lists whose queues held a lead concerned; queue
shows what the night queued, without what is withdrawn. The files are not read
again; a corrected file is read by the next run.

An extract that several runs have read needs --run.`,
		Example: `  locatematch recall -c night.yaml 2026-11-21-3f9c2a71d0 --reason "the county sent last year's file"
  locatematch recall -c night.yaml w4 --run 2026-11-21-3f9c2a71d0 --reason "columns shifted"`,
		Args: exactly(1, "one run or extract"),
		RunE: func(c *cobra.Command, args []string) error {
			result, err := onNight(&f, func(plan *pipeline.Plan, options pipeline.Options) (*pipeline.RecallResult, error) {
				isRun, err := plan.Workspace.HasRead(args[0])
				if err != nil {
					return nil, err
				}
				if order.Extract = args[0]; isRun {
					order.Run, order.Extract = args[0], ""
				}
				return pipeline.Recall(c.Context(), plan, options, order)
			})
			if err != nil {
				return err
			}
			return show(c, asJSON, result, printRecall)
		},
	}
	f.add(c)
	c.Flags().StringVar(&order.Reason, "reason", "", "why, in words that officers will read (required)")
	c.Flags().StringVar(&order.Run, "run", "", "the run that read EXTRACT")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

func printRecall(out io.Writer, r *pipeline.RecallResult) error {
	m := r.Manifest
	for _, line := range report.Wrap(m.Outcome.Words, terminalWidth()) {
		fmt.Fprintln(out, line)
	}
	fmt.Fprintf(out, "\n%d leads withdrawn, %d stand without what was recalled, %d retained rows forgotten\n",
		withdrawn(m), r.Changed, m.Retained.Recalled)
	if len(r.Receipts) == 0 {
		fmt.Fprintln(out, "no published queue held any of them")
	} else {
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "\nrun\toffice\tofficer\tleads concerned")
		for _, to := range r.Receipts {
			fmt.Fprintf(w, "%s\t%s\t%s\t%d\n", to.Run, to.Office, to.Officer, to.Leads)
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "\nrun      %s\nfiles    %s\n", m.Run, r.Dir)
	return nil
}

func withdrawn(m *report.Manifest) (n int64) {
	for _, c := range m.Leads.WithdrawnBy {
		n += c.N
	}
	return n
}
