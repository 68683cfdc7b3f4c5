package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
)

func newTrain() *cobra.Command {
	var f nightFlags
	var o pipeline.TrainOptions
	var model, page string
	var asJSON bool
	c := &cobra.Command{
		Use:   "train -c night.yaml -o model.json",
		Short: "Train a model on a night's caseload and extracts, without labels",
		Long: `train estimates what each outcome of each comparison is worth (m, u and, for other people
of the household, h) and what part of each source's records are our people, from the
night's own caseload and extracts. Nobody says which pairs are true, and no number is
guessed. It publishes nothing: it writes the model and prints a report that names every
figure it could not learn, with the remedy. Read the report, and compare accuracy or a
run's leads before you adopt the model in night.yaml (model: model.json).

The new model's own links, of a sample of subjects, tell how often a source has several
records of one person (repeat_ratio). Where that is rare, a subject's records compete for
the subject.

How common each name and place is in the population is counted too, in the extracts that
are not answers to our own inquiry (their layouts pass our key back), and kept beside the
model in model.frequencies.parquet: values that five rows have, and how many. The two
files are moved together. --frequencies takes an agency's own table instead, a CSV with
field,value,count, or "caseload" for the caseload's own frequencies.

The same inputs and seed give the same model to the byte, for any number of workers.
Where truth is known, --truth takes it (as evaluate does), and --labels the filled sheets of
a clerical sample (evaluate --sample): pairs whose truth is known settle their class.
--judgements takes what officers said with judge (same person, different person) of records
in this night's files.
With --prior-only the config's model stays as it is, and known shares are estimated again:
for a night of another size or make-up. --html FILE writes the report as a page of charts
and tables too.`,
		Example: `  locatematch train -c night.yaml -o model.json
  locatematch train -c night.yaml -o model.json --html training.html
  locatematch evaluate -c night.yaml --model model.json --truth truth.csv
  locatematch train -c night.yaml -o model.json --frequencies census.csv
  locatematch train -c night.yaml --model model.json --prior-only -o tonight.json`,
		Args: exactly(0, "no argument but flags"),
		RunE: func(c *cobra.Command, _ []string) error {
			if model == "" {
				return fmt.Errorf("%w: -o FILE says where the model is written", errUsage)
			}
			if o.Truth != "" && len(o.Labels.Sheets) > 0 || o.Judgements && (o.Truth != "" || len(o.Labels.Sheets) > 0) {
				return fmt.Errorf("%w: --truth, --labels and --judgements say the same twice; give one", errUsage)
			}
			if o.Classes != 0 && (o.PriorOnly || o.Classes != 2 && o.Classes != 3) {
				return fmt.Errorf("%w: --classes is 2 or 3, and not beside --prior-only, which keeps the model's", errUsage)
			}
			if o.PriorOnly && o.Frequencies != "" {
				return fmt.Errorf("%w: --prior-only keeps the model's frequencies; leave --frequencies away", errUsage)
			}
			if !o.PriorOnly && f.over.Model == "" {
				f.over.Model = "built-in" // the config may name the very model that is to be made anew
			}
			plan, err := f.plan()
			if err != nil {
				return err
			}
			options, done := f.options()
			o.Options = options
			trained, err := pipeline.Train(c.Context(), plan, o)
			done()
			if err != nil {
				return err
			}
			if err := pipeline.WriteModel(model, trained); err != nil {
				return err
			}
			if page != "" {
				if err := (&pipeline.Analysis{Plan: plan, Training: trained.Report}).Write(page); err != nil {
					return err
				}
			}
			if asJSON {
				return json.NewEncoder(c.OutOrStdout()).Encode(trained)
			}
			fmt.Fprintf(c.OutOrStdout(), "%s\nmodel    %s\n", trained.Text(), model)
			return nil
		},
	}
	f.add(c)
	c.Flags().StringVarP(&model, "output", "o", "", "file that the model is written to")
	c.Flags().Uint64Var(&o.Seed, "seed", 1, "seed of the sample of random pairs")
	c.Flags().IntVar(&o.Classes, "classes", 0, "2 or 3 forces the household class out or in, to measure it; 0: the data decide")
	c.Flags().StringVar(&o.Frequencies, "frequencies", "", `where name and place frequencies come from: "extracts" (default), "caseload", or a CSV with field,value,count`)
	c.Flags().BoolVar(&o.PriorOnly, "prior-only", false, "keep the model's m, u and h; estimate known shares alone")
	c.Flags().StringVar(&o.Truth, "truth", "", "CSV of all true pairs, as for evaluate, to train with")
	addLabels(c, &o.Labels)
	c.Flags().BoolVar(&o.Judgements, "judgements", false, "train with what officers said of people, as the live run took it in")
	c.Flags().BoolVar(&o.Duplicates, "duplicates", false, "train on the caseload linked with itself, for duplicates")
	c.Flags().StringVar(&page, "html", "", "write the report to this file too, as a page that needs no network")
	c.Flags().BoolVar(&asJSON, "json", false, "print the report as one JSON document")
	return c
}
