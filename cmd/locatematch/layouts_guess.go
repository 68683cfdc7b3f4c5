package main

import (
	"github.com/spf13/cobra"

	"locatematch/pipeline/guess"
)

func newLayoutsGuess() *cobra.Command {
	return &cobra.Command{
		Use:   "guess FILE",
		Short: "Propose a layout for a file that nobody has described",
		Long: `guess reads a file and prints a layout to start from: delimiter or the places of fixed
fields, encoding, record marks, and of each column what it seems to hold, with the reason
and how sure it is (sure, likely, perhaps) in a comment. The layout loads as it is; layouts
test shows what it reads.

What only a person can say stays open, and stands at the top: above all whose knowledge a
field is. Every field is echo, which never scores, until you write own or key; the status is
unconfirmed, which run refuses unless it is told otherwise.

Nothing of a person stands in the output: of the file's text only the names of its columns and
its record marks are repeated.`,
		Example: "  locatematch layouts guess releases.txt > county-jail.yaml\n  locatematch layouts test county-jail.yaml releases.txt",
		Args:    exactly(1, "one FILE"),
		RunE: func(c *cobra.Command, args []string) error {
			progress, done := fileProgress(args[0])
			g, err := guess.File(c.Context(), args[0], guess.Options{Progress: progress})
			done()
			if err != nil {
				return err
			}
			_, err = c.OutOrStdout().Write(g.YAML)
			return err
		},
	}
}
