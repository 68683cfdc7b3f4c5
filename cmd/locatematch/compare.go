package main

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/leads"
)

func newCompare() *cobra.Command {
	var f nightFlags
	var asJSON bool
	examples := 5
	c := &cobra.Command{
		Use:   "compare RUN RUN",
		Short: "Show which leads appear, vanish or change between two runs",
		Long: `compare tells two published runs apart, lead by lead, before another model, spec or
config is adopted. RUN is a run id, "current", or the path of a run's directory. Try a
model on the same night by running it into directories of its own. Two paths need no
config.`,
		Example: `  locatematch run -c night.yaml --model new.json --out trial/runs --state trial/state
  locatematch compare -c night.yaml current trial/runs/2026-11-21-3f9c2a71d0`,
		Args: exactly(2, "two runs"),
		RunE: func(c *cobra.Command, args []string) error {
			var w pipeline.Workspace
			if !isPath(args[0]) || !isPath(args[1]) {
				var err error
				if w, err = f.workspace(); err != nil {
					return err
				}
			}
			result, err := w.Compare(args[0], args[1])
			if err != nil {
				return err
			}
			return show(c, asJSON, result, func(out io.Writer, r *pipeline.Comparison) error { return printComparison(out, r, examples) })
		},
	}
	f.addWorkspace(c)
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document, with every lead that differs")
	c.Flags().IntVar(&examples, "examples", examples, "how many leads of each kind of change to show")
	return c
}

// isPath reports whether a run is named by its directory: ids and "current" have no separator.
func isPath(run string) bool { return filepath.Base(run) != run }

func printComparison(out io.Writer, c *pipeline.Comparison, examples int) error {
	for _, warning := range c.Warnings {
		fmt.Fprintf(out, "Beware: %s.\n\n", warning)
	}
	fmt.Fprintf(out, "From %s to %s\n%d leads are in both and as sure; %d appear, %d vanish, %d are more or less sure.\n",
		c.From, c.To, c.Same, len(c.Appear), len(c.Vanish), len(c.Changed))
	for _, part := range []struct {
		title string
		list  []pipeline.Change
	}{{"Appear", c.Appear}, {"Vanish", c.Vanish}, {"Changed", c.Changed}} {
		if err := printChanges(out, part.title, part.list, examples); err != nil {
			return err
		}
	}
	return nil
}

func printChanges(out io.Writer, title string, list []pipeline.Change, examples int) error {
	if len(list) == 0 {
		return nil
	}
	fmt.Fprintf(out, "\n%s: %d\n", title, len(list))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, c := range list[:min(examples, len(list))] {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%+.1f bits\n", c.LeadID, c.SubjectID, c.Kind, step(c.From, c.To), c.Bits)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if more := len(list) - examples; more > 0 {
		fmt.Fprintf(out, "  and %d more (--examples N, or --json for all)\n", more)
	}
	return nil
}

func step(from, to leads.Identity) string {
	switch {
	case from == "":
		return string(to)
	case to == "":
		return string(from)
	}
	return string(from) + " to " + string(to)
}
