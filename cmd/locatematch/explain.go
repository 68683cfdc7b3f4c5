package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newExplain() *cobra.Command {
	var f nightFlags
	var q pipeline.Question
	var page string
	var asJSON bool
	c := &cobra.Command{
		Use:   "explain -c night.yaml {LEAD | --subject S --record EXTRACT:LINE}",
		Short: "Why a pair weighs what it weighs, or why it was missed",
		Long: `explain takes one weight apart: the prior, each comparison with both values, its level
and chances, what frequency, the choice among aliases, the household and other subjects'
claims add and take, and the running total. The parts add up to the weight exactly.

LEAD is a lead of the live run: its best evidence is explained. --subject and --record ask
about any pair, linked or not: which blocking rules missed it and why, and what it would
have weighed. LINE is where the record starts in its file; of an extract with several
files, write EXTRACT/FILE:LINE. Nothing is published.

Values are shown as they were compared. SSNs are masked, account numbers never shown, and
no pair of a person under protection is explained.`,
		Example: `  locatematch explain -c night.yaml L-4QZ7RVAW2M6T3JXKPB5C
  locatematch explain -c night.yaml --subject S-001042 --record w4:1042
  locatematch explain -c night.yaml --subject S-001042 --record ncoa/ncoa-1.csv:17 --html why.html`,
		Args: func(c *cobra.Command, args []string) error {
			pair := q.Subject != "" && q.Record != ""
			none := q.Subject == "" && q.Record == ""
			if len(args) == 1 && none || len(args) == 0 && pair {
				return nil
			}
			return fmt.Errorf("%w: name a lead, or a pair with --subject S and --record EXTRACT:LINE (see `%s --help`)", errUsage, c.CommandPath())
		},
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				q.Lead = args[0]
			}
			plan, err := f.plan()
			if err != nil {
				return err
			}
			e, err := pipeline.Explain(c.Context(), plan, q)
			if err != nil {
				return err
			}
			return printExplanation(c, e, page, asJSON)
		},
	}
	f.addPlan(c)
	c.Flags().StringVar(&q.Subject, "subject", "", "subject id, as the caseload has it")
	c.Flags().StringVar(&q.Record, "record", "", "record: EXTRACT:LINE, or EXTRACT/FILE:LINE")
	c.Flags().StringVar(&page, "html", "", "write the explanation to this file too, as a page that needs no network")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

func printExplanation(c *cobra.Command, e *pipeline.Explanation, page string, asJSON bool) error {
	if page != "" { // it holds names and addresses: for the owner alone
		if err := os.WriteFile(page, e.HTML(), 0o600); err != nil {
			return err
		}
	}
	if asJSON {
		return json.NewEncoder(c.OutOrStdout()).Encode(e)
	}
	_, err := fmt.Fprint(c.OutOrStdout(), e.Text())
	return err
}
