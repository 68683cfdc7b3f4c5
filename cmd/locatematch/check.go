package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newCheck() *cobra.Command {
	var f nightFlags
	c := &cobra.Command{
		Use:   "check [RUN]",
		Short: "Re-hash and re-verify a published run",
		Long: `check reads every file of a published run and its state again: digests, Parquet
structure, row counts, and that the manifest's books balance. Only timing.json,
which no two runs have alike, is left out. RUN is a run id or "current" (the
default). Every fault is named; any fault is exit code 1.`,
		Example: `  locatematch check -c night.yaml
  locatematch check --out runs --state state 2026-11-21-3f9c2a71d0`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return exactly(1, "one run id, or none for the current run")(c, args)
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			w, err := f.workspace()
			if err != nil {
				return err
			}
			run := "current"
			if len(args) == 1 {
				run = args[0]
			}
			return printCheck(c, w, run)
		},
	}
	f.addWorkspace(c)
	return c
}

// addWorkspace adds the flags that find published runs: both directories, or a config that names them.
func (f *nightFlags) addWorkspace(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVarP(&f.config, "config", "c", "night.yaml", "config naming both directories")
	flags.StringVar(&f.over.Out, "out", "", "published runs (with --state: no config is read)")
	flags.StringVar(&f.over.State, "state", "", "directory of the state between nights")
}

func (f *nightFlags) workspace() (pipeline.Workspace, error) {
	if f.over.Out != "" && f.over.State != "" {
		return pipeline.Workspace{Runs: f.over.Out, State: f.over.State}, nil
	}
	return pipeline.LoadWorkspace(f.config, f.over)
}

func printCheck(c *cobra.Command, w pipeline.Workspace, run string) error {
	result, err := w.Check(run)
	if err != nil {
		return err
	}
	out := c.OutOrStdout()
	for _, fault := range result.Faults {
		fmt.Fprintln(out, "fault:", fault)
	}
	if len(result.Faults) > 0 && result.Files == 0 {
		fmt.Fprintf(out, "%s: nothing of it can be verified; do not use this run\n", result.Run)
		return exitError{pipeline.ExitFailed}
	}
	if len(result.Faults) > 0 {
		fmt.Fprintf(out, "%s: %d of its %d files or facts are faulty; do not use this run\n", result.Run, len(result.Faults), result.Files)
		return exitError{pipeline.ExitFailed}
	}
	fmt.Fprintf(out, "%s: %d files verified, %d rows in their tables; the books balance\n", result.Run, result.Files, result.Rows)
	return nil
}
