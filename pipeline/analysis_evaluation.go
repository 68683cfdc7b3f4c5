package pipeline

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"locatematch/pipeline/report/analysis"
)

// evaluationSections show the extracts side by side, then all of them together, then each.
func evaluationSections(list []Evaluation, accept float64) (sections []analysis.Section) {
	if len(list) == 0 {
		return nil
	}
	if len(list) > 1 {
		sections = append(sections, extractsBeside(list))
		list = slices.Concat(list[len(list)-1:], list[:len(list)-1])
	}
	for i, v := range list {
		sections = append(sections, evaluationSection(fmt.Sprintf("accuracy-%d", i+1), v, accept))
	}
	return sections
}

func extractsBeside(list []Evaluation) analysis.Section {
	found := analysis.NewTable(column("Extract"), counts("True pairs"), shares("Completeness"), counts("Links"), shares("Precision"), shares("Recall"), shares("F1"))
	today := analysis.NewTable(column("Extract"), shares("Precision"), shares("Today's precision"), shares("Recall"), shares("Today's recall"))
	for _, v := range list {
		found.Add(analysis.Words(v.Extract), analysis.Count(v.TruePairs), analysis.Number(v.PairCompleteness), analysis.Count(v.Accept.Links),
			precision(v.Accept), analysis.Number(v.Accept.Recall), analysis.Number(v.Accept.F1))
		if v.Practice != nil {
			today.Add(analysis.Words(v.Extract), precision(v.Accept), precision(*v.Practice), analysis.Number(v.Accept.Recall), analysis.Number(v.Practice.Recall))
		}
	}
	s := analysis.Section{ID: "extracts", Title: "Extracts side by side", Parts: []analysis.Part{{
		Title: "Links at or above the accept threshold", Table: found,
		Charts: []analysis.Chart{analysis.Bars{
			Title: "Precision, recall and F1 by extract", Says: "Precision, recall and F1 at the accept threshold. Recall is over all true pairs, also those that no blocking rule proposes.",
			Names: []int{0}, Values: []int{4, 5, 6}, High: 1,
		}},
	}}}
	if len(today.Rows) > 0 {
		s.Parts = append(s.Parts, analysis.Part{
			Title: "Beside today's practice", Words: "Today's practice links a record whose SSN is equal and whose surname begins with the same four letters.", Table: today,
			Charts: []analysis.Chart{
				analysis.Bars{Title: "Recall by extract, beside today's practice", Says: "Recall: ours at the accept threshold, and today's.", Names: []int{0}, Values: []int{3, 4}, High: 1},
				analysis.Bars{Title: "Precision by extract, beside today's practice", Says: "Precision: ours and today's; no bar where nothing is linked.", Names: []int{0}, Values: []int{1, 2}, High: 1},
			},
		})
	}
	return s
}

func evaluationSection(id string, v Evaluation, accept float64) analysis.Section {
	title := "Accuracy: " + v.Extract
	switch {
	case v.Extract == "all":
		title = "Accuracy: all extracts"
	case v.Source != "" && v.Source != v.Extract:
		title += " (" + v.Source + ")"
	}
	s := analysis.Section{ID: id, Title: title, Facts: [][2]string{
		{"True pairs", analysis.Counts(float64(v.TruePairs))}, {"Pairs compared", analysis.Counts(float64(v.Pairs))},
		{"Pair completeness", analysis.Shares(v.PairCompleteness)}, {"Calibration error", analysis.Shares(v.Calibration.ECEMid)},
		{"Log-loss", fmt.Sprintf("%.5f", v.Calibration.LogLoss)}, {"Best F1, each record's best subject alone", analysis.Shares(v.Top1.Best.F1)},
	}}
	for _, part := range []func(Evaluation) analysis.Part{
		func(v Evaluation) analysis.Part { return curvePart(v, accept) },
		reliabilityPart, groupsPart,
		func(v Evaluation) analysis.Part { return trapsPart(v, false, "Traps: two people, to be kept apart") },
		func(v Evaluation) analysis.Part { return trapsPart(v, true, "Traps: one person, to be linked") },
		unlinkablePart, falseLinksPart, missesPart,
	} {
		if p := part(v); len(p.Table.Rows) > 0 {
			s.Parts = append(s.Parts, p)
		}
	}
	return s
}

// precision of no links cannot be said.
func precision(r Rates) analysis.Cell {
	if r.Links == 0 {
		return analysis.None()
	}
	return analysis.Number(r.Precision)
}

// curvePart is what each threshold costs and finds. The marked rows are where the model links, and today's practice.
func curvePart(v Evaluation, accept float64) analysis.Part {
	t := analysis.NewTable(column("At"), inBits("Weight"), counts("Links"), counts("True"), shares("Precision"), shares("Recall"), shares("F1"))
	cells := func(at string, weight analysis.Cell, r Rates) []analysis.Cell {
		return []analysis.Cell{analysis.Words(at), weight, analysis.Count(r.Links), analysis.Count(r.True), precision(r), analysis.Number(r.Recall), analysis.Number(r.F1)}
	}
	t.AddMark(cells("accept", analysis.Number(accept), v.Accept)...)
	t.AddMark(cells("p .5", analysis.Number(0), v.P50)...)
	t.AddMark(cells("best", analysis.Number(v.Best.Weight), v.Best.Rates)...)
	if v.Practice != nil {
		t.AddMark(cells("today", analysis.None(), *v.Practice)...)
	}
	for _, at := range thinned(v) {
		t.Add(cells("", analysis.Number(at.Weight), at.Rates)...)
	}
	recall, precision := corner(v)
	return analysis.Part{
		Title: "What a threshold costs and finds", Table: t,
		Words: "Marked are the accept threshold, probability one half, the threshold with the best F1 (chosen with the truth), and today's practice.",
		Charts: []analysis.Chart{
			analysis.Curve{
				Title: "Precision-recall curve", Says: "Precision over recall, from the heaviest pairs (left) to the lightest. The axes begin where the thresholds lie.",
				X: 5, Y: []int{4}, XName: "recall", XTicks: recall, YTicks: precision,
			},
			analysis.Curve{
				Title: "Precision, recall and F1 by threshold", Says: "Precision, recall and F1 of the pairs at or above a weight.",
				X: 1, Y: []int{4, 5, 6}, XName: "weight, bits", YTicks: unit, Upright: true,
			},
		},
	}
}

// corner gives the axes of the precision-recall curve: from below what the thresholds and today's practice reach, to 1. Over the
// whole square, good matching is a dot in a corner.
func corner(v Evaluation) (recall, precision []float64) {
	r, p := 1.0, 1.0
	for _, at := range []*Rates{&v.Accept, &v.P50, &v.Best.Rates, v.Practice} {
		if at != nil && at.Links > 0 {
			r, p = min(r, at.Recall), min(p, at.Precision)
		}
	}
	const margin = 0.05
	return analysis.Axis(max(0, r-margin), 1), analysis.Axis(max(0, p-margin), 1)
}

// visible is how far precision, recall or F1 must have moved for another point of a curve: two hundredths are six pixels.
const visible = 0.02

// thinned is the curve with no more points than can be seen; without a curve, the thresholds that every evaluation lists.
func thinned(v Evaluation) (points []Threshold) {
	if len(v.Curve) == 0 {
		return v.At
	}
	for i, p := range v.Curve {
		if p.Links == 0 {
			continue
		}
		last := i == len(v.Curve)-1
		if n := len(points); n > 0 && !last && !moved(points[n-1].Rates, p.Rates) && !moved(p.Rates, v.Curve[i+1].Rates) {
			continue
		}
		points = append(points, p)
	}
	return points
}

func moved(a, b Rates) bool {
	return max(math.Abs(a.Precision-b.Precision), math.Abs(a.Recall-b.Recall), math.Abs(a.F1-b.F1)) >= visible
}

func reliabilityPart(v Evaluation) analysis.Part {
	t := analysis.NewTable(shares("From"), shares("To"), shares("Stated"), shares("Observed"), counts("Pairs"))
	for _, r := range v.Reliability {
		t.Add(analysis.Number(r.Low), analysis.Number(r.High), analysis.Number(r.Stated), analysis.Number(r.Observed), analysis.Count(r.Pairs))
	}
	return analysis.Part{
		Title: "Reliability: is a stated probability true?", Table: t,
		Words: "Below the broken line the model is too sure, above it not sure enough.",
		Charts: []analysis.Chart{analysis.Curve{
			Title: "Reliability diagram", Says: "The share of true pairs over the mean stated probability, bin by bin.",
			X: 2, Y: []int{3}, XName: "stated probability", XTicks: unit, YTicks: unit, Dots: true, Diagonal: true,
		}},
	}
}

func groupsPart(v Evaluation) analysis.Part {
	t := analysis.NewTable(column("Property"), column("Group"), counts("Subjects"), counts("True pairs"), counts("Links"), shares("Precision"), shares("Recall"), shares("F1"))
	for _, g := range v.Groups {
		t.Add(analysis.Words(strings.ReplaceAll(g.Property, "_", " ")), analysis.Words(g.Group), analysis.Count(g.Subjects), analysis.Count(g.TruePairs),
			analysis.Count(g.Links), precision(g.Rates), analysis.Number(g.Recall), analysis.Number(g.F1))
	}
	return analysis.Part{
		Title: "Groups: do errors fall unequally?", Table: t,
		Charts: []analysis.Chart{analysis.Bars{
			Title: "Recall and precision by group of people", Says: "Recall and precision at the accept threshold, by property of the subject.",
			Names: []int{0, 1}, Values: []int{6, 5}, High: 1,
		}},
	}
}
