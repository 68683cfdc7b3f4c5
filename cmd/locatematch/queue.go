package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/leads/queue"
)

func newQueue() *cobra.Command {
	var config, format, out string
	var desk pipeline.Desk
	c := &cobra.Command{
		Use:   "queue [RUN] -c night.yaml",
		Short: "What officers read: the night's leads in the order to work them",
		Long: `queue shows what a run queued: a row for each lead and open case, by office and officer,
in the order clock, how sure, kind, amount; each row says why it is due, why it stands
where it stands, what may be done and what to watch for. RUN is a run id or "current"
(the default).

What a specialist has to look at, such as a number that agrees under another name, is in
the queue of the office's specialist (or of whom policy names): --officer specialist.

--format csv and xlsx have columns for the officer to fill: person_is, fact_is, used,
reason, date. The filled file comes back with judge --file. --format interface writes the
file that the agency's own system takes in, as the config's interface: describes it.

People protected since the run was published are cut out, and leads recalled since. Every reading is noted in
state/audit.jsonl.`,
		Example: `  locatematch queue -c night.yaml --office "OFFICE 03"
  locatematch queue -c night.yaml --officer W0307 --format xlsx --out W0307.xlsx
  locatematch queue -c night.yaml --format interface --out actions.txt`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return exactly(1, "one run id, or none for the current run")(c, args)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if !slices.Contains(pipeline.QueueFormats, format) {
				return fmt.Errorf("%w: --format %s: want one of %s", errUsage, format, strings.Join(pipeline.QueueFormats, ", "))
			}
			if format == "xlsx" && out == "" {
				return fmt.Errorf("%w: a workbook needs a file: --out queue.xlsx", errUsage)
			}
			return showQueue(c, config, append(args, "current")[0], desk, format, out)
		},
	}
	c.Flags().StringVarP(&config, "config", "c", "night.yaml", "the night's config")
	c.Flags().StringVar(&desk.Office, "office", "", "only this office")
	c.Flags().StringVar(&desk.Officer, "officer", "", `only this officer, or "supervisor", or "specialist"`)
	c.Flags().StringVar(&desk.Case, "case", "", "only this case")
	c.Flags().StringVar(&format, "format", "table", strings.Join(pipeline.QueueFormats, ", "))
	c.Flags().StringVar(&out, "out", "", "write to this file instead of the terminal")
	return c
}

func showQueue(c *cobra.Command, config, run string, desk pipeline.Desk, format, out string) error {
	w, err := pipeline.LoadWorkspace(config, pipeline.Overrides{})
	if err != nil {
		return err
	}
	var described *queue.Interface
	if format == "interface" {
		if described, err = pipeline.LoadInterface(config); err != nil {
			return err
		}
	}
	q, err := w.Queue(run, desk)
	if err != nil {
		return err
	}
	data, err := q.Export(format, terminalWidth(), described)
	if err != nil {
		return err
	}
	entry := pipeline.AuditEntry{Command: "queue", Format: format, Run: q.Run, Office: desk.Office, Officer: desk.Officer, Case: desk.Case, Leads: q.LeadIDs()}
	if err := w.Audit(entry); err != nil {
		return err
	}
	if out != "" {
		fmt.Fprintf(c.ErrOrStderr(), "%s: rows: %d\n", out, len(q.Rows))
	}
	return give(c, data, out)
}

// give prints data, or writes it to a file for its owner alone: it says who is where.
func give(c *cobra.Command, data []byte, file string) error {
	if file != "" {
		return os.WriteFile(file, data, 0o600)
	}
	_, err := c.OutOrStdout().Write(data)
	return err
}
