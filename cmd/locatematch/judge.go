package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/leads/judgement"
)

func newJudge() *cobra.Command {
	var config, file, date string
	var j judgement.Judgement
	var asJSON bool
	c := &cobra.Command{
		Use:   "judge -c night.yaml {--file FILE | --lead L --officer F --date D ...}",
		Short: "Record what officers found out, one or a file of it",
		Long: `judge records judgements for the next run, which honours them. Two things are judged, and
kept apart:

  --person  same person, different person, cannot tell   is the record about this person?
  --fact    good, stale                                   does the fact hold?
  --used    used, not used

"different person" blocks the person that the source meant, not one row: no record of that
person makes a lead on this one any more, unless there is stronger evidence, and then the
lead says so. "stale" keeps a fact out of queues until a source reports it of a later day.
"good" and "used" mark it verified.

--file takes a CSV file (lead_id, case_id, person_is, fact_is, used, officer, reason, date;
in any order) or the workbook that queue --format xlsx wrote, filled. --date stands for rows
without one. A bad row is named with row, column and the words allowed, and the rest is
taken; any bad row is exit code 3. What is recorded is never changed: a later judgement
counts over an earlier one.`,
		Example: `  locatematch judge -c night.yaml --file W0307.xlsx --date 2026-11-23
  locatematch judge -c night.yaml --lead L-4qz7rvaw2m6t3jxkpb5c --person "different person" \
      --officer W0307 --reason "his son of the same name" --date 2026-11-23`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if (file == "") == (j.LeadID == "") {
				return fmt.Errorf("%w: give --file, or --lead with --person, --fact or --used (see `%s --help`)", errUsage, c.CommandPath())
			}
			w, err := pipeline.LoadWorkspace(config, pipeline.Overrides{})
			if err != nil {
				return err
			}
			if date != "" {
				if j.Date, err = pipeline.BusinessDate(date); err != nil {
					return fmt.Errorf("--date: %w", err)
				}
			}
			result, err := judge(w, file, j)
			if err != nil {
				return err
			}
			if err := show(c, asJSON, result, printJudged); err != nil {
				return err
			}
			return judgedCode(result, file)
		},
	}
	c.Flags().StringVarP(&config, "config", "c", "night.yaml", "the night's config")
	c.Flags().StringVar(&file, "file", "", "CSV file or filled workbook of judgements")
	c.Flags().StringVar(&j.LeadID, "lead", "", "lead id")
	c.Flags().StringVar(&j.CaseID, "case", "", "case in which it was judged")
	c.Flags().StringVar(&j.PersonIs, "person", "", strings.Join(judgement.PersonIs(), ", "))
	c.Flags().StringVar(&j.FactIs, "fact", "", strings.Join(judgement.FactIs(), ", "))
	c.Flags().StringVar(&j.Used, "used", "", strings.Join(judgement.Used(), ", "))
	c.Flags().StringVar(&j.Officer, "officer", "", "who judged; of a file: where a row names nobody")
	c.Flags().StringVar(&j.Reason, "reason", "", "why, in a few words")
	c.Flags().StringVar(&date, "date", "", "when, CCYY-MM-DD; of a file: where a row has no date")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

func judge(w pipeline.Workspace, file string, j judgement.Judgement) (*pipeline.Judged, error) {
	if file == "" {
		if j.Date == 0 {
			return nil, fmt.Errorf("%w: --date says when it was judged, CCYY-MM-DD", errUsage)
		}
		if j.PersonIs == "" && j.FactIs == "" && j.Used == "" {
			return nil, fmt.Errorf("%w: nothing is judged: give --person, --fact or --used", errUsage)
		}
		return w.JudgeOne(j)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUsage, err)
	}
	result, err := w.Judge(data, judgement.Defaults{Officer: j.Officer, Date: j.Date})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return result, nil
}

// judgedCode is 3 where a row of a file was not taken, and 2 where the one judgement was not.
func judgedCode(result *pipeline.Judged, file string) error {
	switch {
	case len(result.Rejects) == 0:
		return nil
	case file == "":
		return exitError{pipeline.ExitUsage}
	}
	return exitError{pipeline.ExitShort}
}

func printJudged(out io.Writer, r *pipeline.Judged) error {
	for _, reject := range r.Rejects {
		fmt.Fprintf(out, "not taken: %s\n", reject)
	}
	words := "the next run takes them in"
	if r.Already {
		words = "these were recorded before; nothing was added"
	}
	if r.File == "" {
		words = "nothing was recorded"
	}
	_, err := fmt.Fprintf(out, "%d judgements, %d rows not taken, %d not filled; %s\n", r.Taken, len(r.Rejects), r.Empty, words)
	return err
}
