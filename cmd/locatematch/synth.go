package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"locatematch/sources/synth"
)

func newSynth() *cobra.Command {
	var o synth.Options
	c := &cobra.Command{
		Use:   "synth --out DIR",
		Short: "Make a night of invented people with known truth",
		Long: `synth writes a caseload, four suppliers' extracts and night.yaml into DIR, with
truth.csv (who is which record), facts.csv (what is true of whom, when) and
traps.csv (the pairs planted to be confused). All people are invented. The same
seed gives the same bytes. Files that are there already are overwritten.`,
		Example: `  locatematch synth --out night --subjects 50000 --strangers 1000000
  locatematch run -c night/night.yaml
  locatematch evaluate -c night/night.yaml --truth night/truth.csv \
    --traps night/traps.csv`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if o.Out == "" {
				return fmt.Errorf("%w: --out DIR says where the night is written", errUsage)
			}
			s, err := synth.Night(c.Context(), o)
			if err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "%v\nwritten to %s; run it with: locatematch run -c %s/night.yaml\n", s, o.Out, o.Out)
			return nil
		},
	}
	flags := c.Flags()
	flags.StringVar(&o.Out, "out", "", "directory to write to")
	flags.Uint64Var(&o.Seed, "seed", 1, "seed; the same seed gives the same bytes")
	flags.IntVar(&o.Subjects, "subjects", 2000, "people looked for")
	flags.IntVar(&o.Strangers, "strangers", 100000, "rows about strangers, over all extracts")
	flags.StringVar(&o.AsOf, "as-of", "", "business date CCYY-MM-DD (default 2026-11-21)")
	return c
}
