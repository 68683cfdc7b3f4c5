package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/leads/casefile"
)

func newCase() *cobra.Command {
	var f nightFlags
	var page, format string
	c := &cobra.Command{
		Use:   "case CASE -c night.yaml",
		Short: "What is known of a case, on one page",
		Long: `case compiles what is known of the people sought in a case: order and payments, what is
due, a timeline of addresses, employment, service and accounts with their sources and dates,
what agrees and what conflicts, what was tried, and everything that happened to every lead:
published, queued for whom, judged, withdrawn, read by whom. Nothing is overwritten.

People under protection are not in it. Every reading is noted in state/audit.jsonl.
--format interface writes the case's rows of the live run in the agency's own action codes.`,
		Example: `  locatematch case C-00001042 -c night.yaml
  locatematch case C-00001042 -c night.yaml --html case.html`,
		Args: exactly(1, "one case number"),
		RunE: func(c *cobra.Command, args []string) error {
			if format != "text" && format != "interface" {
				return fmt.Errorf("%w: --format %s: want text or interface", errUsage, format)
			}
			if format == "interface" {
				return showQueue(c, f.config, "current", pipeline.Desk{Case: args[0]}, format, "")
			}
			plan, err := f.plan()
			if err != nil {
				return err
			}
			file, err := pipeline.CaseFile(c.Context(), plan, args[0])
			if err != nil {
				return err
			}
			compiled := casefile.Compile(file)
			if page != "" {
				if err := os.WriteFile(page, compiled.HTML(), 0o600); err != nil {
					return err
				}
			}
			return give(c, []byte(compiled.Text(terminalWidth())), "")
		},
	}
	f.addPlan(c)
	c.Flags().StringVar(&page, "html", "", "write the page to this file too; it needs no network and prints well")
	c.Flags().StringVar(&format, "format", "text", "text, or interface")
	return c
}
