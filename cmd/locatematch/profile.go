package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"locatematch/pipeline/guess"
	"locatematch/pipeline/profile"
	"locatematch/sources"
)

func newProfile() *cobra.Command {
	var layout string
	var asJSON bool
	c := &cobra.Command{
		Use:   "profile FILE [--layout LAYOUT]",
		Short: "Show how full and how valid a file's fields are, masked",
		Long: `profile reads a whole file and shows of each field how many rows fill it, how many
of the values are valid, dummies (999-99-9999) or invalid, how many different ones there
are, how long they are, between which months dates lie, what values look like (9 for a
digit, A for a letter), and the commonest codes. It points at fields whose place looks
wrong: shifted by a byte or a column, a date in another form, bytes that no field reads.

Without --layout it guesses one from the file first (see layouts guess).

No value of a person is shown: names, addresses and numbers as patterns alone, dates as
months, and of codes only those that five rows and more hold. Different values are
counted exactly up to 4096, then estimated (~, standard error 1.6 %); patterns are those
of the first 20,000 rows and of every 97th after. Memory does not grow with the file.`,
		Example: `  locatematch profile releases.txt
  locatematch profile w4.txt.gz --layout ndnh-w4
  locatematch profile releases.txt --layout ./county-jail.yaml --json`,
		Args: exactly(1, "one FILE"),
		RunE: func(c *cobra.Command, args []string) error {
			found, err := profileFile(c, args[0], layout)
			if err != nil {
				return err
			}
			return show(c, asJSON, found, printPage)
		},
	}
	c.Flags().StringVar(&layout, "layout", "", "a built-in layout, or the path of your own (default: guessed from the file)")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

func profileFile(c *cobra.Command, path, layout string) (*profile.Profile, error) {
	progress, done := fileProgress(path)
	defer done()
	if layout != "" {
		l, err := sources.Load(layout)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errUsage, err)
		}
		return profile.Of(c.Context(), path, l, profile.Options{Progress: progress})
	}
	g, err := guess.File(c.Context(), path, guess.Options{Progress: progress})
	if err != nil {
		return nil, err
	}
	return profile.Of(c.Context(), path, g.Layout, profile.Options{Progress: progress, Guessed: true})
}
