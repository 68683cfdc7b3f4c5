package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newTrace() *cobra.Command {
	var f nightFlags
	var asJSON bool
	c := &cobra.Command{
		Use:   "trace EXTRACT:LINE -c night.yaml",
		Short: "Everything that one record fed: leads, queues, readers, judgements",
		Long: `trace answers a complaint about one record: which leads it is evidence of, over every
published run, for whom they were queued, who read or exported them, and what officers
said. EXTRACT/FILE:LINE names one of several files. A record that fed a lead on a person
under protection is not traced (exit code 1).`,
		Example: "  locatematch trace w4:1042 -c night.yaml\n  locatematch trace ncoa/ncoa-2026-11-21.csv:17 -c night.yaml --json",
		Args:    exactly(1, "one record, EXTRACT:LINE"),
		RunE: func(c *cobra.Command, args []string) error {
			plan, err := f.plan()
			if err != nil {
				return err
			}
			traced, err := pipeline.Trace(c.Context(), plan, args[0])
			if err != nil {
				return err
			}
			return show(c, asJSON, traced, func(out io.Writer, t *pipeline.Traced) error {
				_, err := fmt.Fprint(out, t.Text())
				return err
			})
		},
	}
	f.addPlan(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}
