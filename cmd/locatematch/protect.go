package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newProtect() *cobra.Command {
	var f nightFlags
	var reason string
	var asJSON bool
	c := &cobra.Command{
		Use:   "protect SUBJECT -c night.yaml --reason WORDS",
		Short: "Protect a person at once, and list who has received what",
		Long: `protect puts a person under protection at once: no command shows a lead on the person any
more, nor one on somebody else that would tell the person's address, account or telephone;
queues that are read are cut anew; and the next run makes no lead. It lists who had a lead on
the person in a queue, or read or exported one, so that it can be called back.

The list is state/protected. A protection is lifted, from the next run on, only by taking its
lines out. The family violence indicator of the caseload protects just so, from the next run
on, and hides what earlier nights published too. Of protected people who are sought named
workers may read in the restricted queue (locatematch restricted).`,
		Example: `  locatematch protect S-001042 -c night.yaml --reason "order of protection of November 22"`,
		Args:    exactly(1, "one subject id"),
		RunE: func(c *cobra.Command, args []string) error {
			plan, err := f.plan()
			if err != nil {
				return err
			}
			result, err := pipeline.Protect(c.Context(), plan, args[0], reason)
			if err != nil {
				return err
			}
			return show(c, asJSON, result, func(out io.Writer, p *pipeline.Protected) error {
				_, err := fmt.Fprint(out, p.Text())
				return err
			})
		},
	}
	f.addPlan(c)
	c.Flags().StringVar(&reason, "reason", "", "why, in a few words without an address; kept beside the number")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}
