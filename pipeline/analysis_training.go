package pipeline

import (
	"fmt"

	"locatematch/matchers"
	"locatematch/pipeline/report/analysis"
)

// trainingSections show what a training found: what to look at, the sources' shares, and what each level is worth.
func trainingSections(r *matchers.TrainingReport) []analysis.Section {
	s := analysis.Section{ID: "training", Title: "Training", Facts: [][2]string{
		{"Subjects", analysis.Counts(float64(r.Subjects))}, {"Proposed pairs", analysis.Counts(float64(r.Pairs))},
		{"Random pairs", analysis.Counts(float64(r.RandomPairs))}, {"Classes", fmt.Sprint(r.Classes)},
	}}
	if r.PriorOnly {
		s.Words = "Known shares were estimated again; m, u and h are the given model's."
	} else {
		s.Words = classesInWords(r.Household) + " " + convergence(r)
	}
	if len(r.Sources) > 0 {
		s.Parts = append(s.Parts, sharesPart(r))
	}
	if len(r.Comparisons) > 0 {
		s.Parts = append(s.Parts, informationPart(r))
	}
	if len(r.Warnings) > 0 {
		s.Parts = append(s.Parts, warningsPart(r))
	}
	sections := []analysis.Section{s}
	if len(r.Comparisons) > 0 {
		sections = append(sections, levelsSection(r))
	}
	return sections
}

func warningsPart(r *matchers.TrainingReport) analysis.Part {
	t := analysis.NewTable(column("About"), column("Kind"), column("What it says"), column("Remedy"))
	for _, w := range r.Warnings {
		t.Add(analysis.Words(w.About), analysis.Words(w.Kind), analysis.Words(w.Says), analysis.Words(w.Remedy))
	}
	return analysis.Part{Title: "What to look at before the model is adopted", Table: t}
}

func sharesPart(r *matchers.TrainingReport) analysis.Part {
	t := analysis.NewTable(column("Source"), counts("Records"), counts("Pairs"), counts("Matches"), shares("Known share"), few("Household ratio"), few("Repeat ratio"), column(""))
	words := ""
	for _, s := range r.Sources {
		ratio, repeat, star := analysis.None(), analysis.None(), ""
		if s.RepeatRatio > 0 {
			repeat = analysis.Number(s.RepeatRatio)
		}
		if r.Classes == 3 {
			ratio = analysis.Number(s.HouseholdRatio)
		}
		if s.Stated {
			star, words = "*", "* as stated: its pairs show one comparison alone."
		}
		t.Add(analysis.Words(s.Source), analysis.Count(s.Records), analysis.Count(s.Pairs), analysis.Number(s.Matches), analysis.Number(s.KnownShare), ratio, repeat, analysis.Words(star))
	}
	return analysis.Part{
		Title: "Known shares by source", Words: words, Table: t,
		Charts: []analysis.Chart{analysis.Bars{
			Title: "Known share by source", Says: "What part of a source's records are people of the caseload.", Names: []int{0}, Values: []int{4},
		}},
	}
}

func informationPart(r *matchers.TrainingReport) analysis.Part {
	t := analysis.NewTable(column("Comparison"), inBits("Information"))
	for _, c := range r.Comparisons {
		t.Add(analysis.Words(c.Name), analysis.Number(c.Information))
	}
	return analysis.Part{
		Title: "What each comparison tells", Table: t,
		Charts: []analysis.Chart{analysis.Bars{
			Title: "Information by comparison", Says: "Bits that the average match gains against a stranger.", Names: []int{0}, Values: []int{1},
		}},
	}
}

// levelsSection has a chart for every comparison, all to one scale.
func levelsSection(r *matchers.TrainingReport) analysis.Section {
	s := analysis.Section{ID: "levels", Title: "What each level is worth", Words: "S: bits of the level against a stranger. H: against another person of the household. All charts have one scale. " +
		"A star marks figures that stated pseudo-counts decide, for the level was seen in no match, or in no random pair of strangers."}
	scale := analysis.Bars{Names: []int{0}, Values: []int{3}, Says: "S: bits against a stranger."}
	if r.Classes == 3 {
		scale.Values, scale.Says = []int{3, 5}, "S: bits against a stranger. H: against another of the household."
	}
	for _, c := range r.Comparisons {
		for _, l := range c.Levels {
			scale.Low, scale.High = min(scale.Low, l.S, l.HBits), max(scale.High, l.S, l.HBits)
			if len(l.Name) > len(scale.Room) {
				scale.Room = l.Name
			}
		}
	}
	for _, c := range r.Comparisons {
		if len(c.Levels) > 0 {
			s.Parts = append(s.Parts, levelsPart(c, r.Classes == 3, scale))
		}
	}
	return s
}

func levelsPart(c matchers.ComparisonReport, household bool, bars analysis.Bars) analysis.Part {
	columns := []analysis.Column{column("Level"), few("m"), few("u"), inBits("S")}
	if household {
		columns = append(columns, few("h"), inBits("H"))
	}
	t := analysis.NewTable(append(columns, column(""))...)
	for _, l := range c.Levels {
		cells := []analysis.Cell{analysis.Words(l.Name), analysis.Number(l.M), analysis.Number(l.U), analysis.Number(l.S)}
		if household {
			cells = append(cells, analysis.Number(l.H), analysis.Number(l.HBits))
		}
		star := ""
		if !l.Fitted {
			star = "*"
		}
		t.Add(append(cells, analysis.Words(star))...)
	}
	bars.Title = "Bits of the levels of " + c.Name
	return analysis.Part{Title: c.Name, Table: t, Charts: []analysis.Chart{bars}}
}
