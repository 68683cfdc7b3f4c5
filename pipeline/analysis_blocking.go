package pipeline

import (
	"fmt"

	"locatematch/pipeline/report/analysis"
)

// blockingSection shows what each rule adds to those before it, and what it alone finds.
func blockingSection(r *BlockingReport) analysis.Section {
	s := analysis.Section{ID: "blocking", Title: "Blocking", Facts: [][2]string{
		{"Pairs", analysis.Counts(float64(r.Pairs))}, {"Matches among them, estimated", analysis.Counts(r.Matches)},
	}, Words: "Matches are estimated from the model, without labels."}
	if len(r.Rules) > 0 {
		s.Parts = []analysis.Part{rulesPart(r)}
	}
	return s
}

func rulesPart(r *BlockingReport) analysis.Part {
	t := analysis.NewTable(counts("No."), column("Rule"), counts("Pairs"), counts("Only its pairs"), counts("Matches"), analysis.Column{Name: "Only its matches", Format: oneDecimal},
		counts("Pairs so far"), shares("Share of pairs"), counts("Matches so far"), shares("Share of matches"), counts("Largest block"), counts("Capped keys"))
	for i, rule := range r.Rules {
		t.Add(analysis.Count(int64(i+1)), analysis.Words(rule.Rule), analysis.Count(rule.Pairs), analysis.Count(rule.OnlyPairs), analysis.Number(rule.Matches), analysis.Number(rule.OnlyMatches),
			analysis.Count(rule.SumPairs), analysis.Number(part(float64(rule.SumPairs), float64(r.Pairs))),
			analysis.Number(rule.SumMatches), analysis.Number(part(rule.SumMatches, r.Matches)),
			analysis.Count(int64(rule.LargestBlock)), analysis.Count(int64(rule.CappedKeys)))
	}
	return analysis.Part{
		Title: "What each rule costs and finds", Table: t,
		Words: "Where the curve of matches is flat, a rule brings nothing that those before it have not brought; where that of pairs is steep, it is dear.",
		Charts: []analysis.Chart{
			analysis.Bars{Title: "Matches by rule", Says: "Matches that a rule proposes, and those that no other does: what would be lost without it.", Names: []int{0}, Values: []int{4, 5}},
			analysis.Bars{Title: "Pairs by rule", Says: "Pairs that a rule proposes, and those that no other does: what would be saved without it.", Names: []int{0}, Values: []int{2, 3}},
			analysis.Curve{
				Title: "Pairs and matches of the rules so far", Says: "Share of all pairs and of all matches that the first rules propose, in the spec's order.",
				X: 0, Y: []int{7, 9}, XName: "rules so far", XTicks: upTo(len(r.Rules)), YTicks: unit, Dots: true,
			},
		},
	}
}

func oneDecimal(v float64) string { return fmt.Sprintf("%.1f", v) }

func part(v, of float64) float64 {
	if of == 0 {
		return 0
	}
	return v / of
}

// upTo is an axis of n rules: one tick each, two at least.
func upTo(n int) (ticks []float64) {
	for i := range max(n, 2) {
		ticks = append(ticks, float64(i+1))
	}
	return ticks
}
