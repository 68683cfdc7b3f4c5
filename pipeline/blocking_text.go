package pipeline

import (
	"fmt"
	"strings"
	"text/tabwriter"
)

// Text is the report as a page: the rules, what each costs and finds, the cumulative chart, and the largest blocks.
func (r *BlockingReport) Text() string {
	var b strings.Builder
	for i, rule := range r.Rules {
		fmt.Fprintf(&b, "%2d  %s\n", i+1, rule.Rule)
	}
	b.WriteString("\n" + r.table())
	fmt.Fprintf(&b, "\n%d pairs of %d records, of which an estimated %.0f are matches.\n", r.Pairs, r.Records, r.Matches)
	if r.Timed > 0 {
		fmt.Fprintf(&b, "Seconds: one worker, this rule alone, on %d sampled records, scaled to the night; reading left out.\n", r.Timed)
	}
	b.WriteString("\n" + r.chart())
	if blocks := r.blocks(); blocks != "" {
		b.WriteString("\nLargest blocks, values masked:\n" + blocks)
	}
	return b.String()
}

func (r *BlockingReport) table() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "rule\tpairs\tonly it\tmatches\tonly it\tlargest\tcapped\tseconds\t")
	for i, rule := range r.Rules {
		seconds := "-"
		if r.Timed > 0 {
			seconds = fmt.Sprintf("%.3f", rule.Seconds)
		}
		fmt.Fprintf(w, "%d\t%d\t%d\t%.0f\t%.1f\t%d\t%d\t%s\t\n", i+1, rule.Pairs, rule.OnlyPairs, rule.Matches, rule.OnlyMatches,
			rule.LargestBlock, rule.CappedKeys, seconds)
	}
	w.Flush()
	return b.String()
}

// textBarWidth is the length of a bar that stands for everything.
const barWidth = 24

// chart shows how pairs and matches grow rule by rule: where matches stop growing and pairs do not, rules cost and find nothing.
func (r *BlockingReport) chart() string {
	var b strings.Builder
	fmt.Fprintf(&b, "rules  %-*s  pairs so far\n", barWidth+18, "matches so far")
	for i, rule := range r.Rules {
		matches, pairs := ratioOf(rule.SumMatches, r.Matches), ratioOf(float64(rule.SumPairs), float64(r.Pairs))
		fmt.Fprintf(&b, "%5s  %s %8.0f %6.2f %%  %s %9d %6.2f %%\n", fmt.Sprintf("1-%d", i+1), textBar(matches), rule.SumMatches, 100*matches,
			textBar(pairs), rule.SumPairs, 100*pairs)
	}
	return b.String()
}

func textBar(share float64) string {
	full := int(share*barWidth + .5)
	return strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
}

func (r *BlockingReport) blocks() string {
	var b strings.Builder
	for i, rule := range r.Rules {
		for _, block := range rule.Blocks {
			note := ""
			if block.Capped {
				note = "  (above the cap: proposes nothing)"
			}
			fmt.Fprintf(&b, "%2d  %6d subjects  %s%s\n", i+1, block.Subjects, block.Key, note)
		}
	}
	return b.String()
}

// Text is the suggestion as a page: what the own rules come to, the rules chosen, and the list to paste into a spec.
func (s *Suggestion) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d candidate rules were screened on %d of %d records; the best were counted on all.\n", s.Pool, s.Sampled, s.Records)
	fmt.Fprintf(&b, "Together they find an estimated %.0f matches: completeness below is a share of these.\n", s.Matches)
	fmt.Fprintf(&b, "What no candidate finds is not among them: about %.0f more, by capture and recapture, if\nerrors in one kind of field were independent of errors in the others; more, as they are not.\n\n", s.Missed)
	fmt.Fprintf(&b, "The spec's own %d rules: %d pairs, %.0f matches, completeness %.4f.\n", s.Own.Rules, s.Own.Pairs, s.Own.Matches, s.Own.Completeness)
	if len(s.Rules) == 0 {
		return b.String() + fmt.Sprintf("No rule finds anything within %d pairs.\n", s.Budget)
	}
	last := s.Rules[len(s.Rules)-1]
	fmt.Fprintf(&b, "Suggested within %d pairs, %d rules: %d pairs, %.0f matches, completeness %.4f.\n\n",
		s.Budget, len(s.Rules), last.SumPairs, last.SumMatches, last.Completeness)
	return b.String() + s.table() + "\n" + s.YAML()
}

func (s *Suggestion) table() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "rule\tpairs\tnew pairs\tnew matches\tpairs so far\tmatches so far\tcompleteness\t")
	for i, r := range s.Rules {
		fmt.Fprintf(w, "%d\t%d\t%d\t%.1f\t%d\t%.0f\t%.4f\t\n", i+1, r.Pairs, r.NewPairs, r.NewMatches, r.SumPairs, r.SumMatches, r.Completeness)
	}
	w.Flush()
	return b.String()
}

// YAML is the rules as a spec writes them.
func (s *Suggestion) YAML() string {
	var b strings.Builder
	b.WriteString("blocking:\n")
	for _, r := range s.Rules {
		words := make([]string, len(r.Rule))
		for i, word := range r.Rule {
			words[i] = word
			if strings.ContainsAny(word, "=:") {
				words[i] = `"` + word + `"`
			}
		}
		fmt.Fprintf(&b, "  - [%s]\n", strings.Join(words, ", "))
	}
	return b.String()
}
