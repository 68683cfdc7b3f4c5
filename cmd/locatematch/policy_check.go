package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newPolicyCheck() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE...",
		Short: "Say everything that is wrong with policy files",
		Long: `policy check reads policy files as a night would, from wide to narrow, over the
built-in federal layer, and names every fault of every file with its line: exit code 2.
Where there is none it says how many rules each layer states, which of them nobody has
reviewed, which decide otherwise than a rule of another layer, and what bank data need.`,
		Example: `  locatematch policy check state.yaml county.yaml`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("%w: %s takes one policy file or more, from wide to narrow (see `%s --help`)", errUsage, c.CommandPath(), c.CommandPath())
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			p, err := pipeline.CheckPolicy(args)
			if err != nil {
				return err
			}
			if err := printChecked(c.OutOrStdout(), documentOf(p), len(args)); err != nil {
				return err
			}
			if words := p.AccountsNeedFacts(); words != "" {
				printWrapped(c.OutOrStdout(), words)
			}
			return nil
		},
	}
}

// printChecked tells of layers without a fault what is left to look at.
func printChecked(out io.Writer, d policyDocument, files int) error {
	stated, unreviewed := map[string]int{}, map[string]int{}
	for _, r := range d.Rules {
		if r.OverriddenBy != "" || r.Off {
			continue
		}
		stated[r.Layer]++
		if r.CheckedBy == "" {
			unreviewed[r.Layer]++
		}
	}
	fmt.Fprintf(out, "No fault in %d %s.\n", files, plural(files, "file", "files"))
	for _, layer := range []string{"federal", "state", "county"} {
		if stated[layer] > 0 {
			fmt.Fprintf(out, "%-8s %3d rules count, %d of them not reviewed\n", layer, stated[layer], unreviewed[layer])
		}
	}
	for _, r := range d.Rules {
		if r.Conflict != "" && r.Layer != "federal" {
			printWrapped(out, r.ID+" ("+r.Layer+") "+r.Conflict)
		}
	}
	return nil
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
