package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newDuplicates() *cobra.Command {
	var f nightFlags
	var asJSON bool
	share, most := 0.0, 50
	c := &cobra.Command{
		Use:   "duplicates -c night.yaml",
		Short: "Find people who have two numbers on the caseload",
		Long: `duplicates links the caseload with itself and lists pairs of subject numbers that are
probably one person, the surest first. It reports and never merges: whether two numbers
are one person is the agency's to say. "train --duplicates" makes a model for it.`,
		Example: "  locatematch duplicates -c night.yaml\n  locatematch duplicates -c night.yaml --json > duplicates.json",
		Args:    exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if share < 0 || share >= 1 {
				return fmt.Errorf("%w: --known-share %v: want a share between 0 and 1", errUsage, share)
			}
			list, err := onNight(&f, func(plan *pipeline.Plan, options pipeline.Options) ([]pipeline.Duplicate, error) {
				return pipeline.Duplicates(c.Context(), plan, share, options)
			})
			if err != nil {
				return err
			}
			return show(c, asJSON, list, func(out io.Writer, list []pipeline.Duplicate) error { return printDuplicates(out, list, most) })
		},
	}
	f.add(c)
	c.Flags().Float64Var(&share, "known-share", share, "what part of the rows is of somebody who has another number\n(default: what train --duplicates learnt, else .02)")
	c.Flags().IntVar(&most, "most", most, "how many pairs to list")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document, with every pair")
	return c
}

func printDuplicates(out io.Writer, list []pipeline.Duplicate, most int) error {
	accepted := 0
	for _, d := range list {
		if d.Band == "accept" {
			accepted++
		}
	}
	fmt.Fprintf(out, "Probably one person: %d pairs; worth a look: %d more. Nothing was merged.\n", accepted, len(list)-accepted)
	if len(list) == 0 {
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\nsubject\tsubject\tband\tbits")
	for _, d := range list[:min(most, len(list))] {
		fmt.Fprintf(w, "%s\t%s\t%s\t%.1f\n", d.SubjectID, d.SubjectID2, d.Band, d.Weight)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if more := len(list) - most; more > 0 {
		fmt.Fprintf(out, "and %d more (--most N, or --json for all)\n", more)
	}
	return nil
}
