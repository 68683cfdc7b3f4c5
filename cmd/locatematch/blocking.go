package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newBlocking() *cobra.Command {
	var f nightFlags
	var asJSON bool
	c := &cobra.Command{
		Use:   "blocking -c night.yaml",
		Short: "Show what each blocking rule costs and finds",
		Long: `blocking streams the night as run would, without publishing, and shows for each rule of
the spec the pairs it proposes, those that no other rule proposes, the matches among
them as the model estimates them (no labels are needed), how many keys were dropped by
the cap, and the largest block. The last two columns add up the rules so far: where
they stop growing, a rule brings nothing that those before it have not brought.`,
		Example: "  locatematch blocking -c night.yaml\n  locatematch blocking -c night.yaml --spec trial.yaml --json",
		Args:    exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			report, err := onNight(&f, func(plan *pipeline.Plan, options pipeline.Options) (*pipeline.BlockingReport, error) {
				return pipeline.Blocking(c.Context(), plan, options)
			})
			if err != nil {
				return err
			}
			return show(c, asJSON, report, printBlocking)
		},
	}
	f.add(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

func printBlocking(out io.Writer, r *pipeline.BlockingReport) error {
	for i, rule := range r.Rules {
		fmt.Fprintf(out, "%2d  %s\n", i+1, rule.Rule)
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "rule\tpairs\tonly it\tmatches\tonly it\tlargest\tcapped\tpairs so far\tmatches\t")
	for i, rule := range r.Rules {
		fmt.Fprintf(w, "%d\t%d\t%d\t%.0f\t%.1f\t%d\t%d\t%d\t%.0f\t\n", i+1, rule.Pairs, rule.OnlyPairs, rule.Matches, rule.OnlyMatches,
			rule.LargestBlock, rule.CappedKeys, rule.SumPairs, rule.SumMatches)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%d pairs, of which an estimated %.0f are matches.\n", r.Pairs, r.Matches)
	return err
}
