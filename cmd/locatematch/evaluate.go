package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

var competitions = []pipeline.Competition{pipeline.CompetitionNone, pipeline.CompetitionRecord, pipeline.CompetitionBoth}

func newEvaluate() *cobra.Command {
	var f nightFlags
	var o pipeline.EvaluateOptions
	var competition, page string
	var people clericalFlags
	var asJSON, judged bool
	c := &cobra.Command{
		Use:   "evaluate -c night.yaml {--truth truth.csv | --sample sheet.csv | --labels sheet.csv | --judgements}",
		Short: "Measure accuracy, against known truth or by a clerical sample, without publishing",
		Long: `evaluate links the night as run would, but keeps every blocked pair and stops
none early, and compares with truth.csv (subject_id,extract,record_id). Recall
is over all truth rows. It shows each extract at the accept threshold, at
probability one half and at the best threshold, beside today's practice (exact
SSN and four letters of the surname); with --traps, also each planted trap.
--competition leaves competition out, to see what it adds: record keeps only that of
subjects for a record, none keeps neither.
Where truth.csv has the columns subject_id,subject_id_2, duplicates is evaluated:
the caseload linked with itself, without the two that follow.

--detail adds a table of thresholds; the rates of groups of subjects on whom errors may
fall unequally (surname, sex, age, SSN missing, common and rare names); and the subjects
who cannot be linked by any record, with the field that would help. As JSON it also has
the curve and the reliability of stated probabilities.

--worst N shows of each extract the N heaviest false links, the N lightest misses and the
N heaviest that no blocking rule proposed, each with the parts of its weight: explain says
more. Pairs that may concern a person under protection are counted and not shown.

--html FILE writes all of this, with --detail and --worst 10 or so many as are asked
for, as a page of charts and tables, and what each blocking rule costs and finds (for
which the night is streamed once more). It needs no network.

--judgements counts what officers said of leads with judge, by how sure the leads were, as
the live run took it in. It reads no extract.`,
		Example: `  locatematch evaluate -c night/night.yaml --truth night/truth.csv \
    --traps night/traps.csv
  locatematch evaluate -c night.yaml --truth truth.csv --detail --worst 5
  locatematch evaluate -c night.yaml --truth truth.csv --html analysis.html
  locatematch evaluate -c night.yaml --truth truth.csv --json`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if judged {
				return showJudged(c, &f, o.Truth != "" || people.asked(), asJSON)
			}
			if people.asked() {
				if err := people.check(o.Truth); err != nil {
					return err
				}
				return people.run(c, &f, asJSON)
			}
			if o.Truth == "" {
				return fmt.Errorf("%w: --truth FILE says what is true (columns subject_id,extract,record_id); where nobody knows, --sample FILE draws pairs for people to judge", errUsage)
			}
			if o.Worst < 0 {
				return fmt.Errorf("%w: --worst %d: a number of pairs, 0 for none", errUsage, o.Worst)
			}
			if o.Competition = pipeline.Competition(competition); !slices.Contains(competitions, o.Competition) {
				return fmt.Errorf("%w: --competition is none, record or both, not %q", errUsage, competition)
			}
			list, err := onNight(&f, func(plan *pipeline.Plan, options pipeline.Options) ([]pipeline.Evaluation, error) {
				o.Options = options
				if page == "" {
					return pipeline.Evaluate(c.Context(), plan, o)
				}
				a, err := pipeline.Analyse(c.Context(), plan, o)
				if err != nil {
					return nil, err
				}
				return a.Evaluations, a.Write(page)
			})
			if err != nil {
				return err
			}
			return show(c, asJSON, pipeline.AsAsked(list, o), printEvaluations)
		},
	}
	f.add(c)
	people.add(c)
	c.Flags().BoolVar(&judged, "judgements", false, "what officers said of leads, by how sure the leads were")
	c.Flags().StringVar(&o.Truth, "truth", "", "CSV of true pairs: subject_id,extract,record_id")
	c.Flags().StringVar(&o.Traps, "traps", "", "traps: trap,subject_id,extract,record_id,same")
	c.Flags().StringVar(&competition, "competition", "both", "who competes: none, record (subjects for a record), or both (also a subject's records)")
	c.Flags().StringVar(&o.Set, "set", "night", "name of the set in the JSON")
	c.Flags().BoolVar(&o.Detail, "detail", false, "thresholds, groups of subjects, unlinkable subjects; curves as JSON")
	c.Flags().IntVar(&o.Worst, "worst", 0, "so many of the worst false links and misses of each extract, explained")
	c.Flags().StringVar(&page, "html", "", "write charts and tables to this file too, as a page that needs no network")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

func printEvaluations(out io.Writer, list []pipeline.Evaluation) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "extract\tat\tlinks\ttrue\tprecision\trecall\tF1\t")
	row := func(extract, at string, r pipeline.Rates) {
		fmt.Fprintf(w, "%s\t%s\t%s\n", extract, at, ratesColumns(r))
	}
	for _, v := range list {
		row(v.Extract, "accept", v.Accept)
		row("", "p 0.5", v.P50)
		row("", fmt.Sprintf("best %.1f", v.Best.Weight), v.Best.Rates)
		row("", "top-1 best", v.Top1.Best.Rates)
		if v.Practice != nil {
			row("", "today", *v.Practice)
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	for _, v := range list {
		printParagraph(out, "", fmt.Sprintf("%s: %d true pairs, %d compared, pair completeness %.4f, calibration error %.4f, log-loss %.5f",
			v.Extract, v.TruePairs, v.Pairs, v.PairCompleteness, v.Calibration.ECEMid, v.Calibration.LogLoss))
	}
	if err := printTraps(out, list[len(list)-1]); err != nil {
		return err
	}
	return printDetail(out, list)
}

// printTraps shows the traps of all extracts together: how many planted pairs came out wrong, ours and today's.
func printTraps(out io.Writer, v pipeline.Evaluation) error {
	if len(v.Traps) == 0 {
		return nil
	}
	fmt.Fprintln(out, "\nTraps at the accept threshold (wrong: linked though two people, or missed though one)")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "trap\tshould be\tpairs\twrong\ttoday's practice wrong")
	for _, t := range v.Traps {
		should := "kept apart"
		if t.Same {
			should = "linked"
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\n", t.Trap, should, t.Pairs, t.Wrong, t.PracticeWrong)
	}
	return w.Flush()
}

// showJudged tells what officers' judgements say of the identity ladder.
func showJudged(c *cobra.Command, f *nightFlags, others, asJSON bool) error {
	if others {
		return fmt.Errorf("%w: --judgements is a question of its own; ask one at a time", errUsage)
	}
	w, err := pipeline.LoadWorkspace(f.config, f.over)
	if err != nil {
		return err
	}
	found, err := pipeline.EvaluateJudgements(w)
	if err != nil {
		return err
	}
	return show(c, asJSON, found, func(out io.Writer, a *pipeline.JudgedAccuracy) error {
		_, err := fmt.Fprint(out, a.Text())
		return err
	})
}
