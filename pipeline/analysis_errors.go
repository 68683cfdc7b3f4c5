package pipeline

import (
	"strings"

	"locatematch/pipeline/report"
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
	words := "Not even a record that agrees on everything known of them would reach the accept threshold. They would link if the field were known and agreed."
	for _, u := range v.Unlinkable {
		if u.Field == "" {
			t.AddMark(analysis.Words("any field (of "+analysis.Counts(float64(u.Of))+" subjects)"), analysis.Count(u.Subjects), analysis.Count(u.WouldLink))
		} else {
			t.Add(analysis.Words(u.Field), analysis.Count(u.Subjects), analysis.Count(u.WouldLink))
		}
	}
	return analysis.Part{
		Title: "Unlinkable: subjects whom no record can reach", Words: words, Table: t,
		Charts: []analysis.Chart{analysis.Bars{
			Title: "Unlinkable subjects by the field they lack", Says: "Unlinkable subjects without a field, and how many of them could be linked if it were known.",
			Names: []int{0}, Values: []int{1, 2},
		}},
	}
}

func falseLinksPart(v Evaluation) analysis.Part {
	p := analysis.Part{Title: "The heaviest pairs of two people", Table: worstTable(v.FalseLinks)}
	if v.LeftOut > 0 {
		p.Words = report.GuardedCount(v.LeftOut) + " of the worst pairs are not shown, here or below, for they may concern a person under protection."
	}
	return p
}

func missesPart(v Evaluation) analysis.Part {
	p := analysis.Part{
		Title: "Pairs of one person: the lightest, and the heaviest never compared", Table: worstTable(v.Misses),
		Words: "Pairs that no blocking rule proposes have the weight that they would have had.",
	}
	if v.Unread > 0 {
		p.Words += " " + analysis.Counts(float64(v.Unread)) + " true pairs name a record that was rejected or is not in the extract."
	}
	return p
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
