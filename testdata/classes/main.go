// Command classes prints, for a synthetic night, what a third class and competition add: the planted traps that come out wrong
// at the accept threshold, and accuracy, for models of two and of three classes trained on the night without labels.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"locatematch/pipeline"
	"locatematch/sources/synth"
)

// variant is one column of the table.
type variant struct {
	classes     int
	competition pipeline.Competition
}

var variants = []variant{
	{2, pipeline.CompetitionNone}, {2, pipeline.CompetitionBoth},
	{3, pipeline.CompetitionNone}, {3, pipeline.CompetitionRecord}, {3, pipeline.CompetitionBoth},
}

func main() {
	o := synth.Options{}
	flag.IntVar(&o.Subjects, "subjects", 20000, "people looked for")
	flag.IntVar(&o.Strangers, "strangers", 400000, "rows about strangers")
	flag.Uint64Var(&o.Seed, "seed", 1, "seed of the night")
	flag.Parse()
	if err := measure(context.Background(), o, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "classes:", err)
		os.Exit(1)
	}
}

func measure(ctx context.Context, o synth.Options, out io.Writer) (err error) {
	if o.Out, err = os.MkdirTemp("", "locatematch-classes"); err != nil {
		return err
	}
	defer os.RemoveAll(o.Out)
	if _, err := synth.Night(ctx, o); err != nil {
		return err
	}
	plans := map[int]*pipeline.Plan{}
	for _, classes := range []int{2, 3} {
		if plans[classes], err = trained(ctx, o.Out, classes); err != nil {
			return err
		}
	}
	var columns []pipeline.Evaluation
	for _, v := range variants {
		list, err := pipeline.Evaluate(ctx, plans[v.classes], pipeline.EvaluateOptions{
			Truth: filepath.Join(o.Out, "truth.csv"), Traps: filepath.Join(o.Out, "traps.csv"), Competition: v.competition,
		})
		if err != nil {
			return err
		}
		columns = append(columns, list[len(list)-1]) // all extracts together
	}
	fmt.Fprintf(out, "%d subjects, %d rows about strangers, seed %d; %d true pairs\n\n", o.Subjects, o.Strangers, o.Seed, columns[0].TruePairs)
	return printTable(out, columns)
}

// trained is the night's plan under a model of so many classes, trained on itself.
func trained(ctx context.Context, night string, classes int) (*pipeline.Plan, error) {
	plan, err := pipeline.Load(filepath.Join(night, "night.yaml"), pipeline.Overrides{})
	if err != nil {
		return nil, err
	}
	model, err := pipeline.Train(ctx, plan, pipeline.TrainOptions{Seed: 1, Classes: classes})
	if err != nil {
		return nil, err
	}
	return plan, plan.Adopt(model.Model)
}

func printTable(out io.Writer, columns []pipeline.Evaluation) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "classes\t\t")
	for _, v := range variants {
		fmt.Fprintf(w, "%d\t", v.classes)
	}
	fmt.Fprint(w, "\ncompetition\t\t")
	for _, v := range variants {
		fmt.Fprintf(w, "%s\t", v.competition)
	}
	fmt.Fprint(w, "\n\nwrong at the accept threshold\tpairs\t\n")
	for i, trap := range columns[0].Traps {
		if i == 0 || trap.Same != columns[0].Traps[i-1].Same {
			fmt.Fprintf(w, "%s\t\n", map[bool]string{false: "to be kept apart:", true: "to be linked:"}[trap.Same])
		}
		fmt.Fprintf(w, "%s\t%d\t", trap.Trap, trap.Pairs)
		for _, c := range columns {
			fmt.Fprintf(w, "%d\t", c.Traps[i].Wrong)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
	for _, f := range figures {
		fmt.Fprintf(w, "%s\t\t", f.name)
		for _, c := range columns {
			fmt.Fprintf(w, f.format+"\t", f.of(c))
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// figures are the lines below the traps.
var figures = []struct {
	name, format string
	of           func(pipeline.Evaluation) any
}{
	{"F1 at p = .5", "%.4f", func(v pipeline.Evaluation) any { return v.P50.F1 }},
	{"best F1", "%.4f", func(v pipeline.Evaluation) any { return v.Best.F1 }},
	{"F1 at accept", "%.4f", func(v pipeline.Evaluation) any { return v.Accept.F1 }},
	{"false links at accept", "%d", func(v pipeline.Evaluation) any { return v.Accept.Links - v.Accept.True }},
	{"true links at accept", "%d", func(v pipeline.Evaluation) any { return v.Accept.True }},
	{"log-loss", "%.5f", func(v pipeline.Evaluation) any { return v.Calibration.LogLoss }},
	{"calibration error", "%.4f", func(v pipeline.Evaluation) any { return v.Calibration.ECEMid }},
}
