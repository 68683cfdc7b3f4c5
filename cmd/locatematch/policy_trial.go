package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/leads/trial"
)

func newPolicyTest() *cobra.Command {
	var config, run string
	var over pipeline.Overrides
	var layers []string
	var asJSON bool
	limit := 10
	c := &cobra.Command{
		Use:   "test -c night.yaml [--policy FILE] [--run RUN]",
		Short: "Say what another policy would change in a published night",
		Long: `policy test holds the leads of a published night against another policy, by the steps
of a run, and publishes nothing. It counts by kind what would be otherwise, and shows
examples of each kind with the rule of the old policy and of the new one: leads no
longer allowed or offered, how current a fact is, what may be done with it, cautions,
due days, places in queues, and what would find no room there. Leads of earlier nights
that would be withdrawn, because no purpose is left for their only source, are among
those no longer allowed. Rules that differ and change nothing tonight are listed too.

--policy names the layers to try, from wide to narrow; without it those of the config
are tried, which may have been changed since the run. The caseload and the agency's own
files must be those that the run read, otherwise nothing is told: exit code 2.

What a published night cannot tell stands at the end, in words: leads that would newly
be allowed, for one, since what no purpose allows is dropped and not published; or what
another retention would have kept of earlier nights to be matched again. Run the night
into other folders, with copies of runs and state from before it (run --policy FILE
--out DIR --state DIR), and compare to see them.

Every reading is noted in state/audit.jsonl.`,
		Example: `  locatematch policy test -c night.yaml --policy new-state.yaml
  locatematch policy test -c night.yaml --policy state.yaml --policy county.yaml --limit 3
  locatematch policy test -c night.yaml --policy built-in --run 2026-11-21-3f9c2a71d0 --json`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if limit < 0 {
				return fmt.Errorf("%w: --limit %d: want 0 or more", errUsage, limit)
			}
			r, err := pipeline.TryPolicy(c.Context(), config, over, run, layers)
			if err != nil {
				return err
			}
			w, err := pipeline.LoadWorkspace(config, over)
			if err != nil {
				return err
			}
			// The page names leads and people by number and tells nothing of them: nobody is to be called back for it.
			if err := w.Audit(pipeline.AuditEntry{Command: "policy test", Run: r.Run, About: "policy " + r.To}); err != nil {
				return err
			}
			return show(c, asJSON, r, func(out io.Writer, r *trial.Result) error {
				_, err := io.WriteString(out, r.Text(terminalWidth(), limit))
				return err
			})
		},
	}
	flags := c.Flags()
	flags.StringVarP(&config, "config", "c", "night.yaml", "the night's config")
	flags.StringSliceVar(&layers, "policy", nil, "policy file to try, or built-in; again for a further layer (default: the config's)")
	flags.StringVar(&run, "run", "current", "run to try it on")
	flags.StringVar(&over.Out, "out", "", "directory of published runs, instead of the config's")
	flags.StringVar(&over.State, "state", "", "state between nights, instead of the config's")
	flags.IntVar(&limit, "limit", limit, "how many examples of each kind to show")
	flags.BoolVar(&asJSON, "json", false, "print one JSON document, with every change")
	return c
}
