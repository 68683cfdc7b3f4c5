package pipeline

import (
	"strings"

	"locatematch/pipeline/report/analysis"
)

// trapsPart shows the planted pairs that came out wrong, beside today's practice. Shares are drawn, for some traps are planted
// a hundred times as often as others.
func trapsPart(v Evaluation, same bool, title string) analysis.Part {
	t := analysis.NewTable(column("Trap"), counts("Pairs"), counts("Wrong"), shares("Ours"), counts("Today wrong"), shares("Today's"))
	for _, trap := range v.Traps {
		if trap.Same != same {
			continue
		}
		t.Add(analysis.Words(strings.ReplaceAll(trap.Trap, "_", " ")), analysis.Count(trap.Pairs), analysis.Count(trap.Wrong), analysis.Number(part(float64(trap.Wrong), float64(trap.Pairs))),
			analysis.Count(trap.PracticeWrong), analysis.Number(part(float64(trap.PracticeWrong), float64(trap.Pairs))))
	}
	return analysis.Part{
		Title: title, Table: t,
		Charts: []analysis.Chart{analysis.Bars{
			Title: title, Says: "Share of a trap's pairs that came out wrong at the accept threshold, ours and by today's practice. Shorter is better; where both were right there is no bar.",
			Names: []int{0}, Values: []int{3, 5}, High: 1, NotZero: true,
		}},
	}
}

func unlinkablePart(v Evaluation) analysis.Part {
	t := analysis.NewTable(column("Lacks"), counts("Unlinkable"), counts("Would link"))
	for _, u := range v.Unlinkable {
		lacks := u.Field
		if lacks == "" {
			lacks = "anything (all unlinkable)"
		}
		would := analysis.Count(u.WouldLink)
		if u.Field == "" {
			would = analysis.None()
		}
		t.Add(analysis.Words(lacks), analysis.Count(u.Subjects), would)
	}
	p := analysis.Part{
		Title: "Unlinkable: subjects whom no record can reach", Table: t,
		Words: "Not even a record that agrees on everything known of them would reach the accept threshold.",
	}
	if len(v.Unlinkable) > 1 {
		p.Charts = []analysis.Chart{analysis.Bars{
			Title: "Unlinkable subjects by the field they lack", Says: "Unlinkable subjects without a field, and how many of them could be linked if it were known.",
			Names: []int{0}, Values: []int{1, 2},
		}}
	}
	return p
}

func falseLinksPart(v Evaluation) analysis.Part {
	return analysis.Part{Title: "The heaviest pairs of two people", Table: worstTable(v.FalseLinks)}
}

func missesPart(v Evaluation) analysis.Part {
	return analysis.Part{
		Title: "The lightest pairs of one person", Table: worstTable(v.Misses),
		Words: "Pairs that no blocking rule proposes have the weight that they would have had.",
	}
}

func worstTable(list []WorstPair) analysis.Table {
	t := analysis.NewTable(column("Subject"), column("Extract"), column("Record"), column("Compared"), inBits("Weight"), column("Why"))
	for _, w := range list {
		compared := "yes"
		if !w.Compared {
			compared = "no rule"
		}
		t.Add(analysis.Words(w.SubjectID), analysis.Words(w.Extract), analysis.Words(w.RecordID), analysis.Words(compared), analysis.Number(w.Weight),
			analysis.Words(strings.Join(w.Why, "; ")))
	}
	return t
}
