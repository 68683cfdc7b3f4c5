package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/report"
)

func newRun() *cobra.Command {
	var f nightFlags
	var asJSON bool
	c := &cobra.Command{
		Use:   "run -c night.yaml",
		Short: "Run one night and publish its leads",
		Long: `run reads the caseload and every extract that night.yaml names, links, and
publishes the result as one directory under runs/, or publishes nothing. The
same night from the same parent run gives the same bytes, for any number of
workers.

Files that an earlier run has read to a healthy end are skipped, and the report
says so. Rows that linked in earlier nights are kept (state/<run>/sightings.parquet,
as long as each source may be) and matched again, so that people who are new on the
caseload, or of whom more is known, are found in them. leads.parquet tells what was
reported tonight and what else has changed; the rest stands as it was told.

--baseline is for the first night: what has long been lying there is remembered and
offered to nobody; the next night's news are news.

Compressed, zipped and encrypted files are opened, with the keys that night.yaml names
(keys:). Files that are still being written, or whose marker (done:) has not come, are
left alone and named; run the night again when they are there.

Leads about people who are themselves protected are written nowhere, unless the config names
who may read them: restricted: {recipients: [age1...]} (see locatematch restricted).

Links wait in memory until the last extract is read. Those beyond --memory go to
files on disk without a name, in the state directory, and are gone when the run
is, however it ends. The result is the same. The budget is for links alone; the
caseload is in memory besides. By default it is a quarter of what the process may
use: the least of GOMEMLIMIT, its container's limit and the machine's memory.`,
		Example: `  locatematch run -c night.yaml
  locatematch run -c night.yaml --as-of 2026-11-21 --workers 8
  locatematch run -c night.yaml --baseline
  locatematch run -c night.yaml --memory 500MB
  locatematch run -c night.yaml --json > manifest.json`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			result, err := f.run(c.Context())
			if err != nil {
				return err
			}
			return printRun(c, result, asJSON)
		},
	}
	f.add(c)
	c.Flags().Var(&f.memory, "memory", "of links, as 512MiB or 2GB; more go to disk (default: a quarter of what there is)")
	c.Flags().BoolVar(&f.over.Baseline, "baseline", false, "first night: seed the history, offer nothing")
	c.Flags().BoolVar(&asJSON, "json", false, "print the manifest as one JSON document")
	return c
}

// nightFlags are the flags of every command that reads a night.
type nightFlags struct {
	config  string
	over    pipeline.Overrides
	workers int
	chunk   int
	memory  size // run's alone
}

func (f *nightFlags) add(c *cobra.Command) {
	f.addPlan(c)
	flags := c.Flags()
	flags.IntVar(&f.workers, "workers", 0, "goroutines that match (default: the processors available)")
	flags.IntVar(&f.chunk, "chunk-kb", 0, "size of a chunk in KiB (default 1024); changes no result")
}

// addPlan adds the flags that say which night it is.
func (f *nightFlags) addPlan(c *cobra.Command) {
	flags := c.Flags()
	flags.StringVarP(&f.config, "config", "c", "night.yaml", "the night's config")
	flags.StringVar(&f.over.AsOf, "as-of", "", "business date CCYY-MM-DD, instead of the config's")
	flags.StringVar(&f.over.Spec, "spec", "", "spec file, or built-in, instead of the config's")
	flags.StringVar(&f.over.Model, "model", "", "model file, or built-in, instead of the config's")
	flags.StringSliceVar(&f.over.Policy, "policy", nil, "policy file, or built-in, instead of the config's; again for a further layer")
	flags.StringVar(&f.over.Out, "out", "", "directory of published runs, instead of the config's")
	flags.StringVar(&f.over.State, "state", "", "state between nights, instead of the config's")
}

func (f *nightFlags) plan() (*pipeline.Plan, error) {
	if f.workers < 0 || f.workers > 1024 {
		return nil, fmt.Errorf("%w: --workers %d: want 1 to 1024", errUsage, f.workers)
	}
	if f.chunk < 0 || f.chunk > 64<<10 {
		return nil, fmt.Errorf("%w: --chunk-kb %d: want 1 to 65536", errUsage, f.chunk)
	}
	return pipeline.Load(f.config, f.over)
}

// run carries the night out, with a progress display that is gone when it returns.
func (f *nightFlags) run(ctx context.Context) (*pipeline.Result, error) {
	return onNight(f, func(plan *pipeline.Plan, options pipeline.Options) (*pipeline.Result, error) {
		return pipeline.Run(ctx, plan, options)
	})
}

// onNight does something with the night that the flags name, with a progress display that is gone when it returns.
func onNight[T any](f *nightFlags, do func(*pipeline.Plan, pipeline.Options) (T, error)) (T, error) {
	plan, err := f.plan()
	if err != nil {
		var nothing T
		return nothing, err
	}
	options, done := f.options()
	defer done()
	return do(plan, options)
}

// show prints what a command found, for people or as one JSON document.
func show[T any](c *cobra.Command, asJSON bool, found T, print func(io.Writer, T) error) error {
	if asJSON {
		return json.NewEncoder(c.OutOrStdout()).Encode(found)
	}
	return print(c.OutOrStdout(), found)
}

// options gives the run's options with a progress display on standard error; done takes the display down.
func (f *nightFlags) options() (o pipeline.Options, done func()) {
	observer, done := newProgress(os.Stderr)
	return pipeline.Options{Workers: f.workers, ChunkBytes: f.chunk << 10, Memory: int64(f.memory), Observer: observer}, done
}

func printRun(c *cobra.Command, result *pipeline.Result, asJSON bool) error {
	out := c.OutOrStdout()
	m := result.Manifest
	if asJSON {
		b, err := m.Encode()
		if err != nil {
			return err
		}
		if _, err := out.Write(b); err != nil { // code 1 would say that nothing was published
			fmt.Fprintf(c.ErrOrStderr(), "locatematch: run %s is published, but could not be printed: %v\n", m.Run, err)
		}
	} else {
		if result.Already {
			fmt.Fprintf(out, "Run %s is already published from these files; nothing was done.\n\n", m.Run)
		}
		fmt.Fprint(out, report.Text(m, terminalWidth()))
		fmt.Fprintf(out, "\nrun      %s\nfiles    %s\n", m.Run, result.Dir)
	}
	if m.Outcome.Code != pipeline.ExitPublished {
		return exitError{m.Outcome.Code}
	}
	return nil
}
