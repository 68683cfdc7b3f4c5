package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/profile"
	"locatematch/sources"
)

func newLayoutsTest() *cobra.Command {
	var o profile.TrialOptions
	var asJSON bool
	c := &cobra.Command{
		Use:   "test LAYOUT FILE [-n ROWS]",
		Short: "Try a layout on a file: the first rows field by field, masked",
		Long: `test reads a file by a layout and shows its first rows field by field, which records were
rejected, why and what to do about it, what headers and trailers say, how valid each field
is, which fields look as if their place were wrong, and what the layout leaves open.

Values are masked, since what stands on a screen is read over shoulders and pasted into
tickets: an SSN or account number shows its last four digits, which is enough to find the
row; a date its year, a ZIP its region, a name or address its shape (A for a letter, 9 for a
digit), which is enough to see whether a field begins and ends where it should. --show-names
shows names and addresses; numbers and dates stay masked.

It ends with 1 when the file cannot be read, or most of its records are rejected.`,
		Example: "  locatematch layouts test county-jail.yaml releases.txt\n  locatematch layouts test ndnh-w4 w4.txt.gz -n 1 --json",
		Args:    exactly(2, "a LAYOUT and a FILE"),
		RunE: func(c *cobra.Command, args []string) error {
			if o.Rows < 0 {
				return fmt.Errorf("%w: -n %d: a number of rows, 0 for none", errUsage, o.Rows)
			}
			l, err := sources.Load(args[0])
			if err != nil {
				return fmt.Errorf("%w: %w", errUsage, err)
			}
			var done func()
			o.Progress, done = fileProgress(args[1])
			t, err := profile.Try(c.Context(), args[1], l, o)
			done()
			if err != nil {
				return err
			}
			if err := show(c, asJSON, t, printPage); err != nil {
				return err
			}
			if t.Profile.Rows*2 < t.Profile.Records {
				return exitError{pipeline.ExitFailed}
			}
			return nil
		},
	}
	c.Flags().IntVarP(&o.Rows, "rows", "n", 3, "rows to show field by field")
	c.Flags().BoolVar(&o.ShowNames, "show-names", false, "show names and addresses as they stand; numbers stay masked")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}
