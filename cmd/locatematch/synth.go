package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"locatematch/sources/synth"
)

func newSynth() *cobra.Command {
	var o synth.NightsOptions
	var layouts []string
	c := &cobra.Command{
		Use:   "synth --out DIR",
		Short: "Make a night of invented people with known truth",
		Long: `synth writes a caseload, four suppliers' extracts and night.yaml into DIR, with
truth.csv (who is which record), facts.csv (what is true of whom, when) and
traps.csv (the pairs planted to be confused). All people are invented. The same
seed gives the same bytes. Files that are there already are overwritten.

With --nights N it writes N business nights in a row, each in a folder of its
own (night-01, …) with its night.yaml, the feeds that come that night, some of
them late or corrected, and what the agency knows by then; state and runs are
shared. facts.csv, reports.csv and people.csv tell what is true throughout.

With --layouts it writes one night in the layouts that are named (or all: every
built-in one), your own by their path among them: a file of each, with people on
the caseload, strangers, errors, the layout's own headers, sections, counts and
codes, and rows that must be refused, which rejects.csv lists by line and reason.
night.yaml reads all of them, and allows the unconfirmed ones by name. A second
caseload has a config of its own (night-NAME.yaml).`,
		Example: `  locatematch synth --out night --subjects 50000 --strangers 1000000
  locatematch run -c night/night.yaml
  locatematch evaluate -c night/night.yaml --truth night/truth.csv \
    --traps night/traps.csv
  locatematch synth --nights 30 --out nights --subjects 2000
  locatematch run -c nights/night-01/night.yaml
  locatematch synth --layouts all --out every --strangers 20000
  locatematch synth --layouts ndnh-qw,./my-bank.yaml --out mine`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if o.Out == "" {
				return fmt.Errorf("%w: --out DIR says where the night is written", errUsage)
			}
			if c.Flags().Changed("nights") && len(layouts) > 0 {
				return fmt.Errorf("%w: --nights and --layouts exclude each other: nights in a row have their four suppliers", errUsage)
			}
			if c.Flags().Changed("nights") {
				return writeNights(c, o)
			}
			s, err := writeNight(c, o.Options, layouts)
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
	flags.StringVar(&o.AsOf, "as-of", "", "business date CCYY-MM-DD (default 2026-11-21); of several nights the first")
	flags.IntVar(&o.Nights, "nights", 0, "business nights in a row, each in a folder of its own")
	flags.StringSliceVar(&layouts, "layouts", nil, "layouts to write one night in, names or paths, or all")
	flags.BoolVar(&o.NoAgency, "no-agency", false, "of several nights: leave what the agency knows out of night.yaml")
	return c
}

func writeNight(c *cobra.Command, o synth.Options, layouts []string) (*synth.Summary, error) {
	if len(layouts) > 0 {
		return synth.Layouts(c.Context(), synth.LayoutsOptions{Options: o, Layouts: layouts})
	}
	return synth.Night(c.Context(), o)
}

func writeNights(c *cobra.Command, o synth.NightsOptions) error {
	s, err := synth.Nights(c.Context(), o)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "%vwritten to %s; run them in order: locatematch run -c %s/night-01/night.yaml\n", s, o.Out, o.Out)
	return nil
}
