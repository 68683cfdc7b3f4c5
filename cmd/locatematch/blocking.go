package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newBlocking() *cobra.Command {
	var f nightFlags
	var page string
	var asJSON, suggest bool
	seconds, budget := true, int64(0)
	c := &cobra.Command{
		Use:   "blocking -c night.yaml [--suggest]",
		Short: "Show what each blocking rule costs and finds, or search for better ones",
		Long: `blocking streams the night as run would, without publishing, and shows for each rule of
the spec the pairs it proposes, those that no other rule proposes, the matches among
them as the model estimates them (no labels are needed), its largest blocks with their
values masked, how many keys the cap dropped, and what it costs in seconds. The chart
adds up the rules so far: where matches stop growing, a rule brings nothing new.

With --suggest it searches for the rules that find most within a budget of pairs, and
prints them ready to paste into a spec. Candidates are made of the spec's fields, each in
the forms that suit its kind, alone, in twos and in threes. What is best is judged by the
model: train one first (locatematch train), for a trained model judges better. Judge the
result with evaluate where there is truth, else with blocking --spec.
--html FILE writes what the rules cost and find as a page of charts and tables.`,
		Example: `  locatematch blocking -c night.yaml
  locatematch blocking -c night.yaml --spec trial.yaml --json
  locatematch blocking -c night.yaml --model model.json --suggest --budget 500000
  locatematch blocking -c night.yaml --html blocking.html`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if c.Flags().Changed("budget") && (!suggest || budget < 1) {
				return fmt.Errorf("%w: --budget %d: want a number of pairs of at least 1, with --suggest", errUsage, budget)
			}
			if suggest {
				return suggestBlocking(c, &f, budget, asJSON)
			}
			report, err := onNight(&f, func(plan *pipeline.Plan, options pipeline.Options) (*pipeline.BlockingReport, error) {
				report, err := pipeline.Blocking(c.Context(), plan, pipeline.BlockingOptions{Options: options, Seconds: seconds})
				if err != nil || page == "" {
					return report, err
				}
				return report, (&pipeline.Analysis{Plan: plan, Blocking: report}).Write(page)
			})
			if err != nil {
				return err
			}
			return show(c, asJSON, report, printPage)
		},
	}
	f.add(c)
	c.Flags().StringVar(&page, "html", "", "write charts and tables to this file too, as a page that needs no network")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	c.Flags().BoolVar(&seconds, "seconds", true, "time each rule; without it the same night gives the same bytes")
	c.Flags().BoolVar(&suggest, "suggest", false, "search for the rules that find most within the budget")
	c.Flags().Int64Var(&budget, "budget", 0, "pairs that the suggested rules may propose together (default: four times what the spec's own do)")
	return c
}

func suggestBlocking(c *cobra.Command, f *nightFlags, budget int64, asJSON bool) error {
	found, err := onNight(f, func(plan *pipeline.Plan, options pipeline.Options) (*pipeline.Suggestion, error) {
		return pipeline.Suggest(c.Context(), plan, pipeline.SuggestOptions{Options: options, Budget: budget})
	})
	if err != nil {
		return err
	}
	return show(c, asJSON, found, printPage)
}

// printPage prints what has a page of its own.
func printPage[T interface{ Text() string }](out io.Writer, found T) error {
	_, err := fmt.Fprint(out, found.Text())
	return err
}
