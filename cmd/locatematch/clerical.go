package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"locatematch/pipeline"
	"locatematch/pipeline/clerical"
)

// clericalHelp is evaluate's help on accuracy without truth.
const clericalHelp = `

Where nobody knows the truth, people judge a sample. --sample FILE draws one from all
compared pairs, near misses included, and writes a blind sheet: both sides of every pair,
no weight, in an order that tells none. FILE.key.json says what the rows are and is not
for the reviewers. They write in column label: same, different or cannot tell; and, if they
know, in fact: good or stale. --labels reads the sheets that come back and tells precision,
recall and calibration with 95 % intervals, weighted by sampling probability. Of two
reviewers it tells how far they agree; a pair that they tell differently counts as "cannot
tell" unless --settled has a label for it. Sheets hold names and addresses: keep them as you
keep the caseload. Pairs that may be about a person under protection are in none.

A sample of one extract alone: --sample with a config that has no other.`

const clericalExamples = `
  locatematch evaluate -c night.yaml --sample review.csv --sample-size 400 --reviewers 2
  locatematch evaluate -c night.yaml --labels review-1.csv,review-2.csv --json`

// clericalFlags are evaluate's flags for accuracy without truth.
type clericalFlags struct {
	sample pipeline.SampleOptions
	files  clerical.Files
}

func (f *clericalFlags) add(c *cobra.Command) {
	c.Long += clericalHelp
	c.Example += clericalExamples
	flags := c.Flags()
	flags.StringVar(&f.sample.Sheet, "sample", "", "draw a clerical sample into this blind sheet (CSV)")
	flags.IntVar(&f.sample.Size, "sample-size", 400, "pairs of the sample")
	flags.IntVar(&f.sample.Reviewers, "reviewers", 1, "1 or 2; two get a sheet each, in different orders")
	flags.Uint64Var(&f.sample.Seed, "seed", 1, "seed of the sample")
	addLabels(c, &f.files)
}

// addLabels adds the flags that name filled sheets.
func addLabels(c *cobra.Command, files *clerical.Files) {
	flags := c.Flags()
	flags.StringSliceVar(&files.Sheets, "labels", nil, "filled sheets to read, one or two, with a comma between")
	flags.StringVar(&files.Key, "key", "", "the sample's key (default: beside the sheet)")
	flags.StringVar(&files.Settled, "settled", "", "CSV pair_id,label of pairs that two reviewers told differently")
}

// asked reports whether accuracy is asked for without truth.
func (f *clericalFlags) asked() bool { return f.sample.Sheet != "" || len(f.files.Sheets) > 0 }

// check finds flags that do not go together.
func (f *clericalFlags) check(truth string) error {
	s := &f.sample
	switch {
	case truth != "" || s.Sheet != "" && len(f.files.Sheets) > 0:
		return fmt.Errorf("%w: --truth, --sample and --labels are three questions; ask one at a time", errUsage)
	case len(f.files.Sheets) > 2:
		return fmt.Errorf("%w: --labels: %d sheets; want one or two", errUsage, len(f.files.Sheets))
	case s.Size < 1 || s.Size > clerical.MaxSample:
		return fmt.Errorf("%w: --sample-size %d: want 1 to %d", errUsage, s.Size, clerical.MaxSample)
	case s.Reviewers < 1 || s.Reviewers > 2:
		return fmt.Errorf("%w: --reviewers %d: want 1 or 2", errUsage, s.Reviewers)
	}
	return nil
}

// run draws a sample, or reads the labels of one.
func (f *clericalFlags) run(c *cobra.Command, night *nightFlags, asJSON bool) error {
	if f.sample.Sheet == "" {
		plan, err := night.plan()
		if err != nil {
			return err
		}
		report, err := pipeline.EvaluateLabels(plan, f.files)
		if err != nil {
			return err
		}
		return show(c, asJSON, report, printLabels)
	}
	sample, err := onNight(night, func(plan *pipeline.Plan, options pipeline.Options) (*pipeline.Sample, error) {
		f.sample.Options = options
		return pipeline.DrawSample(c.Context(), plan, f.sample)
	})
	if err != nil {
		return err
	}
	return show(c, asJSON, sample, printSample)
}

func printSample(out io.Writer, s *pipeline.Sample) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "stratum\tbits\tpairs\tsampled\t")
	for _, h := range s.Key.Strata {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t\n", h.Name, bitsOf(h.Stratum), h.Pairs, h.Sampled)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if n := s.Key.ProtectedPairs; n > 0 {
		fmt.Fprintf(out, "\nLeft out: %s pairs of protected persons, or of records that one claims.\n", fewOr(n))
	}
	fmt.Fprintln(out, "\nTo fill in, column label: same, different, cannot tell; column fact, if known: good, stale.")
	for _, path := range s.Sheets {
		fmt.Fprintf(out, "sheet    %s\n", path)
	}
	_, err := fmt.Fprintf(out, "key      %s (not for the reviewers)\n", s.KeyAt)
	return err
}

// fewOr prints no count of protected persons' pairs below five (I10).
func fewOr(n int64) string {
	if n < 5 {
		return "fewer than 5"
	}
	return fmt.Sprint(n)
}

func bitsOf(s clerical.Stratum) string {
	switch {
	case s.From == nil:
		return fmt.Sprintf("below %.2f", *s.To)
	case s.To == nil:
		return fmt.Sprintf("%.2f and up", *s.From)
	}
	return fmt.Sprintf("%.2f to %.2f", *s.From, *s.To)
}
