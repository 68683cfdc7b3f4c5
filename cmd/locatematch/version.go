package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  exactly(0, "no argument"),
		RunE: func(c *cobra.Command, _ []string) error {
			revision := pipeline.Revision()
			if revision == "" {
				revision = "unrecorded"
			}
			_, err := fmt.Fprintf(c.OutOrStdout(), "locatematch %s (commit %s, %s %s/%s)\nGPL-3.0-or-later\n",
				pipeline.Version(), revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
