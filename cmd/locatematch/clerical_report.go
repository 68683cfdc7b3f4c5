package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"locatematch/pipeline/clerical"
)

// mostListed pairs of a kind are printed; --json has all.
const mostListed = 10

func printLabels(out io.Writer, r *clerical.Report) error {
	fmt.Fprintf(out, "A sample of %d of %d compared pairs: %d same, %d different, %d cannot tell. Intervals are of 95 %%.\n\n",
		r.Sampled, r.Pairs, r.Labels.Same, r.Labels.Different, r.Labels.CannotTell)
	printEstimate(out, "precision at accept", r.Precision)
	printEstimate(out, "recall at accept", r.Recall)
	printEstimate(out, "  far below apart", r.RecallNear)
	fmt.Fprintf(out, "%-20s %.0f (%.0f to %.0f); the model states %.0f\n\n", "true pairs", r.TruePairs.Estimate, r.TruePairs.Low, r.TruePairs.High, r.StatedPairs)
	if err := printStrata(out, r); err != nil {
		return err
	}
	if err := printExtracts(out, r); err != nil {
		return err
	}
	printReviewers(out, r)
	printSurprises(out, "Accepted, and labelled different", r.WrongLinks)
	printSurprises(out, "Below review, and labelled same", r.Missed)
	if f := r.Facts; f.Good+f.Stale+f.Disputed > 0 {
		fmt.Fprintf(out, "\nFacts: %d good, %d stale, %d disputed, %d untold. They enter no figure above.\n", f.Good, f.Stale, f.Disputed, f.Untold)
	}
	fmt.Fprintln(out)
	for _, note := range r.Notes {
		fmt.Fprintf(out, "Note: %s.\n", note)
	}
	return nil
}

func printEstimate(out io.Writer, what string, e *clerical.Estimate) {
	if e == nil {
		fmt.Fprintf(out, "%-20s - (no pair to take it of)\n", what)
		return
	}
	fmt.Fprintf(out, "%-20s %s", what, intervalOf(&e.Interval))
	if u := e.Unclear; u != nil {
		fmt.Fprintf(out, "; what cannot be told: %.4f if all same, %.4f if all different, %.4f to %.4f in any case",
			u.AllSame, u.AllDifferent, u.Lowest, u.Highest)
	}
	fmt.Fprintln(out)
}

func intervalOf(i *clerical.Interval) string {
	if i == nil {
		return "-"
	}
	return fmt.Sprintf("%.4f (%.4f to %.4f)", i.Estimate, i.Low, i.High)
}

func printStrata(out io.Writer, r *clerical.Report) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "stratum\tbits\tpairs\tsame\tdifferent\tcannot tell\tstated\tobserved\t")
	for _, s := range r.Strata {
		fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%d\t%d\t%.4f\t%s\t\n", s.Name, bitsOf(s.Stratum), s.Pairs, s.Labels.Same, s.Labels.Different,
			s.Labels.CannotTell, s.Stated, intervalOf(s.Observed))
	}
	return w.Flush()
}

func printExtracts(out io.Writer, r *clerical.Report) error {
	if len(r.Extracts) < 2 {
		return nil
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "extract\tpairs\tsame\tdifferent\tcannot tell\tprecision\trecall\t")
	interval := func(e *clerical.Estimate) string {
		if e == nil {
			return "-"
		}
		return intervalOf(&e.Interval)
	}
	for _, x := range r.Extracts {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%s\t%s\t\n", x.Extract, x.Pairs, x.Labels.Same, x.Labels.Different, x.Labels.CannotTell,
			interval(x.Precision), interval(x.Recall))
	}
	return w.Flush()
}

func printReviewers(out io.Writer, r *clerical.Report) {
	g := r.Agreement
	if g == nil {
		return
	}
	fmt.Fprintf(out, "\nTwo reviewers agree on %d of %d pairs (%.4f)", g.Agreed, g.Pairs, g.Share)
	if g.Kappa != nil {
		fmt.Fprintf(out, ", Cohen's kappa %.4f", *g.Kappa)
	}
	fmt.Fprintf(out, "; %d of %d differences settled.\n", r.Settled, len(g.Disagreements))
	for i, d := range g.Disagreements {
		if i == mostListed {
			fmt.Fprintf(out, "  and %d more (--json has all)\n", len(g.Disagreements)-i)
			break
		}
		fmt.Fprintf(out, "  %s  %s, %s", d.PairID, d.First, d.Second)
		if d.Settled != "" {
			fmt.Fprintf(out, "; settled: %s", d.Settled)
		}
		fmt.Fprintln(out)
	}
}

func printSurprises(out io.Writer, what string, list []clerical.Surprise) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s (explain --subject S --record EXTRACT/FILE:LINE takes one apart):\n", what)
	for i, s := range list {
		if i == mostListed {
			fmt.Fprintf(out, "  and %d more (--json has all)\n", len(list)-i)
			return
		}
		fmt.Fprintf(out, "  %s  %+.2f bits  --subject %s --record %s/%s:%d\n", s.PairID, s.Weight, s.SubjectID, s.Extract, s.File, s.Line)
	}
}
