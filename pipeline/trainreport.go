package pipeline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"locatematch/matchers"
)

// MarshalJSON is the training report with what was counted of the population.
func (t *Training) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		*matchers.TrainingReport
		Population *PopulationReport `json:"population,omitempty"`
	}{t.Report, t.Population})
}

// Text is the training report as a page: shares, figures, convergence, and what to look at.
func (t *Training) Text() string {
	var b strings.Builder
	r := t.Report
	fmt.Fprintf(&b, "Trained on %d proposed pairs and %d random ones of %d subjects, %s.\n", r.Pairs, r.RandomPairs, r.Subjects,
		matchers.LabelsInWords(r.Labelled))
	if r.PriorOnly {
		b.Reset()
		fmt.Fprintf(&b, "Known shares estimated again on %d proposed pairs of %d subjects; m, u and h are the given model's.\n", r.Pairs, r.Subjects)
	} else {
		fmt.Fprintf(&b, "Classes: %d. %s\n%s\n", r.Classes, classesInWords(r.Household), convergence(r))
	}
	b.WriteString("\n" + sourceTable(r))
	if !r.PriorOnly {
		b.WriteString("\n" + figureTable(r))
	}
	if t.Population != nil {
		b.WriteString("\n" + t.Population.text())
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(&b, "\n%s: %s: %s.\n  Remedy: %s.\n", w.About, w.Kind, w.Says, w.Remedy)
	}
	return b.String()
}

func classesInWords(v matchers.HouseholdVerdict) string {
	if v.Kept {
		return "The household class stays: " + v.Reason + "."
	}
	return "No household class: " + v.Reason + "."
}

func convergence(r *matchers.TrainingReport) string {
	rounds := make([]string, len(r.Rounds))
	for i, n := range r.Rounds {
		rounds[i] = fmt.Sprint(n)
	}
	words := "Converged"
	if !r.Converged {
		words = "NOT converged"
	}
	return fmt.Sprintf("%s: the last round moved no figure by more than %.1g; rounds of EM, u solved anew before each number: %s.",
		words, r.Change, strings.Join(rounds, ", "))
}

func sourceTable(r *matchers.TrainingReport) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "source\trecords\tpairs\tmatches\tknown share\thousehold ratio\trepeat ratio\t")
	for _, s := range r.Sources {
		ratio, repeat, note := "-", "-", ""
		if s.RepeatRatio > 0 {
			repeat = fmt.Sprintf("%.2g (%.0f/%.0f)", s.RepeatRatio, s.Repeats, s.ByChance)
		}
		if r.Classes == 3 {
			ratio = fmt.Sprintf("%.3g", s.HouseholdRatio)
		}
		if s.Stated {
			note = "as stated: its pairs show one comparison alone"
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%.0f\t%.4g\t%s\t%s\t%s\n", s.Source, s.Records, s.Pairs, s.Matches, s.KnownShare, ratio, repeat, note)
	}
	w.Flush()
	if slices.ContainsFunc(r.Sources, func(s matchers.SourceReport) bool { return s.RepeatRatio > 0 }) {
		b.WriteString("repeat ratio: pairs of records of one subject, found/by chance; below 1 a subject's records compete\n")
	}
	return b.String()
}

// figureTable shows every level; S and H are its bits against a stranger and against a household member. A star marks
// figures that stated pseudo-counts decide.
func figureTable(r *matchers.TrainingReport) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "comparison\tlevel\tm\tu\th\tS bits\tH bits\t")
	for _, c := range r.Comparisons {
		for i, l := range c.Levels {
			name := ""
			if i == 0 {
				name = c.Name
			}
			h, hBits, star := "-", "-", ""
			if r.Classes == 3 {
				h, hBits = fmt.Sprintf("%.3g", l.H), fmt.Sprintf("%+.1f", l.HBits)
			}
			if !l.Fitted {
				star = "*"
			}
			fmt.Fprintf(w, "%s\t%s\t%.3g\t%.3g\t%s\t%+.1f\t%s\t%s\n", name, l.Name, l.M, l.U, h, l.S, hBits, star)
		}
	}
	w.Flush()
	b.WriteString("* seen in no match, or in no random pair of strangers: pseudo-counts of the stated figures decide\n")
	return b.String()
}
